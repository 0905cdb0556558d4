import { type SelectQueryBuilder, sql } from 'kysely'
import type { CursorKey } from '../../kernel/cursor.ts'
import type { Tables } from '../../platform/db/tables.ts'
import type { Tx } from '../../platform/db/tx.ts'
import type { DepartmentPlace, KnownMember, MemberStatus, Membership, ReadScope, Role } from './model.ts'
import { contactToken } from './search-tokens.ts'

/** A member as lists and pages show it, contacts unmasked. */
export interface MemberView {
  readonly memberId: string
  readonly staffCode: string
  readonly name: string
  readonly alias: string | null
  readonly email: string | null
  readonly mobile: string | null
  readonly destination: string | null
  readonly title: string | null
  readonly managerId: string | null
  readonly managerName: string | null
  readonly departments: Membership[]
  readonly role: Role
  readonly status: MemberStatus
  readonly joined: boolean
  readonly numbersHeld: number
  readonly version: number
  readonly createdAt: string
  readonly leftAt: string | null
}

/** The orders of the list of members: column, and form of its value in a cursor. */
export const memberOrders = {
  name: { column: 'm.name', form: 'text' },
  staffCode: { column: 'm.staff_code', form: 'text' },
  createdAt: { column: 'm.created_at', form: 'instant' },
} as const satisfies Record<string, { column: string; form: CursorKey }>

export interface MemberQuery {
  readonly scope: ReadScope
  /** Folded words, all of which must be found; undefined for no search. */
  readonly words: readonly string[] | undefined
  /** Whether contacts count as found by. */
  readonly byContacts: boolean
  readonly status: MemberStatus | undefined
  /** Who has left is no longer listed. */
  readonly exceptLeft: boolean
  readonly role: Role | undefined
  readonly departmentIds: readonly string[] | undefined
  readonly managerId: string | undefined
  /** Only members who hold a number. */
  readonly holding: boolean
  readonly order: keyof typeof memberOrders
  readonly descending: boolean
  readonly after: readonly string[] | undefined
  readonly limit: number
}

type MemberBuilder<Row> = SelectQueryBuilder<Tables & { m: Tables['members'] }, 'm', Row>

/** A page of members; asks for one more than `limit`, which shows whether there is a next page. */
export async function listMembers(tx: Tx, query: MemberQuery): Promise<MemberView[]> {
  return buildMemberList(tx, query).execute()
}

/** The statement of the list, for running it and for explaining it. */
export function buildMemberList(tx: Tx, query: MemberQuery) {
  const { column } = memberOrders[query.order]
  const direction = query.descending ? 'desc' : 'asc'
  let rows = inScope(selectMembers(tx), tx, query.scope)
  if (query.status !== undefined) rows = rows.where('m.status', '=', query.status)
  if (query.exceptLeft) rows = rows.where('m.status', '<>', 'left')
  if (query.role !== undefined) rows = rows.where('m.role', '=', query.role)
  if (query.managerId !== undefined) rows = rows.where('m.manager_id', '=', query.managerId)
  if (query.departmentIds !== undefined) rows = inDepartments(rows, tx, query.departmentIds)
  if (query.holding) rows = holdingNumbers(rows, tx)
  for (const word of query.words ?? [])
    rows = foundBy(rows, tx, query.byContacts ? [word, contactToken(word)] : [word])
  if (query.after !== undefined) {
    const [key, memberId] = query.after
    const past = sql.raw(query.descending ? '<' : '>')
    rows = rows.where(sql<boolean>`(${sql.ref(column)}, m.member_id) ${past} (${key}, ${memberId})`)
  }
  return rows
    .orderBy(column, direction)
    .orderBy('m.member_id', direction)
    .limit(query.limit + 1)
}

/** One member in the reader's scope; undefined when there is none there. */
export async function readMember(
  tx: Tx,
  memberId: string,
  scope: ReadScope,
): Promise<MemberView | undefined> {
  return inScope(selectMembers(tx), tx, scope).where('m.member_id', '=', memberId).executeTakeFirst()
}

function selectMembers(tx: Tx): MemberBuilder<MemberView> {
  const rows = tx.db
    .selectFrom('members as m')
    .where('m.company_id', '=', tx.companyId)
    .select((m) => [
      'm.member_id as memberId',
      'm.staff_code as staffCode',
      'm.name',
      'm.alias',
      'm.email',
      'm.mobile',
      'm.destination',
      'm.title',
      'm.manager_id as managerId',
      sql<Role>`m.role`.as('role'),
      sql<MemberStatus>`m.status`.as('status'),
      'm.version',
      'm.created_at as createdAt',
      'm.left_at as leftAt',
      m('m.account_id', 'is not', null).$castTo<boolean>().as('joined'),
      sql<number>`(select count(*)::integer from numbers held
        where held.company_id = ${tx.companyId} and held.holder_id = m.member_id)`.as('numbersHeld'),
      m
        .selectFrom('members as above')
        .select('above.name')
        .where('above.company_id', '=', tx.companyId)
        .whereRef('above.member_id', '=', 'm.manager_id')
        .as('managerName'),
      sql<Membership[]>`(select coalesce(json_agg(json_build_object(
          'departmentId', d.department_id, 'name', d.name, 'isLead', md.is_lead) order by d.name, d.department_id), '[]')
        from member_departments md join departments d
          on d.company_id = md.company_id and d.department_id = md.department_id
        where md.company_id = ${tx.companyId} and md.member_id = m.member_id)`.as('departments'),
    ])
  return rows
}

function inScope(rows: MemberBuilder<MemberView>, tx: Tx, scope: ReadScope): MemberBuilder<MemberView> {
  if (scope.kind === 'company') return rows
  if (scope.kind === 'self') return rows.where('m.member_id', '=', scope.memberId)
  return rows.where(
    sql<boolean>`m.member_id in (
      select md.member_id from member_departments md
      where md.company_id = ${tx.companyId} and md.department_id = any(${[...scope.departmentIds]}::uuid[])
      union all select ${scope.memberId}::uuid)`,
  )
}

function inDepartments(
  rows: MemberBuilder<MemberView>,
  tx: Tx,
  departmentIds: readonly string[],
): MemberBuilder<MemberView> {
  return rows.where(
    sql<boolean>`m.member_id in (
      select md.member_id from member_departments md
      where md.company_id = ${tx.companyId} and md.department_id = any(${[...departmentIds]}::uuid[]))`,
  )
}

// One probe of an index for each member of the page, where a join would read every number.
function holdingNumbers(rows: MemberBuilder<MemberView>, tx: Tx): MemberBuilder<MemberView> {
  return rows.where(
    sql<boolean>`(select held.number_id from numbers held
      where held.company_id = ${tx.companyId} and held.holder_id = m.member_id limit 1) is not null`,
  )
}

// Ranges by >= and <: under row-level security only leakproof operators reach an index. Nothing sorts after U+10FFFF.
function foundBy(
  rows: MemberBuilder<MemberView>,
  tx: Tx,
  prefixes: readonly string[],
): MemberBuilder<MemberView> {
  const ranges = prefixes.map(
    (prefix) => sql`select t.subject_id from search_tokens t
      where t.company_id = ${tx.companyId} and t.word = 'member'
        and t.token >= ${prefix} and t.token < ${`${prefix}\u{10FFFF}`}`,
  )
  return rows.where(sql<boolean>`m.member_id in (${sql.join(ranges, sql` union all `)})`)
}

/** The wished manager and everyone above, in order; empty when there is no such member. */
export async function managerChain(tx: Tx, managerId: string): Promise<KnownMember[]> {
  return tx.query<KnownMember>({
    name: 'people-manager-chain',
    text: `with recursive above as (
        select member_id, name, status, role, manager_id, array[member_id] as path
        from members where company_id = $1 and member_id = $2
        union all
        select m.member_id, m.name, m.status, m.role, m.manager_id, above.path || m.member_id
        from above join members m on m.company_id = $1 and m.member_id = above.manager_id
        where m.member_id <> all(above.path))
      select member_id as "memberId", name, status, role from above order by cardinality(path)`,
    values: [tx.companyId, managerId],
  })
}

/** Who holds a staff code, also among those who have left. */
export async function findByStaffCode(tx: Tx, staffCode: string): Promise<KnownMember | undefined> {
  const [member] = await tx.query<KnownMember>({
    name: 'people-by-staff-code',
    text: `select member_id as "memberId", name, status, role from members where company_id = $1 and staff_code = $2`,
    values: [tx.companyId, staffCode],
  })
  return member
}

export async function activeOwnerIds(tx: Tx): Promise<string[]> {
  const rows = await tx.query<{ memberId: string }>({
    name: 'people-active-owners',
    text: `select member_id as "memberId" from members where company_id = $1 and role = 'owner' and status = 'active'`,
    values: [tx.companyId],
  })
  return rows.map((row) => row.memberId)
}

/** Whether no Owner who works here would be left without this member. */
export async function isLastOwner(tx: Tx, memberId: string): Promise<boolean> {
  const rows = await tx.query({
    name: 'people-last-owner',
    text: `select 1 from members m
      where m.company_id = $1 and m.member_id = $2 and m.role = 'owner' and m.status in ('active', 'leaving')
        and not exists (select 1 from members o where o.company_id = $1 and o.member_id <> $2
          and o.role = 'owner' and o.status = 'active')`,
    values: [tx.companyId, memberId],
  })
  return rows.length > 0
}

/** Whether custody, a move that was planned, a notice, a token, a task or an outside account refers to the member. */
export async function hasHistory(tx: Tx, memberId: string): Promise<boolean> {
  const [found] = await tx.query<{ found: boolean }>({
    name: 'people-has-history',
    text: `select exists (select 1 from assignments where company_id = $1 and holder_id = $2)
        or exists (select 1 from scheduled_moves where company_id = $1 and to_member_id = $2)
        or exists (select 1 from notices where company_id = $1 and member_id = $2)
        or exists (select 1 from api_tokens where company_id = $1 and member_id = $2)
        or exists (select 1 from tasks where company_id = $1 and for_member_id = $2)
        or exists (select 1 from work_account_holders where company_id = $1 and holder_id = $2)
        or exists (select 1 from handovers where company_id = $1 and leaver_id = $2)
        or exists (select 1 from handovers where company_id = $1 and default_successor_id = $2)
        or exists (select 1 from handovers where company_id = $1 and fallback_id = $2)
        or exists (select 1 from handover_acceptances where company_id = $1 and member_id = $2)
        or exists (select 1 from handover_items where company_id = $1 and to_member_id = $2) as found`,
    values: [tx.companyId, memberId],
  })
  return found?.found ?? false
}

/** Members who report to this one: how many, and the first of them by id. */
export async function readReports(
  tx: Tx,
  memberId: string,
): Promise<{ count: number; reports: { memberId: string; name: string }[] }> {
  const rows = await tx.query<{ memberId: string; name: string; count: number }>({
    name: 'people-reports',
    text: `select member_id as "memberId", name, count(*) over () as count from members
      where company_id = $1 and manager_id = $2 order by member_id limit 50`,
    values: [tx.companyId, memberId],
  })
  return {
    count: rows[0]?.count ?? 0,
    reports: rows.map(({ memberId: id, name }) => ({ memberId: id, name })),
  }
}

/** The departments of a member, and whether the member leads them. */
export async function readPlaces(tx: Tx, memberId: string): Promise<DepartmentPlace[]> {
  return tx.query<DepartmentPlace>({
    name: 'people-places',
    text: `select department_id as "departmentId", is_lead as "isLead" from member_departments
      where company_id = $1 and member_id = $2 order by department_id`,
    values: [tx.companyId, memberId],
  })
}
