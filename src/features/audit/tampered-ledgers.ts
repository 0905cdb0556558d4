import { createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto'
import { ledgerOrigin, signCheckpoint, type TrustedKey } from './checkpoint.ts'
import type { FindingKind } from './findings.ts'
import { digestDetails, type LedgerEntry, leafHashOf, type SealedEntry } from './leaf.ts'
import { appendLeaves, emptyFrontier, type Frontier, rootOf } from './merkle.ts'
import { type LedgerReport, verifyLedger } from './verify.ts'

/** A company's ledger as the database holds it, and what was sent outside. */
export interface Ledger {
  rows: SealedEntry[]
  head: Frontier
  checkpoints: string[]
  outside: string[]
  trustedKeys: TrustedKey[]
}

export interface Tampering {
  /** What the verifier may call it. */
  kinds: FindingKind[]
  tamper: (ledger: Ledger, at: number) => Ledger
}

export interface Shape {
  size: number
  batch: number
}

export interface Signer {
  keyName: string
  privateKey: KeyObject
}

export const origin = ledgerOrigin('i1', 'c1')
const keyName = origin
const oldKey = signer(1)
export const key = signer(2)
export const strangerKey = signer(3)
const rotation = instantOf(-1)
const trustedKeys = [trust(oldKey, rotation), trust(key)]

function signer(fill: number): Signer {
  const pkcs8 = Buffer.concat([
    Buffer.from('302e020100300506032b657004220420', 'hex'),
    Buffer.alloc(32, fill),
  ])
  return { keyName, privateKey: createPrivateKey({ key: pkcs8, format: 'der', type: 'pkcs8' }) }
}

export function trust({ privateKey }: Signer, validUntil: string | null = null): TrustedKey {
  return { keyName, publicKey: createPublicKey(privateKey), validUntil }
}

export function instantOf(minute: number): string {
  return new Date(Date.UTC(2025, 10, 22) + minute * 60_000).toISOString()
}

export const salt = Buffer.alloc(32, 9)
function detailsOf(place: number) {
  return { name: `王芳 ${place}`, phone: '+8613800000000' }
}

export function makeEntry(place: number, change: Partial<LedgerEntry> = {}): LedgerEntry {
  return {
    companyId: 'c1',
    id: `0197a000-0000-7000-8000-${String(place).padStart(12, '0')}`,
    at: instantOf(place),
    action: 'number.reassigned',
    actor: { kind: 'member', id: `m${place % 7}`, onBehalfOf: null },
    subjectKind: 'number',
    subjectId: `n${place % 11}`,
    effect: { from: `m${place % 5}`, to: `m${place % 3}` },
    reasonDigest: digestDetails(salt, `reason ${place}`),
    detailsDigest: digestDetails(salt, detailsOf(place)),
    ...change,
  }
}

export function makeRow(seq: number, entry: LedgerEntry): SealedEntry {
  const place = Number(entry.id.slice(-12))
  const reason = { salt, value: `reason ${place}` }
  return { seq, entry, leafHash: leafHashOf(entry), details: { salt, value: detailsOf(place) }, reason }
}

/** Seals rows in batches: a signed checkpoint after each batch and after the last row. */
export function seal(
  rows: SealedEntry[],
  batch: number,
  signedBy: Signer = key,
): Pick<Ledger, 'head' | 'checkpoints'> {
  let head = emptyFrontier
  const checkpoints: string[] = []
  for (const [index, row] of rows.entries()) {
    head = appendLeaves(head, [row.leafHash])
    if (head.size % batch !== 0 && index !== rows.length - 1) continue
    const at = signedBy === oldKey ? rotation : instantOf(index)
    checkpoints.push(signCheckpoint({ origin, size: head.size, root: rootOf(head), at }, signedBy))
  }
  return { head, checkpoints }
}

/** A ledger that nobody touched; every second checkpoint and the last one also went outside. */
export function honestLedger({ size, batch }: Shape): Ledger {
  const rows = Array.from({ length: size }, (_, place) => makeRow(place, makeEntry(place)))
  const { head, checkpoints } = seal(rows, batch)
  const outside = checkpoints.filter((_, index) => index % 2 === 0 || index === checkpoints.length - 1)
  return { rows, head, checkpoints, outside, trustedKeys }
}

export async function verify(ledger: Ledger): Promise<LedgerReport> {
  async function* entries() {
    yield* ledger.rows
  }
  return verifyLedger({
    origin,
    entries: entries(),
    head: ledger.head,
    unsealed: 3,
    checkpoints: ledger.checkpoints,
    outsideCheckpoints: ledger.outside,
    trustedKeys: ledger.trustedKeys,
  })
}

function renumbered(rows: SealedEntry[]) {
  return rows.map((row, seq) => ({ ...row, seq }))
}

export function forgedEntry(place: number): LedgerEntry {
  return makeEntry(place, { effect: { from: 'm0', to: 'thief' } })
}

/** What a database administrator may do to a ledger at a place; `rows` has at least three. */
export const tampering = {
  'edits an entry': {
    kinds: ['edited'],
    tamper: (l, at) => ({
      ...l,
      rows: l.rows.map((r) => (r.seq === at ? { ...r, entry: forgedEntry(at) } : r)),
    }),
  },
  'edits an entry and its leaf hash': {
    kinds: ['edited'],
    tamper: (l, at) => ({ ...l, rows: l.rows.with(at, makeRow(at, forgedEntry(at))) }),
  },
  'edits only the leaf hash': {
    kinds: ['edited'],
    tamper: (l, at) => ({ ...l, rows: l.rows.map((r) => (r.seq === at ? { ...r, leafHash: salt } : r)) }),
  },
  'deletes an entry in the middle': {
    kinds: ['removed', 'truncated'],
    tamper: (l, at) => ({ ...l, rows: l.rows.toSpliced(at, 1) }),
  },
  'deletes an entry and closes the gap': {
    kinds: ['removed', 'truncated'],
    tamper: (l, at) => {
      const rows = renumbered(l.rows.toSpliced(at, 1))
      return { ...l, rows, head: seal(rows, 1).head }
    },
  },
  'inserts an entry at a place that is taken': {
    kinds: ['inserted'],
    tamper: (l, at) => ({ ...l, rows: l.rows.toSpliced(at, 0, makeRow(at, forgedEntry(at))) }),
  },
  'inserts an entry and moves the rest up': {
    kinds: ['inserted'],
    tamper: (l, at) => {
      const rows = renumbered(l.rows.toSpliced(at, 0, makeRow(at, forgedEntry(900 + at))))
      return { ...l, rows, head: seal(rows, 1).head }
    },
  },
  'adds an entry at the end': {
    kinds: ['inserted'],
    tamper: (l) => {
      const rows = [...l.rows, makeRow(l.rows.length, forgedEntry(l.rows.length))]
      return { ...l, rows, head: seal(rows, 1).head }
    },
  },
  'swaps two entries': {
    kinds: ['reordered'],
    tamper: (l, at) =>
      swapped(l, at, (here, there) => ({ ...there, seq: here.seq, leafHash: here.leafHash })),
  },
  'swaps two entries with their leaf hashes': {
    kinds: ['reordered', 'edited'],
    tamper: (l, at) => swapped(l, at, (here, there) => ({ ...there, seq: here.seq })),
  },
  'cuts off the tail': {
    kinds: ['truncated'],
    tamper: (l, at) => ({ ...l, rows: l.rows.slice(0, at) }),
  },
  'cuts off the tail and sets the head back': {
    kinds: ['truncated'],
    tamper: (l, at) => ({ ...l, rows: l.rows.slice(0, at), head: seal(l.rows.slice(0, at), 1).head }),
  },
  'forks the ledger with the true key': {
    kinds: ['forked'],
    tamper: (l, at) => {
      const rows = l.rows.map((r) => (r.seq < at ? r : makeRow(r.seq, forgedEntry(r.seq))))
      return { ...l, rows, ...seal(rows, 3) }
    },
  },
  're-signs an edited ledger with an unknown key': {
    kinds: ['unknown-key'],
    tamper: (l, at) => {
      const rows = l.rows.with(at, makeRow(at, forgedEntry(at)))
      return { ...l, rows, ...seal(rows, 4, strangerKey), outside: [] }
    },
  },
  're-signs an edited ledger with a retired key, dated back': {
    kinds: ['unknown-key'],
    tamper: (l, at) => {
      const rows = l.rows.with(at, makeRow(at, forgedEntry(at)))
      return { ...l, rows, ...seal(rows, 4, oldKey), outside: [] }
    },
  },
  'changes a root under its signature': {
    kinds: ['bad-signature'],
    tamper: (l, at) => {
      const which = at % l.checkpoints.length
      const lines = (l.checkpoints[which] ?? '').split('\n').with(2, salt.toString('base64'))
      return { ...l, checkpoints: l.checkpoints.with(which, lines.join('\n')) }
    },
  },
  'sets the whole database back to an earlier state': {
    kinds: ['rolled-back'],
    tamper: (l, at) => {
      const rows = l.rows.slice(0, at)
      return { ...l, rows, ...seal(rows, 3) }
    },
  },
  'sets the database back and lets it go on': {
    kinds: ['forked'],
    tamper: (l, at) => {
      const later = l.rows.slice(at).map((r) => makeRow(r.seq, makeEntry(r.seq + 500)))
      const rows = [...l.rows.slice(0, at), ...later, makeRow(l.rows.length, makeEntry(l.rows.length + 500))]
      return { ...l, rows, ...seal(rows, 3) }
    },
  },
  'changes the details beside an entry': {
    kinds: ['details-changed'],
    tamper: (l, at) =>
      changedRow(l, at, { details: { salt, value: { ...detailsOf(at), name: 'someone else' } } }),
  },
  'changes the reason beside an entry': {
    kinds: ['details-changed'],
    tamper: (l, at) => changedRow(l, at, { reason: { salt: Buffer.alloc(31), value: `reason ${at}` } }),
  },
  'changes the state from which the sealer goes on': {
    kinds: ['edited'],
    tamper: (l, at) => ({ ...l, head: seal(l.rows.with(at, makeRow(at, forgedEntry(at))), 1).head }),
  },
  'sets only the sealer back': {
    kinds: ['edited'],
    tamper: (l, at) => ({ ...l, head: seal(l.rows.slice(0, at), 1).head }),
  },
} satisfies Record<string, Tampering>

export function changedRow(ledger: Ledger, at: number, change: Partial<SealedEntry>): Ledger {
  return { ...ledger, rows: ledger.rows.map((row) => (row.seq === at ? { ...row, ...change } : row)) }
}

function swapped(l: Ledger, at: number, put: (here: SealedEntry, there: SealedEntry) => SealedEntry): Ledger {
  const other = (at + 1 + (at % (l.rows.length - 1))) % l.rows.length
  const [a, b] = [rowAt(l, at), rowAt(l, other)]
  return { ...l, rows: l.rows.with(at, put(a, b)).with(other, put(b, a)) }
}

function rowAt(ledger: Ledger, at: number): SealedEntry {
  const row = ledger.rows[at]
  if (row === undefined) throw new RangeError(`The ledger has no row ${at}`)
  return row
}
