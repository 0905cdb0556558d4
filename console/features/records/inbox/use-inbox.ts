import type { UseInfiniteQueryResult } from '@tanstack/react-query'
import { useEffect, useMemo } from 'react'
import type { ApiProblem } from '../../../api/client.ts'
import { usePages } from '../../../api/read.ts'
import { type SetSearch, useSearchState } from '../../../ui/search-state.ts'
import { chosenEntry, conversationEntry, type Entry, recordEntry, withheldOf } from './entries.ts'
import { type ReadingReason, useReadingReason } from './reading-reason.ts'

export const recordKinds = ['call', 'message', 'voicemail'] as const

const preset = { with: '', find: '', recordKind: '', unanswered: false }

export interface InboxView {
  readonly with: string
  readonly find: string
  readonly recordKind: string
  readonly unanswered: boolean
}

export interface Inbox {
  readonly view: InboxView
  readonly setView: SetSearch<InboxView>
  readonly reading: ReadingReason
  /** Whether single records are looked for instead of conversations. */
  readonly isSearch: boolean
  readonly entries: readonly Entry[]
  readonly query: UseInfiniteQueryResult<unknown, ApiProblem>
  readonly chosen: { readonly key: string | null; readonly entry: Entry | null }
  /** Why contents of this list are not shown; null when they are. */
  readonly withheld: ReturnType<typeof withheldOf>
}

/** What the inbox of a number shows: its place in the URL, and what is read for it. */
export function useInbox(numberId: string): Inbox {
  const [view, setView] = useSearchState<InboxView & Record<string, string | boolean>>(preset)
  const reading = useReadingReason(numberId)
  const kind = recordKinds.find((one) => one === view.recordKind)
  const search = view.find.trim()
  const isSearch = search !== '' || kind !== undefined
  const isOpen = view.unanswered ? ('true' as const) : undefined
  const params = { numberId }
  const { reason } = reading
  const conversations = usePages(
    'listConversations',
    { params, query: { open: isOpen, reason } },
    { enabled: !isSearch, keepsPrevious: true },
  )
  const records = usePages(
    'listNumberRecords',
    { params, query: { kind, search, awaitsAnswer: isOpen, reason } },
    { enabled: isSearch, keepsPrevious: true },
  )
  const { query } = isSearch ? records : conversations
  const entries = useMemo(
    () => (isSearch ? records.items.map(recordEntry) : conversations.items.map(conversationEntry)),
    [isSearch, records.items, conversations.items],
  )
  useSearchOn(query, isSearch && entries.length === 0)
  const withheld = entries.map(withheldOf).find((why) => why !== null) ?? null
  return {
    view,
    setView,
    reading,
    isSearch,
    entries,
    query,
    chosen: chosenEntry(entries, view.with),
    withheld,
  }
}

// One answer looks through so many records only, and may have found nothing in them.
function useSearchOn(query: Inbox['query'], isNothingFound: boolean): void {
  const { hasNextPage, isFetching, isError, fetchNextPage } = query
  useEffect(() => {
    if (isNothingFound && hasNextPage && !isFetching && !isError) void fetchNextPage()
  }, [isNothingFound, hasNextPage, isFetching, isError, fetchNextPage])
}
