import { generateAuthenticationOptions } from '@simplewebauthn/server'
import { Refusal } from '../../../kernel/refusal.ts'
import type { Tx } from '../../../platform/db/tx.ts'
import type { PasskeyAnswer, PasskeyQuestion } from '../model.ts'
import { factorRefusal } from '../refusals.ts'
import { siteOf } from '../rules.ts'
import { countPasskeyUse } from '../store.ts'
import { findPasskey, listPasskeys } from '../views.ts'
import type { PasskeyParts } from './parts.ts'
import { type Asked, accountHandleOf, questionFor, readSignature } from './webauthn.ts'

/**
 * What a browser asks a passkey for a challenge: in the account's realm one of its own, else any of this site, which
 * then says whose it is. The device verifies its person, except where the passkey is the second proof.
 * @throws Refusal `passkey.address_needed`
 */
export async function provePasskeyOptions(
  tx: Tx,
  parts: PasskeyParts,
  asked: Asked,
): Promise<PasskeyQuestion> {
  const { rpId } = siteOf(parts)
  const own = tx.accountId === null ? null : await listPasskeys(tx)
  const options = await generateAuthenticationOptions({
    rpID: rpId,
    challenge: new Uint8Array(Buffer.from(questionFor(parts.vault, asked), 'base64url')),
    userVerification: isSecond(asked) ? 'preferred' : 'required',
  })
  return {
    challenge: options.challenge,
    rpId,
    timeout: options.timeout ?? 60_000,
    userVerification: isSecond(asked) ? 'preferred' : 'required',
    ...(own === null ? {} : { allowCredentials: own.filter(({ isFrozen }) => !isFrozen).map(referenceTo) }),
  }
}

/** A credential as a browser is told of it. */
export function referenceTo({
  credentialId,
  transports,
}: {
  readonly credentialId: string
  readonly transports: readonly string[]
}) {
  return { id: credentialId, type: 'public-key' as const, transports: [...transports] }
}

export interface AnsweredPasskey extends Asked {
  readonly answer: PasskeyAnswer
}

/**
 * Checks what a passkey answered to a challenge and says whose it is; in an account's realm it has to be that account's.
 * That the challenge is open, and ends with this, is for the caller to see to.
 * @throws Refusal `passkey.refused`, `passkey.counter_back`, `passkey.address_needed`
 */
export async function verifyPasskey(
  tx: Tx,
  parts: PasskeyParts,
  { answer, ...asked }: AnsweredPasskey,
): Promise<{ accountId: string; passkeyId: string }> {
  const site = siteOf(parts)
  const known = await findPasskey(tx, answer.id)
  if (known === null) throw new Refusal(factorRefusal.passkeyRefused)
  const { accountId, passkeyId, publicKey, name } = known
  if (tx.accountId !== null && tx.accountId !== accountId) throw new Refusal(factorRefusal.passkeyRefused)
  requireHandle(answer, accountId, tx.accountId !== null)
  const exchange = { site, question: questionFor(parts.vault, asked) }
  const uses = await readSignature(exchange, answer, { publicKey, isVerified: !isSecond(asked) })
  const counted = await tx.inAccount(accountId, (inside) => countPasskeyUse(inside, passkeyId, uses))
  if (!counted) throw new Refusal(factorRefusal.passkeyCopied, { name })
  return { accountId, passkeyId }
}

// WebAuthn §7.2 step 6: where the account was not known before, the passkey has to name it.
function requireHandle({ response }: PasskeyAnswer, accountId: string, isKnown: boolean): void {
  const given = response.userHandle ?? null
  if (given === null && isKnown) return
  const expected = Buffer.from(accountHandleOf(accountId)).toString('base64url')
  if (given !== expected) throw new Refusal(factorRefusal.passkeyRefused)
}

function isSecond({ purpose }: Asked): boolean {
  return purpose === 'second_factor'
}
