import {
  keepPreviousData,
  type QueryKey,
  type UseInfiniteQueryResult,
  type UseQueryResult,
  useInfiniteQuery,
  useQuery,
} from '@tanstack/react-query'
import type { Answer, ApiProblem, Input, Item, Operation } from './client.ts'
import { useApi } from './company.tsx'

export interface ReadOptions {
  readonly enabled?: boolean
  /** Asks again after so many milliseconds, while the screen is open. */
  readonly everyMs?: number | false
  /** Shows the answer to the question before while the next one comes. */
  readonly keepsPrevious?: boolean
  readonly staleMs?: number
}

/** Under which name an answer is kept: the company leads, so that nothing of one is ever shown in another. */
function readKey(company: string | null, name: Operation, input: unknown): QueryKey {
  return [company ?? '', name, input]
}

/** Reads one answer. */
export function useRead<Name extends Operation>(
  name: Name,
  input: Input<Name>,
  options: ReadOptions = {},
): UseQueryResult<Answer<Name>, ApiProblem> {
  const api = useApi()
  return useQuery<Answer<Name>, ApiProblem>({
    queryKey: readKey(api.company, name, input),
    queryFn: ({ signal }) => api.call(name, input, { signal }),
    enabled: options.enabled ?? true,
    refetchInterval: options.everyMs ?? false,
    ...(options.staleMs === undefined ? {} : { staleTime: options.staleMs }),
    ...(options.keepsPrevious ? { placeholderData: keepPreviousData } : {}),
  })
}

interface Pages<Entry> {
  readonly items: readonly Entry[]
  readonly query: UseInfiniteQueryResult<unknown, ApiProblem>
}

/** Reads a list page after page; `items` are all that came so far. */
export function usePages<Name extends Operation>(
  name: Name,
  input: Input<Name>,
  options: ReadOptions & { readonly pageSize?: number } = {},
): Pages<Item<Name>> {
  const api = useApi()
  const size = options.pageSize ?? 50
  const query = useInfiniteQuery({
    queryKey: [...readKey(api.company, name, input), size],
    queryFn: ({ signal, pageParam }) => {
      const query = { ...(input as { query?: object }).query, limit: size, cursor: pageParam }
      return api.call(name, { ...input, query } as Input<Name>, { signal }) as Promise<PageOf<Item<Name>>>
    },
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page: PageOf<Item<Name>>) => page.nextCursor ?? undefined,
    enabled: options.enabled ?? true,
    refetchInterval: options.everyMs ?? false,
    select: (data) => data.pages.flatMap((page) => page.items),
    ...(options.keepsPrevious ? { placeholderData: keepPreviousData } : {}),
  })
  return { items: query.data ?? [], query: query as UseInfiniteQueryResult<unknown, ApiProblem> }
}

interface PageOf<Entry> {
  readonly items: readonly Entry[]
  readonly nextCursor: string | null
}
