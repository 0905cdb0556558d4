import { addMinutes } from '../../../kernel/instant.ts'
import { Refusal } from '../../../kernel/refusal.ts'
import type { RouteInput, RouteOutput } from '../../../kernel/route.ts'
import { hashSecret, newSecret } from '../../../platform/crypto/secret.ts'
import type { Tx } from '../../../platform/db/tx.ts'
import type { OwnContext } from '../../../platform/http/bind.ts'
import { OauthError, type OauthKind, type OauthProviders } from '../../../platform/oauth/providers.ts'
import { parsePhone } from '../../../platform/phone/phone.ts'
import {
  type Challenge,
  codeMinutes,
  countCode,
  countCodeAsked,
  countTry,
  findChallenge,
  holdLine,
  insertChallenge,
  issueCode,
  listIdentifiers,
  lockIdentifiers,
  refuseFrozen,
  takeCode,
  unproven,
  useChallenge,
} from '../../accounts/index.ts'
import { accountRefusal, type IdentifierKind } from '../../accounts/model.ts'
import { sendMessage } from '../../messages/index.ts'
import { returnAddress } from '../../sign-in/index.ts'
import type { identifiersContract } from '../contract.ts'
import { identifierTemplates } from '../message-templates.ts'
import type { Named } from '../objection-rules.ts'
import { identifierRefusal } from '../refusals.ts'
import { mostIdentifiers } from '../rules.ts'
import { bindOwn } from './bind-own.ts'
import { type IdentifierParts, personIn } from './person.ts'

type Routes = typeof identifiersContract
type Wanted = RouteInput<Routes['addIdentifier']>['body']
type Started = RouteOutput<Routes['addIdentifier']>

export interface AddParts extends IdentifierParts {
  readonly oauth: OauthProviders
}

const purpose = 'add_identifier'
const defaultCountry = 'CN'
const answerTries = 5

/**
 * Begins to bind an identifier: a code is sent, or the provider is to be asked. Whether another account has it is not
 * told before it is proven.
 * @throws Refusal `account.frozen`, `identifier.own_already`, `identifier.too_many`, `identifier.phone_invalid`,
 *   `identifier.kind_not_offered`, `code.too_many`, `code.too_many_asked`, `code.too_many_nearby`
 */
export function addIdentifier(
  parts: AddParts,
  context: OwnContext,
  input: RouteInput<Routes['addIdentifier']>,
): Promise<Started> {
  return context.open((tx) => begin(tx, { parts, network: context.network }, input))
}

interface Asked {
  readonly parts: AddParts
  readonly network: string
}

async function begin(
  tx: Tx,
  { parts, network }: Asked,
  { body, language }: RouteInput<Routes['addIdentifier']>,
): Promise<Started> {
  await refuseFrozen(tx)
  const own = await listIdentifiers(tx)
  if (own.length >= mostIdentifiers) throw new Refusal(identifierRefusal.tooMany, { most: mostIdentifiers })
  if (!('value' in body)) return askProvider(parts, tx, body.kind)
  const wanted = { kind: body.kind, value: storedForm(body) }
  if (
    own.some((one) => one.kind === wanted.kind && one.value === wanted.value && one.provenHow !== unproven)
  ) {
    throw new Refusal(identifierRefusal.alreadyOwn)
  }
  const { accountId, sessionId } = personIn(tx)
  await countCodeAsked(tx, parts.vault, { accountId, network })
  const { challengeId, code, expiresAt } = await issueCode(tx, parts.vault, {
    ...wanted,
    purpose,
    accountId,
    sessionId,
  })
  sendMessage(tx, parts.vault, {
    to: wanted,
    template: identifierTemplates.code,
    values: { code },
    language,
    usefulUntil: expiresAt,
  })
  return { proof: 'code', challengeId, sentTo: wanted.value, expiresAt }
}

function storedForm(wanted: Extract<Wanted, { value: string }>): string {
  if (wanted.kind === 'email') return wanted.value
  const phone = parsePhone(wanted.value, defaultCountry)
  if (phone === null) throw new Refusal(identifierRefusal.phoneInvalid)
  return phone.e164
}

async function askProvider(parts: AddParts, tx: Tx, kind: OauthKind): Promise<Started> {
  if (!parts.oauth.kinds.includes(kind)) throw new Refusal(identifierRefusal.notOffered)
  const { accountId, sessionId } = personIn(tx)
  const challengeId = tx.newId()
  const state = newSecret()
  const expiresAt = addMinutes(tx.now, codeMinutes)
  insertChallenge(tx, {
    challengeId,
    purpose,
    accountId,
    sessionId,
    kind,
    value: null,
    codeHash: null,
    given: { state: hashSecret(state).toString('base64url') },
    expiresAt,
  })
  const authorizeUrl = parts.oauth.authorizeUrl(kind, { state, redirectUri: returnAddress(parts) })
  return { proof: 'oauth', challengeId, authorizeUrl, expiresAt }
}

/**
 * Binds an identifier by its proof: of many persons at once with the same one, one gets it.
 * @throws Refusal `code.wrong`, `account.frozen`, `identifier.own_already`, `identifier.elsewhere`,
 *   `identifier.phone_elsewhere`, `identifier.company_number`, `identifier.too_many`, `identifier.provider_refused`,
 *   `identifier.provider_down`
 */
export async function verifyIdentifier(
  parts: AddParts,
  context: OwnContext,
  { params, body }: RouteInput<Routes['verifyIdentifier']>,
): Promise<RouteOutput<Routes['verifyIdentifier']>> {
  const { challengeId } = params
  if ('code' in body) return byCode(parts, context, { challengeId, code: body.code })
  const proven = await askWho(parts, context, { challengeId, ...body })
  return context.open(async (tx) => {
    await lockIdentifiers(tx)
    const used = await useChallenge(tx, challengeId, purpose)
    if (used === null) throw new Refusal(identifierRefusal.providerRefused)
    return bindOwn(parts, tx, { ...proven, provenHow: 'oauth', place: context })
  })
}

async function byCode(
  parts: AddParts,
  context: OwnContext,
  { challengeId, code }: { readonly challengeId: string; readonly code: string },
): Promise<RouteOutput<Routes['verifyIdentifier']>> {
  const { sessionId } = await context.openAside(async (tx) => personIn(tx))
  const given = { challengeId, purpose, code, sessionId } as const
  await countCode(context.openAside, given)
  return context.open(async (tx) => {
    const { kind, value } = await takeCode(tx, parts.vault, given)
    if (kind === null || value === null) throw new Refusal(accountRefusal.codeWrong)
    if (kind === 'phone') await holdLine(tx, value)
    await lockIdentifiers(tx)
    await useChallenge(tx, challengeId, purpose)
    return bindOwn(parts, tx, { kind, value, provenHow: 'code', place: context })
  })
}

interface Answered {
  readonly challengeId: string
  readonly authorizationCode: string
  readonly state: string
}

// The provider is asked between two transactions: nobody waits for it with a row in hand.
async function askWho(
  parts: AddParts,
  { openAside }: OwnContext,
  { challengeId, authorizationCode, state }: Answered,
): Promise<Named> {
  const kind = await openAside(async (tx) => {
    const asked = kindAsked(tx, await findChallenge(tx, challengeId, purpose), state)
    if (await countTry(tx, { challengeId, purpose, most: answerTries })) return asked
    throw new Refusal(identifierRefusal.providerRefused)
  })
  try {
    const { subject } = await parts.oauth.exchange(kind, {
      code: authorizationCode,
      redirectUri: returnAddress(parts),
    })
    return { kind, value: subject }
  } catch (error) {
    throw error instanceof OauthError ? refusalOf(error) : error
  }
}

function refusalOf({ reason }: OauthError): Refusal {
  return new Refusal(reason === 'denied' ? identifierRefusal.providerRefused : identifierRefusal.providerDown)
}

function kindAsked(tx: Tx, challenge: Challenge | null, state: string): OauthKind {
  const isOwn = challenge?.sessionId === personIn(tx).sessionId
  const isSame = challenge?.given['state'] === hashSecret(state).toString('base64url')
  const kind = challenge?.kind ?? null
  if (!isOwn || !isSame || !isOauthKind(kind)) throw new Refusal(identifierRefusal.providerRefused)
  return kind
}

function isOauthKind(kind: IdentifierKind | null): kind is OauthKind {
  return kind !== null && kind !== 'phone' && kind !== 'email'
}
