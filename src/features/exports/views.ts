import type { Instant } from '../../kernel/fields.ts'
import type { Tx } from '../../platform/db/tx.ts'
import type { Cause, CustodyState } from '../numbers/model.ts'
import type { ReadScope } from '../people/model.ts'
import type { DepartmentNode } from './rules/department-tree.ts'

/** The company whose things are written, and who takes them. */
export interface Exporter {
  readonly company: string
  readonly timeZone: string
  /** Null where no member is behind the caller. */
  readonly memberName: string | null
}

export async function readExporter(tx: Tx, memberId: string | null): Promise<Exporter> {
  const [found] = await tx.query<Exporter>({
    name: 'exports-exporter',
    text: `select c.name as company, c.time_zone as "timeZone", m.name as "memberName" from companies c
      left join members m on m.company_id = c.company_id and m.member_id = $2
      where c.company_id = $1`,
    values: [tx.companyId, memberId],
  })
  if (!found) throw new Error('a caller of a company has a company')
  return found
}

/** The departments that the reader may see: those of the company, or below the own ones; a member sees none above the own. */
export function readDepartments(tx: Tx, scope: ReadScope): Promise<DepartmentNode[]> {
  if (scope.kind === 'self') return Promise.resolve([])
  return tx.query<DepartmentNode>({
    text: `select department_id as "departmentId", parent_id as "parentId", name from departments
      where company_id = $1 ${scope.kind === 'departments' ? 'and department_id = any($2)' : ''}`,
    values: scope.kind === 'departments' ? [tx.companyId, scope.departmentIds] : [tx.companyId],
  })
}

/** Departments with everything below them. */
export async function readSubtrees(tx: Tx, departmentIds: readonly string[]): Promise<string[]> {
  const rows = await tx.query<{ departmentId: string }>({
    name: 'exports-subtrees',
    text: `with recursive below as (
        select department_id from departments where company_id = $1 and department_id = any($2)
        union
        select d.department_id from departments d join below on d.parent_id = below.department_id where d.company_id = $1)
      select department_id as "departmentId" from below`,
    values: [tx.companyId, departmentIds],
  })
  return rows.map(({ departmentId }) => departmentId)
}

/** Staff codes of members, by id. */
export async function readStaffCodes(tx: Tx, memberIds: readonly string[]): Promise<Map<string, string>> {
  if (memberIds.length === 0) return new Map()
  const rows = await tx.query<{ memberId: string; staffCode: string }>({
    name: 'exports-staff-codes',
    text: `select member_id as "memberId", staff_code as "staffCode" from members
      where company_id = $1 and member_id = any($2)`,
    values: [tx.companyId, [...new Set(memberIds)]],
  })
  return new Map(rows.map(({ memberId, staffCode }) => [memberId, staffCode]))
}

/** What ids stand for, as far as a list names a thing by its id only. */
export interface NamedThings {
  readonly memberIds: readonly string[]
  readonly departmentIds: readonly string[]
}

/** Names by id: of members for those who may see the whole company, of departments as far as the reader may see them. */
export async function readNames(
  tx: Tx,
  { memberIds, departmentIds }: NamedThings,
  scope: ReadScope,
): Promise<Map<string, string>> {
  const seenMembers = scope.kind === 'company' ? memberIds.filter((id) => new RegExp(uuid).test(id)) : []
  const seenDepartments = scope.kind === 'self' ? [] : departmentIds
  if (seenMembers.length + seenDepartments.length === 0) return new Map()
  const rows = await tx.query<{ id: string; name: string }>({
    text: `select member_id as id, name from members where company_id = $1 and member_id = any($2::uuid[])
      union all
      select department_id, name from departments where company_id = $1 and department_id = any($3::uuid[])
        ${scope.kind === 'departments' ? 'and department_id = any($4)' : ''}`,
    values: [
      tx.companyId,
      [...new Set(seenMembers)],
      [...new Set(seenDepartments)],
      ...(scope.kind === 'departments' ? [scope.departmentIds] : []),
    ],
  })
  return new Map(rows.map(({ id, name }) => [id, name]))
}

/** Names of free fields of the numbers that the reader may see, in order. */
export async function readFieldNames(tx: Tx, scope: ReadScope): Promise<string[]> {
  const seen = seenNumbers(scope, 2)
  const rows = await tx.query<{ name: string }>({
    text: `select distinct jsonb_object_keys(n.fields) as name from numbers n
      where n.company_id = $1 ${seen.text} order by name`,
    values: [tx.companyId, ...seen.values],
  })
  return rows.map(({ name }) => name)
}

export interface CustodyQuery {
  readonly scope: ReadScope
  readonly numberId: string | null
  /** Where given, the stretches of that member count, whoever has the number now. */
  readonly memberId: string | null
  readonly asOf: Instant | null
  readonly limit: number
}

/** The last stretch that was written. */
export interface CustodyPlace {
  readonly e164: string
  readonly numberId: string
  readonly from: Instant
}

export interface CustodyStretch extends CustodyPlace {
  readonly state: CustodyState
  readonly holderStaffCode: string | null
  readonly holderName: string | null
  readonly to: Instant | null
  readonly cause: Cause
  readonly movedBy: string
  /** Told to those who may see the whole company; null where no member moved it. */
  readonly moverName: string | null
}

/** Stretches of custody by number and time, at most `limit` of them. */
export function pageOfCustody(
  tx: Tx,
  query: CustodyQuery,
  after: CustodyPlace | null,
): Promise<CustodyStretch[]> {
  const values: unknown[] = [tx.companyId, query.limit]
  const given = (value: unknown) => `$${values.push(value)}`
  const conditions = ['n.company_id = $1']
  if (query.numberId !== null) conditions.push(`n.number_id = ${given(query.numberId)}`)
  if (query.memberId !== null) conditions.push(`a.holder_id = ${given(query.memberId)}`)
  else {
    const seen = seenNumbers(query.scope, values.length + 1)
    values.push(...seen.values)
    conditions.push(`true ${seen.text}`)
    // A member sees the own stretches only.
    if (query.scope.kind === 'self') conditions.push(`a.holder_id = ${given(query.scope.memberId)}`)
  }
  if (query.asOf !== null) {
    const asOf = given(query.asOf)
    conditions.push(`a.held_from <= ${asOf} and (a.held_to is null or a.held_to > ${asOf})`)
  }
  if (after !== null) {
    const [e164, numberId, from] = [given(after.e164), given(after.numberId), given(after.from)]
    conditions.push(`(n.e164, n.number_id) >= (${e164}, ${numberId}::uuid)`)
    conditions.push(`(n.number_id <> ${numberId}::uuid or a.held_from > ${from})`)
  }
  return tx.query<CustodyStretch>({
    text: `select n.e164, n.number_id as "numberId", a.state, a.held_from as "from", a.held_to as "to", a.cause,
        m.staff_code as "holderStaffCode", m.name as "holderName", a.moved_by as "movedBy", mover.name as "moverName"
      from numbers n
      join assignments a on a.company_id = n.company_id and a.number_id = n.number_id
      left join members m on m.company_id = a.company_id and m.member_id = a.holder_id
      left join members mover on mover.company_id = a.company_id and mover.member_id = ${moverId(query.scope)}
      where ${conditions.join(' and ')}
      order by n.e164, n.number_id, a.held_from limit $2`,
    values,
  })
}

const uuid = '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$'

function moverId(scope: ReadScope): string {
  if (scope.kind !== 'company') return 'null::uuid'
  return `case when a.moved_by ~ '${uuid}' then a.moved_by::uuid end`
}

/** The numbers that lists show this reader, as a condition on `numbers n`; its values are numbered from `place`. */
function seenNumbers(scope: ReadScope, place: number): { text: string; values: readonly unknown[] } {
  if (scope.kind === 'company') return { text: '', values: [] }
  if (scope.kind === 'self') return { text: `and n.holder_id = $${place}`, values: [scope.memberId] }
  return {
    text: `and (n.holder_id = $${place} or n.holder_id in (
      select member_id from member_departments where company_id = $1 and department_id = any($${place + 1})))`,
    values: [scope.memberId, scope.departmentIds],
  }
}
