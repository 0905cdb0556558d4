import type { Vault } from '../../../platform/crypto/vault.ts'
import type { Tx } from '../../../platform/db/tx.ts'
import {
  countSessionsThrough,
  identifierDigest,
  listIdentifiers,
  noteSecurity,
  scheduleErasure,
  sealAccount,
  sealedUntil,
  shutPhones,
  signal,
  unbindIdentifier,
} from '../../accounts/index.ts'
import { factorsOf } from '../../factors/index.ts'
import { hasWayIn, type WaysIn } from '../rules/takeover.ts'
import { requireAccount } from './look.ts'

export interface LeavingPhone {
  readonly identifierId: string
  readonly phone: string
  /** `taken_over`: by ACC-5; `recycled`: by ACC-6, or because the company gave its number up. */
  readonly how: 'taken_over' | 'recycled'
}

/**
 * In the account's realm, whose row is locked: a phone leaves the account, sessions by it end, and where nothing is left
 * to sign in with, the account is sealed and erased after the cooling-off (ACC-5, ACC-7).
 * @returns false when the account does not have it (any more)
 */
export async function leaveAccount(
  tx: Tx,
  vault: Vault,
  { identifierId, phone, how }: LeavingPhone,
): Promise<boolean> {
  const accountId = requireAccount(tx)
  const endedSessions = await countSessionsThrough(tx, identifierId)
  const digest = identifierDigest(vault, 'phone', phone)
  if (!(await unbindIdentifier(tx, identifierId, { how, digest }))) return false
  const facts = { kind: 'phone', identifierId }
  const isRecycled = how === 'recycled'
  noteSecurity(tx, { kind: isRecycled ? 'identifier_recycled' : 'identifier_taken_over', facts })
  await signal(tx, accountId, {
    action: isRecycled ? 'account.identifier_recycled' : 'account.identifier_unbound',
    effect: { ...facts, how },
  })
  const isSealed = await sealWithoutWayIn(tx)
  if (endedSessions > 0 || isSealed) {
    await signal(tx, accountId, { action: 'account.sessions_revoked', effect: { because: how } })
  }
  return true
}

/** In the account's realm: all that its person can sign in with. */
export async function waysIn(tx: Tx): Promise<WaysIn> {
  const identifiers = await listIdentifiers(tx)
  const { passkeys } = await factorsOf(tx)
  return { identifiers, passkeys, shut: await shutPhones(tx, identifiers) }
}

async function sealWithoutWayIn(tx: Tx): Promise<boolean> {
  if (hasWayIn(await waysIn(tx))) return false
  const { dueAt } = await scheduleErasure(tx, { cause: 'sealed', dueAt: sealedUntil(tx.now) })
  sealAccount(tx)
  noteSecurity(tx, { kind: 'sealed', facts: { erasedAt: dueAt } })
  await signal(tx, requireAccount(tx), { action: 'account.disabled', effect: { because: 'sealed' } })
  return true
}
