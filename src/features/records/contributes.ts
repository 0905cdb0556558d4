import type { Contribution } from '../custody-ports/index.ts'
import { eraseHistory } from './service/erase.ts'

/** What the records feature tells the others. */
export const recordsContribution: Contribution = { eraseHistory }
