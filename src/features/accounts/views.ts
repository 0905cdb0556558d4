import type { Instant } from '../../kernel/fields.ts'
import { type Role, roles } from '../../kernel/permission.ts'
import type { Tx } from '../../platform/db/tx.ts'
import { MemberStatus } from '../people/model.ts'
import type { Membership } from './model.ts'

interface MembershipRow {
  readonly company_id: string
  readonly slug: string
  readonly company_name: string
  readonly is_sample: boolean
  readonly member_id: string
  readonly role: string
  readonly status: string
}

export interface OwnMembership extends Membership {
  readonly memberId: string
  readonly status: MemberStatus
}

/** The companies that an account is a member of, whatever the member's status. */
export async function readMemberships(tx: Tx, accountId: string): Promise<OwnMembership[]> {
  const rows = await tx.query<MembershipRow>({
    text: 'select company_id, slug, company_name, is_sample, member_id, role, status from baton_memberships($1)',
    values: [accountId],
  })
  return rows.map((row) => ({
    companyId: row.company_id,
    slug: row.slug,
    name: row.company_name,
    role: roleOf(row.role),
    isSample: row.is_sample,
    memberId: row.member_id,
    status: MemberStatus.parse(row.status),
  }))
}

/** A role as the table spells it. */
export function roleOf(word: string): Role {
  const role = roles.find((known) => known === word)
  if (!role) throw new Error(`the table holds an unknown role: ${word}`)
  return role
}

export interface MemberToJoin {
  readonly memberId: string
  readonly name: string
  readonly email: string | null
  readonly role: Role
  readonly status: MemberStatus
  readonly accountId: string | null
}

/** What a sign-in link and a token need to know of a member; null for none. */
export async function readMember(tx: Tx, memberId: string): Promise<MemberToJoin | null> {
  const row = await tx.db
    .selectFrom('members')
    .select(['member_id', 'name', 'email', 'role', 'status', 'account_id'])
    .where('company_id', '=', tx.companyId)
    .where('member_id', '=', memberId)
    .executeTakeFirst()
  if (!row) return null
  return {
    memberId: row.member_id,
    name: row.name,
    email: row.email?.toLowerCase() ?? null,
    role: roleOf(row.role),
    status: MemberStatus.parse(row.status),
    accountId: row.account_id,
  }
}

/** Tells whether an account is some member of this realm's company. */
export async function isMember(tx: Tx, accountId: string): Promise<boolean> {
  const row = await tx.db
    .selectFrom('members')
    .select('member_id')
    .where('company_id', '=', tx.companyId)
    .where('account_id', '=', accountId)
    .executeTakeFirst()
  return row !== undefined
}

/** The Owner of this realm's company that an account is; null where it is none. */
export async function findOwner(tx: Tx, accountId: string): Promise<string | null> {
  const row = await tx.db
    .selectFrom('members')
    .select('member_id')
    .where('company_id', '=', tx.companyId)
    .where('account_id', '=', accountId)
    .where('role', '=', 'owner')
    .executeTakeFirst()
  return row?.member_id ?? null
}

export async function readCompanyName(
  tx: Tx,
): Promise<{ slug: string; name: string; isSample: boolean } | null> {
  const row = await tx.db
    .selectFrom('companies')
    .select(['slug', 'name', 'is_sample as isSample'])
    .where('company_id', '=', tx.companyId)
    .executeTakeFirst()
  return row ?? null
}

export async function readAccount(
  tx: Tx,
  accountId: string,
): Promise<{ displayName: string; emails: string[] }> {
  const [row] = await tx.query<{ display_name: string; emails: string[] }>({
    text: 'select display_name, emails from baton_account($1)',
    values: [accountId],
  })
  if (!row) throw new Error('a session without an account')
  return { displayName: row.display_name, emails: row.emails }
}

const countedNotices = 1000

export async function countUnreadNotices(tx: Tx, memberId: string): Promise<number> {
  const [row] = await tx.query<{ count: number }>({
    text: `select count(*) as count from (
        select 1 from notices where company_id = $1 and member_id = $2 and read_at is null limit ${countedNotices}) unread`,
    values: [tx.companyId, memberId],
  })
  return row?.count ?? 0
}

export interface ListedCompany {
  readonly companyId: string
  readonly slug: string
  readonly name: string
  readonly isSample: boolean
}

/** The operator's list of companies by name, at most `most` of those after a company. */
export async function listCompanies(tx: Tx, after: string | null, most: number): Promise<ListedCompany[]> {
  return tx.query<ListedCompany>({
    text: `select company_id as "companyId", slug, company_name as name, is_sample as "isSample" from baton_companies($1, $2)`,
    values: [after, most],
  })
}

/** API tokens of this realm's company, the newest first, without their secrets. */
export function listTokens(tx: Tx, before: string | null, most: number) {
  let list = tx.db.selectFrom('api_tokens').selectAll().where('company_id', '=', tx.companyId)
  if (before !== null) list = list.where('token_id', '<', before)
  return list.orderBy('token_id', 'desc').limit(most).execute()
}

/** When a token of this realm's company ends; null for one that works until it is revoked. */
export async function readTokenEnd(tx: Tx, tokenId: string): Promise<Instant | null> {
  const row = await tx.db
    .selectFrom('api_tokens')
    .select('expires_at')
    .where('company_id', '=', tx.companyId)
    .where('token_id', '=', tokenId)
    .executeTakeFirstOrThrow()
  return row.expires_at
}

/** Whose sessions are listed: those that still let in, at most `most` of them before one. */
export interface SessionQuery {
  readonly idleSince: Instant
  readonly before: string | null
  readonly most: number
}

export interface ListedSession {
  readonly sessionId: string
  readonly device: string | null
  readonly createdAt: Instant
  readonly lastUsedAt: Instant
}

/** In the account's realm: where it is signed in, the newest sign-in first. */
export function listSessionsOf(
  tx: Tx,
  { idleSince, before, most }: SessionQuery,
): Promise<(ListedSession & { readonly network: string | null })[]> {
  return tx.query({
    text: `select session_id as "sessionId", device, network, created_at as "createdAt", last_used_at as "lastUsedAt"
      from sessions
      where account_id = $1 and ended_at is null and expires_at > $2 and last_used_at > $3
        and ($4::uuid is null or session_id < $4)
      order by session_id desc limit $5`,
    values: [tx.accountId, tx.now, idleSince, before, most],
  })
}

/** With which devices a member of this realm's company is signed in, the newest sign-in first. */
export function listMemberSessions(
  tx: Tx,
  memberId: string,
  { idleSince, before, most }: SessionQuery,
): Promise<ListedSession[]> {
  return tx.query({
    text: `select session_id as "sessionId", device, created_at as "createdAt", last_used_at as "lastUsedAt"
      from baton_member_sessions($1, $2, $3, $4, $5)`,
    values: [memberId, tx.now, idleSince, before, most],
  })
}

/** A token that works until it is revoked or ends. */
export interface WorkingToken {
  readonly tokenId: string
  readonly memberId: string
  readonly name: string
  readonly createdAt: Instant
  readonly lastUsedAt: Instant | null
  readonly revokedAt: Instant | null
}

const tokenColumns = `token_id as "tokenId", member_id as "memberId", name, created_at as "createdAt",
  last_used_at as "lastUsedAt", revoked_at as "revokedAt"`

/** The API tokens of a member that still work, by name. */
export function tokensOf(tx: Tx, memberId: string): Promise<WorkingToken[]> {
  return tx.query<WorkingToken>({
    name: 'tokens-of-member',
    text: `select ${tokenColumns} from api_tokens
      where company_id = $1 and member_id = $2 and revoked_at is null and (expires_at is null or expires_at > $3)
      order by name, token_id`,
    values: [tx.companyId, memberId, tx.now],
  })
}

/** These API tokens, whether they still work or not. */
export function tokensById(tx: Tx, tokenIds: readonly string[]): Promise<WorkingToken[]> {
  return tx.query<WorkingToken>({
    name: 'tokens-by-id',
    text: `select ${tokenColumns} from api_tokens where company_id = $1 and token_id = any($2)`,
    values: [tx.companyId, tokenIds],
  })
}

/** In the account's realm: the language that Baton writes to its person in; Chinese where there is nobody. */
export async function readLanguage(tx: Tx): Promise<'en' | 'zh'> {
  const row = await tx.db
    .selectFrom('accounts')
    .select('language')
    .where('account_id', '=', tx.accountId)
    .executeTakeFirst()
  return row?.language === 'en' ? 'en' : 'zh'
}
