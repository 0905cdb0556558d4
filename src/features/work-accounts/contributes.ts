import type { Contribution } from '../custody-ports/index.ts'
import { dependentsOf, listHoldings } from './service/holdings.ts'
import { taskSettled } from './service/outcome.ts'

export { workAccountStep } from './service/handover.ts'

/** What accounts in outside systems tell the others: who holds them, what hangs on a number, what a task has done. */
export const workAccountsContribution: Contribution = { listHoldings, dependentsOf, taskSettled }
