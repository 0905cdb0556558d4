import type { Tx } from '../../../platform/db/tx.ts'
import type { Request, RequestKind, RequestState } from '../model/requests.ts'
import { namesOf } from './people.ts'

export interface RequestFilter {
  readonly state: RequestState | null
  readonly kind: RequestKind | null
  /** A lead sees what they asked for and what is about the departments they lead; null for everyone else. */
  readonly leadId: string | null
  readonly beforeId: string | null
  readonly limit: number
}

type Row = Omit<Request, 'requestedByName' | 'decidedByName'>

const columns = `r.request_id as "requestId", r.kind, r.state, r.subject_kind as "subjectKind", r.subject_id as "subjectId",
  coalesce(n.e164, m.name) as "subjectLabel", r.payload, r.reason, r.requested_by as "requestedBy",
  r.created_at as "createdAt", r.decided_by as "decidedBy", r.decided_at as "decidedAt",
  r.decision_reason as "decisionReason", r.version`
const tables = `requests r
  left join numbers n on r.subject_kind = 'number' and n.company_id = r.company_id and n.number_id = r.subject_id
  left join members m on r.subject_kind = 'member' and m.company_id = r.company_id and m.member_id = r.subject_id`

/** Members of the departments that the member $2 leads, with everything below them, and the member. */
const ledPeople = `with recursive led as (
    select department_id from member_departments where company_id = $1 and member_id = $2::uuid and is_lead
    union
    select d.department_id from departments d join led on d.parent_id = led.department_id where d.company_id = $1),
  people as (
    select $2::uuid as member_id
    union
    select md.member_id from member_departments md join led on md.department_id = led.department_id
    where md.company_id = $1)`

/** Requests, newest first. */
export async function listRequests(tx: Tx, filter: RequestFilter): Promise<Request[]> {
  const { leadId, state, kind, beforeId, limit } = filter
  const values: unknown[] = leadId === null ? [tx.companyId] : [tx.companyId, leadId]
  const place = (value: unknown) => `$${values.push(value)}`
  const conditions = [
    'r.company_id = $1',
    ...(state === null ? [] : [`r.state = ${place(state)}`]),
    ...(kind === null ? [] : [`r.kind = ${place(kind)}`]),
    ...(beforeId === null ? [] : [`r.request_id < ${place(beforeId)}`]),
    ...(leadId === null
      ? []
      : [
          '(r.requested_by = $2::text or coalesce(n.holder_id, m.member_id) in (select member_id from people))',
        ]),
  ]
  const rows = await tx.query<Row>({
    text: `${leadId === null ? '' : ledPeople} select ${columns} from ${tables}
      where ${conditions.join(' and ')} order by r.request_id desc limit ${place(limit)}`,
    values,
  })
  return withNames(tx, rows)
}

/** One request as lists show it. */
export async function readRequest(tx: Tx, requestId: string): Promise<Request> {
  const rows = await tx.query<Row>({
    text: `select ${columns} from ${tables} where r.company_id = $1 and r.request_id = $2`,
    values: [tx.companyId, requestId],
  })
  const [request] = await withNames(tx, rows)
  if (!request) throw new Error('a request that was just written is gone')
  return request
}

/** The latest request of a kind about something that was not withdrawn; null for none. */
export async function findRequest(
  tx: Tx,
  about: { readonly kind: RequestKind; readonly subjectKind: string; readonly subjectId: string },
): Promise<string | null> {
  const [row] = await tx.query<{ requestId: string }>({
    name: 'request-about',
    text: `select request_id as "requestId" from requests where company_id = $1 and subject_kind = $2 and subject_id = $3
      and kind = $4 and state <> 'withdrawn' order by request_id desc limit 1`,
    values: [tx.companyId, about.subjectKind, about.subjectId, about.kind],
  })
  return row?.requestId ?? null
}

async function withNames(tx: Tx, rows: readonly Row[]): Promise<Request[]> {
  const names = await namesOf(
    tx,
    rows.flatMap((row) => [row.requestedBy, row.decidedBy]),
  )
  return rows.map((row) => ({
    ...row,
    requestedByName: names.get(row.requestedBy) ?? null,
    decidedByName: row.decidedBy === null ? null : (names.get(row.decidedBy) ?? null),
  }))
}

export interface ProposalFacts {
  readonly numberExists: boolean
  readonly holderId: string | null
  readonly memberExists: boolean
  readonly numberIsLed: boolean
  readonly memberIsLed: boolean
}

/** Whether number and member exist in this company, and whether they belong to the departments that `leadId` leads. */
export async function readProposalFacts(
  tx: Tx,
  { numberId, toMemberId, leadId }: { numberId: string; toMemberId: string; leadId: string | null },
): Promise<ProposalFacts> {
  const [facts] = await tx.query<ProposalFacts>({
    text: `${ledPeople}
      select
        exists (select 1 from numbers where company_id = $1 and number_id = $3 and state <> 'released') as "numberExists",
        (select holder_id from numbers where company_id = $1 and number_id = $3) as "holderId",
        exists (select 1 from members where company_id = $1 and member_id = $4) as "memberExists",
        exists (select 1 from numbers n join people p on p.member_id = n.holder_id
          where n.company_id = $1 and n.number_id = $3) as "numberIsLed",
        exists (select 1 from people where member_id = $4) as "memberIsLed"`,
    values: [tx.companyId, leadId, numberId, toMemberId],
  })
  if (!facts) throw new Error('a statement without a table gave no row')
  return facts
}
