import type { FixCode } from './fix.ts'

/** What people read: of one cell or row, what to do about it, and of all of them together. */
export interface ProblemWords {
  readonly title: string
  readonly next: string
  /** `{count}` is how many there are; of `[one|several]` the first part stands where that is 1. */
  readonly all: string
}

/** One documented problem of a file. `{name}` is filled from its params, `{column}` with the header of the column. */
export interface ProblemRule {
  /** An error keeps the row out, a conflict needs a choice, a warning is only told. */
  readonly severity: 'error' | 'conflict' | 'warning'
  /** Ways to repair it, the best first. */
  readonly fixes: readonly FixCode[]
  /** The param by which problems are told apart in groups, since one value repairs those that share it. */
  readonly about: string | null
  readonly en: ProblemWords
  readonly zh: ProblemWords
}

type Texts = readonly [title: string, next: string, all: string]

/** A row of the tables below. */
export interface RuleTexts {
  readonly severity: ProblemRule['severity']
  readonly fixes?: readonly FixCode[]
  readonly about?: string
  readonly en: Texts
  readonly zh: Texts
}

/** Declares problems by their codes. */
export function defineProblems<Code extends string>(
  rules: Readonly<Record<Code, RuleTexts>>,
): Readonly<Record<Code, ProblemRule>> {
  const defined: Partial<Record<Code, ProblemRule>> = {}
  for (const code of Object.keys(rules) as Code[]) {
    const { severity, fixes = [], about = null, en, zh } = rules[code]
    defined[code] = { severity, fixes, about, en: wordsOf(en), zh: wordsOf(zh) }
  }
  return defined as Record<Code, ProblemRule>
}

function wordsOf([title, next, all]: Texts): ProblemWords {
  return { title, next, all }
}
