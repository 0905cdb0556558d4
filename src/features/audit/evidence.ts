import { CheckpointError, type CheckpointProblem, parseCheckpoint, type TrustedKey } from './checkpoint.ts'
import { addFinding, countInWords, type FindingKind, type FindingList } from './findings.ts'
import { inMicroseconds } from './leaf.ts'
import { type Frontier, rootOf } from './merkle.ts'

export type MarkSource = 'stored' | 'outside' | 'head'

/** A size at which the ledger's root is known: from a trusted checkpoint, or (unsigned) from the sealer's head. */
export interface Mark {
  readonly source: MarkSource
  readonly size: number
  readonly root: Buffer
  readonly keyName: string
  readonly keyValidUntil: string | null
}

export interface EvidenceInput {
  readonly origin: string
  readonly head: Frontier
  readonly checkpoints: readonly string[]
  readonly outsideCheckpoints: readonly string[]
  readonly trustedKeys: readonly TrustedKey[]
}

export interface Evidence {
  /** In order of size; at one size the head comes last. */
  readonly marks: readonly Mark[]
  readonly storedSize: number
  readonly outsideSize: number
  /** Stored checkpoints that prove nothing, because they are unreadable or not signed by a trusted key. */
  readonly unusable: number
  readonly outsideOfOtherLedgers: number
}

type Verdict =
  | { readonly mark: Mark; readonly origin: string }
  | { readonly problem: CheckpointProblem; readonly says: string }

const kindOfProblem: Record<CheckpointProblem, FindingKind> = {
  malformed: 'bad-signature',
  'unknown-key': 'unknown-key',
  'bad-signature': 'bad-signature',
}

/**
 * Sorts out which checkpoints count: signed by a trusted key and made for this ledger. Reports the others, one
 * finding for each problem and place; outside checkpoints of other ledgers are only counted (ALL-6).
 */
export function readEvidence(input: EvidenceInput, findings: FindingList): Evidence {
  const stored = readNotes('stored', input, findings)
  const outside = readNotes('outside', input, findings)
  if (stored.foreign > 0) {
    addFinding(findings, {
      kind: 'forked',
      says: `${countInWords(stored.foreign, 'checkpoint', 'checkpoints')} in the database ${stored.foreign === 1 ? 'was' : 'were'} signed for another ledger than ${input.origin}: checkpoints of two ledgers were mixed.`,
    })
  }
  const head: Mark = {
    source: 'head',
    size: input.head.size,
    root: rootOf(input.head),
    keyName: '',
    keyValidUntil: null,
  }
  const signed = [...stored.marks, ...outside.marks].sort((a, b) => a.size - b.size)
  const place = signed.findIndex((mark) => mark.size > head.size)
  return {
    marks: signed.toSpliced(place < 0 ? signed.length : place, 0, head),
    storedSize: largestSize(stored.marks),
    outsideSize: largestSize(outside.marks),
    unusable: stored.unusable + stored.foreign,
    outsideOfOtherLedgers: outside.foreign,
  }
}

function readNotes(source: 'stored' | 'outside', input: EvidenceInput, findings: FindingList) {
  const notes = source === 'stored' ? input.checkpoints : input.outsideCheckpoints
  const marks: Mark[] = []
  const problems = new Map<CheckpointProblem, { count: number; first: string }>()
  let foreign = 0
  for (const [index, note] of notes.entries()) {
    const verdict = judge(source, note, input.trustedKeys)
    if ('problem' in verdict) {
      const seen = problems.get(verdict.problem)
      problems.set(verdict.problem, {
        count: (seen?.count ?? 0) + 1,
        first: seen?.first ?? `number ${index + 1} of ${notes.length}: ${verdict.says}`,
      })
    } else if (verdict.origin === input.origin) marks.push(verdict.mark)
    else foreign += 1
  }
  for (const [problem, { count, first }] of problems) {
    addFinding(findings, { kind: kindOfProblem[problem], says: problemInWords(source, count, first) })
  }
  const unusable = [...problems.values()].reduce((sum, { count }) => sum + count, 0)
  return { marks, foreign, unusable }
}

function judge(source: 'stored' | 'outside', note: string, trustedKeys: readonly TrustedKey[]): Verdict {
  try {
    const { origin, size, root, signedBy } = parseCheckpoint(note, trustedKeys)
    const keyValidUntil = signedBy.validUntil == null ? null : inMicroseconds(signedBy.validUntil)
    return { origin, mark: { source, size, root, keyName: signedBy.keyName, keyValidUntil } }
  } catch (error) {
    if (error instanceof CheckpointError) return { problem: error.problem, says: error.message }
    throw error
  }
}

function problemInWords(source: 'stored' | 'outside', count: number, first: string): string {
  const where = source === 'stored' ? 'in the database' : 'kept outside'
  const subject = countInWords(count, `checkpoint ${where} proves`, `checkpoints ${where} prove`)
  return `${subject} nothing (the first is ${first}): someone without the ledger's key wrote or changed ${count === 1 ? 'it' : 'them'}, or the key is missing from the trusted keys.`
}

function largestSize(marks: readonly Mark[]): number {
  return marks.reduce((largest, mark) => Math.max(largest, mark.size), 0)
}
