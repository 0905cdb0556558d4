import type { Tx } from '../../../platform/db/tx.ts'
import { record } from '../../audit/index.ts'
import { mustStep } from '../rules/step.ts'
import { type HandoverRow, updateHandover } from '../store.ts'
import { makeSupplement } from './make-receipt.ts'

/** Ends a handover whose undo window is over: what was done stays. */
export async function closeHandover(tx: Tx, row: HandoverRow): Promise<void> {
  updateHandover(tx, row.handoverId, { state: mustStep(row.state, 'close'), closedAt: tx.now, dueAt: null })
  record(tx, {
    action: 'handover.closed',
    subjectKind: 'handover',
    subjectId: row.handoverId,
    effect: { finishedAt: row.finishedAt },
  })
  await makeSupplement(tx, row.handoverId)
}
