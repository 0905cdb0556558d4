import { personOf } from '../../../kernel/caller.ts'
import type { Tx } from '../../../platform/db/tx.ts'
import { lockSubscription } from '../../companies/index.ts'
import { countMoves, countNumbers } from '../guard-views.ts'
import { type MoveLimit, movesAtOnce, movesLeft, numbersThatMatter } from '../rules/over-limit.ts'
import type { LoadedFacts } from './facts.ts'

/** Whether the actor is above the number of moves that one person may make alone in 24 h (ADR 0012). */
export async function isOverLimit(tx: Tx, facts: LoadedFacts): Promise<boolean> {
  const { moveLimitPerDay: perDay, moveLimitPercent: percent } = facts.policies
  if (perDay === null || tx.caller.kind === 'system') return false
  const limit = { perDay, percent }
  if ((await left(tx, facts, limit)) > movesAtOnce) return false
  // Near the limit one comes after the other, so that moves at the same moment do not pass it together; the
  // subscription is the last lock of every move.
  await lockSubscription(tx)
  return (await left(tx, facts, limit)) <= 0
}

async function left(tx: Tx, facts: LoadedFacts, limit: MoveLimit): Promise<number> {
  const moves = await countMoves(tx, {
    person: personOf(tx.caller),
    exceptNumberId: facts.row.number_id,
    most: limit.perDay,
  })
  const numbers = await countNumbers(tx, numbersThatMatter(moves, limit))
  return movesLeft({ moves, numbers }, limit)
}
