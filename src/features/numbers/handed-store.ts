import type { Tx } from '../../platform/db/tx.ts'
import type { MoveState } from './model.ts'

/** Cancels those of these moves that still wait. */
export function cancelMoves(tx: Tx, moveIds: readonly string[]): void {
  if (moveIds.length === 0) return
  tx.send({
    name: 'handed-cancel',
    text: `update scheduled_moves set state = 'cancelled', finished_at = $3 where company_id = $1 and move_id = any($2)
      and state in ('scheduled', 'pending_check', 'pending_approval')`,
    values: [tx.companyId, moveIds, tx.now],
  })
}

/** Lets returns of loans wait again that a handover had brought about early. */
export function reopenReturns(tx: Tx, moveIds: readonly string[]): void {
  if (moveIds.length === 0) return
  tx.send({
    name: 'handed-reopen',
    text: `update scheduled_moves set state = 'scheduled', finished_at = null
      where company_id = $1 and move_id = any($2) and kind = 'return' and state = 'done'`,
    values: [tx.companyId, moveIds],
  })
}

export interface RetargetedMove {
  readonly moveId: string
  readonly toMemberId: string
  readonly state: MoveState
  readonly requestId: string | null
  readonly approvedBy: string | null
  readonly checkedBy: string | null
}

/** Lets a move go to somebody else, end, or wait again; the caller holds its lock. */
export function retargetMove(tx: Tx, move: RetargetedMove): void {
  tx.send({
    name: 'handed-retarget',
    text: `update scheduled_moves set to_member_id = $3, state = $4, request_id = $5, approved_by = $6, checked_by = $7,
        finished_at = case when $4 = 'cancelled' then $8::timestamptz end
      where company_id = $1 and move_id = $2`,
    values: [
      tx.companyId,
      move.moveId,
      move.toMemberId,
      move.state,
      move.requestId,
      move.approvedBy,
      move.checkedBy,
      tx.now,
    ],
  })
}
