import { generateRegistrationOptions } from '@simplewebauthn/server'
import { addMinutes } from '../../../kernel/instant.ts'
import { Refusal } from '../../../kernel/refusal.ts'
import type { RouteInput, RouteOutput } from '../../../kernel/route.ts'
import type { Tx } from '../../../platform/db/tx.ts'
import type { OwnContext } from '../../../platform/http/bind.ts'
import { httpRefusal } from '../../../platform/http/refusals.ts'
import {
  announceChange,
  useChallenge as endChallenge,
  insertChallenge,
  lockIdentifiers,
  noteSecurity,
  refuseFrozen,
} from '../../accounts/index.ts'
import type { factorsContract } from '../contract.ts'
import { factorRefusal } from '../refusals.ts'
import { beginMinutes, mostPasskeys, type Site, siteOf } from '../rules.ts'
import { deletePasskey, insertPasskey } from '../store.ts'
import { listPasskeys, readLabel } from '../views.ts'
import { endLastCodes, requireOthers } from './last-factor.ts'
import type { FactorParts, RemovalParts } from './parts.ts'
import { referenceTo } from './prove-passkey.ts'
import { renewRecoveryCodes } from './recovery-codes.ts'
import { secondFactorsOf } from './second-factor.ts'
import { accountHandleOf, algorithms, questionFor, readCredential } from './webauthn.ts'

type Routes = typeof factorsContract
const purpose = 'bind_passkey'

/**
 * Begins to add a passkey: what the browser asks the device to make.
 * @throws Refusal `account.frozen`, `passkey.address_needed`, `passkey.too_many`
 */
export function beginPasskey(
  parts: FactorParts,
  context: OwnContext,
): Promise<RouteOutput<Routes['beginPasskey']>> {
  const site = siteOf({ publicUrl: parts.publicUrl, origin: context.origin })
  return context.open(async (tx) => {
    const challengeId = tx.newId()
    const expiresAt = addMinutes(tx.now, beginMinutes)
    const question = questionFor(parts.vault, { challengeId, purpose })
    const options = await questionOf(tx, site, question)
    const { accountId, sessionId } = personIn(tx)
    insertChallenge(tx, {
      challengeId,
      purpose,
      accountId,
      sessionId,
      kind: null,
      value: null,
      codeHash: null,
      given: {},
      expiresAt,
    })
    return { challengeId, expiresAt, options }
  })
}

async function questionOf(
  tx: Tx,
  site: Site,
  question: string,
): Promise<RouteOutput<Routes['beginPasskey']>['options']> {
  const { accountId } = personIn(tx)
  await refuseFrozen(tx)
  const own = await listPasskeys(tx)
  requireRoom(own.length)
  const { label, displayName } = await readLabel(tx)
  const options = await generateRegistrationOptions({
    rpName: 'Baton',
    rpID: site.rpId,
    userName: label,
    userID: accountHandleOf(accountId),
    userDisplayName: displayName,
    challenge: new Uint8Array(Buffer.from(question, 'base64url')),
    supportedAlgorithmIDs: algorithms,
  })
  const { user, challenge, pubKeyCredParams } = options
  return {
    rp: { id: site.rpId, name: 'Baton' },
    user,
    challenge,
    pubKeyCredParams: pubKeyCredParams.map(({ alg }) => ({ type: 'public-key', alg })),
    timeout: options.timeout ?? 60_000,
    excludeCredentials: own.map(referenceTo),
    authenticatorSelection: {
      residentKey: 'required',
      requireResidentKey: true,
      userVerification: 'required',
    },
    attestation: 'none',
  }
}

/**
 * Adds the passkey that the device made. With the first factor come recovery codes, so that nobody depends on one device.
 * @throws Refusal `account.frozen`, `passkey.refused`, `passkey.taken`, `passkey.too_many`, `passkey.address_needed`
 */
export function addPasskey(
  parts: FactorParts,
  context: OwnContext,
  { params, body }: RouteInput<Routes['addPasskey']>,
): Promise<RouteOutput<Routes['addPasskey']>> {
  const site = siteOf({ publicUrl: parts.publicUrl, origin: context.origin })
  return context.open(async (tx) => {
    await requireOwnChallenge(tx, params.challengeId)
    await lockIdentifiers(tx)
    await refuseFrozen(tx)
    const question = questionFor(parts.vault, { challengeId: params.challengeId, purpose })
    const made = await readCredential({ site, question }, body.response)
    const isFirst = (await secondFactorsOf(tx)).length === 0
    requireRoom((await listPasskeys(tx)).length)
    const passkeyId = tx.newId()
    const transports = body.response.response.transports ?? []
    if (!(await insertPasskey(tx, { ...made, passkeyId, name: body.name, transports }))) {
      throw new Refusal(factorRefusal.passkeyTaken)
    }
    const recoveryCodes = isFirst ? renewRecoveryCodes(tx, parts.vault) : undefined
    const { device, network } = context
    noteSecurity(tx, { kind: 'passkey_added', facts: { name: body.name }, place: { device, network } })
    await announceChange(tx, parts, { kind: 'passkey_added', subjectId: passkeyId })
    return {
      passkeyId,
      name: body.name,
      addedAt: tx.now,
      lastUsedAt: null,
      isSynced: made.isSynced,
      isFrozen: false,
      ...(recoveryCodes === undefined ? {} : { recoveryCodes }),
    }
  })
}

// Used up first: of many answers at once one goes on, and what is refused afterwards is rolled back with it.
async function requireOwnChallenge(tx: Tx, challengeId: string): Promise<void> {
  const { accountId, sessionId } = personIn(tx)
  const challenge = await endChallenge(tx, challengeId, purpose)
  if (challenge?.accountId !== accountId || challenge.sessionId !== sessionId) {
    throw new Refusal(httpRefusal.notFound, { thing: 'challenge' })
  }
}

function requireRoom(count: number): void {
  if (count >= mostPasskeys) throw new Refusal(factorRefusal.passkeysTooMany, { most: mostPasskeys })
}

/**
 * Removes a passkey; recovery codes go with the last factor.
 * @throws Refusal `thing.not_found`, `account.frozen`, `passkey.last_way_in`, `factor.last_verification`
 */
export async function removePasskey(
  parts: RemovalParts,
  tx: Tx,
  { params }: RouteInput<Routes['removePasskey']>,
): Promise<undefined> {
  const identifiers = await lockIdentifiers(tx)
  await refuseFrozen(tx)
  const name = await deletePasskey(tx, params.passkeyId)
  if (name === null) throw new Refusal(httpRefusal.notFound, { thing: 'passkey' })
  await requireOthers(tx, parts, identifiers)
  await endLastCodes(tx)
  noteSecurity(tx, { kind: 'passkey_removed', facts: { name } })
  await announceChange(tx, parts, { kind: 'passkey_removed', subjectId: params.passkeyId })
}

function personIn({ caller }: Tx): { accountId: string; sessionId: string } {
  if (caller.kind !== 'account') throw new Error('only a person has passkeys')
  return caller
}
