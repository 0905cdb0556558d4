import type pg from 'pg'

/** Each statement finds what must never be, in the company $1; all of them find nothing. */
const faults: Readonly<Record<string, string>> = {
  'NUM-1 a stretch that does not begin where the one before ends': `select number_id, held_from from (
      select number_id, held_from, lag(held_to) over chain as ended, row_number() over chain as place from assignments
      where company_id = $1 window chain as (partition by number_id order by held_from)) s
    where place > 1 and held_from is distinct from ended`,
  'NUM-1 a number that differs from its open stretch': `select n.number_id from numbers n left join assignments a
      on a.company_id = n.company_id and a.number_id = n.number_id and a.held_to is null
    where n.company_id = $1 and ((a.held_from, a.state, a.visible_from) is distinct from (n.held_from, n.state, n.visible_from)
      or (a.holder_id, a.assigned_at) is distinct from (n.holder_id, n.assigned_at))`,
  'NUM-3 a member above the cap': `select member_id, count(*) from (
      select holder_id as member_id, number_id from numbers where company_id = $1 and holder_id is not null union
      select to_member_id, number_id from scheduled_moves where company_id = $1 and finished_at is null) counted
    group by member_id having count(*) > (select cap_override from subscriptions where company_id = $1)`,
  'NUM-10 licences that are not those of the numbers': `select licences_used from subscriptions s where company_id = $1
      and licences_used <> (select count(*) from numbers n where n.company_id = s.company_id and licensed)`,
  'NUM-8 an operation whose counts are not those of its items': `select o.operation_id from operations o
      cross join lateral (select count(*) as total, count(*) filter (where state = 'done') as done,
        count(*) filter (where state = 'waiting') as waiting, count(*) filter (where state = 'failed') as failed,
        count(*) filter (where state = 'pending') as pending
      from operation_items i where i.company_id = o.company_id and i.operation_id = o.operation_id) c
    where o.company_id = $1 and ((o.total, o.done, o.waiting, o.failed) is distinct from (c.total, c.done, c.waiting, c.failed)
      or o.state = 'done' and c.pending > 0)`,
  'NUM-8 a move that is called done and is not in custody, or twice': `select i.operation_id, i.position from operation_items i
    where i.company_id = $1 and i.state = 'done' and i.outcome ? 'at' and 1 <> (select count(*) from assignments a
      where a.company_id = $1 and a.number_id = i.subject_id and a.held_from = (i.outcome ->> 'at')::timestamptz)`,
  'NUM-8 moves of one slice that do not take effect at one instant': `select operation_id, slice from operation_items
    where company_id = $1 and state = 'done' and outcome ? 'at' group by 1, 2 having count(distinct outcome ->> 'at') > 1`,
  'ALL-2 a move that is called done and is not in the ledger, or twice': `with told as (
      select effect ->> 'operationId' as operation_id, subject_id, effect ->> 'at' as at, count(*) as times from audit_entries
      where company_id = $1 and action like 'number.%' and effect ? 'operationId' group by 1, 2, 3),
    done as (select operation_id::text, subject_id::text, outcome ->> 'at' as at from operation_items
      where company_id = $1 and state = 'done' and outcome ? 'at')
    select * from told full join done using (operation_id, subject_id, at) where times is distinct from 1 or done.at is null`,
  'ALL-2 a stretch that the ledger does not know, or twice': `with told as (
      select subject_id, (effect ->> 'at')::timestamptz as at, count(*) as times from audit_entries
      where company_id = $1 and action like 'number.%' and effect ? 'at' group by 1, 2)
    select a.number_id, a.held_from from assignments a
      left join told on told.subject_id = a.number_id::text and told.at = a.held_from
    where a.company_id = $1 and a.cause <> 'added' and a.moved_by <> 'seed' and told.times is distinct from 1`,
}

/** Holds where nothing happened at the same time: custody's own account of every instant. */
const aboveCapAtAnInstant = `select a.holder_id, a.held_from from assignments a join assignments b
    on b.company_id = a.company_id and b.holder_id = a.holder_id and b.held_from <= a.held_from
      and (b.held_to is null or b.held_to > a.held_from)
  where a.company_id = $1 group by 1, 2 having count(distinct b.number_id) > (select cap_override from subscriptions where company_id = $1)`

type Ask = (sql: string, values: unknown[]) => Promise<pg.QueryResult>

export interface FoundFault {
  readonly fault: string
  readonly rows: readonly unknown[]
}

/** What is wrong in a company, past row-level security; `instants` looks at the cap at every instant of custody, too. */
export async function faultsOf(
  ask: Ask,
  companyId: string,
  instants: 'instants' | 'now',
): Promise<FoundFault[]> {
  const all = {
    ...faults,
    ...(instants === 'instants' ? { 'NUM-3 a member above the cap at an instant': aboveCapAtAnInstant } : {}),
  }
  const found: FoundFault[] = []
  for (const [fault, sql] of Object.entries(all)) {
    const { rows } = await ask(sql, [companyId])
    if (rows.length > 0) found.push({ fault, rows: rows.slice(0, 5) })
  }
  return found
}
