import type { QueryClient } from '@tanstack/react-query'
import type { Item } from '../../api/client.ts'

/** How a number went that the reader does not hold. */
export interface Gone {
  /** When this page noticed; null where it was not the reader's when the page was opened. */
  readonly noticedAt: string | null
  /** Whether the reader may see the number all the same, as an Admin does. */
  readonly isSeen: boolean
}

type Notice = Item<'listNotices'>

/** The words for how a number went, and when, as far as one was told of it. */
export function wayOf(
  gone: Gone,
  notice: Pick<Notice, 'cause' | 'at'> | null,
): {
  readonly word: 'gone.reassigned' | 'gone.parked' | 'gone.left' | 'gone.never'
  readonly at: string | null
} {
  if (notice === null)
    return gone.noticedAt === null
      ? { word: 'gone.never', at: null }
      : { word: 'gone.left', at: gone.noticedAt }
  return { word: notice.cause === 'parked' ? 'gone.parked' : 'gone.reassigned', at: notice.at }
}

/** The latest notice that a number left the reader; null when a later one says that it came back, or there is none. */
export function leavingNotice(notices: readonly Notice[], numberId: string): Notice | null {
  const latest = notices.find((notice) => notice.numberId === numberId && notice.kind !== 'move.failed')
  return latest?.kind === 'number.left_you' ? latest : null
}

/** Takes everything about a number out of what the console remembers; what one was told of it stays. */
export function forgetNumber(client: QueryClient, company: string | null, numberId: string): void {
  client.removeQueries({
    queryKey: [company ?? ''],
    predicate: ({ queryKey, state }) =>
      queryKey[1] !== 'listNotices' &&
      [queryKey, state.data ?? null].some((part) => JSON.stringify(part).includes(numberId)),
  })
}
