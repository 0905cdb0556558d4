import { Refusal } from '../../../kernel/refusal.ts'
import type { Tx } from '../../../platform/db/tx.ts'
import { type Challenge, noteSecurity, tellPerson } from '../../accounts/index.ts'
import { factorTemplates } from '../message-templates.ts'
import type { GivenFactor, SecondFactor } from '../model.ts'
import { factorRefusal } from '../refusals.ts'
import { takeRecoveryCode, takeStep } from '../store.ts'
import { listPasskeys, readAuthenticators, readRecoveryCodes } from '../views.ts'
import type { FactorParts, PasskeyParts } from './parts.ts'
import { verifyPasskey } from './prove-passkey.ts'
import { recoveryDigest } from './recovery-codes.ts'
import { stepOf } from './totp.ts'

/** In the account's realm: the factors that a person has beside identifiers and password, none of them frozen. */
export async function factorsOf(tx: Tx): Promise<{ passkeys: number; hasAuthenticator: boolean }> {
  const passkeys = (await listPasskeys(tx)).filter(({ isFrozen }) => !isFrozen)
  const { active } = await readAuthenticators(tx)
  return { passkeys: passkeys.length, hasAuthenticator: active !== null && !active.isFrozen }
}

/**
 * In the account's realm: what a sign-in by password or code asks for beside it; none where the person has neither an
 * authenticator app nor a passkey.
 */
export async function secondFactorsOf(tx: Tx): Promise<SecondFactor[]> {
  const { passkeys, hasAuthenticator } = await factorsOf(tx)
  if (passkeys === 0 && !hasAuthenticator) return []
  const codes = await readRecoveryCodes(tx)
  return [
    ...(hasAuthenticator ? ['authenticator' as const] : []),
    ...(passkeys > 0 ? ['passkey' as const] : []),
    ...(codes !== null && codes.left > 0 ? ['recovery_code' as const] : []),
  ]
}

export interface GivenSecondFactor {
  /** Open, of this account; the caller counts tries and ends it. */
  readonly challenge: Pick<Challenge, 'challengeId' | 'purpose' | 'accountId'>
  readonly given: GivenFactor
}

/**
 * In the account's realm: takes a second factor. A code works once: of many at once one wins.
 * @throws Refusal `authenticator.code_wrong`, `recovery_code.wrong`, `passkey.refused`, `passkey.counter_back`,
 *   `passkey.address_needed`
 */
export async function takeSecondFactor(
  tx: Tx,
  parts: PasskeyParts,
  { challenge, given }: GivenSecondFactor,
): Promise<void> {
  if (challenge.accountId !== tx.accountId) throw new Refusal(factorRefusal.passkeyRefused)
  if ('passkey' in given) {
    const { challengeId, purpose } = challenge
    await verifyPasskey(tx, parts, { challengeId, purpose, answer: given.passkey })
  } else if ('authenticatorCode' in given) await takeAuthenticatorCode(tx, parts, given.authenticatorCode)
  else await spendRecoveryCode(tx, parts, given.recoveryCode)
}

async function takeAuthenticatorCode(tx: Tx, { vault }: FactorParts, code: string): Promise<void> {
  const { active } = await readAuthenticators(tx)
  const step = active === null ? null : await stepOf(tx, { vault, sealed: active.sealed, code })
  if (active === null || step === null || !(await takeStep(tx, active.authenticatorId, step))) {
    throw new Refusal(factorRefusal.authenticatorWrong)
  }
}

async function spendRecoveryCode(tx: Tx, { vault }: FactorParts, code: string): Promise<void> {
  if (!(await takeRecoveryCode(tx, recoveryDigest(tx, vault, code)))) {
    throw new Refusal(factorRefusal.recoveryCodeWrong)
  }
  const left = (await readRecoveryCodes(tx))?.left ?? 0
  noteSecurity(tx, { kind: 'recovery_code_used', facts: { left } })
  const values = { left: String(left) }
  await tellPerson(tx, vault, { template: factorTemplates.recoveryCodeUsed, values })
}
