import type { Contribution, HandoverStep } from '../custody-ports/index.ts'
import { eraseMember } from './service/erase-person.ts'
import { apiTokenStep } from './service/handover-step.ts'
import { listHoldings, lossesOf } from './service/holdings.ts'

/** What accounts tell other features: a member's API tokens are holdings, and what the person called them goes with the person. */
export const accountsContribution: Contribution = { listHoldings, lossesOf, eraseMember }

/** How they end. */
export const accountsSteps: readonly HandoverStep[] = [apiTokenStep]
