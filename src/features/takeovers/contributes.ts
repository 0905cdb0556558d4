import type { Contribution } from '../custody-ports/index.ts'
import { dependentsOf } from './service/bindings.ts'
import { accountGone, eraseMember } from './service/ends.ts'
import { numberReleased } from './service/release.ts'

/** What takeovers tell the others: which own accounts use a number, and what ends with a number, a member or an account. */
export const takeoversContribution: Contribution = { dependentsOf, numberReleased, eraseMember, accountGone }
