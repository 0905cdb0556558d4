import { verify } from 'otplib'
import type { Vault } from '../../../platform/crypto/vault.ts'
import type { Tx } from '../../../platform/db/tx.ts'
import { epochSeconds, stepSeconds } from '../rules.ts'

const purpose = 'authenticator'

export function sealKey(vault: Vault, secret: string): Buffer {
  return vault.seal(purpose, secret)
}

/** The step of time whose code was given, within one step of now; null for a code that does not fit. */
export async function stepOf(
  tx: Tx,
  { vault, sealed, code }: { readonly vault: Vault; readonly sealed: Buffer; readonly code: string },
): Promise<number | null> {
  const result = await verify({
    secret: vault.open(purpose, sealed),
    token: code,
    epoch: epochSeconds(tx.now),
    period: stepSeconds,
    epochTolerance: stepSeconds,
  })
  return result.valid && 'timeStep' in result ? result.timeStep : null
}
