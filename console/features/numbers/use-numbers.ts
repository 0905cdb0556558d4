import { usePages, useRead } from '../../api/read.ts'
import { filterOf, type Shown, sortOf } from './number-filter.ts'

const pageSize = 100

/** The numbers that fit, page after page, and how many they are. */
export function useNumbers(shown: Shown) {
  const filter = filterOf(shown)
  const { items, query } = usePages(
    'listNumbers',
    { query: { ...filter, sort: sortOf(shown) } },
    { pageSize, keepsPrevious: true },
  )
  const total = useRead('countNumbers', { query: filter }, { keepsPrevious: true }).data?.total
  return { filter, items, query, total }
}

export type NumbersRead = ReturnType<typeof useNumbers>
