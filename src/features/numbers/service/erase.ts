import type { Tx } from '../../../platform/db/tx.ts'
import { record } from '../../audit/index.ts'
import { eraseHistory } from '../../custody-ports/index.ts'
import { changeErasures } from '../scheduled-store.ts'
import { loadFacts } from './facts.ts'

/**
 * Deletes a number's history before a cut-off, once a second person approved it and the undo window is over (NUM-5).
 * A legal hold that was placed meanwhile postpones it.
 * @returns false when a hold postpones it or nothing was due
 */
export async function eraseDue(tx: Tx, due: { numberId: string; requestId: string }): Promise<boolean> {
  const facts = await loadFacts(tx, due.numberId)
  if (facts.number.underHold) return false
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
