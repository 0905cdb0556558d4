import type { Caller } from '../../kernel/caller.ts'
import { addHours, addMinutes } from '../../kernel/instant.ts'
import { Refusal } from '../../kernel/refusal.ts'
import { type Ask, type Database, type Identify, installationRealm } from '../../platform/db/database.ts'
import type { Credentials } from '../../platform/http/credentials.ts'
import { httpRefusal } from '../../platform/http/refusals.ts'
import type { Doorkeeper } from '../../platform/http/register.ts'
import { sampleSlug } from '../companies/model.ts'
import { hasAccess } from '../people/index.ts'
import { MemberStatus } from '../people/model.ts'
import { createLastUse, type LastUse } from './last-use.ts'
import { accountRefusal, isInstallationScope, isPermission } from './model.ts'
import { installationTokenUseHours, lastUseMinutes, sessionIdleHours } from './rules.ts'
import { roleOf } from './views.ts'

const anonymous = { kind: 'anonymous', id: 'anonymous' } as const
const uuidPattern = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/
const slugPattern = /^[a-z0-9-]{2,40}$/

// The realm of companies that do not exist: who is calling is settled there like in any other, so that the answer to a
// stranger does not tell which companies there are.
const nowhere = 'ffffffff-ffff-ffff-ffff-ffffffffffff'

/** Lets callers in: API tokens, sessions, and the operator of the machine on the socket in the data folder. */
export function createDoorkeeper(database: Database): Doorkeeper {
  const companyBySlug = cachedSlugs(database)
  const lastUse = createLastUse(database)
  return {
    async companyOf(credentials) {
      if (credentials.kind === 'none') return null
      if (credentials.kind === 'token') return credentials.companyId
      const company = credentials.company?.toLowerCase() ?? null
      if (company === null || uuidPattern.test(company)) return company
      return slugPattern.test(company) ? companyBySlug(company) : nowhere
    },
    identify: (credentials, companyId) => identifierOf(credentials, companyId, lastUse),
  }
}

const mostCachedSlugs = 10_000

// A short name belongs to its company for ever, so that what was found once stays true; only samples come and go.
function cachedSlugs(database: Database): (slug: string) => Promise<string> {
  const known = new Map<string, string>()
  return async (slug) => {
    const cached = known.get(slug)
    if (cached !== undefined) return cached
    const [row] = await database.inRealmOf(anonymous, (tx) =>
      tx.query<{ company_id: string | null }>({
        name: 'company-by-slug',
        text: 'select baton_company_by_slug($1) as company_id',
        values: [slug],
      }),
    )
    if (!row?.company_id) return nowhere
    if (slug === sampleSlug) return row.company_id
    if (known.size >= mostCachedSlugs) known.clear()
    known.set(slug, row.company_id)
    return row.company_id
  }
}

function identifierOf(credentials: Credentials, companyId: string | null, lastUse: LastUse): Identify {
  switch (credentials.kind) {
    case 'none':
      return async () => anonymous
    case 'token':
      if (companyId === null) return async () => anonymous
      return (ask, now) =>
        companyId === installationRealm
          ? byInstallationToken({ ask, now, lastUse }, credentials.hash)
          : byToken({ ask, now, lastUse }, credentials)
    case 'session':
      return (ask, now) => bySession({ ask, now, lastUse }, credentials.hash, companyId)
    case 'operator':
      return (ask) => asOperator(ask, credentials.user, companyId)
  }
}

interface Door {
  readonly ask: Ask
  readonly now: string
  readonly lastUse: LastUse
}

interface TokenRow {
  readonly token_id: string
  readonly scopes: string[]
  readonly last_used_at: string | null
  readonly member_id: string
  readonly account_id: string | null
  readonly role: string
  readonly status: string
  readonly lets_in: boolean
}

async function byToken(
  { ask, now, lastUse }: Door,
  { companyId, hash }: { readonly companyId: string; readonly hash: Buffer },
): Promise<Caller> {
  const [row] = await ask<TokenRow>({
    name: 'identify-token',
    text: `select t.token_id, t.scopes, t.last_used_at, m.member_id, m.account_id, m.role, m.status,
        m.account_id is null or baton_account_lets_in(m.account_id) as lets_in
      from api_tokens t join members m on m.company_id = t.company_id and m.member_id = t.member_id
      where t.company_id = $1 and t.token_hash = $2 and t.revoked_at is null
        and (t.expires_at is null or t.expires_at > $3)`,
    values: [companyId, hash, now],
  })
  if (!row) return anonymous
  // Whose account is sealed or erased is kept out like one who is suspended, until the account is recovered.
  if (!row.lets_in) throw new Refusal(accountRefusal.memberSuspended)
  refuseWithoutAccess(row.status)
  if (isStale(row.last_used_at, now)) lastUse.noteToken(companyId, row.token_id, now)
  return {
    kind: 'token',
    id: row.token_id,
    companyId,
    memberId: row.member_id,
    accountId: row.account_id,
    sessionId: null,
    role: roleOf(row.role),
    scopes: row.scopes.filter(isPermission),
    onBehalfOf: null,
  }
}

interface InstallationTokenRow {
  readonly token_id: string
  readonly scopes: string[]
  readonly last_used_at: string | null
}

async function byInstallationToken({ ask, now, lastUse }: Door, hash: Buffer): Promise<Caller> {
  const [row] = await ask<InstallationTokenRow>({
    name: 'identify-installation-token',
    text: 'select token_id, scopes, last_used_at from baton_installation_token($1, $2)',
    values: [hash, now],
  })
  if (!row) return anonymous
  const isOld = row.last_used_at === null || row.last_used_at <= addHours(now, -installationTokenUseHours)
  if (isOld) lastUse.noteInstallationToken(row.token_id, now)
  return {
    kind: 'installation_token',
    id: row.token_id,
    scopes: row.scopes.filter(isInstallationScope),
  }
}

interface SessionRow {
  readonly account_id: string
  readonly session_id: string
  readonly last_used_at: string
  readonly proved_at: string
  readonly member_id: string | null
  readonly role: string
  readonly status: string
  readonly sessions_valid_from: string | null
}

async function bySession(
  { ask, now, lastUse }: Door,
  hash: Buffer,
  companyId: string | null,
): Promise<Caller> {
  const [row] = await ask<SessionRow>({
    name: 'identify-session',
    text: `select s.account_id, s.session_id, s.last_used_at, s.proved_at, m.member_id, m.role, m.status,
        m.sessions_valid_from
      from baton_session($1, $2, $3) s left join members m on m.company_id = $4 and m.account_id = s.account_id`,
    values: [hash, now, addHours(now, -sessionIdleHours), companyId],
  })
  if (!row) return anonymous
  if (isStale(row.last_used_at, now)) lastUse.noteSession(hash, now)
  const { account_id: accountId, session_id: sessionId, member_id: memberId } = row
  if (companyId === null) {
    return { kind: 'account', id: accountId, accountId, sessionId, provedAt: row.proved_at }
  }
  if (memberId === null) throw new Refusal(httpRefusal.notFound, { thing: 'company' })
  refuseWithoutAccess(row.status)
  if (row.sessions_valid_from !== null && row.proved_at <= row.sessions_valid_from)
    throw new Refusal(accountRefusal.endedByCompany)
  return {
    kind: 'member',
    id: memberId,
    companyId,
    memberId,
    accountId,
    sessionId,
    role: roleOf(row.role),
    scopes: null,
    onBehalfOf: null,
  }
}

async function asOperator(ask: Ask, user: string, companyId: string | null): Promise<Caller> {
  if (companyId === null) return { kind: 'installation', id: user }
  const found = await ask({
    name: 'identify-operator',
    text: 'select 1 as found from companies where company_id = $1',
    values: [companyId],
  })
  if (found.length === 0) throw new Refusal(httpRefusal.notFound, { thing: 'company' })
  return {
    kind: 'operator',
    id: user,
    companyId,
    memberId: null,
    accountId: null,
    sessionId: null,
    role: 'owner',
    scopes: null,
    onBehalfOf: null,
  }
}

function refuseWithoutAccess(status: string): void {
  if (!hasAccess(MemberStatus.parse(status))) throw new Refusal(accountRefusal.memberSuspended)
}

function isStale(lastUsedAt: string | null, now: string): boolean {
  return lastUsedAt === null || lastUsedAt <= addMinutes(now, -lastUseMinutes)
}
