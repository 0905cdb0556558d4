import { decodeCursor, encodeCursor } from '../../../kernel/cursor.ts'
import type { Instant } from '../../../kernel/fields.ts'
import { Refusal } from '../../../kernel/refusal.ts'
import type { RouteInput, RouteOutput } from '../../../kernel/route.ts'
import type { Tx } from '../../../platform/db/tx.ts'
import { httpRefusal } from '../../../platform/http/refusals.ts'
import {
  listChanges as changesBefore,
  listIdentifiers,
  listUnsettled,
  type AccountChange as StoredChange,
} from '../../accounts/index.ts'
import type { identifiersContract } from '../contract.ts'
import type { AccountChange } from '../model.ts'
import { mayThisSession, settlersIn } from './may-settle.ts'
import type { IdentifierParts } from './person.ts'

type Route = (typeof identifiersContract)['listChanges']

const listName = 'account-changes:-changeId'

/** Changes of the own account, the newest first, with what may still be done about each. @throws Refusal `page.cursor_invalid` */
export async function listChanges(
  parts: IdentifierParts,
  tx: Tx,
  { query }: RouteInput<Route>,
): Promise<RouteOutput<Route>> {
  const before = query.cursor === undefined ? null : decodeCursor(listName, query.cursor, ['id'])?.[0]
  if (before === undefined) throw new Refusal(httpRefusal.cursorInvalid)
  const rows = await changesBefore(tx, before, query.limit + 1)
  const items = rows.slice(0, query.limit)
  const last = items.at(-1)
  return {
    items: await showAll(parts, tx, items),
    nextCursor: rows.length > query.limit && last ? encodeCursor(listName, [last.changeId]) : null,
  }
}

/** Changes that can be objected to, or wait to be settled, the newest first. */
export async function openChanges(parts: IdentifierParts, tx: Tx): Promise<AccountChange[]> {
  return showAll(parts, tx, (await listUnsettled(tx)).reverse())
}

async function showAll(
  parts: IdentifierParts,
  tx: Tx,
  changes: readonly StoredChange[],
): Promise<AccountChange[]> {
  const settleable = await settleableIn(parts, tx)
  return changes.map((change) =>
    shownChange(change, tx.now, change.objectionId !== null && settleable.has(change.objectionId)),
  )
}

/** The objections that this session may settle. */
async function settleableIn(parts: IdentifierParts, tx: Tx): Promise<Set<string>> {
  const unsettled = await listUnsettled(tx)
  const objections = new Set(unsettled.flatMap(({ objectionId }) => objectionId ?? []))
  const identifiers = await listIdentifiers(tx)
  const found = new Set<string>()
  for (const changeId of objections) {
    const settlers = await settlersIn(parts, tx, { identifiers, unsettled, changeId })
    if (await mayThisSession(tx, settlers)) found.add(changeId)
  }
  return found
}

/** A change as its person sees it. */
export function shownChange(change: StoredChange, now: Instant, maySettle: boolean): AccountChange {
  const { changeId, kind, identifier, changedAt, objectableUntil, objectedAt, settledAt } = change
  return {
    changeId,
    kind,
    identifierKind: identifier?.kind ?? null,
    value: identifier?.value ?? null,
    changedAt,
    state: stateOf(change, now),
    objectableUntil,
    objectedAt,
    settledAt,
    maySettle: maySettle && settledAt === null,
  }
}

function stateOf(
  { outcome, objectedAt, objectableUntil }: StoredChange,
  now: Instant,
): AccountChange['state'] {
  if (outcome !== null) return outcome
  if (objectedAt !== null) return 'objected'
  return objectableUntil > now ? 'open' : 'final'
}
