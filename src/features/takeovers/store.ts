import type { Instant } from '../../kernel/fields.ts'
import type { Tx } from '../../platform/db/tx.ts'
import type { TakeoverBasis, TakeoverState } from './states.ts'

/** A phone on its way from another account to this one. */
export interface TakeoverRow {
  readonly takeoverId: string
  readonly state: TakeoverState
  readonly basis: TakeoverBasis
  /** In E.164 while it is on its way; null afterwards. */
  readonly phone: string | null
  /** Own phone that goes with the same step; null for none. */
  readonly replaces: string | null
  readonly ownerCompanyId: string | null
  readonly numberId: string | null
  readonly memberId: string | null
  readonly formerMemberId: string | null
  readonly formerAccountId: string
  readonly formerIdentifierId: string
  readonly startedAt: Instant
  readonly dueAt: Instant
}

const columns = `takeover_id as "takeoverId", state, basis, phone, replaces, owner_company_id as "ownerCompanyId",
  number_id as "numberId", member_id as "memberId", former_member_id as "formerMemberId",
  former_account_id as "formerAccountId", former_identifier_id as "formerIdentifierId", started_at as "startedAt",
  due_at as "dueAt"`

/** In the account's realm: writes down a phone that is on its way. */
export async function insertTakeover(
  tx: Tx,
  takeover: Omit<TakeoverRow, 'startedAt'> & { readonly tokenHash: Buffer | null },
): Promise<void> {
  await tx.query({
    text: `insert into takeovers (account_id, takeover_id, state, basis, phone, replaces, owner_company_id, number_id,
        member_id, former_member_id, former_account_id, former_identifier_id, token_hash, started_at, due_at)
      values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)`,
    values: [
      tx.accountId,
      takeover.takeoverId,
      takeover.state,
      takeover.basis,
      takeover.phone,
      takeover.replaces,
      takeover.ownerCompanyId,
      takeover.numberId,
      takeover.memberId,
      takeover.formerMemberId,
      takeover.formerAccountId,
      takeover.formerIdentifierId,
      takeover.tokenHash,
      tx.now,
      takeover.dueAt,
    ],
  })
}

/** In the account's realm: one that is open, held until the commit; undefined when it has ended or is none of its own. */
export async function lockTakeover(tx: Tx, takeoverId: string): Promise<TakeoverRow | undefined> {
  const [row] = await tx.query<TakeoverRow>({
    text: `select ${columns} from takeovers where account_id = $1 and takeover_id = $2 and ended_at is null for update`,
    values: [tx.accountId, takeoverId],
  })
  return row
}

/** In the account's realm: which phone one is about that is open; null when it has ended. */
export async function findPhone(tx: Tx, takeoverId: string): Promise<string | null> {
  const [row] = await tx.query<{ phone: string | null }>({
    text: 'select phone from takeovers where account_id = $1 and takeover_id = $2 and ended_at is null',
    values: [tx.accountId, takeoverId],
  })
  return row?.phone ?? null
}

/** In the account's realm: what is on its way to it, the newest first. */
export function listOpen(tx: Tx, phone: string | null = null): Promise<TakeoverRow[]> {
  return tx.query<TakeoverRow>({
    text: `select ${columns} from takeovers
      where account_id = $1 and ended_at is null and ($2::text is null or phone = $2)
      order by started_at desc, takeover_id desc limit 100`,
    values: [tx.accountId, phone],
  })
}

interface End {
  readonly state: Exclude<TakeoverState, 'confirm' | 'waiting'>
  /** Of one that is done: by which its former person can still object; null keeps the one there is. */
  readonly tokenHash?: Buffer
}

/** In the account's realm: ends one that the caller has locked. */
export function endTakeover(tx: Tx, takeoverId: string, { state, tokenHash }: End): void {
  tx.send({
    text: `update takeovers set state = $3, ended_at = $4, phone = null, token_hash = coalesce($5, token_hash)
      where account_id = $1 and takeover_id = $2 and ended_at is null`,
    values: [tx.accountId, takeoverId, state, tx.now, tokenHash ?? null],
  })
}

/** In the account's realm: the former person disputes one that a company can look into; undefined when it cannot any more. */
export async function disputeTakeover(
  tx: Tx,
  takeoverId: string,
  doneSince: Instant,
): Promise<TakeoverRow | undefined> {
  const [row] = await tx.query<TakeoverRow>({
    text: `update takeovers set disputed_at = $3
      where account_id = $1 and takeover_id = $2 and state = 'done' and disputed_at is null and ended_at > $4
        and owner_company_id is not null returning ${columns}`,
    values: [tx.accountId, takeoverId, tx.now, doneSince],
  })
  return row
}

/** In the account's realm, at its end: nothing is on its way to it any more. */
export function voidTakeovers(tx: Tx): void {
  tx.send({
    text: `update takeovers set state = 'void', ended_at = $2, phone = null where account_id = $1 and ended_at is null`,
    values: [tx.accountId, tx.now],
  })
}

export interface FoundTakeover {
  readonly accountId: string
  readonly takeoverId: string
  readonly formerAccountId: string
}

/** The one that a link was sent for; undefined for none. */
export async function findByToken(tx: Tx, hash: Buffer): Promise<FoundTakeover | undefined> {
  const [row] = await tx.query<FoundTakeover>({
    text: `select account_id as "accountId", takeover_id as "takeoverId", former_account_id as "formerAccountId"
      from baton_takeover_by_token($1)`,
    values: [hash],
  })
  return row
}

export interface Claim {
  /** Whose wish it is: to step into that realm, never to be shown. */
  readonly accountId: string
  readonly takeoverId: string
  readonly phone: string
  readonly dueAt: Instant
}

/** In the account's realm: its phones that pass to others unless its person objects. */
export function listClaims(tx: Tx): Promise<Claim[]> {
  return tx.query<Claim>({
    text: `select account_id as "accountId", takeover_id as "takeoverId", phone, due_at as "dueAt"
      from baton_claims_on_account()`,
  })
}

/** As the steward: those whose time has come, the longest overdue first. */
export function listDue(tx: Tx, most: number): Promise<{ accountId: string; takeoverId: string }[]> {
  return tx.query({
    text: `select account_id as "accountId", takeover_id as "takeoverId" from takeovers
      where ended_at is null and due_at <= $1 order by due_at, takeover_id limit $2`,
    values: [tx.now, most],
  })
}

/** Which company owns a phone as its number; undefined for none. */
export async function ownerOfLine(
  tx: Tx,
  phone: string,
): Promise<{ companyId: string; numberId: string } | undefined> {
  const [row] = await tx.query<{ companyId: string; numberId: string }>({
    text: 'select company_id as "companyId", number_id as "numberId" from baton_owner_of_line($1)',
    values: [phone],
  })
  return row
}

interface SealedQuery {
  readonly kind: 'email'
  readonly value: string
  readonly digest: Buffer
  /** For how many days it has to have been bound where the account has no password. */
  readonly boundDays: number
}

export interface SealedAccount {
  readonly accountId: string
  readonly hasPassword: boolean
}

/**
 * A sealed account whose person once removed this identifier, which nobody has now. Without a password it has to have
 * come with the account, or to have been bound for as long as somebody could object to it.
 */
export async function findSealed(
  tx: Tx,
  { kind, value, digest, boundDays }: SealedQuery,
): Promise<SealedAccount | undefined> {
  const [row] = await tx.query<SealedAccount>({
    text: `select account_id as "accountId", has_password as "hasPassword"
      from baton_sealed_account_by_identifier($1, $2, $3, $4)`,
    values: [kind, digest, value, boundDays],
  })
  return row
}
