import type { Instant } from '../../kernel/fields.ts'
import type { Tx } from '../../platform/db/tx.ts'
import type { InvitationWay } from './model.ts'
import type { InvitationEnd } from './states.ts'

export interface NewInvitationRow {
  readonly invitationId: string
  readonly memberId: string
  readonly toKind: InvitationWay | null
  readonly toValue: string | null
  readonly toMasked: string | null
  readonly language: 'en' | 'zh'
  readonly tokenHash: Buffer
  readonly inviterRole: string
  readonly memberRole: string
  readonly createdBy: string
  readonly expiresAt: Instant
}

/** Writes an invitation; the caller holds the lock of its member and has ended the one before. */
export function insertInvitation(tx: Tx, invitation: NewInvitationRow): void {
  tx.send({
    name: 'invitation-insert',
    text: `insert into invitations (company_id, invitation_id, member_id, to_kind, to_value, to_masked, language, token_hash,
        inviter_role, member_role, created_by, created_at, sent_at, expires_at)
      values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $12, $13)`,
    values: [
      tx.companyId,
      invitation.invitationId,
      invitation.memberId,
      invitation.toKind,
      invitation.toValue,
      invitation.toMasked,
      invitation.language,
      invitation.tokenHash,
      invitation.inviterRole,
      invitation.memberRole,
      invitation.createdBy,
      tx.now,
      invitation.expiresAt,
    ],
  })
}

/** Only the newest invitation of a member works: ends the one before. */
export function replaceInvitations(tx: Tx, memberId: string): void {
  tx.send({
    name: 'invitations-replace',
    text: `update invitations set ended_at = $3, ended_how = 'replaced', to_value = null
      where company_id = $1 and member_id = $2 and ended_at is null`,
    values: [tx.companyId, memberId, tx.now],
  })
}

export interface NewLink {
  readonly tokenHash: Buffer
  readonly expiresAt: Instant
  readonly inviterRole: string
  readonly memberRole: string
  readonly createdBy: string
}

/** Gives an invitation a new link; the one before stops working. */
export function renewInvitation(tx: Tx, invitationId: string, link: NewLink): void {
  tx.send({
    name: 'invitation-renew',
    text: `update invitations set token_hash = $3, expires_at = $4, sent_at = $5, sent_count = sent_count + 1,
        inviter_role = $6, member_role = $7, created_by = $8
      where company_id = $1 and invitation_id = $2`,
    values: [
      tx.companyId,
      invitationId,
      link.tokenHash,
      link.expiresAt,
      tx.now,
      link.inviterRole,
      link.memberRole,
      link.createdBy,
    ],
  })
}

export function endInvitation(tx: Tx, invitationId: string, how: InvitationEnd): void {
  tx.send({
    name: 'invitation-end',
    text: `update invitations set ended_at = $3, ended_how = $4, to_value = null
      where company_id = $1 and invitation_id = $2`,
    values: [tx.companyId, invitationId, tx.now, how],
  })
}

/** Uses the link of an invitation up; false when it does not work any more, so that of many at once one wins. */
export async function spendInvitation(tx: Tx, tokenHash: Buffer): Promise<boolean> {
  const spent = await tx.query({
    name: 'invitation-spend',
    text: `update invitations set ended_at = $3, ended_how = 'accepted', to_value = null
      where company_id = $1 and token_hash = $2 and ended_at is null and expires_at > $3 returning 1 as spent`,
    values: [tx.companyId, tokenHash, tx.now],
  })
  return spent.length > 0
}

/** Forgets where the invitations of a member went. */
export function forgetAddresses(tx: Tx, memberId: string): void {
  tx.send({
    name: 'invitations-forget',
    text: `update invitations set to_value = null, to_masked = null
      where company_id = $1 and member_id = $2 and (to_value is not null or to_masked is not null)`,
    values: [tx.companyId, memberId],
  })
}

/** As the steward: forgets where invitations went that expired before; returns how many. */
export async function forgetOldAddresses(tx: Tx, before: Instant): Promise<number> {
  const [row] = await tx.query<{ forgotten: number }>({
    text: `with old as (update invitations set to_value = null where to_value is not null and expires_at < $1 returning 1)
      select count(*)::integer as forgotten from old`,
    values: [before],
  })
  return row?.forgotten ?? 0
}
