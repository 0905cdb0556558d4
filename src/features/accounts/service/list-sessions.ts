import { decodeCursor, encodeCursor } from '../../../kernel/cursor.ts'
import { addHours } from '../../../kernel/instant.ts'
import { Refusal } from '../../../kernel/refusal.ts'
import type { RouteInput, RouteOutput } from '../../../kernel/route.ts'
import type { Tx } from '../../../platform/db/tx.ts'
import { httpRefusal } from '../../../platform/http/refusals.ts'
import type { accountsContract } from '../contract.ts'
import { sessionIdleHours } from '../rules.ts'
import * as views from '../views.ts'
import { sessionOf } from './sessions.ts'

type Routes = typeof accountsContract

const ownList = 'sessions:-sessionId'
const memberList = 'member-sessions:-sessionId'

/** Where the own account is signed in; tokens and operators have no sessions. @throws Refusal `page.cursor_invalid` */
export async function listSessions(
  tx: Tx,
  { query }: RouteInput<Routes['listSessions']>,
): Promise<RouteOutput<Routes['listSessions']>> {
  const wanted = queryOf(tx, ownList, query)
  const own = sessionOf(tx)
  const rows = own === null ? [] : await views.listSessionsOf(tx, wanted)
  const { items, nextCursor } = pageFrom(ownList, rows, query.limit)
  return { items: items.map((row) => ({ ...row, current: row.sessionId === own?.sessionId })), nextCursor }
}

/**
 * With which devices a member is signed in; where from is the person's own business (ACC-1).
 * @throws Refusal `thing.not_found`, `page.cursor_invalid`
 */
export async function listMemberSessions(
  tx: Tx,
  { params, query }: RouteInput<Routes['listMemberSessions']>,
): Promise<RouteOutput<Routes['listMemberSessions']>> {
  const wanted = queryOf(tx, memberList, query)
  if (!(await views.readMember(tx, params.memberId)))
    throw new Refusal(httpRefusal.notFound, { thing: 'member' })
  const rows = await views.listMemberSessions(tx, params.memberId, wanted)
  const { items, nextCursor } = pageFrom(memberList, rows, query.limit)
  return {
    items: items.map(({ device, createdAt, lastUsedAt }) => ({ device, createdAt, lastUsedAt })),
    nextCursor,
  }
}

function queryOf(
  tx: Tx,
  list: string,
  { limit, cursor }: { readonly limit: number; readonly cursor?: string | undefined },
): views.SessionQuery {
  const before = cursor === undefined ? null : decodeCursor(list, cursor, ['id'])?.[0]
  if (before === undefined) throw new Refusal(httpRefusal.cursorInvalid)
  return { idleSince: addHours(tx.now, -sessionIdleHours), before, most: limit + 1 }
}

function pageFrom<Row extends { readonly sessionId: string }>(
  list: string,
  rows: readonly Row[],
  limit: number,
): { items: Row[]; nextCursor: string | null } {
  const items = rows.slice(0, limit)
  const last = items.at(-1)
  return { items, nextCursor: rows.length > limit && last ? encodeCursor(list, [last.sessionId]) : null }
}
