import type { Tx } from '../../../platform/db/tx.ts'
import type { FormerMember } from '../../custody-ports/index.ts'
import { eraseConsent } from '../rebinding-store.ts'
import { forgetRecoveries } from '../recovery-store.ts'
import { voidTakeovers } from '../store.ts'

/** In the company's realm: what was written down when this person agreed goes; that they agreed stays. */
export async function eraseMember(tx: Tx, { memberId }: FormerMember): Promise<void> {
  eraseConsent(tx, memberId)
}

/** In the account's realm, at its erasure: no phone is on its way to it any more, and nobody waits to have it back. */
export async function accountGone(tx: Tx): Promise<void> {
  voidTakeovers(tx)
  forgetRecoveries(tx)
}
