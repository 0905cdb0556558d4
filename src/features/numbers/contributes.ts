import type { Contribution } from '../custody-ports/index.ts'
import { requestDecided } from './service/decided.ts'
import { listHoldings } from './service/read.ts'

export { numberOperationKinds as numberOperations } from './service/batch-kinds.ts'

/** What the numbers feature tells the others. */
export const numbersContribution: Contribution = { listHoldings, requestDecided }
