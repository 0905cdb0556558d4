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

export function insertRequests(tx: Tx, requests: readonly NewRequest[]): void {
  if (requests.length === 0) return
  tx.send({
    name: 'requests-insert',
    text: `insert into requests (company_id, request_id, kind, state, subject_kind, subject_id, payload, reason,
        requested_by, created_at)
      select $1, request_id, kind, 'open', subject_kind, subject_id, payload, reason, requested_by, $2
      from unnest($3::uuid[], $4::text[], $5::text[], $6::uuid[], $7::jsonb[], $8::text[], $9::text[])
        as opened (request_id, kind, subject_kind, subject_id, payload, reason, requested_by)`,
    values: [
      tx.companyId,
      tx.now,
      requests.map((request) => request.requestId),
      requests.map((request) => request.kind),
      requests.map((request) => request.subjectKind),
      requests.map((request) => request.subjectId),
      requests.map((request) => JSON.stringify(request.payload)),
      requests.map((request) => request.reason),
      requests.map((request) => request.requestedBy),
    ],
  })
}

const columns =
  'request_id, kind, state, subject_kind, subject_id, payload, reason, requested_by, created_at, version'

const lockOf: Readonly<Record<string, string>> = {
  number: 'select 1 from numbers where company_id = $1 and number_id = $2 for no key update',
  operation: 'select 1 from operations where company_id = $1 and operation_id = $2 for no key update',
  handover: 'select 1 from handovers where company_id = $1 and handover_id = $2 for no key update',
}

/**
 * Locks a request together with the number, operation or handover it is about, that one first: it is the order in which what is
 * undone or cancelled locks them too.
 */
export async function lockWithSubject(tx: Tx, requestId: string): Promise<RequestRow | null> {
  const [subject] = await tx.query<{ subject_kind: string; subject_id: string }>({
    name: 'request-subject',
    text: 'select subject_kind, subject_id from requests where company_id = $1 and request_id = $2',
    values: [tx.companyId, requestId],
  })
  const lock = subject && lockOf[subject.subject_kind]
  if (lock) {
    await tx.query({
      name: `request-${subject.subject_kind}-lock`,
      text: lock,
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
