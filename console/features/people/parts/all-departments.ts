import { useEffect } from 'react'
import type { Item } from '../../../api/client.ts'
import type { ApiProblem } from '../../../api/problem.ts'
import { usePages } from '../../../api/read.ts'
import { namesOf, treeOf } from './department-tree.ts'

export type Department = Item<'listDepartments'>

interface AllDepartments {
  /** Those that came so far. */
  readonly items: readonly Department[]
  readonly isComplete: boolean
  readonly problem: ApiProblem | null
  readonly retry: () => void
}

/** All departments that the reader may see, page after page. */
export function useAllDepartments(): AllDepartments {
  const { items, query } = usePages('listDepartments', { query: {} }, { pageSize: 200, staleMs: 60_000 })
  const { hasNextPage, isFetchingNextPage, isError, fetchNextPage } = query
  useEffect(() => {
    if (hasNextPage && !isFetchingNextPage && !isError) void fetchNextPage()
  }, [hasNextPage, isFetchingNextPage, isError, fetchNextPage])
  return {
    items,
    isComplete: query.isSuccess && !hasNextPage,
    problem: query.error,
    retry: () => void (query.data ? query.fetchNextPage() : query.refetch()),
  }
}

interface DepartmentChoice {
  readonly value: string
  /** With what is above: `Sales › East`. */
  readonly label: string
}

/** The departments as choices, in the order of the tree. */
export function useDepartmentChoices(): readonly DepartmentChoice[] {
  const { items } = useAllDepartments()
  return choicesOf(items)
}

export function choicesOf(departments: readonly Department[]): readonly DepartmentChoice[] {
  const names = namesOf(departments)
  const walk = (branches: ReturnType<typeof treeOf>): DepartmentChoice[] =>
    branches.flatMap(({ department: { departmentId }, children }) => [
      { value: departmentId, label: names(departmentId).join(' › ') },
      ...walk(children),
    ])
  return walk(treeOf(departments))
}
