import { Refusal, type RefusalRule } from '../../../kernel/refusal.ts'
import type { RouteInput, RouteOutput } from '../../../kernel/route.ts'
import { verifyPassword } from '../../../platform/crypto/password.ts'
import type { Tx } from '../../../platform/db/tx.ts'
import type { OwnContext } from '../../../platform/http/bind.ts'
import {
  announceChange,
  bindIdentifier,
  cancelErasure,
  countAttempt,
  countCode,
  countCodeNearby,
  findChallenge,
  identifierDigest,
  issueCode,
  maskIdentifier,
  nobody,
  noteSecurity,
  objectionDays,
  signal,
  takeCode,
  tellPerson,
  unsealAccount,
  useChallenge,
} from '../../accounts/index.ts'
import { accountRefusal } from '../../accounts/model.ts'
import { sendMessage } from '../../messages/index.ts'
import type { takeoversContract } from '../contract.ts'
import { accountRecovered, recoveryCode } from '../message-templates.ts'
import { recoveryRefusal } from '../model.ts'
import { forgetRecoveries } from '../recovery-store.ts'
import { findSealed, type SealedAccount } from '../store.ts'
import { passwordOf } from '../views.ts'
import type { TakeoverParts } from './parts.ts'
import { waitToRecover } from './recovery-wait.ts'
import { minutesBetween } from './words.ts'

type Routes = typeof takeoversContract
const purpose = 'recover_account'

/**
 * Sends a code to an e-mail address that a sealed account perhaps had; the answer is the same for every address.
 * @throws Refusal `code.too_many`, `code.too_many_nearby`
 */
export function startAccountRecovery(
  { open, network }: OwnContext,
  { vault }: TakeoverParts,
  { body, language }: RouteInput<Routes['startAccountRecovery']>,
): Promise<RouteOutput<Routes['startAccountRecovery']>> {
  const to = { kind: 'email', value: body.email.toLowerCase() } as const
  return open(async (tx) => {
    await countCodeNearby(tx, vault, network)
    const plan = { purpose, ...to, accountId: null, sessionId: null } as const
    const { challengeId, code, expiresAt } = await issueCode(tx, vault, plan)
    const values = { code, minutes: minutesBetween(tx.now, expiresAt) }
    sendMessage(tx, vault, { to, template: recoveryCode, values, language, usefulUntil: expiresAt })
    return { recoveryId: challengeId, sentTo: maskIdentifier(to), expiresAt }
  })
}

/**
 * Brings a sealed account back for whoever proves an address that its person removed, and knows its password; one that
 * has no password comes back after a wait. The address is bound again; no session is opened, so that a second factor is
 * asked for as ever.
 * A code takes one password.
 * @throws Refusal `code.wrong`, `recovery.nothing`, `recovery.password_wrong`, `session.too_many_attempts`,
 *   `sign_in.paused`
 */
export async function verifyAccountRecovery(
  context: OwnContext,
  parts: TakeoverParts,
  { params, body }: RouteInput<Routes['verifyAccountRecovery']>,
): Promise<RouteOutput<Routes['verifyAccountRecovery']>> {
  const given = { challengeId: params.recoveryId, purpose, code: body.code, sessionId: null } as const
  await countCode(context.openAside, given)
  const { isOpen, passwordHash: seen } = await context.openAside((tx) =>
    weigh(tx, { context, parts }, params),
  )
  // As slow for every address, whether there is such an account or not.
  const fits = await verifyPassword(seen, body.password ?? '')
  if (!isOpen) throw new Refusal(accountRefusal.codeWrong)
  try {
    return await context.open(async (tx) => {
      const { value: email } = await takeCode(tx, parts.vault, given)
      const sealed = email === null ? undefined : await sealedBy(tx, parts, email)
      if (email === null || !sealed) throw new Refusal(recoveryRefusal.nothing)
      const { accountId } = sealed
      if (!sealed.hasPassword) {
        const dueAt = await tx.inAccount(accountId, (inside) => waitToRecover(inside, parts, email))
        return { outcome: 'waiting', dueAt }
      }
      // It was replaced while it was being checked, or is another account's.
      if (!fits || (await tx.inAccount(accountId, passwordOf)) !== seen)
        throw new Refusal(recoveryRefusal.passwordWrong)
      await tx.inAccount(accountId, (inside) => bringBack(inside, parts, email))
      return { outcome: 'recovered' }
    })
  } catch (error) {
    // The right code without a password was no guess at it.
    if (body.password !== undefined && isRule(error, recoveryRefusal.passwordWrong)) {
      await context.openAside((tx) => useChallenge(tx, params.recoveryId, purpose))
    }
    throw error
  }
}

function isRule(error: unknown, rule: RefusalRule): boolean {
  return error instanceof Refusal && error.rule === rule
}

interface Weighed {
  /** Of the sealed account; null where there is none, or none such. */
  readonly passwordHash: string | null
  /** False for a guess that counts as wrong whatever it is. */
  readonly isOpen: boolean
}

// Counts a guess with all others at the account, before it is looked at; as much work where there is no account.
async function weigh(
  tx: Tx,
  { context, parts }: { readonly context: OwnContext; readonly parts: TakeoverParts },
  { recoveryId }: { readonly recoveryId: string },
): Promise<Weighed> {
  const email = (await findChallenge(tx, recoveryId, purpose))?.value ?? null
  if (email === null) throw new Refusal(accountRefusal.codeWrong)
  const sealed = await sealedBy(tx, parts, email)
  const { network, deviceHash } = context
  const address = { kind: 'email', value: email } as const
  const attempt = { address, accountId: sealed?.accountId ?? null, network, deviceHash }
  const passwordHash = await tx.inAccount(sealed?.accountId ?? nobody, passwordOf)
  return { passwordHash, isOpen: await countAttempt(tx, parts.vault, attempt) }
}

function sealedBy(tx: Tx, { vault }: TakeoverParts, email: string): Promise<SealedAccount | undefined> {
  const digest = identifierDigest(vault, 'email', email)
  return findSealed(tx, { kind: 'email', value: email, digest, boundDays: objectionDays })
}

/** In the realm of a sealed account, whose person this address is: binds it again, and lets them sign in. */
export async function bringBack(tx: Tx, parts: TakeoverParts, email: string): Promise<void> {
  // Its erasure has begun, or somebody else was faster.
  if (!(await cancelErasure(tx)) || !(await unsealAccount(tx))) throw new Refusal(recoveryRefusal.nothing)
  forgetRecoveries(tx)
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
  await tellPerson(tx, parts.vault, { template: accountRecovered, values })
  await announceChange(tx, parts, {
    kind: 'identifier_bound',
    subjectId: identifierId,
    identifier: { kind: 'email', value: email },
    after: { ...uses, boundAt: tx.now, provenHow: 'recovery' },
  })
  const accountId = String(tx.accountId)
  await signal(tx, accountId, { action: 'account.enabled', effect: { because: 'recovered' } })
  await signal(tx, accountId, {
    action: 'account.identifier_bound',
    effect: { kind: 'email', identifierId, how: 'recovery' },
  })
}
