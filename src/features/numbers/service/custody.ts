import type { z } from 'zod'
import { normaliseInstant } from '../../../kernel/instant.ts'
import type { Tx } from '../../../platform/db/tx.ts'
import { scopeOf } from '../../people/index.ts'
import type { Custody } from '../model.ts'
import { readCustody } from '../views.ts'
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
