import type { Contribution } from '../custody-ports/index.ts'
import { accountGone } from './service/erase.ts'

/** What factors tell other features: they go with their account. */
export const factorsContribution: Contribution = { accountGone }
