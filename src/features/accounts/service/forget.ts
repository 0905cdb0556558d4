import type { Tx } from '../../../platform/db/tx.ts'
import { forgetExpired } from '../store.ts'

/** As the steward: forgets sessions, sign-in links and counted failures that nobody can use any more; says how many. */
export function forgetExpiredAccess(tx: Tx): Promise<number> {
  return forgetExpired(tx)
}
