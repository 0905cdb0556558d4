import type { Column } from './model.ts'

type AnyColumn = Pick<Column<never>, 'id' | 'isHideable' | 'isShownFirst'>

/** The ids of the columns to show, in order; unknown ids are passed over, what cannot be hidden always shows. */
export function shownColumns(columns: readonly AnyColumn[], wanted: readonly string[]): string[] {
  const known = new Set(columns.map(({ id }) => id))
  const chosen = [...new Set(wanted)].filter((id) => known.has(id))
  if (chosen.length === 0)
    return columns
      .filter((column, index) => column.isShownFirst !== false || isStaying(column, index))
      .map(({ id }) => id)
  const missing = columns.filter((column, index) => isStaying(column, index) && !chosen.includes(column.id))
  const first = columns[0]?.id
  const rest = [...missing.map(({ id }) => id), ...chosen].filter((id) => id !== first)
  return first === undefined ? rest : [first, ...rest]
}

function isStaying(column: AnyColumn, index: number): boolean {
  return index === 0 || column.isHideable === false
}

/** The order after one column moved a place earlier (-1) or later (1); the first column keeps its place. */
export function moved(shown: readonly string[], id: string, by: -1 | 1): string[] {
  const from = shown.indexOf(id)
  const to = from + by
  if (from < 1 || to < 1 || to >= shown.length) return [...shown]
  const after = shown.filter((other) => other !== id)
  after.splice(to, 0, id)
  return after
}
