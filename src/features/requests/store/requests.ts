import type { Tx } from '../../../platform/db/tx.ts'
import type { RequestKind, RequestState } from '../model/requests.ts'

export interface NewRequest {
  readonly requestId: string
  readonly kind: RequestKind
  readonly subjectKind: string
  readonly subjectId: string
  readonly payload: unknown
  readonly reason: string | null
  readonly requestedBy: string
}

export interface RequestRow {
  readonly request_id: string
  readonly kind: RequestKind
  readonly state: RequestState
  readonly subject_kind: string
  readonly subject_id: string
  readonly payload: unknown
  readonly reason: string | null
  readonly requested_by: string
  readonly created_at: string
  readonly version: number
}

export function insertRequest(tx: Tx, request: NewRequest): void {
  tx.send({
    name: 'request-insert',
    text: `insert into requests (company_id, request_id, kind, state, subject_kind, subject_id, payload, reason,
        requested_by, created_at)
      values ($1, $2, $3, 'open', $4, $5, $6, $7, $8, $9)`,
    values: [
      tx.companyId,
      request.requestId,
      request.kind,
      request.subjectKind,
      request.subjectId,
      JSON.stringify(request.payload),
      request.reason,
      request.requestedBy,
      tx.now,
    ],
  })
}

const columns =
  'request_id, kind, state, subject_kind, subject_id, payload, reason, requested_by, created_at, version'

/**
 * Locks a request together with the number it is about, the number first: that is the order in which a move that is
 * undone or cancelled locks them too.
 */
export async function lockWithSubject(tx: Tx, requestId: string): Promise<RequestRow | null> {
  const [subject] = await tx.query<{ subject_kind: string; subject_id: string }>({
    name: 'request-subject',
    text: 'select subject_kind, subject_id from requests where company_id = $1 and request_id = $2',
    values: [tx.companyId, requestId],
  })
  if (subject?.subject_kind === 'number') {
    await tx.query({
      name: 'request-number-lock',
      text: 'select 1 from numbers where company_id = $1 and number_id = $2 for no key update',
      values: [tx.companyId, subject.subject_id],
    })
  }
  return lockRequest(tx, requestId)
}

export async function lockRequest(tx: Tx, requestId: string): Promise<RequestRow | null> {
  const [row] = await tx.query<RequestRow>({
    name: 'request-lock',
    text: `select ${columns} from requests where company_id = $1 and request_id = $2 for update`,
    values: [tx.companyId, requestId],
  })
  return row ?? null
}

export interface RequestEnd {
  readonly state: Exclude<RequestState, 'open'>
  readonly decidedBy: string
  readonly reason: string | null
}

export function closeRequest(tx: Tx, requestId: string, end: RequestEnd): void {
  tx.send({
    name: 'request-close',
    text: `update requests set state = $3, decided_by = $4, decided_at = $5, decision_reason = $6, version = version + 1
      where company_id = $1 and request_id = $2`,
    values: [tx.companyId, requestId, end.state, end.decidedBy, tx.now, end.reason],
  })
}
