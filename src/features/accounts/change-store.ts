import type { Instant } from '../../kernel/fields.ts'
import type { Tx } from '../../platform/db/tx.ts'
import type { AccountChangeKind, IdentifierKind } from './model.ts'

/** How an identifier was bound and used, so that it can be brought back like that. */
export interface IdentifierPicture {
  readonly canLogin: boolean
  readonly canVerify: boolean
  readonly boundAt: Instant
  readonly provenHow: string
}

export interface NewChange {
  readonly changeId: string
  readonly kind: AccountChangeKind
  /** The identifier or factor that changed; null for the password. */
  readonly subjectId: string | null
  readonly identifier: { readonly kind: IdentifierKind; readonly value: string } | null
  /** How it was; null where it was not there. */
  readonly before: IdentifierPicture | null
  /** How it is; null where it is there no more. */
  readonly after: IdentifierPicture | null
  readonly objectableUntil: Instant
  readonly linkHash: Buffer
}

/** A change of how a person gets in. */
export interface AccountChange {
  readonly changeId: string
  readonly kind: AccountChangeKind
  readonly subjectId: string | null
  readonly identifier: { readonly kind: IdentifierKind; readonly value: string } | null
  readonly before: IdentifierPicture | null
  readonly after: IdentifierPicture | null
  readonly changedAt: Instant
  readonly objectableUntil: Instant
  /** The change that was objected to, with which this one waits; null while nobody objected. */
  readonly objectionId: string | null
  readonly objectedAt: Instant | null
  readonly parkedPassword: string | null
  readonly settledAt: Instant | null
  readonly outcome: 'kept' | 'undone' | null
}

export async function insertChange(tx: Tx, change: NewChange): Promise<void> {
  await tx.db
    .insertInto('account_changes')
    .values({
      account_id: accountOf(tx),
      change_id: change.changeId,
      kind: change.kind,
      subject_id: change.subjectId,
      identifier_kind: change.identifier?.kind ?? null,
      value: change.identifier?.value ?? null,
      before: JSON.stringify(change.before ?? {}),
      after: JSON.stringify(change.after ?? {}),
      changed_at: tx.now,
      objectable_until: change.objectableUntil,
      link_hash: change.linkHash,
    })
    .execute()
}

/** Which change a link objects to, of which account, while the link works; null otherwise. */
export async function findByLink(
  tx: Tx,
  linkHash: Buffer,
): Promise<{ accountId: string; changeId: string } | null> {
  const [row] = await tx.query<{ accountId: string; changeId: string }>({
    text: 'select account_id as "accountId", change_id as "changeId" from baton_change_of_link($1, $2)',
    values: [linkHash, tx.now],
  })
  return row ?? null
}

/** In the account's realm: changes that are not settled, the oldest first. */
export async function listUnsettled(tx: Tx): Promise<AccountChange[]> {
  const rows = await changesOf(tx)
    .where('settled_at', 'is', null)
    .where((when) => when.or([when('objectable_until', '>', tx.now), when('objected_at', 'is not', null)]))
    .orderBy('changed_at')
    .orderBy('change_id')
    .execute()
  return rows.map(changeOf)
}

/** In the account's realm: the changes, the newest first, at most `most` of those before one. */
export async function listChanges(tx: Tx, before: string | null, most: number): Promise<AccountChange[]> {
  let list = changesOf(tx)
  if (before !== null) list = list.where('change_id', '<', before)
  return (await list.orderBy('change_id', 'desc').limit(most).execute()).map(changeOf)
}

/** In the account's realm: one of its changes; null for none like it. */
export async function findChange(tx: Tx, changeId: string): Promise<AccountChange | null> {
  const row = await changesOf(tx).where('change_id', '=', changeId).executeTakeFirst()
  return row ? changeOf(row) : null
}

/** In the account's realm: whether an objection waits to be settled, so that nothing about getting in may change. */
export async function isFrozen(tx: Tx): Promise<boolean> {
  const found = await tx.query({
    text: 'select 1 from account_changes where account_id = $1 and objected_at is not null and settled_at is null limit 1',
    values: [accountOf(tx)],
  })
  return found.length > 0
}

/** In the account's realm: lets these changes wait for the decision on one of them; its link and theirs end. */
export function objectTo(tx: Tx, objectionId: string, changeIds: readonly string[]): void {
  tx.send({
    text: `update account_changes set objection_id = $2, objected_at = coalesce(objected_at, $4), link_hash = null
      where account_id = $1 and change_id = any($3)`,
    values: [accountOf(tx), objectionId, changeIds, tx.now],
  })
}

/** In the account's realm: nobody signs in with the password until the objection is settled. */
export async function parkPassword(tx: Tx, changeId: string): Promise<void> {
  await tx.query({
    text: `with parked as (
        update account_changes c set parked_password = a.password_hash from accounts a
        where c.account_id = $1 and c.change_id = $2 and a.account_id = c.account_id and a.password_hash is not null)
      update accounts set password_hash = null where account_id = $1`,
    values: [accountOf(tx), changeId],
  })
}

/** In the account's realm: the parked password opens the account again, unless another was set meanwhile. */
export async function restorePassword(tx: Tx, passwordHash: string): Promise<void> {
  await tx.query({
    text: 'update accounts set password_hash = $2 where account_id = $1 and password_hash is null',
    values: [accountOf(tx), passwordHash],
  })
}

/** In the account's realm: ends these changes; nobody can object to them any more. */
export function settleChanges(tx: Tx, changeIds: readonly string[], outcome: 'kept' | 'undone'): void {
  tx.send({
    text: `update account_changes set settled_at = $3, outcome = $4, link_hash = null, parked_password = null
      where account_id = $1 and change_id = any($2) and settled_at is null`,
    values: [accountOf(tx), changeIds, tx.now, outcome],
  })
}

function changesOf(tx: Tx) {
  return tx.db.selectFrom('account_changes').selectAll().where('account_id', '=', tx.accountId)
}

type Row = Awaited<ReturnType<ReturnType<typeof changesOf>['execute']>>[number]

function changeOf(row: Row): AccountChange {
  return {
    changeId: row.change_id,
    kind: row.kind as AccountChangeKind,
    subjectId: row.subject_id,
    identifier:
      row.identifier_kind === null || row.value === null
        ? null
        : { kind: row.identifier_kind as IdentifierKind, value: row.value },
    before: pictureOf(row.before),
    after: pictureOf(row.after),
    changedAt: row.changed_at,
    objectableUntil: row.objectable_until,
    objectionId: row.objection_id,
    objectedAt: row.objected_at,
    parkedPassword: row.parked_password,
    settledAt: row.settled_at,
    outcome: row.outcome as AccountChange['outcome'],
  }
}

function pictureOf(stored: unknown): IdentifierPicture | null {
  const picture = stored as Partial<IdentifierPicture>
  return picture.boundAt === undefined ? null : (picture as IdentifierPicture)
}

function accountOf(tx: Tx): string {
  if (tx.accountId === null) throw new Error('this needs the realm of an account')
  return tx.accountId
}
