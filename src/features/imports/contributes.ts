import type { Contribution } from '../custody-ports/index.ts'
import { eraseMember } from './service/erase-person.ts'
import { importOperationKinds } from './service/kinds.ts'

/** The operations of imports: applying one, and taking it back. */
export const importOperations = importOperationKinds

/** What imports tell the others: what a file said of a former member goes with the person. */
export const importsContribution: Contribution = { eraseMember }
