import { Refusal } from '../../../kernel/refusal.ts'
import type { Tx } from '../../../platform/db/tx.ts'
import {
  actorIn,
  announceChange,
  type BoundAccount,
  bindIdentifier,
  carrySession,
  identifierDigest,
  listIdentifiers,
  lockIdentifiers,
  maskIdentifier,
  noteSecurity,
  refuseFrozen,
  signal,
  tellPerson,
  unbindIdentifier,
} from '../../accounts/index.ts'
import { record } from '../../audit/index.ts'
import { phoneRecycled, takenOver } from '../message-templates.ts'
import { takeoverRefusal } from '../model.ts'
import { settleTasks } from './after-binding.ts'
import { leaveAccount } from './leave-account.ts'
import { type Look, requireAccount } from './look.ts'
import type { TakeoverParts } from './parts.ts'

export interface Passing {
  readonly look: Look
  /** Own phone that goes with the same step; null for none. */
  readonly replaces: string | null
  /** `taken_over`: by ACC-5; `recycled`: by ACC-6. */
  readonly how: 'taken_over' | 'recycled'
  /** The secret by which the former person can object afterwards; null where nothing can be looked into. */
  readonly secret: string | null
}

/**
 * In the account's realm, the phone being locked: the phone leaves the account that has it, where one does, and is bound
 * to this one, in the same transaction (ACC-5, ACC-6).
 * @returns the identifier that it became
 * @throws Refusal `takeover.not_open` when somebody else was faster, `takeover.replaced_missing`, `account.frozen`
 */
export async function carryOver(tx: Tx, parts: TakeoverParts, passing: Passing): Promise<string> {
  const { look } = passing
  await lockAccounts(tx, look.bound)
  await refuseFrozen(tx)
  if (look.bound !== null) await takeFrom(tx, parts, { ...passing, bound: look.bound })
  const identifierId = await bindTo(tx, parts, passing)
  await tellCompany(tx, passing)
  return identifierId
}

/** Accounts are locked in the order of their ids, so that two people who take from each other wait, and no more. */
export async function lockAccounts(tx: Tx, bound: BoundAccount | null): Promise<void> {
  const accountIds = new Set([requireAccount(tx), ...(bound === null ? [] : [bound.accountId])])
  for (const accountId of [...accountIds].sort()) {
    await tx.inAccount(accountId, (inside) => lockIdentifiers(inside))
  }
}

async function takeFrom(
  tx: Tx,
  parts: TakeoverParts,
  { bound, look, how, secret }: Passing & { readonly bound: BoundAccount },
): Promise<void> {
  const { phone, place } = look
  const { accountId, identifierId } = bound
  const isGone = await tx.inAccount(accountId, (inside) =>
    leaveAccount(inside, parts.vault, { identifierId, phone, how }),
  )
  if (!isGone) throw new Refusal(takeoverRefusal.notOpen)
  const masked = maskIdentifier({ kind: 'phone', value: phone })
  await tx.inAccount(accountId, async (inside) => {
    if (secret === null || place === null) {
      await tellPerson(inside, parts.vault, { template: phoneRecycled, values: { phone: masked } })
      return
    }
    const link = `${parts.publicUrl}/takeover#${secret}`
    const values = { phone: masked, company: place.companyName, link }
    await tellPerson(inside, parts.vault, { template: takenOver, values })
  })
}

async function bindTo(tx: Tx, parts: TakeoverParts, { look, replaces, how }: Passing): Promise<string> {
  const accountId = requireAccount(tx)
  const replaced = (await listIdentifiers(tx)).find(
    (one) => one.identifierId === replaces && one.kind === 'phone',
  )
  if (replaces !== null && !replaced) throw new Refusal(takeoverRefusal.replacedMissing)
  const uses = { canLogin: true, canVerify: true }
  const provenHow = look.bound === null ? 'code' : how
  const identifier = { kind: 'phone', value: look.phone } as const
  const identifierId = await bindIdentifier(tx, { ...identifier, ...uses, provenHow })
  if (identifierId === null) throw new Refusal(takeoverRefusal.notOpen)
  const facts = { kind: 'phone', identifierId }
  noteSecurity(tx, { kind: 'identifier_bound', facts: { ...facts, how: provenHow } })
  const after = { ...uses, boundAt: tx.now, provenHow }
  await announceChange(tx, parts, { kind: 'identifier_bound', subjectId: identifierId, identifier, after })
  await signal(tx, accountId, { action: 'account.identifier_bound', effect: { ...facts, how: provenHow } })
  if (replaced) {
    if (tx.caller.kind === 'account') {
      carrySession(tx, { sessionId: tx.caller.sessionId, from: replaced.identifierId, to: identifierId })
    }
    const { value, canLogin, canVerify, boundAt } = replaced
    await unbindIdentifier(tx, replaced.identifierId, {
      how: 'changed',
      digest: identifierDigest(parts.vault, 'phone', value),
    })
    const gone = { kind: 'phone', identifierId: replaced.identifierId }
    noteSecurity(tx, { kind: 'identifier_unbound', facts: { ...gone, how: 'changed' } })
    await announceChange(tx, parts, {
      kind: 'identifier_unbound',
      subjectId: replaced.identifierId,
      identifier: { kind: 'phone', value },
      before: { canLogin, canVerify, boundAt, provenHow: replaced.provenHow },
    })
    await signal(tx, accountId, { action: 'account.identifier_changed', effect: gone })
  }
  return identifierId
}

// The Admins see every use (ACC-5); of a number that no company of the person owns there is nothing to see.
async function tellCompany(tx: Tx, { look: { bound, place }, how }: Passing): Promise<void> {
  if (place === null) return
  const { numberId, membership } = place
  await settleTasks(tx, { companyId: membership.companyId, numberId })
  if (bound === null) return
  await tx.inCompany(actorIn(tx, membership, requireAccount(tx)), async (inside) => {
    record(inside, {
      action: 'takeover.done',
      subjectKind: 'number',
      subjectId: numberId,
      effect: { memberId: membership.memberId, formerMemberId: place.former?.memberId ?? null, how },
    })
  })
}
