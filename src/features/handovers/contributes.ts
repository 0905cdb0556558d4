import type { Contribution } from '../custody-ports/index.ts'
import { requestDecided } from './service/approve.ts'
import { onTaskSettled } from './service/item-actions.ts'

/** What handovers tell the others: a second person's decision lets one run, a task that ends lets one go on. */
export const handoversContribution: Contribution = {
  requestDecided,
  taskSettled: (tx, task) => onTaskSettled(tx, task.taskId, task.outcome),
}
