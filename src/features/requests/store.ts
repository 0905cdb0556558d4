import type { Tx } from '../../platform/db/tx.ts'
import { type JsonValue, record } from '../audit/index.ts'

/** What a second person is asked. */
export interface NewRequest {
  readonly kind: 'delete_history' | 'over_limit' | 'proposal' | 'country_check'
  readonly subjectKind: string
  readonly subjectId: string
  readonly payload: Readonly<Record<string, JsonValue>>
  readonly reason: string | null
}

/** Writes down a request of the caller; returns its id. */
export async function openRequest(tx: Tx, request: NewRequest): Promise<string> {
  const requestId = tx.newId()
  tx.send({
    text: `insert into requests (company_id, request_id, kind, state, subject_kind, subject_id, payload, reason, requested_by, created_at)
      values ($1, $2, $3, 'open', $4, $5, $6, $7, $8, $9)`,
    values: [
      tx.companyId,
      requestId,
      request.kind,
      request.subjectKind,
      request.subjectId,
      JSON.stringify(request.payload),
      request.reason,
      tx.caller.id,
      tx.now,
    ],
  })
  record(tx, {
    action: 'request.opened',
    subjectKind: 'request',
    subjectId: requestId,
    effect: { kind: request.kind, subjectKind: request.subjectKind, subjectId: request.subjectId },
    reason: request.reason,
  })
  return requestId
}

/** Takes an open request back, because what it asked for no longer stands. */
export async function withdrawRequest(tx: Tx, requestId: string, reason: string): Promise<void> {
  tx.send({
    text: `update requests set state = 'withdrawn', decided_at = $3, decision_reason = $4, version = version + 1
      where company_id = $1 and request_id = $2 and state in ('open', 'approved')`,
    values: [tx.companyId, requestId, tx.now, reason],
  })
}
