import { cellProblems } from './cell-problems.ts'
import { departmentProblems } from './department-problems.ts'
import type { ProblemRule } from './problem-rule.ts'
import { rowProblems } from './row-problems.ts'
import { spellingProblems } from './spelling-problems.ts'

/** Every problem that a file may have, by its code. */
export const problemRules = {
  ...cellProblems,
  ...departmentProblems,
  ...rowProblems,
  ...spellingProblems,
} as const

const byCode: ReadonlyMap<string, ProblemRule> = new Map(Object.entries(problemRules))

/** @throws Error for a code that is none of the table. */
export function problemRule(code: string): ProblemRule {
  const rule = byCode.get(code)
  if (!rule) throw new Error(`There is no problem ${code}`)
  return rule
}
