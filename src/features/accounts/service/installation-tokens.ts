import { decodeCursor, encodeCursor } from '../../../kernel/cursor.ts'
import { normaliseInstant } from '../../../kernel/instant.ts'
import { installationScopes } from '../../../kernel/permission.ts'
import { Refusal } from '../../../kernel/refusal.ts'
import type { RouteInput, RouteOutput } from '../../../kernel/route.ts'
import { formatToken, hashSecret, newSecret } from '../../../platform/crypto/secret.ts'
import type { Tx } from '../../../platform/db/tx.ts'
import type { OwnContext } from '../../../platform/http/bind.ts'
import { httpRefusal } from '../../../platform/http/refusals.ts'
import type { accountsContract } from '../contract.ts'
import {
  endInstallationToken,
  findInstallationTokens,
  insertInstallationToken,
} from '../installation-token-store.ts'
import { accountRefusal, isInstallationScope } from '../model.ts'

type Routes = typeof accountsContract

/** Where decisions about the installation are noted, which has no ledger of its own. */
export interface OperatorLog {
  info(particulars: object, message: string): void
}

type LoggedContext = Pick<OwnContext, 'open'> & { readonly log: OperatorLog }

/**
 * Makes a token for a machine that looks up routes for all companies, such as a SIP proxy.
 * @throws Refusal `token.expiry_past`
 */
export async function createInstallationToken(
  { open, log }: LoggedContext,
  input: RouteInput<Routes['createInstallationToken']>,
): Promise<RouteOutput<Routes['createInstallationToken']>> {
  const made = await open((tx) => write(tx, input.body))
  const { tokenId, name, createdBy, expiresAt } = made
  log.info({ tokenId, name, by: createdBy, expiresAt }, 'a token of the installation was made')
  return made
}

async function write(tx: Tx, body: RouteInput<Routes['createInstallationToken']>['body']) {
  const expiresAt = body.expiresAt === undefined ? null : normaliseInstant(body.expiresAt)
  if (expiresAt !== null && expiresAt <= tx.now) throw new Refusal(accountRefusal.tokenExpired)
  const token = formatToken(tx.companyId, newSecret())
  const plan = {
    tokenId: tx.newId(),
    name: body.name,
    scopes: [...installationScopes],
    createdBy: tx.caller.id,
    expiresAt,
  }
  insertInstallationToken(tx, { ...plan, hash: hashSecret(token) })
  return { ...plan, createdAt: tx.now, lastUsedAt: null, revokedBy: null, revokedAt: null, token }
}

const listName = 'installation-tokens:-tokenId'

/** @throws Refusal `page.cursor_invalid` */
export async function listInstallationTokens(
  tx: Tx,
  { query: { limit, cursor } }: RouteInput<Routes['listInstallationTokens']>,
): Promise<RouteOutput<Routes['listInstallationTokens']>> {
  const before = cursor === undefined ? null : decodeCursor(listName, cursor, ['id'])?.[0]
  if (before === undefined) throw new Refusal(httpRefusal.cursorInvalid)
  const rows = await findInstallationTokens(tx, before, limit + 1)
  const items = rows
    .slice(0, limit)
    .map((row) => ({ ...row, scopes: row.scopes.filter(isInstallationScope) }))
  const last = items.at(-1)
  return { items, nextCursor: rows.length > limit && last ? encodeCursor(listName, [last.tokenId]) : null }
}

/**
 * Revokes a token of the installation; once more does nothing more.
 * @throws Refusal `thing.not_found`
 */
export async function revokeInstallationToken(
  { open, log }: LoggedContext,
  { params: { tokenId } }: RouteInput<Routes['revokeInstallationToken']>,
): Promise<undefined> {
  const revoked = { by: '' }
  await open(async (tx) => {
    const isNew = await endInstallationToken(tx, tokenId, tx.caller.id)
    if (isNew === null) throw new Refusal(httpRefusal.notFound, { thing: 'token' })
    if (isNew) revoked.by = tx.caller.id
  })
  if (revoked.by !== '') log.info({ tokenId, ...revoked }, 'a token of the installation was revoked')
}
