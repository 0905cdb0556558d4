import { addHours } from '../../../kernel/instant.ts'
import type { Tx } from '../../../platform/db/tx.ts'
import type { FormerMember } from '../../custody-ports/index.ts'
import { renewableDays } from '../rules.ts'
import { forgetAddresses, forgetOldAddresses } from '../store.ts'

/** As the steward: forgets where invitations went that nobody can send again; says how many. */
export function forgetOldInvitations(tx: Tx): Promise<number> {
  return forgetOldAddresses(tx, addHours(tx.now, -24 * renewableDays))
}

/** ACC-3: forgets where the invitations of a person went whose account is erased. */
export async function forgetInvitationsOf(tx: Tx, { memberId }: FormerMember): Promise<void> {
  forgetAddresses(tx, memberId)
}
