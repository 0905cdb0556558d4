import { type FixCode, type FixOrder, fixRules } from '../model/fix.ts'
import type { CheckOptions, RowEdits } from '../model/options.ts'
import { problemRule } from '../model/problems.ts'
import type { Problem } from '../model/verdict.ts'
import { quotePaths } from './department-paths.ts'
import { aboutOf } from './group-problems.ts'

/** The fix that an order asks for: the one it names, else the best; null when the problem has no such fix. */
function fixOf({ code, fix }: FixOrder): FixCode | null {
  const { fixes } = problemRule(code)
  const wanted = fix ?? fixes[0]
  return wanted !== undefined && fixes.includes(wanted) ? wanted : null
}

/** Whether an order can be carried out: the fix belongs to the problem, and has the value that it needs. */
export function isComplete(order: FixOrder): boolean {
  const fix = fixOf(order)
  return fix !== null && (fixRules[fix].needs === null || (order.value ?? '') !== '')
}

/** Whether a problem is among those that an order is about. */
export function isMeant(order: FixOrder, problem: Problem): boolean {
  if (order.code !== problem.code || order.column !== problem.column) return false
  return order.about === undefined || order.about === aboutOf(problem)
}

/** The problem of one row, and the row as it is edited so far. */
export interface FixTarget {
  readonly problem: Problem
  readonly edits: RowEdits
  /** The whole text of the cell, an edit before what the file has. */
  readonly text: string
}

/** The edits of a row after a fix; the same edits when the fix has nothing to do in it. */
export function applyFix(order: FixOrder, { problem, edits, text }: FixTarget): RowEdits {
  const fix = fixOf(order)
  if (fix === null || !isComplete(order)) return edits
  if (fix === 'skip_row') return { ...edits, skip: true }
  if (fix === 'keep_anyway') return { ...edits, accepted: [...new Set([...edits.accepted, problem.code])] }
  if (fix === 'choose_existing') {
    return order.value === 'overwrite' || order.value === 'skip' ? { ...edits, existing: order.value } : edits
  }
  const written = textAfter(fix, order.value ?? '', { problem, edits, text })
  if (written === null || problem.column === null) return edits
  return { ...edits, cells: { ...edits.cells, [problem.column]: written } }
}

function textAfter(fix: FixCode, value: string, { problem, text }: FixTarget): string | null {
  switch (fix) {
    case 'clear_cell':
      return ''
    case 'set_value':
    case 'choose_value':
      return value
    case 'prefix_staff_code':
      return `${value}${text}`
    case 'quote_department':
      return quotePaths(text)
    default:
      return problem.suggestion
  }
}

/** The options of the import after a fix that works on them; the same options after any other. */
export function applyToOptions(order: FixOrder, options: CheckOptions): CheckOptions {
  if (fixOf(order) !== 'choose_department' || order.about === undefined || !order.value) return options
  return { ...options, departmentIds: { ...options.departmentIds, [order.about]: order.value } }
}
