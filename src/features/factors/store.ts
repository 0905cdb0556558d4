import type { Tx } from '../../platform/db/tx.ts'

// Every function here works in the account's realm, unless it says otherwise.

export interface NewPasskey {
  readonly passkeyId: string
  readonly credentialId: string
  readonly publicKey: Buffer
  readonly name: string
  readonly uses: number
  readonly isSynced: boolean
  readonly transports: readonly string[]
}

/** False when the credential is registered already, for this account or another. */
export async function insertPasskey(tx: Tx, passkey: NewPasskey): Promise<boolean> {
  const inserted = await tx.db
    .insertInto('passkeys')
    .values({
      account_id: ownAccount(tx),
      passkey_id: passkey.passkeyId,
      credential_id: passkey.credentialId,
      public_key: passkey.publicKey,
      name: passkey.name,
      uses: passkey.uses,
      is_synced: passkey.isSynced,
      transports: [...passkey.transports],
      added_at: tx.now,
    })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst()
  return inserted.numInsertedOrUpdatedRows === 1n
}

/** The name of the passkey that went; null for none like it. */
export async function deletePasskey(tx: Tx, passkeyId: string): Promise<string | null> {
  const [row] = await tx.query<{ name: string }>({
    text: 'delete from passkeys where account_id = $1 and passkey_id = $2 returning name',
    values: [ownAccount(tx), passkeyId],
  })
  return row?.name ?? null
}

/**
 * Notes a use with what the device counts now; false when it does not count on from before. Devices that do not count
 * say zero for ever.
 */
export async function countPasskeyUse(tx: Tx, passkeyId: string, uses: number): Promise<boolean> {
  const counted = await tx.query({
    text: `update passkeys set uses = $3, last_used_at = $4
      where account_id = $1 and passkey_id = $2 and (uses < $3 or (uses = 0 and $3 = 0)) returning 1`,
    values: [ownAccount(tx), passkeyId, uses, tx.now],
  })
  return counted.length === 1
}

/** Puts a key in place of one that waits to be confirmed. */
export function insertAuthenticator(tx: Tx, authenticatorId: string, sealed: Buffer): void {
  tx.send({
    text: `insert into authenticators (account_id, authenticator_id, sealed, created_at) values ($1, $2, $3, $4)
      on conflict (account_id) where confirmed_at is null do update
      set authenticator_id = excluded.authenticator_id, sealed = excluded.sealed, created_at = excluded.created_at`,
    values: [ownAccount(tx), authenticatorId, sealed, tx.now],
  })
}

/** Lets the waiting key be the one in use; an earlier one goes. */
export async function confirmAuthenticator(tx: Tx, authenticatorId: string, step: number): Promise<void> {
  await deleteAuthenticator(tx)
  tx.send({
    text: `update authenticators set confirmed_at = $3, last_step = $4
      where account_id = $1 and authenticator_id = $2 and confirmed_at is null`,
    values: [ownAccount(tx), authenticatorId, tx.now, step],
  })
}

/** Takes a step of time; false when this one or a later one was taken before, so that of many at once one wins. */
export async function takeStep(tx: Tx, authenticatorId: string, step: number): Promise<boolean> {
  const taken = await tx.query({
    text: `update authenticators set last_step = $3, last_used_at = $4
      where account_id = $1 and authenticator_id = $2 and confirmed_at is not null and frozen_at is null and last_step < $3 returning 1`,
    values: [ownAccount(tx), authenticatorId, step, tx.now],
  })
  return taken.length === 1
}

/** Lets an objection keep a factor from being used, or no longer. */
export function setFrozen(tx: Tx, factorId: string, isFrozen: boolean): void {
  const frozenAt = isFrozen ? tx.now : null
  const values = [ownAccount(tx), factorId, frozenAt]
  tx.send({ text: 'update passkeys set frozen_at = $3 where account_id = $1 and passkey_id = $2', values })
  tx.send({
    text: 'update authenticators set frozen_at = $3 where account_id = $1 and authenticator_id = $2',
    values,
  })
}

/** Takes one factor away, of whichever kind. */
export function dropFactor(tx: Tx, factorId: string): void {
  const values = [ownAccount(tx), factorId]
  tx.send({ text: 'delete from passkeys where account_id = $1 and passkey_id = $2', values })
  tx.send({ text: 'delete from authenticators where account_id = $1 and authenticator_id = $2', values })
}

/** Takes the key away that is in use and says which it was; null when there is none. */
export async function deleteAuthenticator(tx: Tx): Promise<string | null> {
  const [gone] = await tx.query<{ id: string }>({
    text: 'delete from authenticators where account_id = $1 and confirmed_at is not null returning authenticator_id as id',
    values: [ownAccount(tx)],
  })
  return gone?.id ?? null
}

/** Puts new recovery codes in place of all earlier ones; without any, none is left. */
export function replaceRecoveryCodes(tx: Tx, digests: readonly Buffer[]): void {
  tx.send({ text: 'delete from recovery_codes where account_id = $1', values: [ownAccount(tx)] })
  if (digests.length === 0) return
  tx.send({
    text: 'insert into recovery_codes (account_id, code_digest, made_at) select $1, unnest($2::bytea[]), $3',
    values: [tx.accountId, [...digests], tx.now],
  })
}

/** Takes a recovery code, once; false for a wrong or used one, and for all but one of many at once. */
export async function takeRecoveryCode(tx: Tx, digest: Buffer): Promise<boolean> {
  const taken = await tx.query({
    text: `update recovery_codes set used_at = $3
      where account_id = $1 and code_digest = $2 and used_at is null returning 1`,
    values: [ownAccount(tx), digest, tx.now],
  })
  return taken.length === 1
}

/** Erases all factors of the account. */
export function eraseFactors(tx: Tx): void {
  for (const table of ['passkeys', 'authenticators', 'recovery_codes']) {
    tx.send({ text: `delete from ${table} where account_id = $1`, values: [ownAccount(tx)] })
  }
}

function ownAccount(tx: Tx): string {
  if (tx.accountId === null) throw new Error('this needs the realm of an account')
  return tx.accountId
}
