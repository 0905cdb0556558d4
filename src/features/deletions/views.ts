import type { Instant } from '../../kernel/fields.ts'
import type { Tx } from '../../platform/db/tx.ts'
import type { RequestRow } from './store.ts'

const requestColumns = `request_id as "requestId", member_id as "memberId", state, reason, asked_by as "askedBy",
  asked_at as "askedAt", ended_at as "endedAt"`

/** Requests to a member, the newest first, at most `most` of those before one. */
export function listRequests(
  tx: Tx,
  { memberId, before, most }: { memberId: string; before: string | null; most: number },
): Promise<RequestRow[]> {
  return tx.query<RequestRow>({
    text: `select ${requestColumns} from deletion_requests
      where company_id = $1 and member_id = $2 and ($3::uuid is null or request_id < $3)
      order by request_id desc limit $4`,
    values: [tx.companyId, memberId, before, most],
  })
}

/** The newest request that a member declined; undefined for none. */
export async function lastDeclined(tx: Tx, memberId: string): Promise<RequestRow | undefined> {
  const [row] = await tx.query<RequestRow>({
    text: `select ${requestColumns} from deletion_requests
      where company_id = $1 and member_id = $2 and state = 'declined' order by request_id desc limit 1`,
    values: [tx.companyId, memberId],
  })
  return row
}

/** When a member was asked since then by requests that were withdrawn, the earliest first. */
export async function listWithdrawnSince(tx: Tx, memberId: string, since: Instant): Promise<Instant[]> {
  const rows = await tx.query<{ askedAt: Instant }>({
    text: `select asked_at as "askedAt" from deletion_requests
      where company_id = $1 and member_id = $2 and state = 'withdrawn' and asked_at > $3 order by asked_at`,
    values: [tx.companyId, memberId, since],
  })
  return rows.map(({ askedAt }) => askedAt)
}

export interface AskedMember {
  readonly memberId: string
  readonly name: string
  readonly accountId: string | null
}

export async function readMember(tx: Tx, memberId: string): Promise<AskedMember | undefined> {
  const [row] = await tx.query<AskedMember>({
    text: `select member_id as "memberId", name, account_id as "accountId" from members
      where company_id = $1 and member_id = $2`,
    values: [tx.companyId, memberId],
  })
  return row
}

/** Owners and Admins who are told what happens, but one. */
export async function adminsBut(tx: Tx, memberId: string): Promise<string[]> {
  const rows = await tx.query<{ memberId: string }>({
    text: `select member_id as "memberId" from members
      where company_id = $1 and role in ('owner', 'admin') and status = 'active' and member_id <> $2 order by member_id`,
    values: [tx.companyId, memberId],
  })
  return rows.map((row) => row.memberId)
}

/** As the steward: accounts whose end has come, the longest due first. */
export function dueAccounts(tx: Tx, resting: readonly string[]): Promise<{ accountId: string }[]> {
  return tx.query({
    text: `select account_id as "accountId" from account_deletions
      where state in ('waiting', 'erasing') and due_at <= $1 and account_id <> all($2::uuid[]) order by due_at limit 50`,
    values: [tx.now, resting],
  })
}

/** As the steward: the members that an erased account was. */
export function membersOf(tx: Tx, accountId: string): Promise<{ companyId: string; memberId: string }[]> {
  return tx.query({
    text: `select company_id as "companyId", member_id as "memberId" from member_erasures
      where account_id = $1 order by company_id`,
    values: [accountId],
  })
}

/** As the steward: members whose person is to be erased and whom no legal hold keeps. */
export function dueMembers(
  tx: Tx,
  resting: readonly string[],
): Promise<{ companyId: string; memberId: string }[]> {
  return tx.query({
    text: `select e.company_id as "companyId", e.member_id as "memberId" from member_erasures e
      where e.state = 'waiting' and e.member_id <> all($1::uuid[])
        and not exists (select 1 from legal_holds h where h.company_id = e.company_id and h.subject_kind = 'member'
          and h.subject_id = e.member_id and h.lifted_at is null)
      order by e.asked_at limit 50`,
    values: [resting],
  })
}

/** As the steward: accounts whose person is to be told that a deletion was cancelled. */
export function untoldAccounts(tx: Tx): Promise<{ accountId: string }[]> {
  return tx.query({
    text: `select account_id as "accountId" from account_deletions
      where state = 'cancelled' and told_at is null and ended_how in ('withdrawn', 'signed_in') order by ended_at limit 50`,
  })
}

/** The name of this realm's company. */
export async function companyName(tx: Tx): Promise<string> {
  const [row] = await tx.query<{ name: string }>({
    text: 'select name from companies where company_id = $1',
    values: [tx.companyId],
  })
  return row?.name ?? ''
}
