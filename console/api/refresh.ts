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

interface FreshNumber {
  readonly numberId: string
  readonly version: number
}

function numberOf(answer: unknown): FreshNumber | null {
  if (typeof answer !== 'object' || answer === null) return null
  if ('number' in answer) return numberOf(answer.number)
  if (!('numberId' in answer && 'e164' in answer && 'version' in answer)) return null
  const { numberId, version } = answer
  return typeof numberId === 'string' && typeof version === 'number' ? { ...answer, numberId, version } : null
}

// Of two answers that overtook each other the one with the later version stays.
function withFresh(data: InfiniteData<Paged>, fresh: FreshNumber): InfiniteData<Paged> {
  return {
    ...data,
    pages: data.pages.map((page) => ({
      ...page,
      items: page.items.map((item) => (isOlder(item, fresh) ? fresh : item)),
    })),
  }
}

function isOlder(item: object, fresh: FreshNumber): boolean {
  if (!('numberId' in item && 'heldSince' in item && 'version' in item)) return false
  return item.numberId === fresh.numberId && typeof item.version === 'number' && item.version <= fresh.version
}
