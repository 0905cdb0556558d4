import type { Tx } from '../../../platform/db/tx.ts'
import { loadPolicies } from '../../companies/index.ts'
import { dependentsOf, type Holding } from '../../custody-ports/index.ts'
import { comingTo, numbersHeldBy } from '../holding-views.ts'
import { availableAt } from '../rules/may-move.ts'

const holdingOf = { move: 'incoming_move', return: 'loan_return' } as const

/** What a member holds here: numbers, moves to come, and the right of return of lent numbers (HAN-1, NUM-13, ADR 0013). */
export async function listHoldings(tx: Tx, memberId: string): Promise<Holding[]> {
  const [held, coming] = await Promise.all([numbersHeldBy(tx, memberId), comingTo(tx, memberId)])
  const moves = coming.map(
    ({ moveId, kind, e164, createdAt }): Holding => ({
      kind: holdingOf[kind],
      id: moveId,
      label: e164,
      since: createdAt,
      dependents: [],
    }),
  )
  if (held.length === 0) return moves
  const { cooldownMinutes } = await loadPolicies(tx)
  const hanging = await dependentsOf(
    tx,
    held.map(({ numberId }) => numberId),
  )
  const numbers = held.map(
    (number): Holding => ({
      kind: 'number',
      id: number.numberId,
      label: number.e164,
      since: number.heldFrom,
      dependents: hanging.get(number.numberId) ?? [],
      availableAt: availableAt(number, cooldownMinutes, tx.now),
    }),
  )
  return [...numbers, ...moves]
}
