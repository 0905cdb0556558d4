import type { Tx } from '../../../platform/db/tx.ts'
import type { FormerMember } from '../../custody-ports/index.ts'
import { erasePersonHere } from '../erased-store.ts'

/** ACC-3: of an import stays that a row was applied, not what it said of a former member; it cannot be taken back. */
export async function eraseMember(tx: Tx, former: FormerMember): Promise<void> {
  erasePersonHere(tx, former)
}
