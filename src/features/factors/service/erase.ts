import type { Tx } from '../../../platform/db/tx.ts'
import { eraseFactors } from '../store.ts'

/** In the account's realm: erases all its factors. Repeated, it finds nothing more. */
export async function accountGone(tx: Tx): Promise<void> {
  eraseFactors(tx)
}
