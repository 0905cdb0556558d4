import { isCompanyCaller, personOf } from '../../../kernel/caller.ts'
import { addHours } from '../../../kernel/instant.ts'
import type { Role } from '../../../kernel/permission.ts'
import { Refusal } from '../../../kernel/refusal.ts'
import type { RouteInput, RouteOutput } from '../../../kernel/route.ts'
import type { Tx } from '../../../platform/db/tx.ts'
import type { OwnContext } from '../../../platform/http/bind.ts'
import { httpRefusal } from '../../../platform/http/refusals.ts'
import { refuseBeyondScopes } from '../../accounts/index.ts'
import { accountRefusal } from '../../accounts/model.ts'
import { record } from '../../audit/index.ts'
import { lockMembers } from '../../people/index.ts'
import type { invitationsContract } from '../contract.ts'
import { type Invitation, invitationRefusal } from '../model.ts'
import { presentInvitation } from '../present.ts'
import { mustAllow, renewableDays, requireInvitable, requireSeldom, stateOf } from '../rules.ts'
import { endInvitation, insertInvitation, renewInvitation, replaceInvitations } from '../store.ts'
import * as views from '../views.ts'
import { addressOf } from './address.ts'
import { type FreshLink, type InvitationParts, makeLink, sendLink } from './link.ts'

type Routes = typeof invitationsContract
type Context = OwnContext & InvitationParts

/**
 * Invites a person to join as a member without an account; earlier invitations of the member stop working. The attempt
 * to open a way into an account that exists is recorded (ACC-1).
 * @throws Refusal `invitation.owner_only`, `sign_in_link.beyond_scopes`, `invitation.has_account`, `invitation.not_active`,
 *   `invitation.phone_invalid`, `invitation.too_often`, `thing.not_found`
 */
export async function createInvitation(
  context: Context,
  { body }: RouteInput<Routes['createInvitation']>,
): Promise<RouteOutput<Routes['createInvitation']>> {
  return recordingRefusals(context, body.memberId, () => context.open((tx) => invite(tx, context, body)))
}

async function invite(
  tx: Tx,
  parts: InvitationParts,
  { memberId, to, language }: RouteInput<Routes['createInvitation']>['body'],
): Promise<RouteOutput<Routes['createInvitation']>> {
  const address = addressOf(to)
  const member = await requireFit(tx, memberId)
  const company = await views.findCompany(tx)
  const link = await makeLink(tx)
  const invitationId = tx.newId()
  const reads = language ?? company.language
  replaceInvitations(tx, memberId)
  insertInvitation(tx, {
    invitationId,
    memberId,
    toKind: address.kind,
    toValue: address.value,
    toMasked: address.masked,
    language: reads,
    ...madeBy(tx, member, link),
  })
  const isSent = sendLink(tx, parts, { to: address, link, company: company.name, language: reads })
  record(tx, {
    action: 'invitation.created',
    subjectKind: 'member',
    subjectId: memberId,
    effect: { invitationId, by: address.kind, isSent, expiresAt: link.expiresAt },
    ...(address.masked === null ? {} : { details: { to: address.masked } }),
  })
  return {
    ...(await shown(tx, invitationId)),
    ...handedOver(link, isSent),
    numbersStillLinked: await views.linkedNumbers(tx, memberId),
  }
}

/**
 * Sends an invitation again with a new link; the one before stops working.
 * @throws Refusal `invitation.ended`, those of `createInvitation`
 */
export async function sendInvitationAgain(
  context: Context,
  { params }: RouteInput<Routes['sendInvitationAgain']>,
): Promise<RouteOutput<Routes['sendInvitationAgain']>> {
  const { memberId } = await context.openAside((tx) => requireInvitation(tx, params.invitationId))
  return recordingRefusals(context, memberId, () =>
    context.open((tx) => sendAgain(tx, context, { ...params, memberId })),
  )
}

async function sendAgain(
  tx: Tx,
  parts: InvitationParts,
  { invitationId, memberId }: { readonly invitationId: string; readonly memberId: string },
): Promise<RouteOutput<Routes['sendInvitationAgain']>> {
  const member = await requireFit(tx, memberId)
  const before = await requireInvitation(tx, invitationId)
  mustAllow('sendAgain', stateOf(before, tx.now))
  const isForgotten = before.expiresAt < addHours(tx.now, -24 * renewableDays)
  if (isForgotten) throw new Refusal(invitationRefusal.ended)
  const company = await views.findCompany(tx)
  const link = await makeLink(tx)
  renewInvitation(tx, invitationId, madeBy(tx, member, link))
  const to = { kind: before.toKind, value: before.toValue }
  const isSent = sendLink(tx, parts, { to, link, company: company.name, language: before.language })
  record(tx, {
    action: 'invitation.sent',
    subjectKind: 'member',
    subjectId: memberId,
    effect: { invitationId, by: before.toKind, isSent, expiresAt: link.expiresAt },
  })
  return { ...(await shown(tx, invitationId)), ...handedOver(link, isSent) }
}

/**
 * Takes an invitation back.
 * @throws Refusal `invitation.ended`, `thing.not_found`
 */
export async function revokeInvitation(
  tx: Tx,
  { params }: RouteInput<Routes['revokeInvitation']>,
): Promise<Invitation> {
  const { memberId } = await requireInvitation(tx, params.invitationId)
  await lockMembers(tx, [memberId])
  const invitation = await requireInvitation(tx, params.invitationId)
  mustAllow('revoke', stateOf(invitation, tx.now))
  endInvitation(tx, params.invitationId, 'revoked')
  record(tx, {
    action: 'invitation.revoked',
    subjectKind: 'member',
    subjectId: memberId,
    effect: { invitationId: params.invitationId },
  })
  return shown(tx, params.invitationId)
}

// Of what leaves by itself the ledger says that it went to the person: whoever invites has no second way in.
function handedOver({ token, path }: FreshLink, isSent: boolean) {
  return isSent ? { token: null, path: null, isSent } : { token, path, isSent }
}

// Locks the member: whoever joins as them meanwhile is seen, and of two invitations at once one is the newer.
async function requireFit(tx: Tx, memberId: string): Promise<views.InviteeRow> {
  await lockMembers(tx, [memberId])
  const member = await views.findInvitee(tx, memberId)
  if (!member) throw new Refusal(httpRefusal.notFound, { thing: 'member' })
  requireInvitable(member, roleOfInviter(tx))
  refuseBeyondScopes(tx, member.role)
  requireSeldom(await views.countSent(tx, memberId, addHours(tx.now, -24)))
  return member
}

// What decides later whether the link is still good.
function madeBy(tx: Tx, member: views.InviteeRow, { hash, expiresAt }: FreshLink) {
  return {
    tokenHash: hash,
    expiresAt,
    inviterRole: roleOfInviter(tx) ?? 'owner',
    memberRole: member.role,
    createdBy: personOf(tx.caller),
  }
}

function roleOfInviter({ caller }: Tx): Role | null {
  return isCompanyCaller(caller) ? caller.role : null
}

async function requireInvitation(tx: Tx, invitationId: string): Promise<views.InvitationRow> {
  const found = await views.findInvitation(tx, invitationId)
  if (!found) throw new Refusal(httpRefusal.notFound, { thing: 'invitation' })
  return found
}

async function shown(tx: Tx, invitationId: string): Promise<Invitation> {
  return presentInvitation(await requireInvitation(tx, invitationId), tx.now)
}

const aboutAccess: readonly unknown[] = [
  invitationRefusal.hasAccount,
  invitationRefusal.ownerOnly,
  accountRefusal.linkBeyondScopes,
]

async function recordingRefusals<T>(
  { openAside }: OwnContext,
  memberId: string,
  work: () => Promise<T>,
): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (error instanceof Refusal && aboutAccess.includes(error.rule)) {
      await openAside(async (tx) => recordRefused(tx, memberId, error.code))
    }
    throw error
  }
}

function recordRefused(tx: Tx, memberId: string, code: string): void {
  record(tx, { action: 'invitation.refused', subjectKind: 'member', subjectId: memberId, effect: { code } })
}
