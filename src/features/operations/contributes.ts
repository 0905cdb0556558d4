import type { Contribution } from '../custody-ports/index.ts'
import { requestDecided } from './service/steer.ts'

/** What the operations feature tells the others. */
export const operationsContribution: Contribution = { requestDecided }
