import type { Tx } from '../../platform/db/tx.ts'
import { foldCode, type KnownMember, type KnownNumber, pathKey } from './model/known.ts'

/** A member or number as it is compared, with its version. */
export type Versioned<Known> = Known & { readonly version: number }

/**
 * Members by staff code, with all their managers upwards; also those who have left, since a staff code is never given
 * twice.
 */
export async function knownMembers(
  tx: Tx,
  staffCodes: readonly string[],
): Promise<Map<string, Versioned<KnownMember>>> {
  const rows = await tx.query<Versioned<KnownMember>>({
    name: 'import-known-members',
    text: `with recursive named as (
        select member_id, manager_id from members where company_id = $1 and staff_code = any($2)
        union
        select a.member_id, a.manager_id from named join members a on a.company_id = $1 and a.member_id = named.manager_id)
      select m.member_id as "memberId", m.staff_code as "staffCode", m.name, m.status, m.alias, m.title, m.email, m.mobile,
        m.destination, m.role, m.version, b.staff_code as "managerStaffCode", coalesce(p.places, '[]') as places,
        (coalesce(h.held, 0) + coalesce(w.coming, 0))::integer as "numbersCounted"
      from named join members m on m.company_id = $1 and m.member_id = named.member_id
      left join members b on b.company_id = $1 and b.member_id = m.manager_id
      left join (select md.member_id, jsonb_agg(jsonb_build_object('departmentId', md.department_id, 'isLead', md.is_lead)
          order by md.department_id) as places
        from member_departments md where md.company_id = $1 group by md.member_id) p on p.member_id = m.member_id
      left join (select n.holder_id, count(*) as held from numbers n
        where n.company_id = $1 and n.holder_id is not null group by n.holder_id) h on h.holder_id = m.member_id
      left join (select s.to_member_id, count(*) as coming from scheduled_moves s
        where s.company_id = $1 and s.state in ('scheduled', 'pending_check', 'pending_approval')
        group by s.to_member_id) w on w.to_member_id = m.member_id`,
    values: [tx.companyId, staffCodes],
  })
  return new Map(rows.map((row) => [row.staffCode, row]))
}

/** Staff codes of the company that are the same as these but for their case. */
export async function codesLike(tx: Tx, staffCodes: readonly string[]): Promise<string[]> {
  const rows = await tx.query<{ code: string }>({
    name: 'import-codes-like',
    text: 'select staff_code as code from members where company_id = $1 and lower(staff_code) = any($2)',
    values: [tx.companyId, [...new Set(staffCodes.map(foldCode))]],
  })
  return rows.map(({ code }) => code)
}

/** Staff codes by mobile, of those who work here. */
export async function codesByMobile(tx: Tx, mobiles: readonly string[]): Promise<Map<string, string>> {
  if (mobiles.length === 0) return new Map()
  const rows = await tx.query<{ mobile: string; code: string }>({
    name: 'import-known-mobiles',
    text: `select mobile, staff_code as code from members
      where company_id = $1 and mobile = any($2) and status <> 'left' order by member_id`,
    values: [tx.companyId, mobiles],
  })
  return new Map(rows.map(({ mobile, code }) => [mobile, code]))
}

/** Numbers of the company by E.164, those that were released excepted. */
export async function knownNumbers(
  tx: Tx,
  lines: readonly string[],
): Promise<Map<string, Versioned<KnownNumber>>> {
  if (lines.length === 0) return new Map()
  const rows = await tx.query<Versioned<KnownNumber> & { e164: string }>({
    name: 'import-known-numbers',
    text: `select n.e164, n.number_id as "numberId", n.state, m.staff_code as "holderStaffCode", n.type, n.label, n.fields,
        n.licensed, n.version
      from numbers n left join members m on m.company_id = $1 and m.member_id = n.holder_id
      where n.company_id = $1 and n.e164 = any($2) and n.state <> 'released'`,
    values: [tx.companyId, lines],
  })
  return new Map(rows.map((row) => [row.e164, row]))
}

/** Staff codes by member. */
export async function codesOfMembers(tx: Tx, memberIds: readonly string[]): Promise<Map<string, string>> {
  if (memberIds.length === 0) return new Map()
  const rows = await tx.query<{ id: string; code: string }>({
    text: 'select member_id as id, staff_code as code from members where company_id = $1 and member_id = any($2)',
    values: [tx.companyId, memberIds],
  })
  return new Map(rows.map(({ id, code }) => [id, code]))
}

export interface DepartmentTree {
  /** By `pathKey`. */
  readonly ids: ReadonlyMap<string, string>
  /** Names from the top, by id. */
  readonly paths: ReadonlyMap<string, readonly string[]>
}

/** All departments of the company with their paths from the top. */
export async function departmentTree(tx: Tx): Promise<DepartmentTree> {
  const rows = await tx.query<{ id: string; names: string[] }>({
    name: 'import-departments',
    text: `with recursive tree as (
        select department_id, array[name] as names from departments where company_id = $1 and parent_id is null
        union all
        select d.department_id, tree.names || d.name from tree
          join departments d on d.company_id = $1 and d.parent_id = tree.department_id)
      select department_id as id, names from tree`,
    values: [tx.companyId],
  })
  return {
    ids: new Map(rows.map(({ id, names }) => [pathKey(names), id])),
    paths: new Map(rows.map(({ id, names }) => [id, names])),
  }
}

export interface CompanyAround {
  readonly name: string
  readonly timeZone: string
  readonly licencesFree: number
  readonly tier: 'connect' | 'advanced' | 'max'
  readonly capOverride: number | null
}

/** What of the company itself decides about rows. */
export async function companyAround(tx: Tx): Promise<CompanyAround> {
  const [row] = await tx.query<CompanyAround>({
    name: 'import-company',
    text: `select c.name, c.time_zone as "timeZone", s.licences_total - s.licences_used as "licencesFree", s.tier,
        s.cap_override as "capOverride"
      from companies c join subscriptions s on s.company_id = c.company_id where c.company_id = $1`,
    values: [tx.companyId],
  })
  if (!row) throw new Error(`the company ${tx.companyId} has no subscription`)
  return row
}
