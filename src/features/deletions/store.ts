import type { Tx } from '../../platform/db/tx.ts'

/** In the company's realm: what it has of the person is to be erased. The same member twice is once. */
export function insertMemberErasure(
  tx: Tx,
  { memberId, accountId }: { memberId: string; accountId: string },
): void {
  tx.send({
    text: `insert into member_erasures (company_id, member_id, account_id, asked_at) values ($1, $2, $3, $4)
      on conflict (company_id, member_id) do update set state = 'waiting', finished_at = null,
        account_id = excluded.account_id, asked_at = excluded.asked_at`,
    values: [tx.companyId, memberId, accountId, tx.now],
  })
}

/** Locks an erasure that waits; false when it is done. */
export async function lockMemberErasure(tx: Tx, memberId: string): Promise<boolean> {
  const rows = await tx.query({
    text: `select 1 from member_erasures where company_id = $1 and member_id = $2 and state = 'waiting' for update`,
    values: [tx.companyId, memberId],
  })
  return rows.length > 0
}

export function finishMemberErasure(tx: Tx, memberId: string): void {
  tx.send({
    text: `update member_erasures set state = 'done', finished_at = $3 where company_id = $1 and member_id = $2`,
    values: [tx.companyId, memberId, tx.now],
  })
}

export interface RequestRow {
  readonly requestId: string
  readonly memberId: string
  readonly state: 'open' | 'declined' | 'withdrawn' | 'done'
  readonly reason: string | null
  readonly askedBy: string
  readonly askedAt: string
  readonly endedAt: string | null
}

/** False when the member has been asked and has not answered. */
export async function insertRequest(
  tx: Tx,
  request: Pick<RequestRow, 'requestId' | 'memberId' | 'reason' | 'askedBy'>,
): Promise<boolean> {
  const made = await tx.query({
    text: `insert into deletion_requests (company_id, request_id, member_id, reason, asked_by, asked_at)
      values ($1, $2, $3, $4, $5, $6) on conflict (company_id, member_id) where state = 'open' do nothing returning 1`,
    values: [tx.companyId, request.requestId, request.memberId, request.reason, request.askedBy, tx.now],
  })
  return made.length > 0
}

/** Locks a request of the member; undefined for none. */
export async function lockRequest(
  tx: Tx,
  { memberId, requestId }: { memberId: string; requestId: string },
): Promise<Pick<RequestRow, 'state'> | undefined> {
  const [row] = await tx.query<Pick<RequestRow, 'state'>>({
    text: 'select state from deletion_requests where company_id = $1 and member_id = $2 and request_id = $3 for update',
    values: [tx.companyId, memberId, requestId],
  })
  return row
}

export function endRequest(
  tx: Tx,
  { requestId, state }: { requestId: string; state: 'declined' | 'withdrawn' },
): void {
  tx.send({
    text: 'update deletion_requests set state = $3, ended_at = $4 where company_id = $1 and request_id = $2',
    values: [tx.companyId, requestId, state, tx.now],
  })
}

/** The account is gone: what was asked is done, and what was written to the person goes. */
export function fulfilRequests(tx: Tx, memberId: string): void {
  tx.send({
    text: `update deletion_requests set state = 'done', ended_at = $3
      where company_id = $1 and member_id = $2 and state = 'open'`,
    values: [tx.companyId, memberId, tx.now],
  })
}

/** Takes what was written to the person. */
export function eraseRequestTexts(tx: Tx, memberId: string): void {
  tx.send({
    text: 'update deletion_requests set reason = null where company_id = $1 and member_id = $2 and reason is not null',
    values: [tx.companyId, memberId],
  })
}
