import type { Instant } from '../../kernel/fields.ts'
import type { Tx } from '../../platform/db/tx.ts'
import type { Identifier, IdentifierKind } from './model.ts'

/** Whom an identifier is bound to, and how it may be used. Asked for whoever proves to have it, never for others. */
export interface BoundAccount {
  readonly accountId: string
  readonly identifierId: string
  readonly state: 'active' | 'sealed' | 'erased'
  readonly canLogin: boolean
  readonly canVerify: boolean
  readonly boundAt: Instant
  readonly lastUsedAt: Instant | null
  /** Since when an objection keeps it from being used; null for a free one. */
  readonly frozenAt: Instant | null
}

/** The account that an identifier is bound to; null for none. The value is in its stored form (`identifierValue`). */
export async function findByIdentifier(
  tx: Tx,
  kind: IdentifierKind,
  value: string,
): Promise<BoundAccount | null> {
  const [row] = await tx.query<BoundAccount>({
    name: 'account-by-identifier',
    text: `select account_id as "accountId", identifier_id as "identifierId", state,
      can_login as "canLogin", can_verify as "canVerify", bound_at as "boundAt", last_used_at as "lastUsedAt",
      frozen_at as "frozenAt" from baton_account_by_identifier($1, $2)`,
    values: [kind, value],
  })
  return row ?? null
}

/** In the account's realm: what is bound to it, the oldest first. */
export async function listIdentifiers(tx: Tx): Promise<Identifier[]> {
  return (await identifiersOf(tx).orderBy('bound_at').orderBy('identifier_id').execute()).map(identifierOf)
}

/** In the account's realm: the same, held until the commit, so that of two changes at once one sees the other. */
export async function lockIdentifiers(tx: Tx): Promise<Identifier[]> {
  await tx.query({ text: 'select 1 from accounts where account_id = $1 for update', values: [tx.accountId] })
  return listIdentifiers(tx)
}

/** In the account's realm: every value that is or was bound to it, as long as values are kept. */
export function listPastValues(tx: Tx): Promise<{ kind: IdentifierKind; value: string }[]> {
  return tx.query({
    text: `select kind, value from identifiers where account_id = $1
      union select kind, value from identifier_history where account_id = $1 and value is not null`,
    values: [tx.accountId],
  })
}

function identifiersOf(tx: Tx) {
  return tx.db.selectFrom('identifiers').selectAll().where('account_id', '=', tx.accountId)
}

function identifierOf(
  row: Awaited<ReturnType<ReturnType<typeof identifiersOf>['execute']>>[number],
): Identifier {
  return {
    identifierId: row.identifier_id,
    kind: row.kind as IdentifierKind,
    value: row.value,
    canLogin: row.can_login,
    canVerify: row.can_verify,
    boundAt: row.bound_at,
    provenHow: row.proven_how,
    lastUsedAt: row.last_used_at,
    frozenAt: row.frozen_at,
  }
}

/** How an identifier came to an account that only named it: a name to sign in with, which proves nothing. */
export const unproven = 'unproven'

export interface NewIdentifier {
  readonly kind: IdentifierKind
  readonly value: string
  readonly canLogin: boolean
  readonly canVerify: boolean
  /** In words for the history, e.g. `code`. */
  readonly provenHow: string
  /** Since when, where an objection brings it back; now, if left out. */
  readonly boundAt?: Instant
}

/** In the account's realm: binds an identifier. Null when it is bound already, to this account or another. */
export async function bindIdentifier(tx: Tx, identifier: NewIdentifier): Promise<string | null> {
  const identifierId = tx.newId()
  const bound = await tx.db
    .insertInto('identifiers')
    .values({
      identifier_id: identifierId,
      account_id: requireAccount(tx),
      kind: identifier.kind,
      value: identifier.value,
      can_login: identifier.canLogin,
      can_verify: identifier.canVerify,
      bound_at: identifier.boundAt ?? tx.now,
      proven_how: identifier.provenHow,
    })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst()
  return bound.numInsertedOrUpdatedRows === 1n ? identifierId : null
}

/** `objected`: what an objection decided, so that it proves nothing of its person afterwards (ACC-9). */
export type EndOfBinding = 'removed' | 'changed' | 'objected' | 'taken_over' | 'recycled' | 'account_erased'

/**
 * In the account's realm: unbinds an identifier and keeps it in the history. Sessions that were opened through it end.
 * @param digest what finds the value again after its erasure (`vault.digest('identifier', value)`)
 * @returns false when the account has none like it
 */
export async function unbindIdentifier(
  tx: Tx,
  identifierId: string,
  { how, digest }: { readonly how: EndOfBinding; readonly digest: Buffer },
): Promise<boolean> {
  const moved = await tx.query({
    text: `with gone as (
        delete from identifiers where account_id = $1 and identifier_id = $2 returning *)
      insert into identifier_history (account_id, identifier_id, kind, value, value_digest, bound_at, proven_how, unbound_at, ended_how)
      select account_id, identifier_id, kind, value, $3, bound_at, proven_how, $4, $5 from gone returning 1`,
    values: [requireAccount(tx), identifierId, digest, tx.now, how],
  })
  if (moved.length === 0) return false
  tx.send({
    text: 'update sessions set ended_at = $3 where account_id = $1 and identifier_id = $2 and ended_at is null',
    values: [tx.accountId, identifierId, tx.now],
  })
  return true
}

/** In the account's realm: what an identifier may be used for. */
export function setUses(
  tx: Tx,
  identifierId: string,
  { canLogin, canVerify }: { readonly canLogin: boolean; readonly canVerify: boolean },
): void {
  tx.send({
    text: 'update identifiers set can_login = $3, can_verify = $4 where account_id = $1 and identifier_id = $2',
    values: [requireAccount(tx), identifierId, canLogin, canVerify],
  })
}

/** In the account's realm: whether an objection keeps an identifier from being used (ACC-9). */
export function setFrozen(tx: Tx, identifierId: string, isFrozen: boolean): void {
  tx.send({
    text: `update identifiers set frozen_at = case when $3 then coalesce(frozen_at, $4) end
      where account_id = $1 and identifier_id = $2`,
    values: [requireAccount(tx), identifierId, isFrozen, tx.now],
  })
}

/** In the account's realm: its person has proved by a code to have what the account only named until now. */
export function markProven(tx: Tx, identifierId: string): void {
  tx.send({
    text: `update identifiers set proven_how = 'code', can_verify = true
      where account_id = $1 and identifier_id = $2 and proven_how = $3`,
    values: [requireAccount(tx), identifierId, unproven],
  })
}

/** In the account's realm: notes that an identifier was used today. */
export function touchIdentifier(tx: Tx, identifierId: string): void {
  tx.send({
    text: 'update identifiers set last_used_at = $3 where account_id = $1 and identifier_id = $2',
    values: [requireAccount(tx), identifierId, tx.now],
  })
}

function requireAccount(tx: Tx): string {
  if (tx.accountId === null) throw new Error('this needs the realm of an account')
  return tx.accountId
}
