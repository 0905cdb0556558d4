import type { Instant } from '../../kernel/fields.ts'
import type { Tx } from '../../platform/db/tx.ts'

/** A sealed account without a password that comes back to an address of its unless another one objects. */
export interface WaitingRecovery {
  readonly recoveryId: string
  readonly email: string
  readonly dueAt: Instant
  /** When somebody objected: the address brings the account back no more. */
  readonly vetoedAt: Instant | null
}

const columns = `recovery_id as "recoveryId", email, due_at as "dueAt", vetoed_at as "vetoedAt"`

/** In the account's realm, whose row is locked: what was asked for with this address; undefined for nothing. */
export async function findRecovery(tx: Tx, email: string): Promise<WaitingRecovery | undefined> {
  const [row] = await tx.query<WaitingRecovery>({
    text: `select ${columns} from account_recoveries where account_id = $1 and email = $2`,
    values: [tx.accountId, email],
  })
  return row
}

/** In the account's realm, whose row is locked: one that nobody objected to and whose time has come. */
export async function findDueRecovery(tx: Tx, recoveryId: string): Promise<WaitingRecovery | undefined> {
  const [row] = await tx.query<WaitingRecovery>({
    text: `select ${columns} from account_recoveries
      where account_id = $1 and recovery_id = $2 and vetoed_at is null and due_at <= $3`,
    values: [tx.accountId, recoveryId, tx.now],
  })
  return row
}

/** In the account's realm. */
export function insertRecovery(
  tx: Tx,
  recovery: Omit<WaitingRecovery, 'vetoedAt'> & { readonly tokenHash: Buffer },
): void {
  tx.send({
    text: `insert into account_recoveries (account_id, recovery_id, email, token_hash, asked_at, due_at)
      values ($1, $2, $3, $4, $5, $6)`,
    values: [tx.accountId, recovery.recoveryId, recovery.email, recovery.tokenHash, tx.now, recovery.dueAt],
  })
}

/** In the account's realm: somebody objects; undefined where nothing waits (any more). */
export async function vetoRecovery(tx: Tx, recoveryId: string): Promise<WaitingRecovery | undefined> {
  const [row] = await tx.query<WaitingRecovery>({
    text: `update account_recoveries set vetoed_at = $3
      where account_id = $1 and recovery_id = $2 and vetoed_at is null returning ${columns}`,
    values: [tx.accountId, recoveryId, tx.now],
  })
  return row
}

/** In the account's realm: it is back, or gone: nothing of what was asked for stays. */
export function forgetRecoveries(tx: Tx): void {
  tx.send({ text: 'delete from account_recoveries where account_id = $1', values: [tx.accountId] })
}

/** In the account's realm: the address is somebody's by now. */
export function forgetRecovery(tx: Tx, recoveryId: string): void {
  tx.send({
    text: 'delete from account_recoveries where account_id = $1 and recovery_id = $2',
    values: [tx.accountId, recoveryId],
  })
}

export interface FoundRecovery {
  readonly accountId: string
  readonly recoveryId: string
}

/** The one that a link was sent for; undefined for none. */
export async function findRecoveryByToken(tx: Tx, hash: Buffer): Promise<FoundRecovery | undefined> {
  const [row] = await tx.query<FoundRecovery>({
    text: 'select account_id as "accountId", recovery_id as "recoveryId" from baton_recovery_by_token($1)',
    values: [hash],
  })
  return row
}

/** As the steward: those whose time has come, the longest overdue first. */
export function listDueRecoveries(tx: Tx, most: number): Promise<FoundRecovery[]> {
  return tx.query<FoundRecovery>({
    text: `select account_id as "accountId", recovery_id as "recoveryId" from account_recoveries
      where vetoed_at is null and due_at <= $1 order by due_at, recovery_id limit $2`,
    values: [tx.now, most],
  })
}

/** In the account's realm: e-mail addresses that its person removed, but those that an objection was about. */
export async function formerEmails(tx: Tx): Promise<string[]> {
  const rows = await tx.query<{ value: string }>({
    text: `select distinct h.value from identifier_history h
      where h.account_id = $1 and h.kind = 'email' and h.value is not null and h.ended_how in ('removed', 'changed')
        and not exists (select 1 from account_changes c where c.account_id = h.account_id
          and c.identifier_kind = h.kind and c.value = h.value and c.objected_at is not null)`,
    values: [tx.accountId],
  })
  return rows.map(({ value }) => value)
}
