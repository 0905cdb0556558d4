import type { Instant } from '../../kernel/fields.ts'
import { type Role, roleAllows, roles } from '../../kernel/permission.ts'
import type { Tx } from '../../platform/db/tx.ts'
import type { MemberStatus } from '../people/model.ts'
import { hasAccess, memberStatuses } from '../people/states.ts'
import type { InvitationQuery, InvitationWay } from './model.ts'
import type { InvitationEnd } from './states.ts'

/** An invitation with what its reader needs beside it. */
export interface InvitationRow {
  readonly invitationId: string
  readonly memberId: string
  readonly memberName: string
  readonly toKind: InvitationWay | null
  readonly toValue: string | null
  readonly toMasked: string | null
  readonly language: 'en' | 'zh'
  readonly inviterRole: Role
  /** What the member was when it was made. */
  readonly memberRole: Role
  /** Who made it, or sent it last. */
  readonly createdBy: string
  readonly createdAt: Instant
  readonly sentAt: Instant
  readonly expiresAt: Instant
  readonly endedAt: Instant | null
  /** Whose member joined in another way has no invitation to accept any more. */
  readonly endedHow: InvitationEnd | null
  /** Whether the member is still what it was for and works here, and whoever made it may still invite. */
  readonly isGood: boolean
}

const endedHow = `coalesce(i.ended_how, case when m.account_id is not null then 'replaced' end)`

const here = sqlList(memberStatuses.filter(hasAccess))
const inviting = sqlList(roles.filter((role) => roleAllows(role, 'members:write')))
const uuid = '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$'

/** `isJoinable` and `isStillGood` of the rules, for whole lists. */
const isGood = `(m.role = i.member_role and m.status in ${here} and (i.created_by !~ '${uuid}'
    or exists (select 1 from members k where k.company_id = i.company_id
      and k.member_id = case when i.created_by ~ '${uuid}' then i.created_by::uuid end
      and k.status in ${here} and k.role in ${inviting} and (m.role <> 'owner' or k.role = 'owner'))))`

function sqlList(words: readonly string[]): string {
  return `(${words.map((word) => `'${word}'`).join(', ')})`
}

const select = `select i.invitation_id as "invitationId", i.member_id as "memberId", m.name as "memberName",
    i.to_kind as "toKind", i.to_value as "toValue", i.to_masked as "toMasked", i.language, i.inviter_role as "inviterRole",
    i.member_role as "memberRole", i.created_by as "createdBy",
    i.created_at as "createdAt", i.sent_at as "sentAt", i.expires_at as "expiresAt", i.ended_at as "endedAt",
    ${endedHow} as "endedHow", ${isGood} as "isGood"
  from invitations i join members m on m.company_id = i.company_id and m.member_id = i.member_id`

export interface InvitationFilter {
  readonly query: InvitationQuery
  readonly beforeId: string | null
}

/** A page of invitations, newest first; asks for one more than `limit`, which shows whether there is a next page. */
export function listInvitations(tx: Tx, { query, beforeId }: InvitationFilter): Promise<InvitationRow[]> {
  const values: unknown[] = [tx.companyId]
  const place = (value: unknown) => `$${values.push(value)}`
  const conditions = ['i.company_id = $1']
  if (query.memberId !== undefined) conditions.push(`i.member_id = ${place(query.memberId)}`)
  if (query.state !== undefined) conditions.push(...stateConditions(query.state, place, tx.now))
  if (beforeId !== null) conditions.push(`i.invitation_id < ${place(beforeId)}`)
  return tx.query<InvitationRow>({
    text: `${select} where ${conditions.join(' and ')} order by i.invitation_id desc limit ${place(query.limit + 1)}`,
    values,
  })
}

function stateConditions(
  state: NonNullable<InvitationQuery['state']>,
  place: (value: unknown) => string,
  now: Instant,
): string[] {
  const stillOpen = ['i.ended_at is null', 'm.account_id is null']
  if (state === 'pending') return stillOpen
  if (state === 'open') return [...stillOpen, `i.expires_at > ${place(now)}`, isGood]
  if (state === 'expired') return [...stillOpen, `(i.expires_at <= ${place(now)} or not ${isGood})`]
  return [`${endedHow} = ${place(state)}`]
}

export async function findInvitation(tx: Tx, invitationId: string): Promise<InvitationRow | undefined> {
  const [row] = await tx.query<InvitationRow>({
    name: 'invitation-read',
    text: `${select} where i.company_id = $1 and i.invitation_id = $2`,
    values: [tx.companyId, invitationId],
  })
  return row
}

/** The invitation whose link works now; undefined for none. */
export async function findByToken(tx: Tx, tokenHash: Buffer): Promise<InvitationRow | undefined> {
  const [row] = await tx.query<InvitationRow>({
    name: 'invitation-by-token',
    text: `${select} where i.company_id = $1 and i.token_hash = $2 and i.ended_at is null and i.expires_at > $3`,
    values: [tx.companyId, tokenHash, tx.now],
  })
  return row
}

/** Who is invited, as they are now. */
export interface InviteeRow {
  readonly memberId: string
  readonly name: string
  readonly role: Role
  readonly status: MemberStatus
  readonly accountId: string | null
}

export async function findInvitee(tx: Tx, memberId: string): Promise<InviteeRow | undefined> {
  const [row] = await tx.query<InviteeRow>({
    name: 'invitee-read',
    text: `select member_id as "memberId", name, role, status, account_id as "accountId" from members
      where company_id = $1 and member_id = $2`,
    values: [tx.companyId, memberId],
  })
  return row
}

/** Tells whether an account is some member of this realm's company. */
export async function isMemberHere(tx: Tx, accountId: string): Promise<boolean> {
  const found = await tx.query({
    name: 'account-member-here',
    text: 'select 1 from members where company_id = $1 and account_id = $2 limit 1',
    values: [tx.companyId, accountId],
  })
  return found.length > 0
}

/** How often a member was invited since then. */
export async function countSent(tx: Tx, memberId: string, since: Instant): Promise<number> {
  const [row] = await tx.query<{ times: number }>({
    name: 'invitations-sent',
    text: `select coalesce(sum(sent_count), 0)::integer as times from invitations
      where company_id = $1 and member_id = $2 and sent_at > $3`,
    values: [tx.companyId, memberId, since],
  })
  return row?.times ?? 0
}

/** Numbers that a member holds and some account has as its own (ACC-4). */
export async function linkedNumbers(tx: Tx, memberId: string): Promise<string[]> {
  const rows = await tx.query<{ numberId: string }>({
    name: 'invitee-linked-numbers',
    text: 'select baton_linked_numbers($1) as "numberId"',
    values: [memberId],
  })
  return rows.map(({ numberId }) => numberId)
}

/** The company's number that a line is, whichever company's, with who holds it now. */
export async function findLine(
  tx: Tx,
  e164: string,
): Promise<{ readonly companyId: string; readonly memberId: string | null } | undefined> {
  const [line] = await tx.query<{ companyId: string; memberId: string | null }>({
    name: 'invitation-line',
    text: 'select company_id as "companyId", member_id as "memberId" from baton_holder_of_line($1)',
    values: [e164],
  })
  return line
}

export async function findCompany(tx: Tx): Promise<{ name: string; slug: string; language: 'en' | 'zh' }> {
  const [company] = await tx.query<{ name: string; slug: string; language: 'en' | 'zh' }>({
    name: 'invitation-company',
    text: 'select name, slug, language from companies where company_id = $1',
    values: [tx.companyId],
  })
  if (!company) throw new Error('an invitation without a company')
  return company
}
