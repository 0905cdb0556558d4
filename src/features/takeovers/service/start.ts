import { Refusal } from '../../../kernel/refusal.ts'
import type { RouteInput, RouteOutput } from '../../../kernel/route.ts'
import type { Vault } from '../../../platform/crypto/vault.ts'
import type { Tx } from '../../../platform/db/tx.ts'
import type { OwnContext } from '../../../platform/http/bind.ts'
import { parsePhone } from '../../../platform/phone/phone.ts'
import {
  actorIn,
  countCodeAsked,
  issueCode,
  listIdentifiers,
  maskIdentifier,
  refuseFrozen,
} from '../../accounts/index.ts'
import { record } from '../../audit/index.ts'
import { sendMessage } from '../../messages/index.ts'
import type { takeoversContract } from '../contract.ts'
import { mobileCode } from '../message-templates.ts'
import { type MobileChange, takeoverRefusal } from '../model.ts'
import { endTakeover, listClaims, listOpen, lockTakeover, type TakeoverRow } from '../store.ts'
import { membershipIn, requireAccount, sessionOf } from './look.ts'
import { type Losses, lossesFor } from './losses.ts'
import type { TakeoverParts } from './parts.ts'
import { minutesBetween } from './words.ts'

type Routes = typeof takeoversContract

/**
 * Sends a code to the phone that is to be bound; the answer is the same whoever has it (ACC-4).
 * @throws Refusal `takeover.phone_invalid`, `takeover.replaced_missing`, `account.frozen`, `code.too_many`,
 *   `code.too_many_asked`, `code.too_many_nearby`
 */
export function startMobileChange(
  context: OwnContext,
  { vault }: TakeoverParts,
  input: RouteInput<Routes['startMobileChange']>,
): Promise<RouteOutput<Routes['startMobileChange']>> {
  return context.open((tx) => start(tx, { vault, network: context.network }, input))
}

interface Asked {
  readonly vault: Vault
  readonly network: string
}

async function start(
  tx: Tx,
  { vault, network }: Asked,
  { body, language }: RouteInput<Routes['startMobileChange']>,
): Promise<RouteOutput<Routes['startMobileChange']>> {
  const phone = parsePhone(body.phone, 'CN')
  if (phone === null) throw new Refusal(takeoverRefusal.phoneInvalid)
  await refuseFrozen(tx)
  const own = await listIdentifiers(tx)
  const { replaces } = body
  if (replaces !== null && !own.some((one) => one.identifierId === replaces && one.kind === 'phone')) {
    throw new Refusal(takeoverRefusal.replacedMissing)
  }
  const accountId = requireAccount(tx)
  await countCodeAsked(tx, vault, { accountId, network })
  const { challengeId, code, expiresAt } = await issueCode(tx, vault, {
    purpose: 'change_mobile',
    kind: 'phone',
    value: phone.e164,
    accountId,
    sessionId: sessionOf(tx),
    given: { replaces },
  })
  const values = { code, minutes: minutesBetween(tx.now, expiresAt) }
  const to = { kind: 'phone', value: phone.e164 } as const
  sendMessage(tx, vault, { to, template: mobileCode, values, language, usefulUntil: expiresAt })
  return { changeId: challengeId, sentTo: maskIdentifier(to), expiresAt }
}

/** Phones on their way to the own account, with what has to be confirmed, and those that others wish to have. */
export async function listMobileChanges(
  tx: Tx,
  { language }: RouteInput<Routes['listMobileChanges']>,
): Promise<RouteOutput<Routes['listMobileChanges']>> {
  const items: MobileChange[] = []
  for (const row of await listOpen(tx)) {
    if (row.phone === null || (row.state === 'confirm' && row.dueAt <= tx.now)) continue
    items.push(presentChange(row, { phone: row.phone, losses: await lossesOfRow(tx, row, language) }))
  }
  const claims = await listClaims(tx)
  return {
    items,
    claims: claims.map(({ takeoverId, phone, dueAt }) => ({ claimId: takeoverId, phone, dueAt })),
  }
}

/** In the account's realm: what a takeover that is to be confirmed would destroy; null for one that waits. */
export async function lossesOfRow(
  tx: Tx,
  { state, ownerCompanyId, formerMemberId }: TakeoverRow,
  language: 'en' | 'zh',
): Promise<Losses | null> {
  if (state !== 'confirm' || ownerCompanyId === null || formerMemberId === null) return null
  const membership = await membershipIn(tx, ownerCompanyId)
  if (!membership) return null
  return tx.inCompany(actorIn(tx, membership, requireAccount(tx)), (inside) =>
    lossesFor(inside, formerMemberId, language),
  )
}

function presentChange(
  row: TakeoverRow,
  { phone, losses }: { readonly phone: string; readonly losses: Losses | null },
): MobileChange {
  const isWaiting = row.state === 'waiting'
  return {
    changeId: row.takeoverId,
    phone,
    state: row.state,
    basis: row.basis,
    companyId: row.ownerCompanyId,
    numberId: row.numberId,
    losses: losses?.losses ?? [],
    lossesHash: losses?.lossesHash ?? null,
    expiresAt: isWaiting ? null : row.dueAt,
    dueAt: isWaiting ? row.dueAt : null,
    startedAt: row.startedAt,
  }
}

/**
 * Gives a change up that is not done yet.
 * @throws Refusal `takeover.not_open`
 */
export async function cancelMobileChange(
  tx: Tx,
  { params }: RouteInput<Routes['cancelMobileChange']>,
): Promise<void> {
  const row = await lockTakeover(tx, params.changeId)
  if (!row) throw new Refusal(takeoverRefusal.notOpen)
  endTakeover(tx, row.takeoverId, { state: 'cancelled' })
  const { ownerCompanyId, numberId, memberId } = row
  const membership = ownerCompanyId === null ? undefined : await membershipIn(tx, ownerCompanyId)
  if (!membership || numberId === null) return
  await tx.inCompany(actorIn(tx, membership, requireAccount(tx)), async (inside) => {
    const effect = { memberId, formerMemberId: row.formerMemberId }
    record(inside, { action: 'takeover.cancelled', subjectKind: 'number', subjectId: numberId, effect })
  })
}
