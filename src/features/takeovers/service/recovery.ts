import { Refusal } from '../../../kernel/refusal.ts'
import type { RouteInput, RouteOutput } from '../../../kernel/route.ts'
import { verifyPassword } from '../../../platform/crypto/password.ts'
import type { Tx } from '../../../platform/db/tx.ts'
import type { OwnContext } from '../../../platform/http/bind.ts'
import {
  bindIdentifier,
  cancelErasure,
  countCode,
  findChallenge,
  identifierDigest,
  issueCode,
  maskIdentifier,
  noteSecurity,
  signal,
  takeCode,
  tellPerson,
  unsealAccount,
} from '../../accounts/index.ts'
import { sendMessage } from '../../messages/index.ts'
import type { takeoversContract } from '../contract.ts'
import { accountRecovered, recoveryCode } from '../message-templates.ts'
import { recoveryRefusal } from '../model.ts'
import { findSealed, type SealedAccount } from '../store.ts'
import type { TakeoverParts } from './parts.ts'
import { minutesBetween } from './words.ts'

type Routes = typeof takeoversContract
const purpose = 'recover_account'

/**
 * Sends a code to an e-mail address that a sealed account perhaps had; the answer is the same for every address.
 * @throws Refusal `code.too_many`
 */
export async function startAccountRecovery(
  tx: Tx,
  { vault }: TakeoverParts,
  { body, language }: RouteInput<Routes['startAccountRecovery']>,
): Promise<RouteOutput<Routes['startAccountRecovery']>> {
  const to = { kind: 'email', value: body.email.toLowerCase() } as const
  const plan = { purpose, ...to, accountId: null, sessionId: null } as const
  const { challengeId, code, expiresAt } = await issueCode(tx, vault, plan)
  const values = { code, minutes: minutesBetween(tx.now, expiresAt) }
  sendMessage(tx, vault, { to, template: recoveryCode, values, language, usefulUntil: expiresAt })
  return { recoveryId: challengeId, sentTo: maskIdentifier(to), expiresAt }
}

/**
 * Brings a sealed account back for whoever proves an address that its person removed, and knows its password where it
 * has one. The address is bound again; no session is opened, so that a second factor is asked for as ever.
 * @throws Refusal `code.wrong`, `recovery.nothing`, `recovery.password_wrong`
 */
export async function verifyAccountRecovery(
  context: OwnContext,
  parts: TakeoverParts,
  { params, body }: RouteInput<Routes['verifyAccountRecovery']>,
): Promise<RouteOutput<Routes['verifyAccountRecovery']>> {
  const given = { challengeId: params.recoveryId, purpose, code: body.code, sessionId: null } as const
  await countCode(context.openAside, given)
  const seen = await context.openAside(async (tx) => {
    const challenge = await findChallenge(tx, params.recoveryId, purpose)
    return challenge?.value ? sealedBy(tx, parts, challenge.value) : undefined
  })
  // As slow for every address, whether there is such an account or not.
  const fits = await verifyPassword(seen?.passwordHash ?? null, body.password ?? '')
  return context.open(async (tx) => {
    const { value: email } = await takeCode(tx, parts.vault, given)
    const sealed = email === null ? undefined : await sealedBy(tx, parts, email)
    if (email === null || !sealed) throw new Refusal(recoveryRefusal.nothing)
    const isProven = sealed.passwordHash === null || (fits && sealed.passwordHash === seen?.passwordHash)
    if (!isProven) throw new Refusal(recoveryRefusal.passwordWrong)
    await tx.inAccount(sealed.accountId, (inside) => bringBack(inside, parts, email))
    return { outcome: 'recovered' }
  })
}

function sealedBy(tx: Tx, { vault }: TakeoverParts, email: string): Promise<SealedAccount | undefined> {
  return findSealed(tx, { kind: 'email', value: email, digest: identifierDigest(vault, 'email', email) })
}

async function bringBack(tx: Tx, { vault }: TakeoverParts, email: string): Promise<void> {
  // Its erasure has begun, or somebody else was faster.
  if (!(await cancelErasure(tx)) || !(await unsealAccount(tx))) throw new Refusal(recoveryRefusal.nothing)
  const uses = { canLogin: true, canVerify: true }
  const identifierId = await bindIdentifier(tx, {
    kind: 'email',
    value: email,
    ...uses,
    provenHow: 'recovery',
  })
  if (identifierId === null) throw new Refusal(recoveryRefusal.nothing)
  noteSecurity(tx, { kind: 'recovered', facts: { kind: 'email', identifierId } })
  const values = { email: maskIdentifier({ kind: 'email', value: email }) }
  await tellPerson(tx, vault, { template: accountRecovered, values })
  const accountId = String(tx.accountId)
  await signal(tx, accountId, { action: 'account.enabled', effect: { because: 'recovered' } })
  await signal(tx, accountId, {
    action: 'account.identifier_bound',
    effect: { kind: 'email', identifierId, how: 'recovery' },
  })
}
