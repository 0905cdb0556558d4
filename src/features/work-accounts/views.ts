import type { Instant } from '../../kernel/fields.ts'
import type { Tx } from '../../platform/db/tx.ts'
import type { KnownMember, ReadScope } from '../people/model.ts'
import type { SystemKind, WorkAccountQuery } from './model.ts'
import type { AccountRow, SystemRow } from './store.ts'

/** A system with what lists say beside it. */
export interface SystemView extends SystemRow {
  readonly account_count: number
}

const selectSystem = `select s.*, (select count(*)::integer from work_accounts w where w.company_id = s.company_id
      and w.system_id = s.system_id and w.state in ('held', 'deletion_requested')) as account_count
  from systems s where s.company_id = $1`

export interface SystemFilter {
  readonly name: string | undefined
  /** Name and id of the last one seen. */
  readonly after: readonly string[] | null
  readonly limit: number
}

/** Systems by name. */
export function listSystems(tx: Tx, { name, after, limit }: SystemFilter): Promise<SystemView[]> {
  const values: unknown[] = [tx.companyId]
  const place = (value: unknown) => `$${values.push(value)}`
  const conditions = [
    ...(name === undefined ? [] : [`lower(s.name) = lower(${place(name)})`]),
    ...(after === null
      ? []
      : [`(lower(s.name), s.system_id) > (lower(${place(after[0])}), ${place(after[1])}::uuid)`]),
  ]
  const where = conditions.map((condition) => ` and ${condition}`).join('')
  return tx.query<SystemView>({
    text: `${selectSystem}${where} order by lower(s.name), s.system_id limit ${place(limit)}`,
    values,
  })
}

export async function findSystem(tx: Tx, systemId: string): Promise<SystemView | undefined> {
  const [system] = await tx.query<SystemView>({
    name: 'system-read',
    text: `${selectSystem} and s.system_id = $2`,
    values: [tx.companyId, systemId],
  })
  return system
}

/** A system that another feature looks up. */
export interface NamedSystem {
  readonly systemId: string
  readonly name: string
  readonly kind: SystemKind
}

/** Systems by name, whatever the case of its letters. */
export function findSystemsNamed(tx: Tx, names: readonly string[]): Promise<NamedSystem[]> {
  return tx.query<NamedSystem>({
    name: 'systems-named',
    text: `select system_id as "systemId", name, kind from systems
      where company_id = $1 and lower(name) = any(select lower(n) from unnest($2::text[]) n)`,
    values: [tx.companyId, names],
  })
}

export async function findWecom(tx: Tx): Promise<NamedSystem | undefined> {
  const [system] = await tx.query<NamedSystem>({
    name: 'system-wecom',
    text: `select system_id as "systemId", name, kind from systems where company_id = $1 and kind = 'wecom'`,
    values: [tx.companyId],
  })
  return system
}

/** How many accounts there are in a system, of any state. */
export async function countAccounts(tx: Tx, systemId: string): Promise<number> {
  const [row] = await tx.query<{ count: number }>({
    name: 'system-accounts',
    text: 'select count(*)::integer as count from work_accounts where company_id = $1 and system_id = $2',
    values: [tx.companyId, systemId],
  })
  return row?.count ?? 0
}

/** An account with what lists say beside it. */
export interface AccountView extends AccountRow {
  readonly system_name: string
  readonly system_kind: SystemKind
  readonly system_link: string | null
  readonly pass_on_instructions: string | null
  readonly close_instructions: string | null
  readonly holder_name: string | null
  readonly e164: string | null
  readonly open_task_id: string | null
}

const selectAccount = `select w.*, s.name as system_name, s.kind as system_kind, s.link as system_link,
    s.pass_on_instructions, s.close_instructions, m.name as holder_name, n.e164,
    (select t.task_id from tasks t where t.company_id = w.company_id and t.subject_id = w.work_account_id
       and t.kind <> 'by_hand' and t.state in ('planned', 'claimed') order by t.task_id limit 1) as open_task_id
  from work_accounts w
  join systems s on s.company_id = w.company_id and s.system_id = w.system_id
  left join members m on m.company_id = w.company_id and m.member_id = w.holder_id
  left join numbers n on n.company_id = w.company_id and n.number_id = w.number_id`

export interface AccountFilter {
  readonly scope: ReadScope
  readonly query: WorkAccountQuery
  readonly beforeId: string | null
}

/** A page of accounts, newest first; asks for one more than `limit`, which shows whether there is a next page. */
export function listAccounts(tx: Tx, { scope, query, beforeId }: AccountFilter): Promise<AccountView[]> {
  const values: unknown[] = [tx.companyId]
  const place = (value: unknown) => `$${values.push(value)}`
  const conditions = ['w.company_id = $1', ...scopeConditions(scope, place)]
  const { holderId, systemId, numberId, state, search } = query
  if (holderId !== undefined)
    conditions.push(holderId === 'none' ? 'w.holder_id is null' : `w.holder_id = ${place(holderId)}`)
  if (systemId !== undefined) conditions.push(`w.system_id = ${place(systemId)}`)
  if (numberId !== undefined) conditions.push(`w.number_id = ${place(numberId)}`)
  if (state !== undefined) conditions.push(`w.state = ${place(state)}`)
  if (search !== undefined) {
    const word = `lower(${place(search)})`
    conditions.push(`(strpos(lower(w.login), ${word}) > 0 or strpos(lower(s.name), ${word}) > 0)`)
  }
  if (beforeId !== null) conditions.push(`w.work_account_id < ${place(beforeId)}`)
  return tx.query<AccountView>({
    text: `${selectAccount} where ${conditions.join(' and ')}
      order by w.work_account_id desc limit ${place(query.limit + 1)}`,
    values,
  })
}

function scopeConditions(scope: ReadScope, place: (value: unknown) => string): string[] {
  return holderConditions(scope, { holder: 'w.holder_id', place })
}

/** What narrows rows with a holder to the reader's scope. */
function holderConditions(
  scope: ReadScope,
  { holder, place }: { holder: string; place: (value: unknown) => string },
): string[] {
  if (scope.kind === 'company') return []
  const own = `${holder} = ${place(scope.memberId)}::uuid`
  if (scope.kind === 'self') return [own]
  return [
    `(${own} or ${holder} in (select md.member_id from member_departments md
      where md.company_id = $1 and md.department_id = any(${place(scope.departmentIds)}::uuid[])))`,
  ]
}

/** Accounts by id in the reader's scope; those that are not there are missing. */
export function findAccounts(
  tx: Tx,
  workAccountIds: readonly string[],
  scope: ReadScope = { kind: 'company' },
): Promise<AccountView[]> {
  const values: unknown[] = [tx.companyId, workAccountIds]
  const place = (value: unknown) => `$${values.push(value)}`
  const conditions = [
    'w.company_id = $1',
    'w.work_account_id = any($2::uuid[])',
    ...scopeConditions(scope, place),
  ]
  return tx.query<AccountView>({
    text: `${selectAccount} where ${conditions.join(' and ')} order by w.work_account_id`,
    values,
  })
}

/** An account that another feature looks up. */
export interface NamedAccount {
  readonly workAccountId: string
  readonly systemId: string
  readonly login: string
  readonly holderId: string | null
  readonly version: number
}

/** Accounts in use by system and name, whatever the case of its letters. */
export function findAccountsNamed(
  tx: Tx,
  names: readonly { readonly systemId: string; readonly login: string }[],
): Promise<NamedAccount[]> {
  return tx.query<NamedAccount>({
    name: 'work-accounts-named',
    text: `select w.work_account_id as "workAccountId", w.system_id as "systemId", w.login, w.holder_id as "holderId", w.version
      from unnest($2::uuid[], $3::text[]) as named (system_id, login)
      join work_accounts w on w.company_id = $1 and w.system_id = named.system_id and lower(w.login) = lower(named.login)
      where w.company_id = $1 and w.state in ('held', 'deletion_requested')`,
    values: [tx.companyId, names.map((name) => name.systemId), names.map((name) => name.login)],
  })
}

/** Accounts that a member holds. */
export function findHeld(tx: Tx, memberId: string): Promise<AccountView[]> {
  return tx.query<AccountView>({
    name: 'work-accounts-held',
    text: `${selectAccount} where w.company_id = $1 and w.holder_id = $2 order by w.work_account_id`,
    values: [tx.companyId, memberId],
  })
}

/** Accounts that hang on these numbers. */
export function findDependents(tx: Tx, numberIds: readonly string[]): Promise<AccountView[]> {
  return tx.query<AccountView>({
    name: 'work-accounts-of-numbers',
    text: `${selectAccount} where w.company_id = $1 and w.number_id = any($2::uuid[]) order by w.work_account_id`,
    values: [tx.companyId, numberIds],
  })
}

/** The WeCom account in use that a member holds; undefined for none. */
export async function findWecomAccountOf(tx: Tx, memberId: string): Promise<AccountView | undefined> {
  const [account] = await tx.query<AccountView>({
    name: 'work-account-wecom-of',
    text: `${selectAccount} where w.company_id = $1 and w.holder_id = $2 and s.kind = 'wecom' and w.state = 'held'
      order by w.number_id is not null, w.work_account_id limit 1`,
    values: [tx.companyId, memberId],
  })
  return account
}

export interface HolderView {
  readonly holder_id: string | null
  readonly holder_name: string | null
  readonly held_from: Instant
  readonly held_to: Instant | null
}

const holdersAtMost = 1_000

/** Who held an account, newest first. */
export function findHolders(tx: Tx, workAccountId: string): Promise<HolderView[]> {
  return tx.query<HolderView>({
    name: 'work-account-holders',
    text: `select h.holder_id, m.name as holder_name, h.held_from, h.held_to from work_account_holders h
      left join members m on m.company_id = h.company_id and m.member_id = h.holder_id
      where h.company_id = $1 and h.work_account_id = $2 order by h.held_from desc limit ${holdersAtMost}`,
    values: [tx.companyId, workAccountId],
  })
}

/** Members by id, as far as there are such. */
export function membersOf(tx: Tx, memberIds: readonly string[]): Promise<KnownMember[]> {
  return tx.query<KnownMember>({
    name: 'work-accounts-members',
    text: `select member_id as "memberId", name, status, role from members
      where company_id = $1 and member_id = any($2::uuid[])`,
    values: [tx.companyId, memberIds],
  })
}

/** A number that the company still owns, in the reader's scope. */
export async function findNumber(
  tx: Tx,
  numberId: string,
  scope: ReadScope = { kind: 'company' },
): Promise<{ number_id: string; e164: string } | undefined> {
  const values: unknown[] = [tx.companyId, numberId]
  const place = (value: unknown) => `$${values.push(value)}`
  const conditions = [
    'n.company_id = $1',
    'n.number_id = $2',
    "n.state <> 'released'",
    ...holderConditions(scope, { holder: 'n.holder_id', place }),
  ]
  const [number] = await tx.query<{ number_id: string; e164: string }>({
    text: `select n.number_id, n.e164 from numbers n where ${conditions.join(' and ')}`,
    values,
  })
  return number
}
