import type { Contribution } from '../custody-ports/index.ts'
import { eraseMember } from './service/erase-person.ts'
import { listHoldings } from './service/handover.ts'

export { taskStep } from './service/handover.ts'

/** What the tasks feature tells the others: open tasks are holdings. */
export const tasksContribution: Contribution = { listHoldings, eraseMember }
