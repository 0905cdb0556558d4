import type { Tx } from '../../../platform/db/tx.ts'
import type { EntryRow } from './ledger.ts'

/** Whose events a stream shows: the company's, those of led departments, or the own ones. */
export type EventReach = 'company' | 'departments' | 'self'

export interface EventQuestion {
  readonly reach: EventReach
  readonly memberId: string | null
  readonly numberId: string | null
  /** Only entries with a larger place. */
  readonly after: number
}

export interface EventPage {
  readonly rows: readonly (EntryRow & { readonly seq: number })[]
  /** Everything up to this place has been looked at. */
  readonly seenTo: number
  readonly isFull: boolean
}

const columns = 'e.entry_id, e.at, e.action, e.actor, e.subject_kind, e.subject_id, e.effect, e.seq'
const eventsAtOnce = 200
const placesAtOnce = 5_000

// $1 company, $2 member, $3 whether departments that the member leads count.
const reachable = `with recursive led as (
    select department_id from member_departments
    where company_id = $1 and member_id = $2::uuid and is_lead and $3::boolean
    union
    select d.department_id from departments d join led on d.parent_id = led.department_id where d.company_id = $1),
  people as (
    select $2::uuid as member_id
    union
    select m.member_id from member_departments m join led on m.department_id = led.department_id where m.company_id = $1),
  own_numbers as (
    select n.number_id::text as id, n.held_from from numbers n join people p on p.member_id = n.holder_id
    where n.company_id = $1)`

/** Size of the sealed ledger of this company. */
export async function sealedSize(tx: Tx): Promise<number> {
  const [row] = await tx.query<{ size: number }>({
    name: 'audit-sealed-size',
    text: 'select size from audit_heads where company_id = $1',
    values: [tx.companyId],
  })
  return row?.size ?? 0
}

/** Tells whether the number exists and, below the reach of the company, is held by someone within reach right now. */
export async function isWithinReach(tx: Tx, { reach, memberId, numberId }: EventQuestion): Promise<boolean> {
  const [row] =
    reach === 'company'
      ? await tx.query<{ found: boolean }>({
          text: 'select exists (select 1 from numbers where company_id = $1 and number_id = $2) as found',
          values: [tx.companyId, numberId],
        })
      : await tx.query<{ found: boolean }>({
          text: `${reachable} select exists (select 1 from own_numbers where id = $4) as found`,
          values: [tx.companyId, memberId, reach === 'departments', numberId],
        })
  return row?.found ?? false
}

/** The next sealed entries after a place that the caller may see. */
export async function readEvents(tx: Tx, question: EventQuestion): Promise<EventPage> {
  const size = await sealedSize(tx)
  return question.reach === 'company' ? ofCompany(tx, question, size) : ofReach(tx, question, size)
}

async function ofCompany(tx: Tx, { numberId, after }: EventQuestion, size: number): Promise<EventPage> {
  const rows = await tx.query<EntryRow & { seq: number }>({
    text: `select ${columns} from audit_entries e where e.company_id = $1 and e.seq > $2 and e.seq < $3
      ${numberId === null ? '' : "and e.subject_kind = 'number' and e.subject_id = $4"}
      order by e.seq limit ${eventsAtOnce}`,
    values: [tx.companyId, after, size, ...(numberId === null ? [] : [numberId])],
  })
  const isFull = rows.length === eventsAtOnce
  return { rows, isFull, seenTo: isFull ? (rows.at(-1)?.seq ?? after) : Math.max(after, size - 1) }
}

// A window of places bounds the work of one look, however little of it the caller may see.
async function ofReach(tx: Tx, question: EventQuestion, size: number): Promise<EventPage> {
  const { after, numberId, memberId, reach } = question
  const end = Math.min(size, after + 1 + placesAtOnce)
  const rows = await tx.query<EntryRow & { seq: number }>({
    text: `${reachable}
      select ${columns} from audit_entries e
      where e.company_id = $1 and e.seq > $4 and e.seq < $5 and ($6::text is null or e.subject_id = $6)
        and ((e.subject_kind = 'number' and exists (
            select 1 from own_numbers o where o.id = e.subject_id and o.held_from <= e.at))
          or (e.subject_kind = 'member' and $6::text is null and e.subject_id in (select member_id::text from people)))
      order by e.seq limit ${eventsAtOnce}`,
    values: [tx.companyId, memberId, reach === 'departments', after, end, numberId],
  })
  const isFull = rows.length === eventsAtOnce
  return {
    rows,
    isFull: isFull || end < size,
    seenTo: isFull ? (rows.at(-1)?.seq ?? after) : Math.max(after, end - 1),
  }
}
