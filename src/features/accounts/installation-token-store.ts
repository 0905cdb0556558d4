import type { Instant } from '../../kernel/fields.ts'
import type { InstallationScope } from '../../kernel/permission.ts'
import type { Tx } from '../../platform/db/tx.ts'

// Tokens of the installation are a global table behind named doors (db/changes/0012), open in its own realm only.

export interface NewInstallationToken {
  readonly tokenId: string
  readonly hash: Buffer
  readonly name: string
  readonly scopes: readonly InstallationScope[]
  readonly createdBy: string
  readonly expiresAt: Instant | null
}

export function insertInstallationToken(tx: Tx, token: NewInstallationToken): void {
  tx.send({
    text: 'select baton_create_installation_token($1, $2, $3, $4, $5, $6, $7)',
    values: [
      token.hash,
      token.tokenId,
      token.name,
      [...token.scopes],
      token.createdBy,
      tx.now,
      token.expiresAt,
    ],
  })
}

/** Revokes a token: true when it ends now, false when it had ended before, null when there is none. */
export async function endInstallationToken(
  tx: Tx,
  tokenId: string,
  revokedBy: string,
): Promise<boolean | null> {
  const [row] = await tx.query<{ ended: boolean | null }>({
    text: 'select baton_revoke_installation_token($1, $2, $3) as ended',
    values: [tokenId, revokedBy, tx.now],
  })
  return row?.ended ?? null
}

export function touchInstallationToken(tx: Tx, tokenId: string, at: Instant): void {
  tx.send({
    name: 'installation-token-touch',
    text: 'select baton_touch_installation_token($1, $2)',
    values: [tokenId, at],
  })
}

export interface InstallationTokenRow {
  readonly tokenId: string
  readonly name: string
  readonly scopes: string[]
  readonly createdBy: string
  readonly createdAt: Instant
  readonly expiresAt: Instant | null
  readonly lastUsedAt: Instant | null
  readonly revokedBy: string | null
  readonly revokedAt: Instant | null
}

/** Tokens of the installation, the newest first: at most `most` of those before a token. */
export function findInstallationTokens(
  tx: Tx,
  before: string | null,
  most: number,
): Promise<InstallationTokenRow[]> {
  return tx.query<InstallationTokenRow>({
    text: `select token_id as "tokenId", name, scopes, created_by as "createdBy", created_at as "createdAt",
        expires_at as "expiresAt", last_used_at as "lastUsedAt", revoked_by as "revokedBy", revoked_at as "revokedAt"
      from baton_installation_tokens($1, $2)`,
    values: [before, most],
  })
}
