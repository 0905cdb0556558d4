import type { FixCode } from './fix.ts'

/** What applying would do with a row; a `conflict` needs a choice first, an `error` keeps it out. */
export const verdicts = ['new', 'changed', 'unchanged', 'skipped', 'conflict', 'error'] as const
export type Verdict = (typeof verdicts)[number]

/** What is wrong with a cell or a row; `problemRules` has its words, severity and fixes. */
export interface Problem {
  /** Null when it is about the row. */
  readonly column: string | null
  readonly code: string
  /** Values for the words; `value` is what stands in the cell. */
  readonly params: Readonly<Record<string, string | number>>
  /** What an automatic fix would write; null for none. */
  readonly suggestion: string | null
}

/** One field before and after; null where there is none. */
export interface FieldChange {
  readonly column: string
  readonly before: string | null
  readonly after: string | null
}

export interface ProblemExample {
  readonly row: number
  /** What stands in the cell; empty for an empty one. */
  readonly value: string
  readonly suggestion: string | null
}

/** Problems that one fix repairs together. */
export interface ProblemGroup {
  readonly code: string
  readonly column: string | null
  /** What they share beyond that, e.g. the unknown word; null for nothing. */
  readonly about: string | null
  readonly severity: 'error' | 'warning'
  readonly count: number
  /** Whether the first fix needs nothing from a person. */
  readonly automatic: boolean
  /** The best first; empty where each cell needs its own repair, or there is none. */
  readonly fixes: readonly FixCode[]
  /** The first of them, at most five. */
  readonly examples: readonly ProblemExample[]
  /** Of the first, for the words. */
  readonly params: Readonly<Record<string, string | number>>
}

/** How many rows have each verdict. */
export type VerdictCounts = Readonly<Record<Verdict | 'rows', number>>
