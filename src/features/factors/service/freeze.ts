import type { Tx } from '../../../platform/db/tx.ts'
import { dropFactor, replaceRecoveryCodes, setFrozen } from '../store.ts'
import { endLastCodes } from './last-factor.ts'

/** What a change of factors was about, as `announceChange` keeps it; recovery codes have no id. */
export interface ChangedFactor {
  readonly kind: string
  readonly subjectId: string | null
}

/**
 * In the account's realm, after an objection (ACC-9): what the change added cannot be used until it is settled. New
 * recovery codes end at once, since whoever made them has seen them.
 */
export function freezeFactor(tx: Tx, { kind, subjectId }: ChangedFactor): void {
  if (kind === 'recovery_codes_made') replaceRecoveryCodes(tx, [])
  else if (subjectId !== null) setFrozen(tx, subjectId, true)
}

/** In the account's realm: the change stays, and what it added works again. */
export function keepFactor(tx: Tx, { subjectId }: ChangedFactor): void {
  if (subjectId !== null) setFrozen(tx, subjectId, false)
}

/** In the account's realm: what the change added goes; what it removed has to be added anew. */
export async function undoFactor(tx: Tx, { kind, subjectId }: ChangedFactor): Promise<void> {
  if (subjectId !== null && (kind === 'passkey_added' || kind === 'authenticator_added')) {
    dropFactor(tx, subjectId)
    await endLastCodes(tx)
  }
}
