import type { z } from 'zod'
import { decodeCursor, encodeCursor } from '../../../kernel/cursor.ts'
import type { PageQuery } from '../../../kernel/fields.ts'
import { normaliseInstant } from '../../../kernel/instant.ts'
import { Refusal } from '../../../kernel/refusal.ts'
import type { Tx } from '../../../platform/db/tx.ts'
import { httpRefusal } from '../../../platform/http/refusals.ts'
import { requireSeenMember, scopeOf } from '../../people/index.ts'
import type { Custody, HeldStretch } from '../model.ts'
import { custodyOfMember, readCustody } from '../views.ts'
import { readNumber } from './read.ts'

/**
 * Who held a number (NUM-12). A member and a lead see it for numbers in their scope; a member only the own stretches.
 * @throws Refusal `thing.not_found`
 */
export async function getCustody(
  tx: Tx,
  numberId: string,
  at: string | undefined,
): Promise<{ items: z.input<typeof Custody>[] }> {
  await readNumber(tx, numberId)
  const scope = await scopeOf(tx)
  const rows = await readCustody(tx, numberId, at === undefined ? null : normaliseInstant(at))
  const seen = scope.kind === 'self' ? rows.filter((row) => row.holder_id === scope.memberId) : rows
  return {
    items: seen.map((row) => ({
      state: row.state,
      holder: row.holder_id === null ? null : { memberId: row.holder_id, name: row.holder_name ?? '' },
      from: row.held_from,
      to: row.held_to,
      cause: row.cause,
      movedBy: row.moved_by,
    })),
  }
}

const memberCustody = 'member-custody:-from'

/**
 * What a member holds and has held, newest first (NUM-12).
 * @throws Refusal `thing.not_found` also for a member outside the caller's scope, `page.cursor_invalid`
 */
export async function listMemberCustody(
  tx: Tx,
  memberId: string,
  { cursor, limit }: PageQuery,
): Promise<{ items: HeldStretch[]; nextCursor: string | null }> {
  await requireSeenMember(tx, memberId)
  const rows = await custodyOfMember(tx, { memberId, before: placeOf(cursor), limit: limit + 1 })
  const shown = rows.slice(0, limit)
  const last = shown.at(-1)
  return {
    items: shown.map((row) => ({
      numberId: row.number_id,
      e164: row.e164,
      from: row.held_from,
      to: row.held_to,
      cause: row.cause,
      movedBy: row.moved_by,
    })),
    nextCursor:
      rows.length > limit && last ? encodeCursor(memberCustody, [last.held_from, last.number_id]) : null,
  }
}

function placeOf(cursor: string | undefined) {
  if (cursor === undefined) return null
  const [heldFrom, numberId] = decodeCursor(memberCustody, cursor, ['instant', 'id']) ?? []
  if (heldFrom === undefined || numberId === undefined) throw new Refusal(httpRefusal.cursorInvalid)
  return { heldFrom, numberId }
}
