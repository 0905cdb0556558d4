import { isCompanyCaller } from '../../../kernel/caller.ts'
import { decodeCursor, encodeCursor } from '../../../kernel/cursor.ts'
import { Refusal } from '../../../kernel/refusal.ts'
import type { RouteInput, RouteOutput } from '../../../kernel/route.ts'
import type { Tx } from '../../../platform/db/tx.ts'
import { httpRefusal } from '../../../platform/http/refusals.ts'
import { record } from '../../audit/index.ts'
import type { peopleContract } from '../contract.ts'
import type { Notice } from '../model.ts'
import * as views from '../notice-views.ts'
import { markNoticeRead } from '../store.ts'

type Routes = typeof peopleContract

const listName = 'notices:-at'

/**
 * NUM-16: the caller's own notices, newest first; whoever is no member has none.
 * @throws Refusal `page.cursor_invalid`
 */
export async function listNotices(
  tx: Tx,
  query: RouteInput<Routes['listNotices']>['query'],
): Promise<RouteOutput<Routes['listNotices']>> {
  const after =
    query.cursor === undefined ? undefined : decodeCursor(listName, query.cursor, ['instant', 'id'])
  if (after === null) throw new Refusal(httpRefusal.cursorInvalid)
  const memberId = ownId(tx)
  if (memberId === null) return { items: [], nextCursor: null }
  const unreadOnly = query.unread === 'true'
  const found = await views.listNotices(tx, { memberId, unreadOnly, after, limit: query.limit + 1 })
  const items = found.slice(0, query.limit)
  const last = items.at(-1)
  return {
    items,
    nextCursor: found.length > items.length && last ? encodeCursor(listName, [last.at, last.noticeId]) : null,
  }
}

/**
 * Marks one of the caller's notices as read: the ledger shows who knew of a move, and since when.
 * @throws Refusal `thing.not_found`, also for another member's
 */
export async function readNotice(tx: Tx, noticeId: string): Promise<Notice> {
  const memberId = ownId(tx)
  const notice = memberId === null ? undefined : await views.findNotice(tx, memberId, noticeId)
  if (memberId === null || !notice) throw new Refusal(httpRefusal.notFound, { thing: 'notice' })
  markNoticeRead(tx, memberId, noticeId)
  record(tx, {
    action: 'notice.read',
    subjectKind: 'notice',
    subjectId: noticeId,
    effect: { kind: notice.kind, numberId: notice.numberId },
  })
  return { ...notice, readAt: notice.readAt ?? tx.now }
}

function ownId({ caller }: Tx): string | null {
  return isCompanyCaller(caller) ? caller.memberId : null
}
