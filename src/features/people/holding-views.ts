import type { Tx } from '../../platform/db/tx.ts'
import type { Holding } from '../custody-ports/model.ts'
import { mostHoldings, type Role } from './model.ts'
import type { MemberStatus } from './states.ts'

/** What comes with being a member, as its row has it. */
export interface StandingRow {
  readonly name: string
  readonly role: Role
  readonly status: MemberStatus
  readonly createdAt: string
}

export async function readStanding(tx: Tx, memberId: string): Promise<StandingRow | undefined> {
  const [row] = await tx.query<StandingRow>({
    name: 'people-standing',
    text: `select name, role, status, created_at as "createdAt" from members where company_id = $1 and member_id = $2`,
    values: [tx.companyId, memberId],
  })
  return row
}

/** Whom the member has as a responsibility: departments they lead, and members who report to them (HAN-1). */
export async function listLed(tx: Tx, memberId: string): Promise<Holding[]> {
  const rows = await tx.query<Pick<Holding, 'kind' | 'id' | 'label'>>({
    name: 'people-led-holdings',
    text: `(select 'department_lead' as kind, d.department_id as id, d.name as label from member_departments md
        join departments d on d.company_id = md.company_id and d.department_id = md.department_id
        where md.company_id = $1 and md.member_id = $2 and md.is_lead order by d.name, d.department_id)
      union all
      (select 'report', m.member_id, m.name from members m
        where m.company_id = $1 and m.manager_id = $2 order by m.name, m.member_id limit ${mostHoldings})`,
    values: [tx.companyId, memberId],
  })
  return rows.map((row) => ({ ...row, since: null, dependents: [] }))
}

/** How members are in departments. */
export interface PlacesOf {
  get(memberId: string, departmentId: string): 'lead' | 'member' | 'none'
}

/** Who is in these departments, and how. */
export async function placesIn(tx: Tx, departmentIds: readonly string[]): Promise<PlacesOf> {
  const rows = await tx.query<{ memberId: string; departmentId: string; isLead: boolean }>({
    name: 'people-places-in',
    text: `select member_id as "memberId", department_id as "departmentId", is_lead as "isLead" from member_departments
      where company_id = $1 and department_id = any($2::uuid[])`,
    values: [tx.companyId, departmentIds],
  })
  const places = new Map(
    rows.map(({ memberId, departmentId, isLead }) => [
      `${memberId} ${departmentId}`,
      isLead ? ('lead' as const) : ('member' as const),
    ]),
  )
  return { get: (memberId, departmentId) => places.get(`${memberId} ${departmentId}`) ?? 'none' }
}
