import type { Instant } from '../../kernel/fields.ts'
import type { Tx } from '../../platform/db/tx.ts'
import type { HoldingKind } from '../custody-ports/model.ts'
import type { ReadScope } from '../people/model.ts'
import type { HandoverKind, HandoverState, Person } from './model.ts'
import type { Decision } from './rules/difference.ts'
import { type AcceptanceState, type HandoverRow, handoverColumns } from './store.ts'

/** A handover with the people in it, as it is shown. */
export interface ShownHandover extends HandoverRow {
  readonly leaver: Person
  readonly defaultSuccessor: Person | null
  readonly fallback: Person | null
  readonly createdByName: string | null
}

function person(alias: string): string {
  return `json_build_object('memberId', ${alias}.member_id, 'name', ${alias}.name, 'staffCode', ${alias}.staff_code,
    'status', ${alias}.status)`
}

const columns = `${handoverColumns}, ${person('l')} as leaver,
  case when s.member_id is not null then ${person('s')} end as "defaultSuccessor",
  case when f.member_id is not null then ${person('f')} end as fallback, c.name as "createdByName"`
const tables = `handovers h
  join members l on l.company_id = h.company_id and l.member_id = h.leaver_id
  left join members s on s.company_id = h.company_id and s.member_id = h.default_successor_id
  left join members f on f.company_id = h.company_id and f.member_id = h.fallback_id
  left join members c on c.company_id = h.company_id and c.member_id = h.created_by_member_id`

/** States in which the leaver and the own department's lead as a leaver may know of it: before, it is the company's secret. */
const openToLeaver = "('running', 'paused', 'finished', 'closed', 'undoing', 'undone')"

/** SQL that leaves only handovers the reader may see, on `h`; `place` takes a value and gives its placeholder. */
function seenBy(scope: ReadScope, place: (value: unknown) => string): string | null {
  if (scope.kind === 'company') return null
  const me = place(scope.memberId)
  const own = `select o.handover_id from handovers o where o.company_id = $1 and o.leaver_id = ${me} and o.state in ${openToLeaver}
    union all select a.handover_id from handover_acceptances a
      where a.company_id = $1 and a.member_id = ${me} and a.state <> 'planned'`
  if (scope.kind === 'self') return `h.handover_id in (${own})`
  const departments = place(scope.departmentIds)
  return `h.handover_id in (${own} union all
    select d.handover_id from member_departments md
    join handovers d on d.company_id = md.company_id and d.leaver_id = md.member_id
    where md.company_id = $1 and md.department_id = any(${departments}::uuid[]) and md.member_id <> ${me})`
}

export async function findHandover(
  tx: Tx,
  handoverId: string,
  scope: ReadScope,
): Promise<ShownHandover | undefined> {
  const values: unknown[] = [tx.companyId, handoverId]
  const seen = seenBy(scope, (value) => `$${values.push(value)}`)
  const [row] = await tx.query<ShownHandover>({
    text: `select ${columns} from ${tables}
      where h.company_id = $1 and h.handover_id = $2 ${seen === null ? '' : `and ${seen}`}`,
    values,
  })
  return row
}

export interface HandoverPage {
  readonly scope: ReadScope
  readonly state: HandoverState | null
  readonly kind: HandoverKind | null
  readonly leaverId: string | null
  readonly from: Instant | null
  readonly to: Instant | null
  /** Only those in which this member gets something. */
  readonly successorId: string | null
  readonly beforeId: string | null
  readonly limit: number
}

/** Handovers, newest first. */
export function pageOfHandovers(tx: Tx, page: HandoverPage): Promise<ShownHandover[]> {
  const values: unknown[] = [tx.companyId]
  const place = (value: unknown) => `$${values.push(value)}`
  const conditions = [
    'h.company_id = $1',
    page.state === null ? null : `h.state = ${place(page.state)}`,
    page.kind === null ? null : `h.kind = ${place(page.kind)}`,
    page.leaverId === null ? null : `h.leaver_id = ${place(page.leaverId)}`,
    page.from === null ? null : `h.effective_at >= ${place(page.from)}`,
    page.to === null ? null : `h.effective_at < ${place(page.to)}`,
    page.successorId === null
      ? null
      : `h.handover_id in (select a.handover_id from handover_acceptances a
          where a.company_id = $1 and a.member_id = ${place(page.successorId)} and a.state <> 'planned')`,
    page.beforeId === null ? null : `h.handover_id < ${place(page.beforeId)}`,
    seenBy(page.scope, place),
  ].filter((condition) => condition !== null)
  return tx.query<ShownHandover>({
    text: `select ${columns} from ${tables} where ${conditions.join(' and ')}
      order by h.handover_id desc limit ${place(page.limit)}`,
    values,
  })
}

/** An item of the plan that was written down. */
export interface WrittenItem extends Decision {
  readonly itemId: string
}

/** The plan that was written down, in the order of the run. */
export function writtenItems(tx: Tx, handoverId: string): Promise<WrittenItem[]> {
  return tx.query<WrittenItem>({
    name: 'handover-written-items',
    text: `select item_id as "itemId", kind, holding_id as "holdingId", coalesce(label, '') as label, way,
        to_member_id as "toMemberId", history, return_at as "returnAt" from handover_items
      where company_id = $1 and handover_id = $2 order by position`,
    values: [tx.companyId, handoverId],
  })
}

/** Members by id, also those who have left. */
export async function peopleOf(tx: Tx, memberIds: Iterable<string>): Promise<ReadonlyMap<string, Person>> {
  const ids = [...new Set(memberIds)]
  if (ids.length === 0) return new Map()
  const rows = await tx.query<Person>({
    name: 'handover-people',
    text: `select member_id as "memberId", name, staff_code as "staffCode", status from members
      where company_id = $1 and member_id = any($2::uuid[])`,
    values: [tx.companyId, ids],
  })
  return new Map(rows.map((row) => [row.memberId, row]))
}

export interface AcceptanceRow {
  readonly memberId: string
  readonly state: AcceptanceState
  readonly items: number
  readonly askedAt: Instant | null
  readonly decidedAt: Instant | null
  readonly reason: string | null
}

/** Who is to receive something in a handover. */
export function acceptancesOf(tx: Tx, handoverId: string): Promise<AcceptanceRow[]> {
  return tx.query<AcceptanceRow>({
    name: 'handover-acceptances-shown',
    text: `select a.member_id as "memberId", a.state, a.asked_at as "askedAt", a.decided_at as "decidedAt", a.reason,
        (select count(*)::integer from handover_items i where i.company_id = a.company_id
          and i.handover_id = a.handover_id and i.to_member_id = a.member_id) as items
      from handover_acceptances a where a.company_id = $1 and a.handover_id = $2 order by a.member_id`,
    values: [tx.companyId, handoverId],
  })
}

/** What other handovers of the same leaver, that are under way, hand over, too. */
export function inOtherHandovers(
  tx: Tx,
  { leaverId, handoverId }: Pick<HandoverRow, 'leaverId' | 'handoverId'>,
): Promise<{ kind: HoldingKind; holdingId: string; handoverId: string }[]> {
  return tx.query({
    name: 'handover-elsewhere',
    text: `select i.kind, i.holding_id as "holdingId", i.handover_id as "handoverId" from handovers h
      join handover_items i on i.company_id = h.company_id and i.handover_id = h.handover_id
      where h.company_id = $1 and h.leaver_id = $2 and h.handover_id <> $3 and i.way <> 'leave'
        and h.state in ('pending_approval', 'approved', 'scheduled', 'running', 'paused')
        and i.state in ('planned', 'waiting', 'failed', 'handed')`,
    values: [tx.companyId, leaverId, handoverId],
  })
}

export interface Touching {
  readonly person: string
  /** Not counted itself. */
  readonly handoverId: string
  readonly since: Instant
  /** When it takes effect. */
  readonly at: Instant
}

/**
 * What a person has set going or submitted since a time, beside one handover, as far as the limits count it (HAN-10); and
 * what is to begin by itself within a day of it, which nobody else has approved.
 */
export async function touchedBy(tx: Tx, asked: Touching): Promise<{ leaverIds: string[]; moves: number }> {
  const [row] = await tx.query<{ leaverIds: string[] | null; moves: number }>({
    name: 'handover-touched',
    text: `with mine as (
        select handover_id, leaver_id, state from handovers
        where company_id = $1 and ordered_by = $2 and ordered_at > $4 and handover_id <> $3
          and state not in ('draft', 'cancelled')
        union
        select handover_id, leaver_id, state from handovers
        where company_id = $1 and asked_by = $2 and asked_at > $4 and handover_id <> $3
          and state not in ('draft', 'cancelled')
        union
        select handover_id, leaver_id, state from handovers
        where company_id = $1 and ordered_by = $2 and state = 'scheduled' and approved_by is null and handover_id <> $3
          and due_at between $5::timestamptz - interval '24 hours' and $5::timestamptz + interval '24 hours')
      select array_agg(distinct leaver_id) as "leaverIds",
        coalesce(sum((select count(*) from handover_items i where i.company_id = $1 and i.handover_id = mine.handover_id
          and i.kind = 'number' and i.way = 'pass_on' and i.state in ('planned', 'waiting')
          and mine.state in ('pending_approval', 'approved', 'scheduled', 'running', 'paused'))), 0)::integer as moves
      from mine`,
    values: [tx.companyId, asked.person, asked.handoverId, asked.since, asked.at],
  })
  return { leaverIds: row?.leaverIds ?? [], moves: row?.moves ?? 0 }
}

/** How many numbers a written plan passes on. */
export async function numbersPassedOn(tx: Tx, handoverId: string): Promise<number> {
  const [row] = await tx.query<{ count: number }>({
    name: 'handover-numbers',
    text: `select count(*)::integer as count from handover_items
      where company_id = $1 and handover_id = $2 and kind = 'number' and way = 'pass_on'`,
    values: [tx.companyId, handoverId],
  })
  return row?.count ?? 0
}

/** The company's own time zone. */
export async function companyTimeZone(tx: Tx): Promise<string> {
  const [row] = await tx.query<{ timeZone: string }>({
    name: 'handover-company-zone',
    text: 'select time_zone as "timeZone" from companies where company_id = $1',
    values: [tx.companyId],
  })
  if (!row) throw new Error(`there is no company ${tx.companyId}`)
  return row.timeZone
}

/** Active Owners and Admins, by name. */
export function activeAdmins(tx: Tx): Promise<{ memberId: string; name: string }[]> {
  return tx.query({
    name: 'handover-active-admins',
    text: `select member_id as "memberId", name from members
      where company_id = $1 and role in ('owner', 'admin') and status = 'active' order by name, member_id limit 200`,
    values: [tx.companyId],
  })
}

/** The manager of a member; null for nobody. */
export async function managerOf(tx: Tx, memberId: string): Promise<string | null> {
  const [row] = await tx.query<{ managerId: string | null }>({
    name: 'handover-manager',
    text: 'select manager_id as "managerId" from members where company_id = $1 and member_id = $2',
    values: [tx.companyId, memberId],
  })
  return row?.managerId ?? null
}

/** Whether who set a handover going may still do so; the operator always may. */
export async function mayStillOrder(tx: Tx, memberId: string | null): Promise<boolean> {
  if (memberId === null) return true
  const [row] = await tx.query<{ may: boolean }>({
    name: 'handover-may-order',
    text: `select role in ('owner', 'admin') and status = 'active' as may from members
      where company_id = $1 and member_id = $2`,
    values: [tx.companyId, memberId],
  })
  return row?.may ?? false
}

/** Whether the leaver of a handover is in one of these departments. */
export async function leadsLeaver(
  tx: Tx,
  handoverId: string,
  departmentIds: readonly string[],
): Promise<boolean> {
  const [row] = await tx.query<{ leads: boolean }>({
    name: 'handover-leads-leaver',
    text: `select exists (select 1 from handovers h
      join member_departments md on md.company_id = h.company_id and md.member_id = h.leaver_id
      where h.company_id = $1 and h.handover_id = $2 and md.department_id = any($3::uuid[])) as leads`,
    values: [tx.companyId, handoverId, departmentIds],
  })
  return row?.leads ?? false
}
