import type { Contribution } from '../custody-ports/index.ts'
import { personSignedIn } from './service/cancel.ts'

/** What deletions tell the others: whoever signs in keeps the account (ACC-2). */
export const deletionsContribution: Contribution = { personSignedIn }
