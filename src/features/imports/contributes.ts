import { importOperationKinds } from './service/kinds.ts'

/** The operations of imports: applying one, and taking it back. */
export const importOperations = importOperationKinds
