import type { Instant } from '../../kernel/fields.ts'
import type { Tx } from '../../platform/db/tx.ts'
import type { BoundBefore, SecurityEvent } from './model.ts'

// All but `countDeletionRequests` read in the account's realm.

export interface OwnAccount {
  readonly accountId: string
  readonly displayName: string
  readonly language: 'en' | 'zh'
  readonly hasPassword: boolean
}

export async function readOwnAccount(tx: Tx): Promise<OwnAccount> {
  const row = await tx.db
    .selectFrom('accounts')
    .select(['account_id', 'display_name', 'language', 'password_hash'])
    .where('account_id', '=', tx.accountId)
    .executeTakeFirstOrThrow()
  return {
    accountId: row.account_id,
    displayName: row.display_name,
    language: row.language === 'en' ? 'en' : 'zh',
    hasPassword: row.password_hash !== null,
  }
}

/** Whether its person can use it: it is neither sealed nor erased. */
export async function isActive(tx: Tx): Promise<boolean> {
  const row = await tx.db
    .selectFrom('accounts')
    .select('state')
    .where('account_id', '=', tx.accountId)
    .executeTakeFirstOrThrow()
  return row.state === 'active'
}

/** The security log, the newest first, at most `most` of what is before an entry. */
export async function listSecurityEvents(
  tx: Tx,
  before: string | null,
  most: number,
): Promise<SecurityEvent[]> {
  return tx.query<SecurityEvent>({
    text: `select event_id as "eventId", happened_at as "happenedAt", kind, facts, device, network from security_events
      where account_id = $1 and ($2::uuid is null or event_id < $2) order by event_id desc limit $3`,
    values: [tx.accountId, before, most],
  })
}

/** What was bound before, the newest end first, at most `most` of what is before an entry. */
export async function listHistory(
  tx: Tx,
  before: { readonly unboundAt: Instant; readonly identifierId: string } | null,
  most: number,
): Promise<BoundBefore[]> {
  return tx.query<BoundBefore>({
    text: `select identifier_id as "identifierId", kind, value, bound_at as "boundAt", proven_how as "provenHow",
        unbound_at as "unboundAt", ended_how as "endedHow"
      from identifier_history
      where account_id = $1 and ($2::timestamptz is null or (unbound_at, identifier_id) < ($2, $3::uuid))
      order by unbound_at desc, identifier_id desc limit $4`,
    values: [tx.accountId, before?.unboundAt ?? null, before?.identifierId ?? null, most],
  })
}

export async function listUsablePasskeys(tx: Tx): Promise<{ passkeyId: string; addedAt: Instant }[]> {
  return tx.query<{ passkeyId: string; addedAt: Instant }>({
    text: `select passkey_id as "passkeyId", added_at as "addedAt" from passkeys
      where account_id = $1 and frozen_at is null`,
    values: [tx.accountId],
  })
}

/** By what a session of the account was opened: an identifier; null for a passkey. */
export async function readEntrance(tx: Tx, sessionId: string): Promise<string | null> {
  const row = await tx.db
    .selectFrom('sessions')
    .select('identifier_id')
    .where('account_id', '=', tx.accountId)
    .where('session_id', '=', sessionId)
    .executeTakeFirst()
  return row?.identifier_id ?? null
}

/** The deletion of the account that is on its way; null for none. */
export async function readDeletion(tx: Tx): Promise<{ requestedAt: Instant; endsAt: Instant } | null> {
  const [row] = await tx.query<{ requestedAt: Instant; endsAt: Instant }>({
    text: `select asked_at as "requestedAt", due_at as "endsAt" from account_deletions
      where account_id = $1 and state in ('waiting', 'erasing')`,
    values: [tx.accountId],
  })
  return row ?? null
}

/** In a company's realm: how many open requests to delete the account its member has. */
export async function countDeletionRequests(tx: Tx, memberId: string): Promise<number> {
  const [row] = await tx.query<{ count: number }>({
    text: `select count(*)::integer as count from deletion_requests
      where company_id = $1 and member_id = $2 and state = 'open'`,
    values: [tx.companyId, memberId],
  })
  return row?.count ?? 0
}
