import type { Tx } from '../../../platform/db/tx.ts'
import { record } from '../../audit/index.ts'
import { eraseHistory } from '../../custody-ports/index.ts'
import { holderUnderHold } from '../guard-views.ts'
import { changeErasures, postponeErasure } from '../scheduled-store.ts'
import { loadFacts } from './facts.ts'

/**
 * Deletes a number's history before a cut-off, once a second person approved it and the undo window is over (NUM-5).
 * A legal hold that was placed meanwhile, on the number or someone who held it, postpones it; so does a longer window.
 * @returns false when it is postponed or nothing was due
 */
export async function eraseDue(tx: Tx, due: { numberId: string; requestId: string }): Promise<boolean> {
  const facts = await loadFacts(tx, due.numberId)
  if (facts.number.underHold || (await holderUnderHold(tx, due.numberId))) return false
  const { undoWindowHours } = facts.policies
  if (await postponeErasure(tx, { ...due, undoWindowHours })) return false
  const [erasure] = await changeErasures(tx, due, { from: ['approved'], to: 'done' })
  if (!erasure) return false
  await eraseHistory(tx, due.numberId, erasure.cut_off)
  record(tx, {
    action: 'history.erased',
    subjectKind: 'number',
    subjectId: due.numberId,
    effect: { cutOff: erasure.cut_off, requestId: due.requestId },
    details: { e164: facts.row.e164 },
  })
  return true
}
