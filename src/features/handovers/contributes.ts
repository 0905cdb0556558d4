import type { Contribution } from '../custody-ports/index.ts'
import { requestDecided } from './service/approve.ts'
import { eraseMember } from './service/erase-person.ts'
import { onTaskSettled } from './service/item-actions.ts'
import { undoableUntil } from './service/undo.ts'

/**
 * What handovers tell the others: a second person's decision lets one run, a task that ends lets one go on,
 * and histories are kept while an undo may bring a number back.
 */
export const handoversContribution: Contribution = {
  requestDecided,
  undoableUntil,
  eraseMember,
  taskSettled: (tx, task) => onTaskSettled(tx, task.taskId, task.outcome),
}
