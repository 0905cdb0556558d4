import type { InfiniteData, QueryClient } from '@tanstack/react-query'

// Asking again for more pages than this would take longer than anybody looks at them.
const mostPagesAgain = 4

interface Paged {
  readonly items: readonly object[]
}

/**
 * Asks again for what the screen shows of a company. Long lists are not read anew page by page: what was answered just
 * now takes the place of the entry with its id.
 */
export async function refreshCompany(
  client: QueryClient,
  company: string | null,
  answer?: unknown,
): Promise<void> {
  const fresh = numberOf(answer)
  if (fresh) {
    for (const query of client.getQueryCache().findAll({ queryKey: [company ?? ''] }))
      if (isLong(query.state.data))
        client.setQueryData(query.queryKey, withFresh(query.state.data as InfiniteData<Paged>, fresh))
  }
  await client.invalidateQueries({
    queryKey: [company ?? ''],
    predicate: (query) => !isLong(query.state.data),
  })
}

function isLong(data: unknown): boolean {
  return (
    typeof data === 'object' &&
    data !== null &&
    'pages' in data &&
    Array.isArray(data.pages) &&
    data.pages.length > mostPagesAgain
  )
}

function numberOf(answer: unknown): { readonly numberId: string } | null {
  if (typeof answer !== 'object' || answer === null) return null
  if ('number' in answer) return numberOf(answer.number)
  return 'numberId' in answer && 'e164' in answer && typeof answer.numberId === 'string'
    ? { ...answer, numberId: answer.numberId }
    : null
}

function withFresh(data: InfiniteData<Paged>, fresh: { readonly numberId: string }): InfiniteData<Paged> {
  return {
    ...data,
    pages: data.pages.map((page) => ({
      ...page,
      items: page.items.map((item) =>
        'numberId' in item && item.numberId === fresh.numberId && 'heldSince' in item ? fresh : item,
      ),
    })),
  }
}
