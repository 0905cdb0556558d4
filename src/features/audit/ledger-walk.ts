import type { Evidence, Mark } from './evidence.ts'
import { addFinding, type FindingKind, type FindingList, maxFindings, placesInWords } from './findings.ts'
import {
  CanonicalFormError,
  digestDetails,
  inMicroseconds,
  type LedgerEntry,
  leafHashOf,
  type SaltedValue,
  type SealedEntry,
  saltBytes,
} from './leaf.ts'
import { appendLeaves, emptyFrontier, type Frontier, hashBytes } from './merkle.ts'

interface LeafMismatch {
  readonly seq: number
  readonly entryId: string
  readonly storedHash: string
  readonly entryHash: string | null
  /** What a checkpoint proved to be changed: the entry or only its stored hash. */
  changed: 'entry' | 'hash' | 'unproven'
}

/** The first stretch that does not fit a checkpoint; `explained` when other findings already account for it. */
export interface Suspect {
  readonly from: number
  readonly to: number
  readonly explained: boolean
  readonly outOfOrder: boolean
}

/** Two trees grow side by side, one from the stored leaf hashes and one from the entries; a root tells which is true. */
export interface Walk {
  readonly findings: FindingList
  readonly evidence: Evidence
  stored: Frontier
  recomputed: Frontier
  next: number
  entries: number
  nextMark: number
  matchedSize: number
  readonly mismatches: LeafMismatch[]
  settledMismatches: number
  failed: Mark[]
  suspect: Suspect | null
  explained: boolean
  outOfOrder: boolean
  previousId: string
  latestAt: string
  detailsErased: number
  reasonsErased: number
}

const noHash = Buffer.alloc(hashBytes)

/** The state before the first entry. */
export function startWalk(evidence: Evidence, findings: FindingList): Walk {
  return {
    findings,
    evidence,
    stored: emptyFrontier,
    recomputed: emptyFrontier,
    next: 0,
    entries: 0,
    nextMark: 0,
    matchedSize: 0,
    mismatches: [],
    settledMismatches: 0,
    failed: [],
    suspect: null,
    explained: false,
    outOfOrder: false,
    previousId: '',
    latestAt: '',
    detailsErased: 0,
    reasonsErased: 0,
  }
}

/** Takes the next entry: its place, its leaf hash, its erasable parts, and both trees. */
export function takeRow(walk: Walk, row: SealedEntry): void {
  const { seq, entry } = row
  walk.entries += 1
  checkErasable(walk, row)
  if (seq !== walk.next) reportWrongPlace(walk, row)
  if (seq < walk.next) return
  walk.next = seq + 1
  walk.outOfOrder ||= entry.id < walk.previousId
  walk.previousId = entry.id
  const entryHash = tryLeafHash(walk, entry)
  const storedHash = row.leafHash.length === hashBytes ? row.leafHash : noHash
  if (entryHash === null || !entryHash.equals(storedHash)) noteMismatch(walk, row, entryHash)
  // One hash for both trees as long as they are the same tree.
  const same = walk.stored === walk.recomputed && entryHash?.equals(storedHash) === true
  walk.stored = appendLeaves(walk.stored, [storedHash])
  walk.recomputed = same ? walk.stored : appendLeaves(walk.recomputed, [entryHash ?? noHash])
}

function tryLeafHash(walk: Walk, entry: LedgerEntry): Buffer | null {
  try {
    const entryHash = leafHashOf(entry)
    const at = inMicroseconds(entry.at)
    if (at > walk.latestAt) walk.latestAt = at
    return entryHash
  } catch (error) {
    if (error instanceof CanonicalFormError) return null
    throw error
  }
}

function noteMismatch(walk: Walk, { seq, entry, leafHash }: SealedEntry, entryHash: Buffer | null): void {
  walk.explained = true
  const mismatch: LeafMismatch = {
    seq,
    entryId: entry.id,
    storedHash: Buffer.from(leafHash).toString('hex'),
    entryHash: entryHash?.toString('hex') ?? null,
    changed: 'unproven',
  }
  if (walk.mismatches.length < maxFindings) walk.mismatches.push(mismatch)
  else walk.findings.omitted += 1
}

/** A checkpoint proved one of the two trees: what differed until now was changed in the other one. */
export function settleMismatches(walk: Walk, changed: 'entry' | 'hash'): void {
  for (const mismatch of walk.mismatches.slice(walk.settledMismatches)) mismatch.changed = changed
  walk.settledMismatches = walk.mismatches.length
}

/** Reports the entries that do not fit their leaf hash: edited, or sealed at another place. */
export function reportMismatches(walk: Walk): void {
  const sealedAt = new Map(walk.mismatches.map(({ storedHash, seq }) => [storedHash, seq]))
  for (const mismatch of walk.mismatches) {
    const { seq, entryId, entryHash } = mismatch
    const place = entryHash === null ? undefined : sealedAt.get(entryHash)
    const kind: FindingKind = place === undefined ? 'edited' : 'reordered'
    addFinding(walk.findings, { kind, seq, entryId, says: mismatchInWords(mismatch, place) })
  }
}

function mismatchInWords(
  { seq, entryId, entryHash, changed }: LeafMismatch,
  place: number | undefined,
): string {
  if (changed === 'hash') {
    return `The leaf hash stored with entry ${seq} was changed; the entry itself is as it was sealed.`
  }
  if (place !== undefined) {
    return `Entry ${seq} (${entryId}) was sealed at place ${place}: entries changed places.`
  }
  const problem = entryHash === null ? 'can no longer be read as an entry' : 'does not fit its leaf hash'
  return `Entry ${seq} (${entryId}) is not what was sealed: its content ${problem}.`
}

function reportWrongPlace(walk: Walk, { seq, entry }: SealedEntry): void {
  walk.explained = true
  if (seq > walk.next) {
    addFinding(walk.findings, {
      kind: 'removed',
      seq: walk.next,
      lastSeq: seq - 1,
      says: `The ledger has no ${placesInWords(walk.next, seq - 1)}: sealed entries were taken out.`,
    })
    return
  }
  const twice = seq === walk.next - 1
  addFinding(walk.findings, {
    kind: twice ? 'inserted' : 'reordered',
    seq,
    entryId: entry.id,
    says: twice
      ? `Place ${seq} holds more than one entry, one of them ${entry.id}: an entry was put in after sealing.`
      : `Entry ${entry.id} stands at place ${seq} after place ${walk.next - 1}: the order was changed.`,
  })
}

function checkErasable(walk: Walk, { seq, entry, details, reason }: SealedEntry): void {
  for (const [name, digest, held] of [
    ['details', entry.detailsDigest, details],
    ['reason', entry.reasonDigest, reason],
  ] as const) {
    if (held == null) {
      if (digest === null) continue
      if (name === 'details') walk.detailsErased += 1
      else walk.reasonsErased += 1
    } else if (digest !== digestOf(held)) {
      const what =
        digest === null
          ? `has a ${name} row now that it was sealed without`
          : `does not have the ${name} it was sealed with`
      addFinding(walk.findings, {
        kind: 'details-changed',
        seq,
        entryId: entry.id,
        says: `Entry ${seq} ${what}: what is shown beside the entry is not what was recorded; the decision itself is judged apart.`,
      })
    }
  }
}

function digestOf({ salt, value }: SaltedValue): string | null {
  if (salt.length !== saltBytes) return null
  try {
    return digestDetails(salt, value)
  } catch (error) {
    if (error instanceof CanonicalFormError) return null
    throw error
  }
}
