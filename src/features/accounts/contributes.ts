import type { Contribution, HandoverStep } from '../custody-ports/index.ts'
import { apiTokenStep } from './service/handover-step.ts'
import { listHoldings, lossesOf } from './service/holdings.ts'

/** What accounts tell other features: a member's API tokens are holdings. */
export const accountsContribution: Contribution = { listHoldings, lossesOf }

/** How they end. */
export const accountsSteps: readonly HandoverStep[] = [apiTokenStep]
