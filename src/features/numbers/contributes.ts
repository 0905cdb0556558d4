import type { Contribution, HandoverStep } from '../custody-ports/index.ts'
import { requestDecided } from './service/decided.ts'
import { incomingMoveStep, loanReturnStep } from './service/handed/coming-steps.ts'
import { numberStep } from './service/handed/number-step.ts'
import { listHoldings } from './service/holdings.ts'

export { numberOperationKinds as numberOperations } from './service/batch-kinds.ts'

/** What the numbers feature tells the others. */
export const numbersContribution: Contribution = { listHoldings, requestDecided }

/** How numbers and what is to come of them pass on. */
export const numberSteps: readonly HandoverStep[] = [incomingMoveStep, numberStep, loanReturnStep]
