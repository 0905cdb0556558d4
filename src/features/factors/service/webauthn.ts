import {
  type AuthenticationResponseJSON,
  type RegistrationResponseJSON,
  verifyAuthenticationResponse,
  verifyRegistrationResponse,
} from '@simplewebauthn/server'
import { Refusal } from '../../../kernel/refusal.ts'
import type { Vault } from '../../../platform/crypto/vault.ts'
import type { ChallengePurpose } from '../../accounts/index.ts'
import type { NewPasskeyAnswer, PasskeyAnswer } from '../model.ts'
import { factorRefusal } from '../refusals.ts'
import type { Site } from '../rules.ts'

// EdDSA, ES256 and RS256: what every device has one of.
export const algorithms = [-8, -7, -257]

/** What was asked: a challenge of one purpose. */
export interface Asked {
  readonly challengeId: string
  readonly purpose: ChallengePurpose
}

/**
 * What the device signs, in base64url. It follows from the challenge and the vault's key, so that nobody else can make
 * it, and no answer to one challenge or purpose fits another.
 */
export function questionFor(vault: Vault, { challengeId, purpose }: Asked): string {
  return vault.digest('passkey', `${purpose}\0${challengeId}`).toString('base64url')
}

/** A credential that a device has just made for this site. */
export interface MadeCredential {
  readonly credentialId: string
  readonly publicKey: Buffer
  readonly uses: number
  readonly isSynced: boolean
}

export interface Exchange {
  readonly site: Site
  readonly question: string
}

/** @throws Refusal `passkey.refused` for another site or question, and where nobody was verified */
export async function readCredential(
  { site, question }: Exchange,
  answer: NewPasskeyAnswer,
): Promise<MadeCredential> {
  const { clientDataJSON, attestationObject } = answer.response
  const response: RegistrationResponseJSON = {
    id: answer.id,
    rawId: answer.rawId,
    type: answer.type,
    response: { clientDataJSON, attestationObject },
    clientExtensionResults: {},
  }
  const verified = await orNull(() =>
    verifyRegistrationResponse({
      response,
      expectedChallenge: question,
      expectedOrigin: site.origin,
      expectedRPID: site.rpId,
      requireUserVerification: true,
      supportedAlgorithmIDs: algorithms,
    }),
  )
  if (!verified?.verified) throw new Refusal(factorRefusal.passkeyRefused)
  const { credential, credentialDeviceType } = verified.registrationInfo
  return {
    credentialId: credential.id,
    publicKey: Buffer.from(credential.publicKey),
    uses: credential.counter,
    isSynced: credentialDeviceType === 'multiDevice',
  }
}

export interface Signer {
  readonly publicKey: Buffer
  readonly isVerified: boolean
}

/**
 * Checks a signature and tells how many uses the device counts. Whether it counts on is for the caller to see: only a
 * right signature says anything about it.
 * @throws Refusal `passkey.refused`
 */
export async function readSignature(
  { site, question }: Exchange,
  answer: PasskeyAnswer,
  { publicKey, isVerified }: Signer,
): Promise<number> {
  const { userHandle, ...signed } = answer.response
  const response: AuthenticationResponseJSON = {
    id: answer.id,
    rawId: answer.rawId,
    type: answer.type,
    response: { ...signed, ...(userHandle ? { userHandle } : {}) },
    clientExtensionResults: {},
  }
  const verified = await orNull(() =>
    verifyAuthenticationResponse({
      response,
      expectedChallenge: question,
      expectedOrigin: site.origin,
      expectedRPID: site.rpId,
      requireUserVerification: isVerified,
      credential: { id: answer.id, publicKey: new Uint8Array(publicKey), counter: 0 },
    }),
  )
  if (!verified?.verified) throw new Refusal(factorRefusal.passkeyRefused)
  return verified.authenticationInfo.newCounter
}

// The library throws for every answer that does not fit, whatever is the matter with it.
async function orNull<T>(verify: () => Promise<T>): Promise<T | null> {
  try {
    return await verify()
  } catch {
    return null
  }
}

/** The account as a passkey keeps it: the bytes of its id. */
export function accountHandleOf(accountId: string): Uint8Array<ArrayBuffer> {
  return new Uint8Array(Buffer.from(accountId.replaceAll('-', ''), 'hex'))
}
