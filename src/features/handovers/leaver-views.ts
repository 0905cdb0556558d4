import type { Tx } from '../../platform/db/tx.ts'
import type { HandoverState } from './model.ts'
import type { KnownPerson } from './rules/known-people.ts'

/** As a list may name people, each in small letters; digits also without the zeros they begin with. */
export interface Named {
  readonly words: readonly string[]
  readonly memberIds: readonly string[]
}

/** Everybody whom a list may mean by staff code, e-mail address, name or id, with all their managers upwards. */
export function peopleNamed(tx: Tx, { words, memberIds }: Named): Promise<KnownPerson[]> {
  return tx.query<KnownPerson>({
    name: 'handover-people-named',
    text: `with recursive named as (
        select member_id, manager_id from members where company_id = $1 and (member_id = any($3::uuid[])
          or lower(staff_code) = any($2) or lower(email) = any($2) or lower(name) = any($2) or lower(alias) = any($2)
          or (staff_code like '0%' and ltrim(staff_code, '0') = any($2)))
        union
        select a.member_id, a.manager_id from named
          join members a on a.company_id = $1 and a.member_id = named.manager_id)
      select m.member_id as "memberId", m.staff_code as "staffCode", m.name, m.status, m.alias, m.email, m.role,
        m.manager_id as "managerId",
        (select count(*)::integer from numbers n where n.company_id = $1 and n.holder_id = m.member_id) as "numbersHeld"
      from named join members m on m.company_id = $1 and m.member_id = named.member_id order by m.member_id`,
    values: [tx.companyId, words, memberIds],
  })
}

export interface OpenLeave {
  readonly leaverId: string
  readonly handoverId: string
  readonly state: HandoverState
}

/** The handovers of leavers that are under way, the latest of each. */
export async function openLeaves(
  tx: Tx,
  leaverIds: readonly string[],
): Promise<ReadonlyMap<string, OpenLeave>> {
  const rows = await tx.query<OpenLeave>({
    name: 'handover-open-leaves',
    text: `select distinct on (leaver_id) leaver_id as "leaverId", handover_id as "handoverId", state from handovers
      where company_id = $1 and leaver_id = any($2::uuid[]) and kind = 'leave'
        and state in ('draft', 'pending_approval', 'approved', 'scheduled', 'stopped', 'running', 'paused')
      order by leaver_id, handover_id desc`,
    values: [tx.companyId, leaverIds],
  })
  return new Map(rows.map((row) => [row.leaverId, row]))
}

/** The active Owners. */
export async function activeOwners(tx: Tx): Promise<ReadonlySet<string>> {
  const rows = await tx.query<{ memberId: string }>({
    name: 'handover-active-owners',
    text: `select member_id as "memberId" from members
      where company_id = $1 and role = 'owner' and status = 'active' limit 1000`,
    values: [tx.companyId],
  })
  return new Set(rows.map(({ memberId }) => memberId))
}
