import type { Tx } from '../../../platform/db/tx.ts'
import type { FormerMember } from '../../custody-ports/index.ts'
import { eraseTokenNames } from '../store.ts'

/** ACC-3: of the tokens of a former member stays that there were some, and until when. */
export async function eraseMember(tx: Tx, { memberId, shownAs }: FormerMember): Promise<void> {
  eraseTokenNames(tx, memberId, shownAs)
}
