import type { Instant } from '../../kernel/fields.ts'
import type { Tx } from '../../platform/db/tx.ts'
import type { ReadScope } from '../people/model.ts'

/** A number with what decides about the sight of its records. */
export interface SightRow {
  readonly number_id: string
  readonly e164: string
  readonly holder_id: string | null
  readonly visible_from: Instant
  readonly in_led_department: boolean
  readonly deleted_before: Instant | null
  readonly erased_before: Instant | null
}

const columns = `n.number_id, n.e164, n.holder_id, n.visible_from,
  (select max(e.cut_off) from history_erasures e where e.company_id = $1 and e.number_id = n.number_id
    and e.state in ('awaiting_approval', 'approved')) as deleted_before,
  (select max(e.cut_off) from history_erasures e where e.company_id = $1 and e.number_id = n.number_id
    and e.state in ('erasing', 'done')) as erased_before`

const inDepartments = `exists (select 1 from member_departments d where d.company_id = $1 and d.member_id = n.holder_id
  and d.department_id = any($3::uuid[]))`

/** What decides about the sight of these numbers, for someone with this scope; missing are those that are not there. */
export function findSights(tx: Tx, numberIds: readonly string[], scope: ReadScope): Promise<SightRow[]> {
  return tx.query<SightRow>({
    name: 'record-sights',
    // One probe of an index for each, where the planner would rather read the whole table for some hundred numbers.
    text: `select ${columns}, ${inDepartments} as in_led_department
      from (select distinct number_id from unnest($2::uuid[]) as given (number_id)) wanted
      cross join lateral (select number_id, e164, holder_id, visible_from from numbers
        where company_id = $1 and number_id = wanted.number_id limit 1) n`,
    values: [tx.companyId, numberIds, scope.kind === 'departments' ? scope.departmentIds : []],
  })
}

/** The numbers that a member holds, and those held in the departments that the member leads. */
export function findSightsOf(
  tx: Tx,
  memberId: string,
  departmentIds: readonly string[],
): Promise<SightRow[]> {
  return tx.query<SightRow>({
    name: 'record-sights-of-member',
    text: `select ${columns}, ${inDepartments} as in_led_department from numbers n
      where n.company_id = $1 and n.holder_id = any(array(
        select $2::uuid union select d.member_id from member_departments d
        where d.company_id = $1 and d.department_id = any($3::uuid[])))
      order by n.number_id`,
    values: [tx.companyId, memberId, departmentIds],
  })
}
