import type { Instant } from '../../kernel/fields.ts'
import type { Tx } from '../../platform/db/tx.ts'

export type DeletionCause = 'asked' | 'sealed' | 'restored'

/** An account's end that is on its way, or was. */
export interface AccountDeletion {
  readonly deletionId: string
  readonly cause: DeletionCause
  /** `waiting` until it is due, then `erasing` for as long as it takes. */
  readonly state: 'waiting' | 'erasing'
  readonly askedAt: Instant
  readonly dueAt: Instant
}

const columns = `deletion_id as "deletionId", cause, state, asked_at as "askedAt", due_at as "dueAt"`

/** In the account's realm: the deletion that is on its way; null for none. */
export async function findDeletion(tx: Tx): Promise<AccountDeletion | null> {
  const [row] = await tx.query<AccountDeletion>({
    name: 'account-deletion-open',
    text: `select ${columns} from account_deletions where account_id = $1 and state in ('waiting', 'erasing')`,
    values: [tx.accountId],
  })
  return row ?? null
}

export interface NewDeletion {
  readonly cause: DeletionCause
  readonly dueAt: Instant
  readonly state?: 'erasing'
}

/** In the account's realm, whose row is locked: writes down that it ends; there must be no other end on its way. */
export async function insertDeletion(tx: Tx, { cause, dueAt, state }: NewDeletion): Promise<AccountDeletion> {
  const deletion: AccountDeletion = {
    deletionId: tx.newId(),
    cause,
    state: state ?? 'waiting',
    askedAt: tx.now,
    dueAt,
  }
  await tx.query({
    text: `insert into account_deletions (account_id, deletion_id, cause, state, asked_at, due_at)
      values ($1, $2, $3, $4, $5, $6)`,
    values: [tx.accountId, deletion.deletionId, cause, deletion.state, tx.now, dueAt],
  })
  return deletion
}

/** In the account's realm: an end that was asked for becomes one of a sealed account, at the same time. */
export function sealDeletion(tx: Tx, deletionId: string): void {
  tx.send({
    text: `update account_deletions set cause = 'sealed' where account_id = $1 and deletion_id = $2`,
    values: [tx.accountId, deletionId],
  })
}

/** In the account's realm: puts an end off that something stands in the way of. */
export function putOffDeletion(tx: Tx, deletionId: string, until: Instant): void {
  tx.send({
    text: `update account_deletions set due_at = $3 where account_id = $1 and deletion_id = $2 and state = 'waiting'`,
    values: [tx.accountId, deletionId, until],
  })
}

/** In the account's realm: from the commit on nothing stops it any more. */
export function beginErasing(tx: Tx, deletionId: string): void {
  tx.send({
    text: `update account_deletions set state = 'erasing' where account_id = $1 and deletion_id = $2 and state = 'waiting'`,
    values: [tx.accountId, deletionId],
  })
}

export type EndOfDeletion = 'withdrawn' | 'signed_in' | 'recovered' | 'erased'

/** In the account's realm: ends a deletion: cancelled, or done. */
export function endDeletion(tx: Tx, deletionId: string, how: EndOfDeletion): void {
  tx.send({
    text: `update account_deletions set state = $3, ended_how = $4, ended_at = $5
      where account_id = $1 and deletion_id = $2 and state in ('waiting', 'erasing')`,
    values: [tx.accountId, deletionId, how === 'erased' ? 'erased' : 'cancelled', how, tx.now],
  })
}

/** In the account's realm: what was cancelled and its person was not told of yet. */
export async function findUntold(tx: Tx): Promise<{ deletionId: string; how: EndOfDeletion }[]> {
  return tx.query({
    text: `select deletion_id as "deletionId", ended_how as how from account_deletions
      where account_id = $1 and state = 'cancelled' and told_at is null`,
    values: [tx.accountId],
  })
}

/** In the account's realm: notes that its person was told. */
export function noteTold(tx: Tx, deletionId: string): void {
  tx.send({
    text: 'update account_deletions set told_at = $3 where account_id = $1 and deletion_id = $2',
    values: [tx.accountId, deletionId, tx.now],
  })
}

/** In the account's realm: takes everything personal of an account whose erasure has begun. */
export function eraseAccountRow(tx: Tx): void {
  tx.send({ text: 'select baton_erase_account($1, $2)', values: [tx.accountId, tx.now] })
}

/** In the account's realm: keeps sign-ins and the end of the account apart until the commit. */
export async function lockAccountRow(
  tx: Tx,
  how: 'share' | 'update',
): Promise<'active' | 'sealed' | 'erased' | null> {
  const [row] = await tx.query<{ state: 'active' | 'sealed' | 'erased' }>({
    name: `account-row-${how}`,
    text: `select state from accounts where account_id = $1 for ${how}`,
    values: [tx.accountId],
  })
  return row?.state ?? null
}
