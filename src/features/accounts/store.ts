import { personOf } from '../../kernel/caller.ts'
import type { Instant } from '../../kernel/fields.ts'
import { addHours } from '../../kernel/instant.ts'
import type { Tx } from '../../platform/db/tx.ts'
import { attemptsKept, type Failures } from './rules.ts'

// Accounts, sessions, links and failures are global tables behind named doors (db/changes/0007, 0010); api_tokens
// belong to the company.

/** Set-ups queue here, so that of two at once one wins. */
export async function lockSetup(tx: Tx): Promise<boolean> {
  await tx.query({ text: 'select pg_advisory_xact_lock(4400010)' })
  const [row] = await tx.query<{ done: boolean }>({ text: 'select baton_has_company() as done' })
  return row?.done === true
}

export async function hasCompany(tx: Tx): Promise<boolean> {
  const [row] = await tx.query<{ done: boolean }>({ text: 'select baton_has_company() as done' })
  return row?.done === true
}

export interface NewAccount {
  readonly accountId: string
  readonly email: string
  readonly name: string
  /** Null for an account that no password opens. */
  readonly passwordHash: string | null
}

/** False when the e-mail address belongs to an account already. */
export async function createAccount(tx: Tx, account: NewAccount): Promise<boolean> {
  const [row] = await tx.query<{ created: boolean }>({
    text: 'select baton_create_account($1, $2, $3, $4, $5) as created',
    values: [account.accountId, account.email, account.name, account.passwordHash, tx.now],
  })
  return row?.created === true
}

export interface NewPerson {
  readonly accountId: string
  readonly name: string
  readonly passwordHash: string | null
  /** In which Baton writes to this person. */
  readonly language: 'en' | 'zh'
}

/** Makes an account without a way in; the caller binds what was proved in the same transaction. */
export function createPerson(tx: Tx, { accountId, name, passwordHash, language }: NewPerson): void {
  tx.send({
    name: 'account-create-person',
    text: 'select baton_create_person($1, $2, $3, $4, $5)',
    values: [accountId, name, passwordHash, language, tx.now],
  })
}

export interface KnownAccount {
  readonly accountId: string
  readonly identifierId: string
  readonly passwordHash: string | null
  readonly isActive: boolean
}

interface AccountRow {
  readonly account_id: string
  readonly identifier_id: string
  readonly password_hash: string | null
  readonly state: string
}

/** The account that signs in with this e-mail address; null for none. */
export async function findAccount(tx: Tx, email: string): Promise<KnownAccount | null> {
  const rows = await tx.query<AccountRow>({
    name: 'account-by-email',
    text: 'select account_id, identifier_id, password_hash, state from baton_account_by_email($1)',
    values: [email],
  })
  return knownOf(rows[0])
}

/** The same, holding back a change of its password until the commit. */
export async function lockAccount(tx: Tx, email: string): Promise<KnownAccount | null> {
  const rows = await tx.query<AccountRow>({
    name: 'account-lock-by-email',
    text: 'select account_id, identifier_id, password_hash, state from baton_lock_account_by_email($1)',
    values: [email],
  })
  return knownOf(rows[0])
}

function knownOf(row: AccountRow | undefined): KnownAccount | null {
  if (!row) return null
  return {
    accountId: row.account_id,
    identifierId: row.identifier_id,
    passwordHash: row.password_hash,
    isActive: row.state === 'active',
  }
}

/** In the account's realm: what opens the account from now on; a sign-in that was begun with another one ends. */
export function setPassword(tx: Tx, passwordHash: string): void {
  endBegunSignIns(tx)
  tx.send({
    text: 'update accounts set password_hash = $2 where account_id = $1',
    values: [accountOf(tx), passwordHash],
  })
}

function accountOf(tx: Tx): string {
  if (tx.accountId === null) throw new Error('this needs the realm of an account')
  return tx.accountId
}

/** In the account's realm: what its person is called, and the language that Baton writes in. */
export function setProfile(
  tx: Tx,
  { displayName, language }: { readonly displayName: string; readonly language: 'en' | 'zh' },
): void {
  tx.send({
    text: 'update accounts set display_name = $2, language = $3 where account_id = $1',
    values: [tx.accountId, displayName, language],
  })
}

/** Notes that the account belongs to this realm's company, for the company switcher. */
export function joinCompany(tx: Tx, accountId: string, memberId: string): void {
  tx.send({ text: 'select baton_join_company($1, $2, $3)', values: [accountId, memberId, tx.now] })
}

export interface NewSession {
  readonly hash: Buffer
  readonly expiresAt: Instant
  readonly device: string | null
  readonly network: string | null
  /** The identifier that the person came in with; null for none. */
  readonly identifierId: string | null
}

/** In the account's realm: its person has just proved who they are. */
export function insertSession(tx: Tx, session: NewSession): void {
  tx.send({
    name: 'session-open',
    text: `insert into sessions (token_hash, session_id, account_id, created_at, expires_at, last_used_at, proved_at,
        device, network, identifier_id)
      values ($1, $2, $3, $4, $5, $4, $4, $6, $7, $8)`,
    values: [
      session.hash,
      tx.newId(),
      accountOf(tx),
      tx.now,
      session.expiresAt,
      session.device,
      session.network,
      session.identifierId,
    ],
  })
}

/** In the account's realm: ends one of its sessions; false where it has none like it. */
export async function endSession(tx: Tx, sessionId: string): Promise<boolean> {
  const ended = await tx.query({
    text: `update sessions set ended_at = $3
      where account_id = $1 and session_id = $2 and ended_at is null and expires_at > $3 returning 1`,
    values: [accountOf(tx), sessionId, tx.now],
  })
  return ended.length > 0
}

/** In the account's realm: ends all its sessions but one, and what was begun to open one; returns how many there were. */
export async function endSessionsBut(tx: Tx, sessionId: string): Promise<number> {
  endBegunSignIns(tx)
  const ended = await tx.query({
    text: `update sessions set ended_at = $3
      where account_id = $1 and session_id <> $2 and ended_at is null and expires_at > $3 returning 1`,
    values: [accountOf(tx), sessionId, tx.now],
  })
  return ended.length
}

/** In the account's realm: ends all its sessions and what was begun to open one; returns how many there were. */
export async function endAllSessions(tx: Tx): Promise<number> {
  tx.send({ text: 'select baton_end_begun_sign_ins($1)', values: [tx.now] })
  const ended = await tx.query({
    text: 'update sessions set ended_at = $2 where account_id = $1 and ended_at is null returning 1',
    values: [accountOf(tx), tx.now],
  })
  return ended.length
}

function endBegunSignIns(tx: Tx): void {
  tx.send({ text: 'select baton_end_begun_sign_ins($1)', values: [tx.now] })
}

/** In the account's realm: its person has just proved anew who they are, in this session. */
export function proveSession(tx: Tx, sessionId: string): void {
  tx.send({
    text: 'update sessions set proved_at = $3 where account_id = $1 and session_id = $2 and ended_at is null',
    values: [tx.accountId, sessionId, tx.now],
  })
}

export function touchSession(tx: Tx, hash: Buffer, at: Instant): void {
  tx.send({ name: 'session-touch', text: 'select baton_touch_session($1, $2)', values: [hash, at] })
}

export interface NewLink {
  readonly hash: Buffer
  readonly memberId: string
  /** What the member is now: the link lets nobody in as anything else. */
  readonly memberRole: string
  readonly expiresAt: Instant
}

/** Makes a link for the member; earlier ones stop working. */
export function insertLink(tx: Tx, link: NewLink): void {
  tx.send({ text: 'select baton_end_sign_in_links($1, $2)', values: [link.memberId, tx.now] })
  tx.send({
    text: 'select baton_create_sign_in_link($1, $2, $3, $4, $5, $6)',
    values: [link.hash, link.memberId, link.memberRole, personOf(tx.caller), tx.now, link.expiresAt],
  })
}

export interface LinkTarget {
  readonly companyId: string
  readonly memberId: string
  /** What the member was when the link was made; null for a link from before this was kept. */
  readonly memberRole: string | null
  /** Who made it: `personOf` its caller. */
  readonly createdBy: string
}

const linkColumns = `company_id as "companyId", member_id as "memberId", member_role as "memberRole",
  created_by as "createdBy"`

/** Whom a link is for while it works; null otherwise. */
export async function findLink(tx: Tx, hash: Buffer): Promise<LinkTarget | null> {
  const [target] = await tx.query<LinkTarget>({
    text: `select ${linkColumns} from baton_sign_in_link($1, $2)`,
    values: [hash, tx.now],
  })
  return target ?? null
}

/** Uses a link up; null when it does not work (any more), so that of many at once one wins. */
export async function useLink(tx: Tx, hash: Buffer): Promise<LinkTarget | null> {
  const [target] = await tx.query<LinkTarget>({
    text: `select ${linkColumns} from baton_use_sign_in_link($1, $2)`,
    values: [hash, tx.now],
  })
  return target ?? null
}

interface FailureRow {
  readonly failures: number
  readonly last_failed_at: string
}

/** Past failures under one key, locked, so that guesses at it queue, the first ones too. */
export async function lockFailures(tx: Tx, subject: Buffer, isLasting: boolean): Promise<Failures> {
  const [row] = await tx.query<FailureRow>({
    name: 'sign-in-failures-lock',
    text: 'select failures, last_failed_at from baton_lock_sign_in_failures($1, $2, $3)',
    values: [subject, tx.now, isLasting],
  })
  return { failures: row?.failures ?? 0, lastFailedAt: row?.last_failed_at ?? tx.now }
}

export function noteFailure(tx: Tx, subject: Buffer, isLasting: boolean): void {
  tx.send({
    name: 'sign-in-failures-note',
    text: 'select baton_note_sign_in_failure($1, $2, $3)',
    values: [subject, tx.now, isLasting],
  })
}

export function forgetFailures(tx: Tx, subjects: readonly Buffer[]): void {
  tx.send({
    name: 'sign-in-failures-forget',
    text: 'select baton_forget_sign_in_failures(subject) from unnest($1::bytea[]) subject',
    values: [subjects],
  })
}

export interface NewToken {
  readonly tokenId: string
  readonly hash: Buffer
  readonly memberId: string
  readonly name: string
  readonly scopes: readonly string[]
  readonly expiresAt: Instant | null
}

export async function insertToken(tx: Tx, token: NewToken): Promise<void> {
  await tx.db
    .insertInto('api_tokens')
    .values({
      company_id: tx.companyId,
      token_id: token.tokenId,
      token_hash: token.hash,
      member_id: token.memberId,
      name: token.name,
      scopes: [...token.scopes],
      created_at: tx.now,
      expires_at: token.expiresAt,
    })
    .execute()
}

/** Revokes a token and says whose it was; null when there is none. `isNew` is false when it was revoked before. */
export async function revokeToken(
  tx: Tx,
  tokenId: string,
): Promise<{ memberId: string; isNew: boolean } | null> {
  const row = await tx.db
    .selectFrom('api_tokens')
    .select(['member_id', 'revoked_at'])
    .where('company_id', '=', tx.companyId)
    .where('token_id', '=', tokenId)
    .forUpdate()
    .executeTakeFirst()
  if (!row) return null
  if (row.revoked_at !== null) return { memberId: row.member_id, isNew: false }
  await tx.db
    .updateTable('api_tokens')
    .set({ revoked_at: tx.now })
    .where('company_id', '=', tx.companyId)
    .where('token_id', '=', tokenId)
    .execute()
  return { memberId: row.member_id, isNew: true }
}

/** Revokes the API tokens of a member that were made since then; returns their ids. */
export async function endTokensMadeSince(tx: Tx, memberId: string, since: Instant): Promise<string[]> {
  const rows = await tx.query<{ tokenId: string }>({
    text: `update api_tokens set revoked_at = $3
      where company_id = $1 and member_id = $2 and created_at >= $4 and revoked_at is null returning token_id as "tokenId"`,
    values: [tx.companyId, memberId, tx.now, since],
  })
  return rows.map(({ tokenId }) => tokenId)
}

/** Revokes all API tokens of a member. */
export function revokeTokensOf(tx: Tx, memberId: string): void {
  tx.send({
    text: 'update api_tokens set revoked_at = $3 where company_id = $1 and member_id = $2 and revoked_at is null',
    values: [tx.companyId, memberId, tx.now],
  })
}

/** What the person called their tokens goes; that there were some stays. */
export function eraseTokenNames(tx: Tx, memberId: string, shownAs: string): void {
  tx.send({
    text: 'update api_tokens set name = $3 where company_id = $1 and member_id = $2',
    values: [tx.companyId, memberId, shownAs.slice(0, 80)],
  })
}

export function touchToken(tx: Tx, tokenId: string, at: Instant): void {
  tx.send({
    name: 'token-touch',
    text: `update api_tokens set last_used_at = $3
      where company_id = $1 and token_id = $2 and (last_used_at is null or last_used_at < $3)`,
    values: [tx.companyId, tokenId, at],
  })
}

/** As the steward: deletes sessions, links, codes and counted failures that have been of no use for a day, or where they are kept longer for as long; returns how many. */
export async function forgetExpired(tx: Tx): Promise<number> {
  const [row] = await tx.query<{ deleted: number }>({
    text: `with old_sessions as (delete from sessions where expires_at < $1 returning 1),
        old_links as (delete from sign_in_links where expires_at < $1 returning 1),
        old_challenges as (delete from challenges where expires_at < $1 returning 1),
        old_failures as (delete from sign_in_failures where last_failed_at < (case when is_lasting then $2 else $1 end)::timestamptz returning 1)
      select (select count(*) from old_sessions) + (select count(*) from old_links) + (select count(*) from old_challenges)
        + (select count(*) from old_failures) as deleted`,
    values: [addHours(tx.now, -attemptsKept.nearby), addHours(tx.now, -attemptsKept.lasting)],
  })
  return row?.deleted ?? 0
}
