import { personOf } from '../../../kernel/caller.ts'
import { type Role, roleAllows } from '../../../kernel/permission.ts'
import type { Tx } from '../../../platform/db/tx.ts'
import { lockSubscription, type Policies } from '../../companies/index.ts'
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

/**
 * Whether a batch of this many moves is above what a person may make alone in 24 h (HAN-10). What others of theirs have
 * under way counts; the subscription's lock makes two batches at the same moment count one another.
 */
export async function isBatchOverLimit(
  tx: Tx,
  policies: Policies,
  asked: { readonly person: string; readonly moves: number },
): Promise<boolean> {
  const { moveLimitPerDay: perDay, moveLimitPercent: percent } = policies
  if (perDay === null) return false
  await lockSubscription(tx)
  const limit = { perDay, percent }
  const moves = await countMoves(tx, { person: asked.person, exceptNumberId: null, most: perDay })
  return movesLeft({ moves, numbers: await countNumbers(tx, null) }, limit) < asked.moves
}

/** How many more numbers a person may move alone in these 24 h (HAN-10); null for any number. */
export async function movesLeftOf(tx: Tx, policies: Policies, person: string): Promise<number | null> {
  const { moveLimitPerDay: perDay, moveLimitPercent: percent } = policies
  if (perDay === null) return null
  const moves = await countMoves(tx, { person, exceptNumberId: null, most: perDay })
  return movesLeft({ moves, numbers: await countNumbers(tx, null) }, { perDay, percent })
}

async function left(tx: Tx, facts: LoadedFacts, limit: MoveLimit): Promise<number> {
  const moves = await countMoves(tx, {
    person: personOf(tx.caller),
    exceptNumberId: facts.row.number_id,
    most: limit.perDay,
  })
  return movesLeft({ moves, numbers: await countNumbers(tx, numbersThatMatter(moves, limit)) }, limit)
}

/** Whether a member whose order is carried out later may still move numbers; the operator always may. */
export async function mayStillMove(tx: Tx, memberId: string | null): Promise<boolean> {
  if (memberId === null) return true
  const [member] = await tx.query<{ role: Role; status: string }>({
    text: 'select role, status from members where company_id = $1 and member_id = $2',
    values: [tx.companyId, memberId],
  })
  return member !== undefined && member.status === 'active' && roleAllows(member.role, 'numbers:write')
}
