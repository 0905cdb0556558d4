import type { TrustedKey } from './checkpoint.ts'
import { type Mark, readEvidence } from './evidence.ts'
import { addFinding, countInWords, type Finding, type FindingList, placesInWords } from './findings.ts'
import type { SealedEntry } from './leaf.ts'
import {
  reportMismatches,
  type Suspect,
  settleMismatches,
  startWalk,
  takeRow,
  type Walk,
} from './ledger-walk.ts'
import { type Frontier, rootOf } from './merkle.ts'

/** What is verified: one company's ledger, read in one snapshot. Checkpoints are signed notes. */
export interface VerifyInput {
  readonly origin: string
  /** In order of `seq`. */
  readonly entries: AsyncIterable<SealedEntry>
  /** The tree from which the sealer goes on. */
  readonly head: Frontier
  /** Entries that wait for the sealer. */
  readonly unsealed: number
  readonly checkpoints: readonly string[]
  readonly outsideCheckpoints: readonly string[]
  readonly trustedKeys: readonly TrustedKey[]
}

export interface LedgerReport {
  readonly ok: boolean
  readonly entries: number
  readonly sealedSize: number
  readonly unsealed: number
  /** So many entries from the first one are vouched for by a trusted checkpoint, apart from the findings. */
  readonly provenSize: number
  readonly detailsErased: number
  readonly reasonsErased: number
  readonly outsideOfOtherLedgers: number
  readonly findings: readonly Finding[]
  readonly findingsOmitted: number
}

/**
 * Checks a whole ledger in one pass (ALL-2, ALL-6): every entry against its leaf hash, every root against the
 * checkpoints in the database and outside, details against their digests. Erased details are counted, not reported.
 * Memory grows with the number of checkpoints and the logarithm of the entries.
 */
export async function verifyLedger(input: VerifyInput): Promise<LedgerReport> {
  const findings: FindingList = { items: [], omitted: 0 }
  const walk = startWalk(readEvidence(input, findings), findings)
  compareMarks(walk)
  for await (const row of input.entries) {
    takeRow(walk, row)
    compareMarks(walk)
  }
  conclude(walk, input.head)
  return {
    ok: findings.items.length === 0,
    entries: walk.entries,
    sealedSize: input.head.size,
    unsealed: input.unsealed,
    provenSize: walk.matchedSize,
    detailsErased: walk.detailsErased,
    reasonsErased: walk.reasonsErased,
    outsideOfOtherLedgers: walk.evidence.outsideOfOtherLedgers,
    findings: findings.items,
    findingsOmitted: findings.omitted,
  }
}

function compareMarks(walk: Walk): void {
  for (;;) {
    const mark = walk.evidence.marks[walk.nextMark]
    if (mark === undefined || mark.size > walk.next) return
    walk.nextMark += 1
    compareMark(walk, mark)
  }
}

function compareMark(walk: Walk, mark: Mark): void {
  if (mark.keyValidUntil !== null && walk.latestAt > mark.keyValidUntil) {
    addFinding(walk.findings, {
      kind: 'unknown-key',
      seq: Math.max(mark.size - 1, 0),
      says: `The checkpoint of ${countInWords(mark.size, 'entry', 'entries')} is signed by ${mark.keyName}, a key retired at ${mark.keyValidUntil}, yet it covers entries made later: someone uses the old key.`,
    })
    return
  }
  const storedFits = fits(walk.stored, mark)
  if (!storedFits && !fits(walk.recomputed, mark)) {
    failMark(walk, mark)
    return
  }
  if (mark.source === 'head') return
  settleMismatches(walk, storedFits ? 'entry' : 'hash')
  const genuine = storedFits ? walk.stored : walk.recomputed
  walk.stored = genuine
  walk.recomputed = genuine
  walk.matchedSize = mark.size
  for (const failed of walk.failed) reportContradiction(walk, failed)
  walk.failed = []
  walk.suspect = null
  walk.explained = false
  walk.outOfOrder = false
}

function fits(tree: Frontier, mark: Mark): boolean {
  return tree.size === mark.size && rootOf(tree).equals(mark.root)
}

function failMark(walk: Walk, mark: Mark): void {
  if (mark.size <= walk.matchedSize) {
    reportContradiction(walk, mark)
    return
  }
  walk.failed.push(mark)
  walk.suspect ??= {
    from: walk.matchedSize,
    to: mark.size,
    explained: walk.explained,
    outOfOrder: walk.outOfOrder,
  }
}

// The entries up to a larger size are proven, so a root that differs before it belongs to another history.
function reportContradiction(walk: Walk, mark: Mark): void {
  if (mark.source === 'head') {
    reportHead(walk, mark.size)
    return
  }
  const where = mark.source === 'stored' ? 'in the database' : 'kept outside'
  addFinding(walk.findings, {
    kind: 'forked',
    seq: Math.max(mark.size - 1, 0),
    says: `A checkpoint of ${countInWords(mark.size, 'entry', 'entries')} ${where} is truly signed by ${mark.keyName}, but for other entries than those here, which are signed as well: the ledger has two histories.`,
  })
}

function reportHead(walk: Walk, size: number): void {
  addFinding(walk.findings, {
    kind: 'edited',
    says: `The state from which the sealer goes on (${countInWords(size, 'entry', 'entries')}) does not fit the signed checkpoints: it was changed by hand, and what is sealed next would be wrong.`,
  })
}

function conclude(walk: Walk, head: Frontier): void {
  const { evidence, suspect, next } = walk
  const due = Math.max(evidence.storedSize, head.size)
  const uncovered = evidence.unusable === 0 && next > Math.max(evidence.storedSize, evidence.outsideSize)
  reportMismatches(walk)
  reportEqualSizes(walk)
  if (suspect !== null && !suspect.explained)
    reportSuspect(walk, suspect, { short: next < due, long: uncovered })
  else if (next < due) {
    addFinding(walk.findings, {
      kind: 'truncated',
      seq: next,
      lastSeq: due - 1,
      says: `The ledger ends after ${countInWords(next, 'entry', 'entries')}, but ${due} were sealed: ${countInWords(due - next, 'entry was', 'entries were')} cut off the end.`,
    })
  } else if (uncovered) reportUncovered(walk)
  if (evidence.outsideSize > due) {
    addFinding(walk.findings, {
      kind: 'rolled-back',
      seq: due,
      lastSeq: evidence.outsideSize - 1,
      says: `A checkpoint kept outside proves ${evidence.outsideSize} entries, the database knows of ${due}: it was set back to an earlier state.`,
    })
  }
  if (walk.findings.items.length === 0 && head.size !== next) reportHead(walk, head.size)
}

function reportSuspect(walk: Walk, suspect: Suspect, rows: { short: boolean; long: boolean }): void {
  const kind = rows.long ? 'inserted' : rows.short ? 'removed' : suspect.outOfOrder ? 'reordered' : 'edited'
  const what = {
    inserted: 'there are more entries than were sealed',
    removed: 'there are fewer entries than were sealed',
    reordered: 'their number is right, but they do not stand in the order in which they were made',
    edited: 'their number is right, but entries and leaf hashes were changed together, or changed places',
  }[kind]
  addFinding(walk.findings, {
    kind,
    seq: suspect.from,
    lastSeq: suspect.to - 1,
    says: `Somewhere in ${placesInWords(suspect.from, suspect.to - 1)} the ledger is not what was signed: ${what}. Nothing after it can be trusted.`,
  })
}

function reportUncovered(walk: Walk): void {
  const { evidence, next } = walk
  const from = Math.max(evidence.storedSize, evidence.outsideSize)
  addFinding(walk.findings, {
    kind: 'inserted',
    seq: from,
    lastSeq: next - 1,
    says: `No signed checkpoint covers ${placesInWords(from, next - 1)}: ${next - from === 1 ? 'it was' : 'they were'} added without the sealer, or the checkpoint was taken away.`,
  })
}

function reportEqualSizes(walk: Walk): void {
  const beyond = walk.evidence.marks.slice(walk.nextMark)
  const signed = [...walk.failed, ...beyond].filter((mark) => mark.source !== 'head')
  for (const [index, mark] of signed.entries()) {
    const before = signed[index - 1]
    if (before === undefined || before.size !== mark.size || before.root.equals(mark.root)) continue
    addFinding(walk.findings, {
      kind: 'forked',
      seq: Math.max(mark.size - 1, 0),
      says: `Two checkpoints of ${countInWords(mark.size, 'entry', 'entries')} are truly signed, by ${before.keyName} and ${mark.keyName}, for different entries: the ledger has two histories.`,
    })
  }
}
