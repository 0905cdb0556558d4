import type { Contribution, HandoverStep } from '../custody-ports/index.ts'
import { erasePerson } from './service/former-member.ts'
import { listHoldings } from './service/holdings.ts'
import { accessStep } from './service/steps/access.ts'
import { departmentLeadStep } from './service/steps/department-lead.ts'
import { membershipStep } from './service/steps/membership.ts'
import { reportStep } from './service/steps/report.ts'
import { roleStep } from './service/steps/role.ts'

/** What people tell other features: what a member holds by being one, and whom they have as a responsibility. */
export const peopleContribution: Contribution = { listHoldings, eraseMember: erasePerson }

/** How that passes on. */
export const peopleSteps: readonly HandoverStep[] = [
  accessStep,
  departmentLeadStep,
  reportStep,
  roleStep,
  membershipStep,
]
