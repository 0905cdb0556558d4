import type { Tx } from '../../../platform/db/tx.ts'
import type { FormerMember } from '../../custody-ports/index.ts'
import { erasePersonHere } from '../erased-store.ts'

/** ACC-3: handovers and receipts keep what a former member did, and no name. */
export function eraseMember(tx: Tx, former: FormerMember): Promise<void> {
  return erasePersonHere(tx, former)
}
