import type { Updateable } from 'kysely'
import type { Instant } from '../../kernel/fields.ts'
import type { Tables } from '../../platform/db/tables.ts'
import type { Tx } from '../../platform/db/tx.ts'
import type { NumberUse, SystemKind, WorkAccountState } from './model.ts'

/** A system as the table has it. */
export interface SystemRow {
  readonly system_id: string
  readonly name: string
  readonly kind: SystemKind
  readonly link: string | null
  readonly pass_on_instructions: string | null
  readonly close_instructions: string | null
  readonly note: string | null
  readonly created_at: Instant
  readonly version: number
}

const lockSpace = 4_400_016

/** Names of systems and accounts are given out one after the other. */
export async function lockNames(tx: Tx): Promise<void> {
  await tx.query({
    name: 'systems-lock-names',
    text: `select pg_advisory_xact_lock(${lockSpace}, hashtext($1))`,
    values: [tx.companyId],
  })
}

export async function insertSystem(
  tx: Tx,
  system: Omit<SystemRow, 'system_id' | 'created_at' | 'version'>,
): Promise<string> {
  const systemId = tx.newId()
  await tx.db
    .insertInto('systems')
    .values({ ...system, company_id: tx.companyId, system_id: systemId, created_at: tx.now })
    .execute()
  return systemId
}

/** Locks a system against changes; undefined when there is none. */
export async function lockSystem(tx: Tx, systemId: string): Promise<SystemRow | undefined> {
  const [system] = await tx.query<SystemRow>({
    name: 'systems-lock',
    text: 'select * from systems where company_id = $1 and system_id = $2 for update',
    values: [tx.companyId, systemId],
  })
  return system
}

export async function updateSystem(
  tx: Tx,
  { system_id, version }: Pick<SystemRow, 'system_id' | 'version'>,
  change: Updateable<Tables['systems']>,
): Promise<void> {
  await tx.db
    .updateTable('systems')
    .set({ ...change, version: version + 1 })
    .where('company_id', '=', tx.companyId)
    .where('system_id', '=', system_id)
    .execute()
}

export async function deleteSystem(tx: Tx, systemId: string): Promise<void> {
  await tx.query({
    name: 'systems-delete',
    text: 'delete from systems where company_id = $1 and system_id = $2',
    values: [tx.companyId, systemId],
  })
}

/** An account as the table has it. */
export interface AccountRow {
  readonly work_account_id: string
  readonly system_id: string
  readonly login: string
  readonly holder_id: string | null
  readonly state: WorkAccountState
  readonly deletion_until: Instant | null
  readonly number_id: string | null
  readonly number_use: NumberUse | null
  readonly held_since: Instant
  readonly note: string | null
  readonly created_at: Instant
  readonly version: number
}

/** Writes a new account with the first stretch of its custody. */
export async function insertAccount(
  tx: Tx,
  account: Omit<AccountRow, 'work_account_id' | 'created_at' | 'version' | 'state' | 'deletion_until'>,
): Promise<string> {
  const workAccountId = tx.newId()
  await tx.db
    .insertInto('work_accounts')
    .values({
      ...account,
      company_id: tx.companyId,
      work_account_id: workAccountId,
      state: 'held',
      created_at: tx.now,
    })
    .execute()
  openStretch(tx, { workAccountId, from: account.held_since, holderId: account.holder_id })
  return workAccountId
}

/** Locks accounts against changes, in id order; those that do not exist are missing from the answer. */
export function lockAccounts(tx: Tx, workAccountIds: readonly string[]): Promise<AccountRow[]> {
  return tx.query<AccountRow>({
    name: 'work-accounts-lock',
    text: `select * from work_accounts where company_id = $1 and work_account_id = any($2::uuid[])
      order by work_account_id for update`,
    values: [tx.companyId, workAccountIds],
  })
}

/** Writes what became of an account; the caller holds the lock. */
export async function updateAccount(
  tx: Tx,
  { work_account_id, version }: Pick<AccountRow, 'work_account_id' | 'version'>,
  change: Updateable<Tables['work_accounts']>,
): Promise<void> {
  await tx.db
    .updateTable('work_accounts')
    .set({ ...change, version: version + 1 })
    .where('company_id', '=', tx.companyId)
    .where('work_account_id', '=', work_account_id)
    .execute()
}

export interface Stretch {
  readonly workAccountId: string
  readonly from: Instant
  readonly holderId: string | null
}

/** Begins a stretch of custody. */
export function openStretch(tx: Tx, { workAccountId, from, holderId }: Stretch): void {
  tx.send({
    name: 'work-account-stretch-open',
    text: 'insert into work_account_holders (company_id, work_account_id, held_from, holder_id) values ($1, $2, $3, $4)',
    values: [tx.companyId, workAccountId, from, holderId],
  })
}

/** Ends the stretch of custody that is open. */
export function endStretch(tx: Tx, workAccountId: string, to: Instant): void {
  tx.send({
    name: 'work-account-stretch-end',
    text: `update work_account_holders set held_to = $3
      where company_id = $1 and work_account_id = $2 and held_to is null`,
    values: [tx.companyId, workAccountId, to],
  })
}

export async function deleteAccount(tx: Tx, workAccountId: string): Promise<void> {
  await tx.query({
    name: 'work-account-holders-delete',
    text: 'delete from work_account_holders where company_id = $1 and work_account_id = $2',
    values: [tx.companyId, workAccountId],
  })
  await tx.query({
    name: 'work-account-delete',
    text: 'delete from work_accounts where company_id = $1 and work_account_id = $2',
    values: [tx.companyId, workAccountId],
  })
}
