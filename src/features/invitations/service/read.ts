import { systemCaller } from '../../../kernel/caller.ts'
import { decodeCursor, encodeCursor } from '../../../kernel/cursor.ts'
import { Refusal } from '../../../kernel/refusal.ts'
import type { RouteInput, RouteOutput } from '../../../kernel/route.ts'
import { hashSecret } from '../../../platform/crypto/secret.ts'
import type { Tx } from '../../../platform/db/tx.ts'
import { httpRefusal } from '../../../platform/http/refusals.ts'
import { isStillGood, readAccount } from '../../accounts/index.ts'
import type { invitationsContract } from '../contract.ts'
import { type InvitationCard, invitationRefusal } from '../model.ts'
import { invitedAt, presentInvitation } from '../present.ts'
import { companyOfInvitation, isJoinable } from '../rules.ts'
import * as views from '../views.ts'

type Routes = typeof invitationsContract
const listName = 'invitations'

/** Invitations of the company, the newest first. @throws Refusal `page.cursor_invalid` */
export async function listInvitations(
  tx: Tx,
  { query }: RouteInput<Routes['listInvitations']>,
): Promise<RouteOutput<Routes['listInvitations']>> {
  const beforeId = query.cursor === undefined ? null : decodeCursor(listName, query.cursor, ['id'])?.[0]
  if (beforeId === undefined) throw new Refusal(httpRefusal.cursorInvalid)
  const rows = await views.listInvitations(tx, { query, beforeId })
  const page = rows.slice(0, query.limit)
  const last = page.at(-1)
  return {
    items: page.map((row) => presentInvitation(row, tx.now)),
    nextCursor: rows.length > page.length && last ? encodeCursor(listName, [last.invitationId]) : null,
  }
}

/** A link that works, and whom it is for. */
export interface Opened {
  readonly companyId: string
  readonly tokenHash: Buffer
  readonly invitation: views.InvitationRow
  readonly company: Awaited<ReturnType<typeof views.findCompany>>
}

/**
 * Looks behind a link, from any realm.
 * @throws Refusal `invitation.invalid`, alike for a used, expired, revoked or made-up one, and for a member whom nobody
 *   can join as, or who is something else by now than when it was made
 */
export async function openInvitation(tx: Tx, token: string): Promise<Opened> {
  const companyId = companyOfInvitation(token)
  if (companyId === null) throw new Refusal(invitationRefusal.invalid)
  const tokenHash = hashSecret(token)
  return tx.inCompany(systemCaller(companyId, 'invitation'), async (inside) => {
    const invitation = await views.findByToken(inside, tokenHash)
    const member = invitation && (await views.findInvitee(inside, invitation.memberId))
    if (!invitation || !member || !isJoinable(member)) throw new Refusal(invitationRefusal.invalid)
    if (!(await isStillGood(inside, invitation, member.role))) throw new Refusal(invitationRefusal.invalid)
    return { companyId, tokenHash, invitation, company: await views.findCompany(inside) }
  })
}

/** What whoever has the link sees. @throws Refusal `invitation.invalid` */
export async function readInvitation(
  tx: Tx,
  { params }: RouteInput<Routes['readInvitation']>,
): Promise<InvitationCard> {
  const { invitation, company } = await openInvitation(tx, params.token)
  const { inviterRole, language, expiresAt } = invitation
  const signedInAs = tx.accountId === null ? null : (await readAccount(tx, tx.accountId)).displayName
  return {
    companyName: company.name,
    invitedBy: inviterRole,
    to: invitedAt(invitation),
    language,
    expiresAt,
    signedInAs,
  }
}
