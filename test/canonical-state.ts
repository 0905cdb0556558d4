import type { World } from './world.ts'

/** Everything of a company that a handover and its undo are about, in one comparable form. */
export type CanonicalState = Readonly<Record<string, readonly unknown[]>>

const parts: Readonly<Record<string, { readonly table: string; readonly sql: string }>> = {
  numbers: {
    table: 'numbers',
    sql: `select n.e164, n.state, m.staff_code as holder, n.visible_from::text as visible, n.licensed,
        case when m.status in ('active') then m.destination end as rings
      from numbers n left join members m on m.company_id = n.company_id and m.member_id = n.holder_id
      where n.company_id = $1 order by n.e164, n.number_id`,
  },
  schedules: {
    table: 'scheduled_moves',
    sql: `select n.e164, w.kind, m.staff_code as goes_to, w.state, w.due_at::text, w.history, w.return_at::text, w.restore_visible_from::text
      from scheduled_moves w join numbers n on n.company_id = w.company_id and n.number_id = w.number_id
      join members m on m.company_id = w.company_id and m.member_id = w.to_member_id
      where w.company_id = $1 and w.state in ('scheduled', 'pending_check', 'pending_approval') order by n.e164, w.kind`,
  },
  members: {
    table: 'members',
    sql: `select m.staff_code, m.status, m.role, m.left_at is not null as has_left, a.staff_code as manager, m.destination
      from members m left join members a on a.company_id = m.company_id and a.member_id = m.manager_id
      where m.company_id = $1 order by m.staff_code`,
  },
  places: {
    table: 'member_departments',
    sql: `select d.name as department, p.name as below, m.staff_code, md.is_lead from member_departments md
      join members m on m.company_id = md.company_id and m.member_id = md.member_id
      join departments d on d.company_id = md.company_id and d.department_id = md.department_id
      left join departments p on p.company_id = d.company_id and p.department_id = d.parent_id
      where md.company_id = $1 order by d.name, md.department_id, m.staff_code`,
  },
  erasures: {
    table: 'history_erasures',
    sql: `select n.e164, e.state from history_erasures e
      join numbers n on n.company_id = e.company_id and n.number_id = e.number_id
      where e.company_id = $1 and e.state in ('awaiting_approval', 'approved', 'erasing', 'done') order by n.e164, e.cut_off`,
  },
  tokens: {
    table: 'api_tokens',
    sql: `select m.staff_code, t.name from api_tokens t
      join members m on m.company_id = t.company_id and m.member_id = t.member_id
      where t.company_id = $1 and t.revoked_at is null order by m.staff_code, t.name, t.token_id`,
  },
  workAccounts: {
    table: 'work_accounts',
    sql: `select s.name as system, w.login, w.state, m.staff_code as holder, n.e164 as number, w.number_use
      from work_accounts w join systems s on s.company_id = w.company_id and s.system_id = w.system_id
      left join members m on m.company_id = w.company_id and m.member_id = w.holder_id
      left join numbers n on n.company_id = w.company_id and n.number_id = w.number_id
      where w.company_id = $1 order by s.name, w.login, w.work_account_id`,
  },
  openTasks: {
    table: 'tasks',
    sql: `select t.kind, t.subject_kind, t.subject_id, m.staff_code as assignee, t.state from tasks t
      left join members m on m.company_id = t.company_id and m.member_id = t.for_member_id
      where t.company_id = $1 and t.state in ('planned', 'claimed') order by t.kind, t.subject_id, t.task_id`,
  },
}

/**
 * The canonical state of a company: holders, visibility, routing, schedules, status, roles, leads, managers, tokens, work
 * accounts and open tasks, without ledger, versions and times of custody. Two moments with the same state are the same
 * to everybody in the company (HAN-7).
 * @param except parts that are not to be compared, e.g. `tokens`, which no undo brings back
 */
export async function canonicalState(
  world: Pick<World, 'tamper'>,
  companyId: string,
  except: readonly string[] = [],
): Promise<CanonicalState> {
  const state: Record<string, readonly unknown[]> = {}
  for (const [name, { table, sql }] of Object.entries(parts)) {
    if (except.includes(name)) continue
    const { rows: found } = await world.tamper('select to_regclass($1) is not null as there', [table])
    if (!found[0].there) continue
    const { rows } = await world.tamper(sql, [companyId])
    state[name] = rows
  }
  return state
}
