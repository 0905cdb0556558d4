import { fixRules } from '../model/fix.ts'
import { problemRule } from '../model/problems.ts'
import type { CheckedRow } from '../model/rows.ts'
import type { Problem, ProblemExample, ProblemGroup } from '../model/verdict.ts'

/** Groups of problems in the making. */
export interface Groups {
  readonly byKey: Map<string, GroupInMaking>
}

type GroupInMaking = { -readonly [Member in keyof ProblemGroup]: ProblemGroup[Member] } & {
  examples: ProblemExample[]
}

const examplesShown = 5
// Beyond it, problems that only one value each would repair are told together.
const mostGroups = 400

export function beginGroups(): Groups {
  return { byKey: new Map() }
}

/** Takes the problems of a row into their groups; those of rows that are left out do not count, examples of templates do. */
export function groupRow(groups: Groups, { row, problems }: CheckedRow): void {
  for (const problem of problems) {
    const group = groupOf(groups, problem)
    group.count += 1
    if (group.examples.length >= examplesShown) continue
    group.examples.push({ row, value: String(problem.params['value'] ?? ''), suggestion: problem.suggestion })
  }
}

function groupOf({ byKey }: Groups, problem: Problem): GroupInMaking {
  const { code, column, params } = problem
  const told = aboutOf(problem)
  const about =
    told !== null && byKey.size >= mostGroups && !byKey.has(keyOf(code, column, told)) ? null : told
  const key = keyOf(code, column, about)
  const known = byKey.get(key)
  if (known) return known
  const { fixes, severity } = problemRule(code)
  const [first] = fixes
  const group: GroupInMaking = {
    code,
    column,
    about,
    severity: severity === 'warning' ? 'warning' : 'error',
    count: 0,
    automatic: first !== undefined && fixRules[first].needs === null && fixRules[first].scope === 'cell',
    fixes,
    examples: [],
    params,
  }
  byKey.set(key, group)
  return group
}

function keyOf(code: string, column: string | null, about: string | null): string {
  return `${code}\u0000${column ?? ''}\u0000${about ?? ''}`
}

/** What a problem is told apart by within its code and column; null for nothing. */
export function aboutOf({ code, params }: Problem): string | null {
  const { about } = problemRule(code)
  return about === null ? null : String(params[about] ?? '')
}

/** The groups: those that stop rows before warnings, the most frequent first. */
export function endGroups({ byKey }: Groups): ProblemGroup[] {
  const rank = { error: 0, warning: 1 } as const
  return [...byKey.values()].sort(
    (one, other) => rank[one.severity] - rank[other.severity] || other.count - one.count,
  )
}

/** Groups the problems of rows that are in memory. */
export function groupProblems(rows: readonly CheckedRow[]): ProblemGroup[] {
  const groups = beginGroups()
  for (const row of rows) groupRow(groups, row)
  return endGroups(groups)
}
