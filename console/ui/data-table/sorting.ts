import type { Column } from './model.ts'

type Sortable = Pick<Column<never>, 'sort' | 'isNewestFirst'>

/** The sorting after a click on a column's header. */
export function nextSort(
  { sort = '', isNewestFirst = false }: Sortable,
  current: string | undefined,
): string {
  const first = isNewestFirst ? `-${sort}` : sort
  const second = isNewestFirst ? sort : `-${sort}`
  return current === first ? second : first
}

/** How a column is sorted now, in ARIA's words. */
export function sortedAs(
  { sort }: Sortable,
  current: string | undefined,
): 'ascending' | 'descending' | 'none' {
  if (sort === undefined || current === undefined) return 'none'
  return current === sort ? 'ascending' : current === `-${sort}` ? 'descending' : 'none'
}
