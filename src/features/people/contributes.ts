import type { Contribution } from '../custody-ports/index.ts'
import { listHoldings } from './service/holdings.ts'

/** What people tell other features: leading a department is something that a member holds. */
export const peopleContribution: Contribution = { listHoldings }
