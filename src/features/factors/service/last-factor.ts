import type { Tx } from '../../../platform/db/tx.ts'
import { shutPhones } from '../../accounts/index.ts'
import type { Identifier } from '../../accounts/model.ts'
import { requireRemaining } from '../rules.ts'
import { replaceRecoveryCodes } from '../store.ts'
import type { RemovalParts } from './parts.ts'
import { factorsOf } from './second-factor.ts'

/**
 * In the account's realm, after a factor went, with the identifiers held: what is left has to be enough.
 * @throws Refusal `passkey.last_way_in`, `factor.last_verification`
 */
export async function requireOthers(
  tx: Tx,
  { openKinds }: RemovalParts,
  identifiers: readonly Identifier[],
): Promise<void> {
  const shut = await shutPhones(tx, identifiers)
  const usable = identifiers.filter(
    ({ identifierId, kind, frozenAt }) =>
      frozenAt === null && openKinds.includes(kind) && !shut.has(identifierId),
  )
  requireRemaining({
    ...(await factorsOf(tx)),
    logins: usable.filter(({ canLogin }) => canLogin).length,
    verifications: usable.filter(({ canVerify }) => canVerify).length,
  })
}

/** Recovery codes stand in for factors, so they end with the last one. */
export async function endLastCodes(tx: Tx): Promise<void> {
  const { passkeys, hasAuthenticator } = await factorsOf(tx)
  if (passkeys === 0 && !hasAuthenticator) replaceRecoveryCodes(tx, [])
}
