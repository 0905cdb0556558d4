import type { Tx } from '../../../platform/db/tx.ts'
import type { FormerMember } from '../../custody-ports/index.ts'
import { erasePersonHere } from '../erased-store.ts'

/** ACC-3: tasks keep what was to be done, and no name of a former member. */
export async function eraseMember(tx: Tx, former: FormerMember): Promise<void> {
  erasePersonHere(tx, former)
}
