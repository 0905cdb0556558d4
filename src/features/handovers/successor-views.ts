import type { Instant } from '../../kernel/fields.ts'
import type { Tx } from '../../platform/db/tx.ts'
import type { Tier } from '../companies/model.ts'
import type { Person } from './model.ts'

/** Other sides of the leaver's numbers that are looked at, the latest first. */
const mostParties = 200

/** Who holds numbers that dealt with the same other sides since `since`, and with how many of them. */
export async function sharedCounterparts(
  tx: Tx,
  memberId: string,
  since: Instant,
): Promise<ReadonlyMap<string, number>> {
  const rows = await tx.query<{ memberId: string; shared: number }>({
    name: 'successors-counterparts',
    text: `with own as (select number_id from numbers where company_id = $1 and holder_id = $2 limit 1000),
      latest as (select c.other_party, c.last_at from own cross join lateral (
          select other_party, last_at from conversations where company_id = $1 and number_id = own.number_id
          order by last_at desc, other_party limit 50) c order by c.last_at desc limit ${mostParties}),
      parties as materialized (select distinct other_party from latest),
      met as (select distinct p.other_party, n.holder_id from parties p cross join lateral (
          select number_id from records r where r.company_id = $1 and r.other_party = p.other_party and r.occurred_at > $3
          order by r.occurred_at desc limit 50) r
        join numbers n on n.company_id = $1 and n.number_id = r.number_id and n.holder_id is not null and n.holder_id <> $2)
      select holder_id as "memberId", count(*)::integer as shared from met group by holder_id order by shared desc limit 20`,
    values: [tx.companyId, memberId, since],
  })
  return new Map(rows.map((row) => [row.memberId, row.shared]))
}

/** Somebody who could take over, with what counts against the cap. */
export interface Candidate extends Person {
  readonly title: string | null
  readonly departments: string[]
  readonly isManager: boolean
  readonly isColleague: boolean
  /** Numbers held and awaited. */
  readonly held: number
}

const mostColleagues = 50

/** The manager, some colleagues of the same departments, and the members named; active ones only. */
export function candidatesFor(tx: Tx, memberId: string, named: readonly string[]): Promise<Candidate[]> {
  return tx.query<Candidate>({
    name: 'successors-candidates',
    text: `with colleagues as (select distinct o.member_id from member_departments m
          join member_departments o on o.company_id = m.company_id and o.department_id = m.department_id
          join members c on c.company_id = o.company_id and c.member_id = o.member_id and c.status = 'active'
          where m.company_id = $1 and m.member_id = $2 and o.member_id <> $2 limit ${mostColleagues}),
      chosen as (select manager_id as member_id from members where company_id = $1 and member_id = $2
        union select member_id from colleagues union select unnest($3::uuid[]))
      select m.member_id as "memberId", m.name, m.staff_code as "staffCode", m.status, m.title,
        array(select d.name from member_departments md join departments d on d.company_id = $1 and d.department_id = md.department_id
          where md.company_id = $1 and md.member_id = m.member_id order by d.name limit 50) as departments,
        m.member_id = (select manager_id from members where company_id = $1 and member_id = $2) is true as "isManager",
        m.member_id in (select member_id from colleagues) as "isColleague",
        ((select count(*) from numbers n where n.company_id = $1 and n.holder_id = m.member_id)
          + (select count(*) from scheduled_moves w where w.company_id = $1 and w.to_member_id = m.member_id
            and w.state in ('scheduled', 'pending_check', 'pending_approval')))::integer as held
      from chosen c join members m on m.company_id = $1 and m.member_id = c.member_id
      where m.status = 'active' and m.member_id <> $2`,
    values: [tx.companyId, memberId, named],
  })
}

/** What the subscription says of the cap, and how many numbers the leaver holds. */
export async function capAndHeld(
  tx: Tx,
  memberId: string,
): Promise<{ tier: Tier; capOverride: number | null; numbers: number }> {
  const [row] = await tx.query<{ tier: Tier; capOverride: number | null; numbers: number }>({
    name: 'successors-cap',
    text: `select tier, cap_override as "capOverride", (select count(*)::integer from numbers
        where company_id = $1 and holder_id = $2) as numbers from subscriptions where company_id = $1`,
    values: [tx.companyId, memberId],
  })
  if (!row) throw new Error(`the company ${tx.companyId} has no subscription`)
  return row
}
