import { systemCaller } from '../../../kernel/caller.ts'
import { Refusal } from '../../../kernel/refusal.ts'
import type { RouteInput, RouteOutput } from '../../../kernel/route.ts'
import { newSecret } from '../../../platform/crypto/secret.ts'
import { installationRealm } from '../../../platform/db/database.ts'
import type { Tx } from '../../../platform/db/tx.ts'
import { maskIdentifier } from '../../accounts/index.ts'
import { provePasskeyOptions } from '../../factors/index.ts'
import { sendMessage } from '../../messages/index.ts'
import type { signInContract } from '../contract.ts'
import { signInTemplates } from '../message-templates.ts'
import type { OauthWay } from '../model.ts'
import { signInRefusal } from '../refusals.ts'
import { type Address, addressOf, askCode } from './ask-code.ts'
import { passkeyPartsOf } from './second-step.ts'
import { openStep } from './steps.ts'
import type { SignInParts, Visit } from './visit.ts'

type Route = (typeof signInContract)['startSignIn']
type Started = RouteOutput<Route>

const stepMinutes = 10

/**
 * Begins to sign in. A code leaves for every phone and e-mail address alike: the answer is the same, in bytes and time,
 * whether or not an account has it (ASVS 6.3.8).
 * @throws Refusal `phone.unknown_form`, `sign_in.way_missing`, `code.too_many`, `code.too_many_nearby`,
 *   `passkey.address_needed`
 */
export function startSignIn(visit: Visit, { body }: RouteInput<Route>): Promise<Started> {
  const { context, parts } = visit
  if (body.by === 'phone' || body.by === 'email') {
    const address = addressOf(parts, body.by, body.value)
    return context.open((tx) => startByCode(tx, visit, address))
  }
  if (body.by === 'passkey') return context.open((tx) => startByPasskey(tx, visit))
  const kind = body.by
  if (!parts.oauth.kinds.includes(kind)) throw new Refusal(signInRefusal.wayMissing)
  return context.open(async (tx) => startOutside(tx, visit, kind))
}

async function startByCode(tx: Tx, visit: Visit, address: Address): Promise<Started> {
  const { challengeId, code, expiresAt } = await askCode(tx, visit, { purpose: 'sign_in', address })
  sendMessage(tx, visit.parts.vault, {
    to: address,
    template: signInTemplates.code,
    values: { code },
    language: visit.language,
    usefulUntil: expiresAt,
  })
  return { next: 'code', signInId: challengeId, expiresAt, sentTo: maskIdentifier(address) }
}

async function startByPasskey(tx: Tx, visit: Visit): Promise<Started> {
  const signInId = tx.newId()
  const asked = { challengeId: signInId, purpose: 'sign_in' } as const
  const options = await asNobody(tx, (inside) => provePasskeyOptions(inside, passkeyPartsOf(visit), asked))
  const step = { step: 'passkey' as const }
  const expiresAt = openStep(tx, { signInId, step, accountId: null, identifier: null, minutes: stepMinutes })
  return { next: 'passkey', signInId, expiresAt, options }
}

/** Outside the realm of an account that the browser may still be signed in to: any passkey counts, not only its own. */
export function asNobody<T>(tx: Tx, work: (inside: Tx) => Promise<T>): Promise<T> {
  return tx.inCompany(systemCaller(installationRealm, 'sign-in'), work)
}

function startOutside(tx: Tx, { parts }: Visit, kind: OauthWay): Started {
  const signInId = tx.newId()
  const state = newSecret()
  const authorizeUrl = parts.oauth.authorizeUrl(kind, { state, redirectUri: returnAddress(parts) })
  const step = { step: 'outside' as const, stateDigest: stateDigest(parts, signInId, state) }
  const identifier = { kind, value: null }
  const expiresAt = openStep(tx, { signInId, step, accountId: null, identifier, minutes: stepMinutes })
  return { next: 'authorize', signInId, expiresAt, authorizeUrl }
}

/** Where other services send people back to; it has to be registered with them. */
export function returnAddress({ publicUrl }: Pick<SignInParts, 'publicUrl'>): string {
  return `${publicUrl}/sign-in/return`
}

/** What is kept of a state: it belongs to one sign-in. */
export function stateDigest({ vault }: SignInParts, signInId: string, state: string): string {
  return vault.digest('oauth state', `${signInId}\0${state}`).toString('base64url')
}
