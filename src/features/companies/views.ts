import type { Tx } from '../../platform/db/tx.ts'
import type { MemberAboveCap, Policies } from './model.ts'
import { policiesFrom } from './rules.ts'
import type { CompanyRow, SubscriptionRow } from './store.ts'

export function readCompany(tx: Tx): Promise<CompanyRow> {
  return tx.db
    .selectFrom('companies')
    .selectAll()
    .where('company_id', '=', tx.companyId)
    .executeTakeFirstOrThrow()
}

/** The policies in force in this realm's company, defaults filled in. */
export async function loadPolicies(tx: Tx): Promise<Policies> {
  const [row] = await tx.query<{ policies: unknown }>({
    name: 'company-policies',
    text: 'select policies from companies where company_id = $1',
    values: [tx.companyId],
  })
  return policiesFrom(row?.policies ?? {})
}

/** In which language this realm's company is told things. */
export async function readLanguage(tx: Tx): Promise<'en' | 'zh'> {
  const [row] = await tx.query<{ language: 'en' | 'zh' }>({
    text: 'select language from companies where company_id = $1',
    values: [tx.companyId],
  })
  return row?.language ?? 'zh'
}

export function readSubscription(tx: Tx): Promise<SubscriptionRow> {
  return tx.db
    .selectFrom('subscriptions')
    .select(['tier', 'cap_override', 'licences_total', 'licences_used', 'version'])
    .where('company_id', '=', tx.companyId)
    .executeTakeFirstOrThrow()
}

const listedAboveCap = 100

/**
 * NUM-3: who holds or awaits more than `cap` numbers, the fullest first; a number that waits for its own holder
 * counts once. At most 100 are listed, `count` is of all.
 */
export async function findMembersAbove(
  tx: Tx,
  cap: number,
): Promise<{ members: MemberAboveCap[]; count: number }> {
  const rows = await tx.query<MemberAboveCap & { count: number }>({
    text: `with counted as (
        select member_id, count(*) filter (where held) as held, count(*) filter (where not held) as waiting from (
          select member_id, number_id, bool_or(held) as held from (
            select holder_id as member_id, number_id, true as held from numbers
            where company_id = $1 and holder_id is not null
            union all
            select to_member_id, number_id, false from scheduled_moves
            where company_id = $1 and state in ('scheduled', 'pending_check', 'pending_approval')) each_way
          group by member_id, number_id) each_number
        group by member_id having count(*) > $2)
      select m.member_id as "memberId", m.name, c.held, c.waiting, count(*) over () as count
      from counted c join members m on m.company_id = $1 and m.member_id = c.member_id
      order by c.held + c.waiting desc, m.member_id limit ${listedAboveCap}`,
    values: [tx.companyId, cap],
  })
  return {
    members: rows.map(({ memberId, name, held, waiting }) => ({ memberId, name, held, waiting })),
    count: rows[0]?.count ?? 0,
  }
}
