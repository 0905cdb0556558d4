import type { Role } from '../../kernel/permission.ts'
import type { Tx } from '../../platform/db/tx.ts'

/** The role of a member who still works here; null for anybody else. */
export async function roleOf(tx: Tx, memberId: string): Promise<Role | null> {
  const [member] = await tx.query<{ role: Role }>({
    text: `select role from members where company_id = $1 and member_id = $2 and status = 'active'`,
    values: [tx.companyId, memberId],
  })
  return member?.role ?? null
}

/** Names of members and numbers, by id. */
export async function importLabels(
  tx: Tx,
  subjectIds: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  if (subjectIds.length === 0) return new Map()
  const rows = await tx.query<{ id: string; label: string }>({
    text: `select member_id as id, name as label from members where company_id = $1 and member_id = any($2)
      union all select number_id, e164 from numbers where company_id = $1 and number_id = any($2)
      union all select department_id, name from departments where company_id = $1 and department_id = any($2)`,
    values: [tx.companyId, subjectIds],
  })
  return new Map(rows.map(({ id, label }) => [id, label]))
}

/** Something that was built on an import since. */
export interface BuiltThing {
  readonly kind: 'member' | 'department' | 'number' | 'work_account' | 'system'
  readonly id: string
  readonly label: string
  readonly why: 'changed' | 'used'
}

/** What an import left behind, with the version it left. */
export interface LeftThing {
  readonly id: string
  readonly version: number
  /** Made by the import, so that undoing takes it away. */
  readonly made: boolean
}

/** Members that are not as the import left them, or that something hangs on if they are to go. */
export function membersBuiltOn(tx: Tx, left: readonly LeftThing[]): Promise<BuiltThing[]> {
  return tx.query<BuiltThing>({
    text: `with mine as (select * from unnest($2::uuid[], $3::integer[], $4::boolean[]) as l (id, version, made))
      select 'member' as kind, l.id, m.name as label,
        case when m.version <> l.version then 'changed' else 'used' end as why
      from mine l join members m on m.company_id = $1 and m.member_id = l.id
      where m.version <> l.version or (l.made and (
        m.account_id is not null
        or exists (select 1 from assignments a where a.company_id = $1 and a.holder_id = l.id)
        or exists (select 1 from scheduled_moves s where s.company_id = $1 and s.to_member_id = l.id)
        or exists (select 1 from api_tokens t where t.company_id = $1 and t.member_id = l.id)
        or exists (select 1 from notices n where n.company_id = $1 and n.member_id = l.id)
        or exists (select 1 from tasks t where t.company_id = $1 and t.for_member_id = l.id)
        or exists (select 1 from work_account_holders w where w.company_id = $1 and w.holder_id = l.id)
        or exists (select 1 from handovers h where h.company_id = $1
          and l.id in (h.leaver_id, h.default_successor_id, h.fallback_id))
        or exists (select 1 from handover_acceptances h where h.company_id = $1 and h.member_id = l.id)
        or exists (select 1 from handover_items h where h.company_id = $1 and h.to_member_id = l.id)
        or exists (select 1 from members r where r.company_id = $1 and r.manager_id = l.id
          and r.member_id not in (select id from mine))))
      order by label limit 101`,
    values: [tx.companyId, ...columnsOf(left)],
  })
}

/** Whether one of these members is an Owner. */
export async function hasOwner(tx: Tx, memberIds: readonly string[]): Promise<boolean> {
  const [found] = await tx.query<{ found: boolean }>({
    text: `select exists (select 1 from members
      where company_id = $1 and member_id = any($2) and role = 'owner') as found`,
    values: [tx.companyId, memberIds],
  })
  return found?.found === true
}

/** Those of these members that are not there any more. */
export async function membersGone(tx: Tx, memberIds: readonly string[]): Promise<ReadonlySet<string>> {
  if (memberIds.length === 0) return new Set()
  const rows = await tx.query<{ id: string }>({
    text: `select id from unnest($2::uuid[]) as l (id)
      where not exists (select 1 from members m where m.company_id = $1 and m.member_id = l.id)`,
    values: [tx.companyId, memberIds],
  })
  return new Set(rows.map(({ id }) => id))
}

/** Departments of the import in which others are by now, or below which there are others. */
export function departmentsBuiltOn(
  tx: Tx,
  departmentIds: readonly string[],
  memberIds: readonly string[],
): Promise<BuiltThing[]> {
  return tx.query<BuiltThing>({
    text: `select 'department' as kind, d.department_id as id, d.name as label, 'used' as why from departments d
      where d.company_id = $1 and d.department_id = any($2) and (
        exists (select 1 from member_departments md where md.company_id = $1 and md.department_id = d.department_id
          and md.member_id <> all($3))
        or exists (select 1 from departments c where c.company_id = $1 and c.parent_id = d.department_id
          and c.department_id <> all($2)))
      order by label limit 101`,
    values: [tx.companyId, departmentIds, memberIds],
  })
}

/** A number that an import left behind. */
export interface LeftNumber extends LeftThing {
  /** The move that waited then; null for none. */
  readonly moveId: string | null
}

/**
 * Numbers that are not as the import left them, or that have records if they are to go. A move that waited may have been
 * made meanwhile, which is what the import wanted.
 */
export function numbersBuiltOn(tx: Tx, left: readonly LeftNumber[]): Promise<BuiltThing[]> {
  return tx.query<BuiltThing>({
    text: `select 'number' as kind, l.id, n.e164 as label,
        case when n.version <> l.version + moved.times then 'changed' else 'used' end as why
      from unnest($2::uuid[], $3::integer[], $4::boolean[], $5::uuid[]) as l (id, version, made, move_id)
      join numbers n on n.company_id = $1 and n.number_id = l.id
      cross join lateral (select count(*) as times from scheduled_moves s
        where s.company_id = $1 and s.move_id = l.move_id and s.state = 'done') moved
      where n.version <> l.version + moved.times or (l.made and exists (
        select 1 from conversations c where c.company_id = $1 and c.number_id = l.id
        union all select 1 from work_accounts w where w.company_id = $1 and w.number_id = l.id and w.state = 'held'))
      order by label limit 101`,
    values: [tx.companyId, ...columnsOf(left), left.map(({ moveId }) => moveId)],
  })
}

/** How many of these numbers came to whom they are with at `before` or earlier. */
export async function movedUpTo(tx: Tx, numberIds: readonly string[], before: string): Promise<number> {
  const [found] = await tx.query<{ count: number }>({
    text: `select count(*)::integer as count from assignments
      where company_id = $1 and number_id = any($2) and held_to is null and held_from <= $3`,
    values: [tx.companyId, numberIds, before],
  })
  return found?.count ?? 0
}

/** Systems that an import made and in which there are accounts that it did not make. */
export function systemsBuiltOn(
  tx: Tx,
  systemIds: readonly string[],
  accountIds: readonly string[],
): Promise<BuiltThing[]> {
  return tx.query<BuiltThing>({
    text: `select 'system' as kind, s.system_id as id, s.name as label, 'used' as why from systems s
      where s.company_id = $1 and s.system_id = any($2) and exists (
        select 1 from work_accounts w where w.company_id = $1 and w.system_id = s.system_id
          and w.work_account_id <> all($3))
      order by label limit 101`,
    values: [tx.companyId, systemIds, accountIds],
  })
}

/** Accounts in outside systems that are not as the import left them. */
export function accountsBuiltOn(tx: Tx, left: readonly LeftThing[]): Promise<BuiltThing[]> {
  return tx.query<BuiltThing>({
    text: `select 'work_account' as kind, w.work_account_id as id, w.login as label, 'changed' as why
      from unnest($2::uuid[], $3::integer[], $4::boolean[]) as l (id, version, made)
      join work_accounts w on w.company_id = $1 and w.work_account_id = l.id
      where w.version <> l.version order by label limit 101`,
    values: [tx.companyId, ...columnsOf(left)],
  })
}

function columnsOf(left: readonly LeftThing[]): [string[], number[], boolean[]] {
  return [left.map(({ id }) => id), left.map(({ version }) => version), left.map(({ made }) => made)]
}

/** What has become of moves that waited. */
export async function statesOfMoves(
  tx: Tx,
  moveIds: readonly string[],
): Promise<ReadonlyMap<string, 'waits' | 'done' | 'dropped'>> {
  if (moveIds.length === 0) return new Map()
  const rows = await tx.query<{ id: string; state: 'waits' | 'done' | 'dropped' }>({
    text: `select move_id as id, case when state = 'done' then 'done'
        when state in ('cancelled', 'failed') then 'dropped' else 'waits' end as state
      from scheduled_moves where company_id = $1 and move_id = any($2)`,
    values: [tx.companyId, moveIds],
  })
  return new Map(rows.map(({ id, state }) => [id, state]))
}
