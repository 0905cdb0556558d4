import type { Instant } from '../../kernel/fields.ts'
import type { Tx } from '../../platform/db/tx.ts'
import type { Passkey } from './model.ts'

// All but `findPasskey` read in the account's realm.

export interface StoredPasskey extends Passkey {
  readonly credentialId: string
  readonly transports: readonly string[]
}

/** The newest first. */
export async function listPasskeys(tx: Tx): Promise<StoredPasskey[]> {
  return tx.query<StoredPasskey>({
    text: `select passkey_id as "passkeyId", name, added_at as "addedAt", last_used_at as "lastUsedAt",
        is_synced as "isSynced", frozen_at is not null as "isFrozen", credential_id as "credentialId", transports
      from passkeys where account_id = $1 order by added_at desc, passkey_id desc`,
    values: [tx.accountId],
  })
}

export interface PasskeyKey {
  readonly accountId: string
  readonly passkeyId: string
  readonly publicKey: Buffer
  /** What the device last counted. */
  readonly uses: number
  readonly name: string
}

/** In any realm: whose a credential is, and what checks its signature; null when it is not known, or frozen. */
export async function findPasskey(tx: Tx, credentialId: string): Promise<PasskeyKey | null> {
  const [row] = await tx.query<PasskeyKey>({
    text: `select account_id as "accountId", passkey_id as "passkeyId", public_key as "publicKey", uses, name
      from baton_passkey($1)`,
    values: [credentialId],
  })
  return row ?? null
}

export interface StoredAuthenticator {
  readonly authenticatorId: string
  readonly sealed: Buffer
  readonly createdAt: Instant
  /** Null while it waits to be confirmed. */
  readonly confirmedAt: Instant | null
  readonly lastUsedAt: Instant | null
  readonly isFrozen: boolean
}

/** The authenticator app in use and the one that waits, either of them or none. */
export async function readAuthenticators(
  tx: Tx,
): Promise<{ active: StoredAuthenticator | null; waiting: StoredAuthenticator | null }> {
  const rows = await tx.query<StoredAuthenticator>({
    text: `select authenticator_id as "authenticatorId", sealed, created_at as "createdAt",
        confirmed_at as "confirmedAt", last_used_at as "lastUsedAt", frozen_at is not null as "isFrozen"
      from authenticators where account_id = $1`,
    values: [tx.accountId],
  })
  return {
    active: rows.find((row) => row.confirmedAt !== null) ?? null,
    waiting: rows.find((row) => row.confirmedAt === null) ?? null,
  }
}

/** How many recovery codes are left, and since when; null when none were made. */
export async function readRecoveryCodes(tx: Tx): Promise<{ left: number; madeAt: Instant } | null> {
  const [row] = await tx.query<{ left: number; madeAt: Instant }>({
    text: `select count(*) filter (where used_at is null)::integer as left, max(made_at) as "madeAt"
      from recovery_codes where account_id = $1 having count(*) > 0`,
    values: [tx.accountId],
  })
  return row ?? null
}

/** How the person is called in an authenticator app or by a browser: e-mail address, else phone, else name. */
export async function readLabel(tx: Tx): Promise<{ label: string; displayName: string }> {
  const [row] = await tx.query<{ label: string | null; displayName: string }>({
    text: `select a.display_name as "displayName",
        (select i.value from identifiers i where i.account_id = a.account_id and i.kind in ('email', 'phone')
          order by i.kind, i.bound_at limit 1) as label
      from accounts a where a.account_id = $1`,
    values: [tx.accountId],
  })
  const displayName = row?.displayName ?? ''
  return { label: row?.label ?? displayName, displayName }
}
