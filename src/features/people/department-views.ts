import { sql } from 'kysely'
import type { Tx } from '../../platform/db/tx.ts'
import type { Department, ReadScope } from './model.ts'

export interface DepartmentQuery {
  readonly scope: ReadScope
  /** Only those directly below this department, null for the top; undefined for all. */
  readonly parentId: string | null | undefined
  readonly after: string | undefined
  readonly limit: number
}

/** A page of departments by id, i.e. by age; asks for one more than `limit`. */
export async function listDepartments(tx: Tx, query: DepartmentQuery): Promise<Department[]> {
  return buildDepartmentList(tx, query).execute()
}

/** The statement of the list, for running it and for explaining it. */
export function buildDepartmentList(tx: Tx, { scope, parentId, after, limit }: DepartmentQuery) {
  let rows = selectDepartments(tx, scope)
  if (parentId === null) rows = rows.where('d.parent_id', 'is', null)
  else if (parentId !== undefined) rows = rows.where('d.parent_id', '=', parentId)
  if (after !== undefined) rows = rows.where('d.department_id', '>', after)
  return rows.orderBy('d.department_id').limit(limit + 1)
}

/** One department in the reader's scope. */
export async function readDepartment(
  tx: Tx,
  departmentId: string,
  scope: ReadScope,
): Promise<Department | undefined> {
  return selectDepartments(tx, scope).where('d.department_id', '=', departmentId).executeTakeFirst()
}

function selectDepartments(tx: Tx, scope: ReadScope) {
  const rows = tx.db
    .selectFrom('departments as d')
    .where('d.company_id', '=', tx.companyId)
    .select([
      'd.department_id as departmentId',
      'd.parent_id as parentId',
      'd.name',
      'd.position',
      'd.version',
      'd.created_at as createdAt',
      sql<number>`(select count(*) from member_departments md
        where md.company_id = ${tx.companyId} and md.department_id = d.department_id)`.as('memberCount'),
    ])
  if (scope.kind === 'company') return rows
  if (scope.kind === 'departments') {
    return rows.where(sql<boolean>`d.department_id = any(${[...scope.departmentIds]}::uuid[])`)
  }
  return rows.where(
    sql<boolean>`d.department_id in (select md.department_id from member_departments md
      where md.company_id = ${tx.companyId} and md.member_id = ${scope.memberId})`,
  )
}

/** How much is directly in a department. */
export async function countInside(
  tx: Tx,
  departmentId: string,
): Promise<{ members: number; departments: number }> {
  const [inside] = await tx.query<{ members: number; departments: number }>({
    name: 'people-count-inside',
    text: `select
        (select count(*) from member_departments where company_id = $1 and department_id = $2) as members,
        (select count(*) from departments where company_id = $1 and parent_id = $2) as departments`,
    values: [tx.companyId, departmentId],
  })
  return inside ?? { members: 0, departments: 0 }
}

/** Ids of a department and everything above it; empty when there is no such department. */
export async function pathOf(tx: Tx, departmentId: string): Promise<string[]> {
  const rows = await tx.query<{ departmentId: string }>({
    name: 'people-department-path',
    text: `with recursive above as (
        select department_id, parent_id from departments where company_id = $1 and department_id = $2
        union
        select d.department_id, d.parent_id from above join departments d
          on d.company_id = $1 and d.department_id = above.parent_id)
      select department_id as "departmentId" from above`,
    values: [tx.companyId, departmentId],
  })
  return rows.map((row) => row.departmentId)
}

/** Whether another department in the same place has the name. */
export async function isNameTaken(
  tx: Tx,
  { departmentId, parentId, name }: Pick<Department, 'departmentId' | 'parentId' | 'name'>,
): Promise<boolean> {
  const rows = await tx.query({
    name: 'people-department-name',
    text: `select 1 as found from departments
      where company_id = $1 and parent_id is not distinct from $2 and name = $3 and department_id <> $4`,
    values: [tx.companyId, parentId, name, departmentId],
  })
  return rows.length > 0
}
