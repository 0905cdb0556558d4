import { type Caller, isCompanyCaller } from '../../kernel/caller.ts'
import { Refusal } from '../../kernel/refusal.ts'
import type { Tx } from '../../platform/db/tx.ts'
import { httpRefusal } from '../../platform/http/refusals.ts'
import type { ReadScope } from './model.ts'

/**
 * Whose rows the caller of this transaction may read: Owner, Admin and Auditor the company's, a lead the own
 * departments' with everything below them and the own person's, a member the own person's.
 * @throws Refusal `company.not_named` for a caller without a company
 */
export async function scopeOf(tx: Tx): Promise<ReadScope> {
  const { caller } = tx
  if (!isCompanyCaller(caller)) throw new Refusal(httpRefusal.companyMissing)
  if (caller.memberId === null || seesCompany(caller)) return { kind: 'company' }
  if (caller.role !== 'lead') return { kind: 'self', memberId: caller.memberId }
  return {
    kind: 'departments',
    departmentIds: await ledDepartments(tx, caller.memberId),
    memberId: caller.memberId,
  }
}

function seesCompany(caller: Caller): boolean {
  return (
    isCompanyCaller(caller) &&
    (caller.role === 'owner' || caller.role === 'admin' || caller.role === 'auditor')
  )
}

async function ledDepartments(tx: Tx, memberId: string): Promise<string[]> {
  const rows = await tx.query<{ departmentId: string }>({
    name: 'people-led-departments',
    text: `with recursive led as (
        select department_id from member_departments where company_id = $1 and member_id = $2 and is_lead
        union
        select d.department_id from departments d join led on d.parent_id = led.department_id where d.company_id = $1)
      select department_id as "departmentId" from led`,
    values: [tx.companyId, memberId],
  })
  return rows.map((row) => row.departmentId)
}

/** Departments with everything below them. */
export async function subtreeOf(tx: Tx, departmentId: string): Promise<string[]> {
  const rows = await tx.query<{ departmentId: string }>({
    name: 'people-subtree',
    text: `with recursive below as (
        select department_id from departments where company_id = $1 and department_id = $2
        union
        select d.department_id from departments d join below on d.parent_id = below.department_id where d.company_id = $1)
      select department_id as "departmentId" from below`,
    values: [tx.companyId, departmentId],
  })
  return rows.map((row) => row.departmentId)
}
