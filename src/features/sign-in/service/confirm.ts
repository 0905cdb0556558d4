import { addMinutes } from '../../../kernel/instant.ts'
import { Refusal } from '../../../kernel/refusal.ts'
import type { RouteInput, RouteOutput } from '../../../kernel/route.ts'
import { verifyPassword } from '../../../platform/crypto/password.ts'
import type { Tx } from '../../../platform/db/tx.ts'
import type { OwnContext } from '../../../platform/http/bind.ts'
import {
  type Attempt,
  type Challenge,
  useChallenge as closeChallenge,
  countTry,
  findChallenge,
  forgetAttempts,
  insertChallenge,
  issueCode,
  noteSecurity,
  proveSession,
  takeCode,
  touchIdentifier,
} from '../../accounts/index.ts'
import { provePasskeyOptions, takeSecondFactor } from '../../factors/index.ts'
import { sendMessage } from '../../messages/index.ts'
import type { confirmationContract } from '../confirmation-contract.ts'
import { signInTemplates } from '../message-templates.ts'
import { confirmationRefusal } from '../refusals.ts'
import { lockStanding } from '../views.ts'
import { type CodeWay, type ConfirmationWay, confirmationWays } from './confirmation-ways.ts'
import type { SignInParts, Visit } from './visit.ts'
import { weigh } from './weigh.ts'

type Routes = typeof confirmationContract
type Given = RouteInput<Routes['confirmAccount']>['body']
type By = ConfirmationWay['by']

const purpose = 'confirmation'
const confirmationMinutes = 10
const mostTries = 5

/** How the own account can confirm who is there. */
export async function listConfirmationWays(
  parts: SignInParts,
  tx: Tx,
): Promise<RouteOutput<Routes['listConfirmationWays']>> {
  return { ways: await confirmationWays(tx, parts), provedAt: personIn(tx).provedAt }
}

/**
 * Begins to confirm who is there.
 * @throws Refusal `confirmation.way_missing`, `code.too_many`, `passkey.address_needed`
 */
export function beginConfirmation(
  parts: SignInParts,
  context: OwnContext,
  { body, language }: RouteInput<Routes['beginConfirmation']>,
): Promise<RouteOutput<Routes['beginConfirmation']>> {
  return context.open(async (tx) => {
    const ways = await confirmationWays(tx, parts)
    const way = ways.find(
      (one) =>
        one.by === body.by &&
        (one.by !== 'code' || (body.by === 'code' && one.identifierId === body.identifierId)),
    )
    if (way === undefined) throw new Refusal(confirmationRefusal.wayMissing)
    if (way.by === 'code') return sendCode(tx, { parts, way, language })
    const confirmationId = openConfirmation(tx, way.by)
    const options =
      way.by === 'passkey'
        ? await provePasskeyOptions(
            tx,
            { ...parts, origin: context.origin },
            { challengeId: confirmationId, purpose },
          )
        : null
    return { confirmationId, expiresAt: endOf(tx), sentTo: null, options }
  })
}

interface CodeToSend {
  readonly parts: SignInParts
  readonly way: CodeWay
  readonly language: 'en' | 'zh'
}

async function sendCode(
  tx: Tx,
  { parts, way, language }: CodeToSend,
): Promise<RouteOutput<Routes['beginConfirmation']>> {
  const { kind, value, sentTo } = way
  const { accountId, sessionId } = personIn(tx)
  const { challengeId, code, expiresAt } = await issueCode(tx, parts.vault, {
    purpose,
    kind,
    value,
    accountId,
    sessionId,
    given: { by: way.by, identifierId: way.identifierId },
  })
  const template = signInTemplates.confirmationCode
  sendMessage(tx, parts.vault, {
    to: { kind, value },
    template,
    values: { code },
    language,
    usefulUntil: expiresAt,
  })
  return { confirmationId: challengeId, expiresAt, sentTo, options: null }
}

function openConfirmation(tx: Tx, by: By): string {
  const { accountId, sessionId } = personIn(tx)
  const challengeId = tx.newId()
  insertChallenge(tx, {
    challengeId,
    purpose,
    accountId,
    sessionId,
    kind: null,
    value: null,
    codeHash: null,
    given: { by },
    expiresAt: endOf(tx),
  })
  return challengeId
}

function endOf(tx: Tx): string {
  return addMinutes(tx.now, confirmationMinutes)
}

/** A try that was counted: what it is for, and what it may be compared with. */
interface CountedTry {
  readonly attempt: Attempt
  readonly passwordHash: string | null
  /** Whether it counts as wrong whatever it is. */
  readonly isLost: boolean
}

/**
 * Confirms who is there: what asks for a fresh proof is open from now on. Each try is counted before it is looked at,
 * with all other failures of the account.
 * @throws Refusal `confirmation.ended`, `confirmation.way_missing`, `confirmation.password_wrong`, `code.wrong`,
 *   `session.too_many_attempts`, `sign_in.paused`, and those of second factors
 */
export async function confirmAccount(
  parts: SignInParts,
  context: OwnContext,
  { params, body, language }: RouteInput<Routes['confirmAccount']>,
): Promise<RouteOutput<Routes['confirmAccount']>> {
  const challengeId = params.confirmationId
  const counted = await countOne({ parts, context, language }, { challengeId, body })
  const isPassword = 'password' in body
  const fits = isPassword && (await verifyPassword(counted.passwordHash, body.password))
  if (counted.isLost || (isPassword && !fits)) throw new Refusal(confirmationRefusal.passwordWrong)
  return context.open(async (tx) => {
    const { sessionId } = personIn(tx)
    const challenge = await closeAfter(tx, challengeId, () => take(tx, { parts, context, challengeId, body }))
    if (isPassword) await requireSamePassword(tx, counted)
    forgetAttempts(tx, parts.vault, [counted.attempt])
    const identifierId = challenge.given['identifierId']
    if (typeof identifierId === 'string') touchIdentifier(tx, identifierId)
    proveSession(tx, sessionId)
    const { device, network } = context
    noteSecurity(tx, { kind: 'confirmed', facts: { by: byOf(challenge) }, place: { device, network } })
    return { provedAt: tx.now }
  })
}

interface Try {
  readonly challengeId: string
  readonly body: Given
}

// A passkey is not guessed, and stays open where guesses at other ways have used up theirs.
async function countOne(visit: Visit, given: Try): Promise<CountedTry> {
  const { openAside, network, deviceHash } = visit.context
  const { found, isOpen } =
    'passkey' in given.body
      ? { found: await openAside((tx) => lookAt(tx, given)), isOpen: true }
      : await weigh(visit, async (tx) => {
          const looked = await lookAt(tx, given)
          return { attempt: { address: null, accountId: looked.accountId }, found: looked }
        })
  const attempt: Attempt = { address: null, accountId: found.accountId, network, deviceHash }
  return { attempt, passwordHash: found.passwordHash, isLost: !isOpen }
}

async function lookAt(
  tx: Tx,
  { challengeId, body }: Try,
): Promise<{ readonly accountId: string; readonly passwordHash: string | null }> {
  const { accountId } = personIn(tx)
  const challenge = requireOwn(tx, await findChallenge(tx, challengeId, purpose))
  if (byOf(challenge) !== byGiven(body)) throw new Refusal(confirmationRefusal.wayMissing)
  if (!(await countTry(tx, { challengeId, purpose, most: mostTries }))) {
    throw new Refusal(confirmationRefusal.ended)
  }
  const standing = await lockStanding(tx, null)
  return { accountId, passwordHash: standing?.passwordHash ?? null }
}

// The code is taken while the challenge is open; both are undone together where something is wrong.
async function closeAfter(tx: Tx, challengeId: string, work: () => Promise<void>): Promise<Challenge> {
  await work()
  return requireOwn(tx, await closeChallenge(tx, challengeId, purpose))
}

interface Taking extends Try {
  readonly parts: SignInParts
  readonly context: OwnContext
}

async function take(tx: Tx, { parts, context, challengeId, body }: Taking): Promise<void> {
  const { accountId, sessionId } = personIn(tx)
  if ('password' in body) return
  if ('code' in body) {
    await takeCode(tx, parts.vault, { challengeId, purpose, code: body.code, sessionId })
    return
  }
  await takeSecondFactor(
    tx,
    { ...parts, origin: context.origin },
    { challenge: { challengeId, purpose, accountId }, given: body },
  )
}

/** @throws Refusal `confirmation.ended` for one that is over, or another person's or session's */
function requireOwn(tx: Tx, challenge: Challenge | null): Challenge {
  const { accountId, sessionId } = personIn(tx)
  if (challenge?.accountId !== accountId || challenge.sessionId !== sessionId) {
    throw new Refusal(confirmationRefusal.ended)
  }
  return challenge
}

// The password was replaced while it was being checked.
async function requireSamePassword(tx: Tx, { passwordHash }: CountedTry): Promise<void> {
  const standing = await lockStanding(tx, null)
  if (standing?.passwordHash !== passwordHash) throw new Refusal(confirmationRefusal.passwordWrong)
}

function byOf({ given }: Challenge): By {
  return given['by'] as By
}

function byGiven(body: Given): By {
  if ('password' in body) return 'password'
  if ('code' in body) return 'code'
  if ('passkey' in body) return 'passkey'
  return 'authenticatorCode' in body ? 'authenticator' : 'recovery_code'
}

function personIn({ caller }: Tx): { accountId: string; sessionId: string; provedAt: string } {
  if (caller.kind !== 'account') throw new Error('only a person confirms to be there')
  return caller
}
