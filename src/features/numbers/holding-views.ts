import type { Tx } from '../../platform/db/tx.ts'

/** A number that a member holds. */
export interface HeldNumber {
  readonly numberId: string
  readonly e164: string
  readonly heldFrom: string
  readonly assignedAt: string | null
}

/** The numbers that a member holds, by their place in the numbering plan. */
export function numbersHeldBy(tx: Tx, memberId: string): Promise<HeldNumber[]> {
  return tx.query<HeldNumber>({
    name: 'numbers-held',
    text: `select number_id as "numberId", e164, held_from as "heldFrom", assigned_at as "assignedAt" from numbers
      where company_id = $1 and holder_id = $2 order by e164, number_id`,
    values: [tx.companyId, memberId],
  })
}

/** A move or a return that will bring a number to a member. */
export interface ComingMove {
  readonly moveId: string
  readonly kind: 'move' | 'return'
  readonly e164: string
  readonly createdAt: string
}

/** What will come to a member: moves that wait, and returns of what they have lent. */
export function comingTo(tx: Tx, memberId: string): Promise<ComingMove[]> {
  return tx.query<ComingMove>({
    name: 'numbers-coming',
    text: `select w.move_id as "moveId", w.kind, n.e164, w.created_at as "createdAt" from scheduled_moves w
        join numbers n on n.company_id = w.company_id and n.number_id = w.number_id
      where w.company_id = $1 and w.to_member_id = $2 and w.state in ('scheduled', 'pending_check', 'pending_approval')
      order by n.e164, w.move_id`,
    values: [tx.companyId, memberId],
  })
}
