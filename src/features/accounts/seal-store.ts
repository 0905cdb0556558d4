import type { Tx } from '../../platform/db/tx.ts'

/** In the account's realm: nobody signs in any more, and all sessions end (ACC-5). */
export function sealAccount(tx: Tx): void {
  tx.send({
    text: `update accounts set state = 'sealed', sealed_at = $2 where account_id = $1 and state = 'active'`,
    values: [tx.accountId, tx.now],
  })
  tx.send({
    text: 'update sessions set ended_at = $2 where account_id = $1 and ended_at is null',
    values: [tx.accountId, tx.now],
  })
}

/** In the account's realm: its person has recovered it; false when it is not sealed (any more). */
export async function unsealAccount(tx: Tx): Promise<boolean> {
  const unsealed = await tx.query({
    text: `update accounts set state = 'active', sealed_at = null where account_id = $1 and state = 'sealed' returning 1`,
    values: [tx.accountId],
  })
  return unsealed.length > 0
}

/** In the account's realm: how many sessions were opened through an identifier and still let in. */
export async function countSessionsThrough(tx: Tx, identifierId: string): Promise<number> {
  const [row] = await tx.query<{ count: number }>({
    text: `select count(*)::integer as count from sessions
      where account_id = $1 and identifier_id = $2 and ended_at is null and expires_at > $3`,
    values: [tx.accountId, identifierId, tx.now],
  })
  return row?.count ?? 0
}

/** In the account's realm: a session goes on by another identifier than the one that it was opened through. */
export function carrySession(
  tx: Tx,
  { sessionId, from, to }: { readonly sessionId: string; readonly from: string; readonly to: string },
): void {
  tx.send({
    text: 'update sessions set identifier_id = $4 where account_id = $1 and session_id = $2 and identifier_id = $3',
    values: [tx.accountId, sessionId, from, to],
  })
}
