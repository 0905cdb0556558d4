import { addMinutes } from '../../../kernel/instant.ts'
import { Refusal } from '../../../kernel/refusal.ts'
import type { Tx } from '../../../platform/db/tx.ts'
import { httpRefusal } from '../../../platform/http/refusals.ts'
import { loadPolicies } from '../../companies/index.ts'
import { scopeOf, searchWords, subtreeOf } from '../../people/index.ts'
import {
  type MoveQuery,
  mostSelected,
  type NumberFilter,
  type NumberQuery,
  type PhoneNumber,
  type ScheduledMove,
  selectionRefusal,
} from '../model.ts'
import { findMove, pageOfMoves } from '../move-views.ts'
import { presentMove, presentNumber } from '../present.ts'
import {
  countFitting,
  findNumber,
  type Narrowed,
  pageOfNumbers,
  type SelectedNumber,
  type ShownRow,
  selectFitting,
  waitingOf,
} from '../views.ts'

/**
 * A number as the caller may see it.
 * @throws Refusal `thing.not_found` also for one outside the caller's scope
 */
export async function readNumber(tx: Tx, numberId: string): Promise<PhoneNumber> {
  const row = await findNumber(tx, numberId, await scopeOf(tx))
  const [number] = row ? await present(tx, [row]) : []
  if (!number) throw new Refusal(httpRefusal.notFound, { thing: 'number' })
  return number
}

/**
 * A page of the numbers that the caller may see.
 * @throws Refusal `page.cursor_invalid`
 */
export async function listNumbers(
  tx: Tx,
  query: NumberQuery,
): Promise<{ items: PhoneNumber[]; nextCursor: string | null }> {
  const { rows, nextCursor } = await pageOfNumbers(tx, { query, ...(await narrow(tx, query)) })
  return { items: await present(tx, rows), nextCursor }
}

/** How many numbers the caller may see that fit. */
export async function countNumbers(tx: Tx, filter: NumberFilter): Promise<{ total: number }> {
  return { total: await countFitting(tx, await narrow(tx, filter)) }
}

/**
 * Every number that fits, by its id, to be moved together.
 * @throws Refusal `selection.too_many`
 */
export async function selectNumbers(
  tx: Tx,
  filter: NumberFilter,
): Promise<{ items: SelectedNumber[]; total: number }> {
  const items = await selectFitting(tx, await narrow(tx, filter))
  if (items.length > mostSelected) throw new Refusal(selectionRefusal.tooMany, { limit: mostSelected })
  return { items, total: items.length }
}

async function narrow(tx: Tx, filter: NumberFilter): Promise<Narrowed> {
  const { departmentId, coolingDown, search = '' } = filter
  return {
    filter,
    scope: await scopeOf(tx),
    words: searchWords(search),
    departmentIds: departmentId === undefined ? null : await subtreeOf(tx, departmentId),
    assignedAfter: coolingDown ? addMinutes(tx.now, -(await loadPolicies(tx)).cooldownMinutes) : null,
  }
}

async function present(tx: Tx, rows: readonly ShownRow[]): Promise<PhoneNumber[]> {
  if (rows.length === 0) return []
  const ids = rows.map((row) => row.number_id)
  const [policies, waiting] = await Promise.all([loadPolicies(tx), waitingOf(tx, ids)])
  return rows.map((row) =>
    presentNumber(
      { row, holderName: row.holder_name, cause: row.cause, waiting: waiting.get(row.number_id) ?? [] },
      policies,
      tx.now,
    ),
  )
}

/**
 * A move that waits or has waited.
 * @throws Refusal `thing.not_found` also for one of a number outside the caller's scope
 */
export async function readMove(tx: Tx, moveId: string): Promise<ScheduledMove> {
  const row = await findMove(tx, moveId, await scopeOf(tx))
  if (!row) throw new Refusal(httpRefusal.notFound, { thing: 'move' })
  return presentMove(row, row.e164)
}

/**
 * Moves in one state that the caller may see, oldest first; those that wait by the time they are due.
 * @throws Refusal `page.cursor_invalid`
 */
export async function listMoves(
  tx: Tx,
  query: MoveQuery,
): Promise<{ items: ScheduledMove[]; nextCursor: string | null }> {
  const { rows, nextCursor } = await pageOfMoves(tx, query, await scopeOf(tx))
  return { items: rows.map((row) => presentMove(row, row.e164)), nextCursor }
}
