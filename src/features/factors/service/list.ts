import type { RouteOutput } from '../../../kernel/route.ts'
import type { Tx } from '../../../platform/db/tx.ts'
import type { factorsContract } from '../contract.ts'
import { lowRecoveryCodes } from '../rules.ts'
import { listPasskeys, readAuthenticators, readRecoveryCodes } from '../views.ts'

/** The own passkeys, authenticator app and recovery codes. */
export async function listFactors(tx: Tx): Promise<RouteOutput<(typeof factorsContract)['listFactors']>> {
  const passkeys = await listPasskeys(tx)
  const { active } = await readAuthenticators(tx)
  const codes = await readRecoveryCodes(tx)
  return {
    passkeys: passkeys.map(({ passkeyId, name, addedAt, lastUsedAt, isSynced, isFrozen }) => ({
      passkeyId,
      name,
      addedAt,
      lastUsedAt,
      isSynced,
      isFrozen,
    })),
    authenticator:
      active?.confirmedAt == null
        ? null
        : { addedAt: active.confirmedAt, lastUsedAt: active.lastUsedAt, isFrozen: active.isFrozen },
    recoveryCodes: codes === null ? null : { ...codes, isLow: codes.left <= lowRecoveryCodes },
  }
}
