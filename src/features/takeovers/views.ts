import type { Instant } from '../../kernel/fields.ts'
import type { Tx } from '../../platform/db/tx.ts'
import { MemberStatus } from '../people/model.ts'

export interface NumberAtHand {
  readonly numberId: string
  readonly e164: string
  readonly state: 'held' | 'parked' | 'released'
  readonly holderId: string | null
}

/** In the company's realm: a number, kept from moving until the commit. */
export async function holdNumber(tx: Tx, numberId: string): Promise<NumberAtHand | undefined> {
  const [number] = await tx.query<NumberAtHand>({
    text: `select number_id as "numberId", e164, state, holder_id as "holderId" from numbers
      where company_id = $1 and number_id = $2 for share`,
    values: [tx.companyId, numberId],
  })
  return number
}

export interface FormerMember {
  readonly memberId: string
  readonly status: MemberStatus
  /** The ledger shows that they held the number at or after the binding, which came after the company's (ACC-5). */
  readonly heldHere: boolean
}

interface FormerRow {
  readonly memberId: string
  readonly status: string
  readonly heldHere: boolean
}

/** In the company's realm: who an account is here, kept as it is until the commit; null for nobody. */
export async function holdFormer(
  tx: Tx,
  { accountId, numberId, boundAt }: { accountId: string; numberId: string; boundAt: Instant },
): Promise<FormerMember | null> {
  await tx.query({
    text: 'select 1 from members where company_id = $1 and account_id = $2 for share',
    values: [tx.companyId, accountId],
  })
  const [row] = await tx.query<FormerRow>({
    text: `select m.member_id as "memberId", m.status, exists (
        select 1 from assignments a join numbers n on n.company_id = a.company_id and n.number_id = a.number_id
        where n.created_at <= $4 and a.company_id = m.company_id and a.holder_id = m.member_id
          and a.number_id = $3 and (a.held_to is null or a.held_to > $4)) as "heldHere"
      from members m where m.company_id = $1 and m.account_id = $2`,
    values: [tx.companyId, accountId, numberId, boundAt],
  })
  return row ? { ...row, status: MemberStatus.parse(row.status) } : null
}

/** In the company's realm: Owners and Admins who work here, by name. */
export function activeAdmins(tx: Tx): Promise<{ memberId: string; name: string }[]> {
  return tx.query({
    text: `select member_id as "memberId", name from members
      where company_id = $1 and role in ('owner', 'admin') and status = 'active' order by name, member_id limit 20`,
    values: [tx.companyId],
  })
}

export interface CompanyWords {
  readonly name: string
  readonly language: 'en' | 'zh'
}

/** In the company's realm: what it is called, and in which language it writes. */
export async function findCompany(tx: Tx): Promise<CompanyWords> {
  const [company] = await tx.query<CompanyWords>({
    text: 'select name, language from companies where company_id = $1',
    values: [tx.companyId],
  })
  if (!company) throw new Error('a realm without its company')
  return company
}

/** In the company's realm: whether its admins heard lately that this member wishes to have this number. */
export async function wasAskedLately(
  tx: Tx,
  { numberId, memberId, since }: { numberId: string; memberId: string; since: Instant },
): Promise<boolean> {
  const found = await tx.query({
    text: `select 1 from audit_entries where company_id = $1 and subject_kind = 'number' and subject_id = $2
      and action = 'takeover.asked' and at > $4 and effect ->> 'memberId' = $3 limit 1`,
    values: [tx.companyId, numberId, memberId, since],
  })
  return found.length > 0
}

/** In the account's realm: whether the person of a phone objected to its passing to this account since then. */
export async function wasVetoedSince(tx: Tx, formerIdentifierId: string, since: Instant): Promise<boolean> {
  const found = await tx.query({
    text: `select 1 from takeovers
      where account_id = $1 and former_identifier_id = $2 and state = 'vetoed' and ended_at > $3 limit 1`,
    values: [tx.accountId, formerIdentifierId, since],
  })
  return found.length > 0
}

/** In the account's realm: in which language Baton writes to its person. */
export async function readLanguageOf(tx: Tx): Promise<'en' | 'zh'> {
  const [row] = await tx.query<{ language: 'en' | 'zh' }>({
    text: 'select language from accounts where account_id = $1',
    values: [tx.accountId],
  })
  return row?.language ?? 'zh'
}

/** In the account's realm: the hash of its password; null for an account without one, and for none. */
export async function passwordOf(tx: Tx): Promise<string | null> {
  const [row] = await tx.query<{ passwordHash: string | null }>({
    text: 'select password_hash as "passwordHash" from accounts where account_id = $1',
    values: [tx.accountId],
  })
  return row?.passwordHash ?? null
}

/** In the account's realm: whether its person was seen since then, in a session or a browser that it knows. */
export async function wasUsedSince(tx: Tx, since: Instant): Promise<boolean> {
  const found = await tx.query({
    text: `select 1 from known_devices where account_id = $1 and last_seen_at > $2
      union all select 1 from sessions where account_id = $1 and last_used_at > $2 limit 1`,
    values: [tx.accountId, since],
  })
  return found.length > 0
}
