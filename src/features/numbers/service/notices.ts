import { createHash } from 'node:crypto'
import type { Tx } from '../../../platform/db/tx.ts'
import { addNotice } from '../../people/index.ts'
import type { Cause } from '../model.ts'

interface ChangedHolders {
  readonly from_member: string | null
  readonly to_member: string | null
  readonly cause: Cause
}

/** Writes the notices of one move: to who lost the number and to who has it now (NUM-16). */
export async function notifyOfMove(
  tx: Tx,
  move: { readonly numberId: string; readonly heldFrom: string },
): Promise<void> {
  const [change] = await tx.query<ChangedHolders>({
    text: `select before.holder_id as from_member, now.holder_id as to_member, now.cause from assignments now
      left join assignments before on before.company_id = now.company_id and before.number_id = now.number_id and before.held_to = now.held_from
      where now.company_id = $1 and now.number_id = $2 and now.held_from = $3`,
    values: [tx.companyId, move.numberId, move.heldFrom],
  })
  if (!change) return
  const particulars = { numberId: move.numberId, cause: change.cause }
  const told = [
    { memberId: change.from_member, kind: 'number.left_you' },
    { memberId: change.to_member, kind: 'number.came_to_you' },
  ]
  for (const { memberId, kind } of told) {
    if (memberId)
      addNotice(tx, { noticeId: noticeIdOf(move, kind), memberId, kind, particulars, at: move.heldFrom })
  }
}

// The same move gives the same id, however often the job runs.
function noticeIdOf(move: { readonly numberId: string; readonly heldFrom: string }, kind: string): string {
  const hex = createHash('sha256').update(`${move.numberId} ${move.heldFrom} ${kind}`).digest('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`
}
