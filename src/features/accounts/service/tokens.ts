import type { CompanyCaller } from '../../../kernel/caller.ts'
import { isCompanyCaller } from '../../../kernel/caller.ts'
import { decodeCursor, encodeCursor } from '../../../kernel/cursor.ts'
import type { Instant } from '../../../kernel/fields.ts'
import { normaliseInstant } from '../../../kernel/instant.ts'
import { type Permission, permissionNames } from '../../../kernel/permission.ts'
import { Refusal } from '../../../kernel/refusal.ts'
import type { RouteInput, RouteOutput } from '../../../kernel/route.ts'
import { formatToken, hashSecret, newSecret } from '../../../platform/crypto/secret.ts'
import type { Tx } from '../../../platform/db/tx.ts'
import { httpRefusal } from '../../../platform/http/refusals.ts'
import { record } from '../../audit/index.ts'
import type { accountsContract } from '../contract.ts'
import { accountRefusal, isPermission } from '../model.ts'
import { scopesBeyond } from '../rules.ts'
import { revokeToken as endToken, endTokensMadeSince, insertToken } from '../store.ts'
import { listTokens, readMember, readTokenEnd } from '../views.ts'
import { actorIn, presentMemberships } from './signals.ts'

type Routes = typeof accountsContract

export interface TokenPlan {
  readonly memberId: string
  readonly name: string
  readonly scopes: readonly Permission[]
  readonly expiresAt: Instant | null
}

/** Writes a token of a member of this realm's company and returns it, this once. */
export async function writeToken(tx: Tx, plan: TokenPlan): Promise<{ tokenId: string; token: string }> {
  const token = formatToken(tx.companyId, newSecret())
  const tokenId = tx.newId()
  await insertToken(tx, { ...plan, tokenId, hash: hashSecret(token) })
  record(tx, {
    action: 'token.created',
    subjectKind: 'token',
    subjectId: tokenId,
    effect: { memberId: plan.memberId, scopes: scopesInWords(plan.scopes), expiresAt: plan.expiresAt },
    details: { name: plan.name },
  })
  return { tokenId, token }
}

function scopesInWords(scopes: readonly Permission[]): string {
  return scopes.length === permissionNames.length ? 'all' : [...scopes].sort().join(' ')
}

/**
 * Makes a token for the own member; the operator of the machine names one.
 * @throws Refusal `token.scope_above_role`, `token.own_only`, `token.member_missing`, `token.expiry_past`,
 *   `token.outlives_maker`, `thing.not_found`
 */
export async function createApiToken(
  tx: Tx,
  input: RouteInput<Routes['createApiToken']>,
): Promise<RouteOutput<Routes['createApiToken']>> {
  const maker = companyCallerOf(tx)
  const { name, scopes } = input.body
  const memberId = bearerOf(maker, input.body.memberId)
  const member = await readMember(tx, memberId)
  if (!member) throw new Refusal(httpRefusal.notFound, { thing: 'member' })
  const beyond = scopesBeyond(scopes, member.role, maker)
  if (beyond.length > 0) throw new Refusal(accountRefusal.scopeAboveRole, { scopes: beyond.join(', ') })
  const expiresAt = input.body.expiresAt === undefined ? null : normaliseInstant(input.body.expiresAt)
  if (expiresAt !== null && expiresAt <= tx.now) throw new Refusal(accountRefusal.tokenExpired)
  if (maker.kind === 'token') await refuseToOutlive(tx, maker.id, expiresAt)
  const made = await writeToken(tx, { memberId, name, scopes, expiresAt })
  return { ...made, memberId, name, scopes, createdAt: tx.now, expiresAt, lastUsedAt: null, revokedAt: null }
}

// Else whoever finds a token that ends soon has one for ever.
async function refuseToOutlive(tx: Tx, makerId: string, expiresAt: Instant | null): Promise<void> {
  const end = await readTokenEnd(tx, makerId)
  if (end === null || (expiresAt !== null && expiresAt <= end)) return
  throw new Refusal(accountRefusal.tokenOutlives, { expiresAt: end })
}

function bearerOf(maker: CompanyCaller, wanted: string | undefined): string {
  if (maker.kind === 'operator') {
    if (wanted === undefined) throw new Refusal(accountRefusal.tokenMemberMissing)
    return wanted
  }
  if (maker.memberId === null || (wanted !== undefined && wanted !== maker.memberId)) {
    throw new Refusal(accountRefusal.tokenForOthers)
  }
  return maker.memberId
}

/**
 * Revokes the tokens of an account's members that were made since then, in every company: whoever made them may be
 * somebody else.
 */
export async function revokeTokensMadeSince(tx: Tx, accountId: string, since: Instant): Promise<void> {
  for (const membership of await presentMemberships(tx, accountId)) {
    const { memberId, companyId } = membership
    await tx.inCompany(actorIn(tx, membership, accountId), async (inside) => {
      const tokenIds = await endTokensMadeSince(inside, memberId, since)
      for (const tokenId of tokenIds) {
        record(inside, {
          action: 'token.revoked',
          subjectKind: 'token',
          subjectId: tokenId,
          effect: { memberId, because: 'objection' },
        })
      }
      if (tokenIds.length > 0) inside.announce({ kind: 'access-ended', companyId, memberId })
    })
  }
}

function companyCallerOf(tx: Tx): CompanyCaller {
  if (!isCompanyCaller(tx.caller)) throw new Refusal(httpRefusal.companyMissing)
  return tx.caller
}

const listName = 'api-tokens:-tokenId'

export async function listApiTokens(
  tx: Tx,
  input: RouteInput<Routes['listApiTokens']>,
): Promise<RouteOutput<Routes['listApiTokens']>> {
  const { limit, cursor } = input.query
  const before = cursor === undefined ? null : decodeCursor(listName, cursor, ['id'])?.[0]
  if (before === undefined) throw new Refusal(httpRefusal.cursorInvalid)
  const rows = await listTokens(tx, before, limit + 1)
  const items = rows.slice(0, limit).map((row) => ({
    tokenId: row.token_id,
    memberId: row.member_id,
    name: row.name,
    scopes: row.scopes.filter(isPermission),
    createdAt: row.created_at,
    expiresAt: row.expires_at,
    lastUsedAt: row.last_used_at,
    revokedAt: row.revoked_at,
  }))
  const last = items.at(-1)
  return { items, nextCursor: rows.length > limit && last ? encodeCursor(listName, [last.tokenId]) : null }
}

/**
 * Revokes a token; once more does nothing more.
 * @throws Refusal `thing.not_found`
 */
export async function revokeApiToken(
  tx: Tx,
  input: RouteInput<Routes['revokeApiToken']>,
): Promise<undefined> {
  const { tokenId } = input.params
  const revoked = await endToken(tx, tokenId)
  if (revoked === null) throw new Refusal(httpRefusal.notFound, { thing: 'token' })
  const { memberId, isNew } = revoked
  if (!isNew) return
  record(tx, { action: 'token.revoked', subjectKind: 'token', subjectId: tokenId, effect: { memberId } })
  tx.announce({ kind: 'access-ended', companyId: tx.companyId, memberId })
}
