import { decodeCursor, encodeCursor } from '../../../kernel/cursor.ts'
import { Refusal } from '../../../kernel/refusal.ts'
import type { RouteInput, RouteOutput } from '../../../kernel/route.ts'
import type { Tx } from '../../../platform/db/tx.ts'
import { httpRefusal } from '../../../platform/http/refusals.ts'
import {
  actingMemberships,
  callerIn,
  listIdentifiers as identifiersOf,
  setProfile,
  shownMembership,
} from '../../accounts/index.ts'
import { secondFactorsOf } from '../../factors/index.ts'
import type { identifiersContract } from '../contract.ts'
import {
  countDeletionRequests,
  listHistory,
  listSecurityEvents,
  readDeletion,
  readOwnAccount,
} from '../views.ts'
import { openChanges } from './changes.ts'
import { type IdentifierParts, personIn } from './person.ts'

type Routes = typeof identifiersContract

/** The own account with everything that is open about it. */
export async function readAccount(
  parts: IdentifierParts,
  tx: Tx,
): Promise<RouteOutput<Routes['readAccount']>> {
  const { accountId } = personIn(tx)
  const memberships = await actingMemberships(tx, accountId)
  const changes = await openChanges(parts, tx)
  let deletionRequests = 0
  for (const membership of memberships) {
    deletionRequests += await tx.inCompany(callerIn(membership, accountId), (inside) =>
      countDeletionRequests(inside, membership.memberId),
    )
  }
  return {
    ...(await readOwnAccount(tx)),
    identifiers: await identifiersOf(tx),
    factors: await secondFactorsOf(tx),
    memberships: memberships.map(shownMembership),
    deletion: await readDeletion(tx),
    openChanges: changes,
    isFrozen: changes.some(({ state }) => state === 'objected'),
    deletionRequests,
  }
}

/** Changes the own name, or the language that Baton writes in. */
export async function updateAccount(
  tx: Tx,
  { body }: RouteInput<Routes['updateAccount']>,
): Promise<RouteOutput<Routes['updateAccount']>> {
  const account = await readOwnAccount(tx)
  const profile = {
    displayName: body.displayName ?? account.displayName,
    language: body.language ?? account.language,
  }
  setProfile(tx, profile)
  return profile
}

/** What is bound to the own account. */
export async function listIdentifiers(tx: Tx): Promise<RouteOutput<Routes['listIdentifiers']>> {
  return { items: await identifiersOf(tx) }
}

const logList = 'security-log:-eventId'

/** What happened to the own account, the newest first. @throws Refusal `page.cursor_invalid` */
export async function listSecurityLog(
  tx: Tx,
  { query }: RouteInput<Routes['listSecurityLog']>,
): Promise<RouteOutput<Routes['listSecurityLog']>> {
  const before = query.cursor === undefined ? null : decodeCursor(logList, query.cursor, ['id'])?.[0]
  if (before === undefined) throw new Refusal(httpRefusal.cursorInvalid)
  const rows = await listSecurityEvents(tx, before, query.limit + 1)
  return pageFrom(rows, query.limit, ({ eventId }) => encodeCursor(logList, [eventId]))
}

const historyList = 'identifier-history:-unboundAt'

/** What was bound to the own account before, the newest end first. @throws Refusal `page.cursor_invalid` */
export async function listBoundBefore(
  tx: Tx,
  { query }: RouteInput<Routes['listBoundBefore']>,
): Promise<RouteOutput<Routes['listBoundBefore']>> {
  const rows = await listHistory(tx, historyCursor(query.cursor), query.limit + 1)
  return pageFrom(rows, query.limit, ({ unboundAt, identifierId }) =>
    encodeCursor(historyList, [unboundAt, identifierId]),
  )
}

function historyCursor(cursor: string | undefined): { unboundAt: string; identifierId: string } | null {
  if (cursor === undefined) return null
  const [unboundAt, identifierId] = decodeCursor(historyList, cursor, ['instant', 'id']) ?? []
  if (unboundAt === undefined || identifierId === undefined) throw new Refusal(httpRefusal.cursorInvalid)
  return { unboundAt, identifierId }
}

function pageFrom<Row>(
  rows: readonly Row[],
  limit: number,
  cursorAfter: (row: Row) => string,
): { items: Row[]; nextCursor: string | null } {
  const items = rows.slice(0, limit)
  const last = items.at(-1)
  return { items, nextCursor: rows.length > limit && last ? cursorAfter(last) : null }
}
