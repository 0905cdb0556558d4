import { canonicalState } from '../canonical-state.ts'
import type { LeavingCompany } from './leaver.ts'

/** What a company is and what it has been told, in a form that two companies that went the same way share. */
export type Account = Readonly<Record<string, unknown>>

// The queue of notices, tasks, requests, stretches of custody and entries of the ledger, none of them twice.
const counts: Readonly<Record<string, string>> = {
  custody: `select right(n.e164, 2) as number, count(*)::integer as stretches, count(*) filter (where a.held_to is null)::integer as open
    from assignments a join numbers n using (company_id, number_id) where company_id = $1 group by 1 order by 1`,
  tasks:
    'select kind, state, origin_kind, count(*)::integer from tasks where company_id = $1 group by 1, 2, 3 order by 1, 2, 3',
  requests:
    'select kind, state, count(*)::integer from requests where company_id = $1 group by 1, 2 order by 1, 2',
  notices: `select kind, m.staff_code, count(*)::integer from notices join members m using (company_id, member_id)
    where company_id = $1 group by 1, 2 order by 1, 2`,
  items: `select kind, way, state, refusal_code, count(*)::integer from handover_items
    where company_id = $1 group by 1, 2, 3, 4 order by 1, 2, 3, 4`,
  receipts:
    'select part, signed_at is not null as is_signed from handover_receipts where company_id = $1 order by 1',
  ledger: `select action, count(*)::integer, count(distinct seq)::integer as places from audit_entries
    where company_id = $1 group by 1 order by 1`,
  licences: 'select licences_used from subscriptions where company_id = $1',
}

/** The canonical state, as it is. */
export function stateOf({ baton, companyId }: LeavingCompany, except: readonly string[] = []) {
  const tamper = (sql: string, values?: unknown[]) => baton.asSuperuser((client) => client.query(sql, values))
  return canonicalState({ tamper }, companyId, except)
}

/** The canonical state with how often everything happened, without ids, times and the company's own digits. */
export async function accountOf(company: LeavingCompany): Promise<Account> {
  const { baton, companyId } = company
  const account: Record<string, unknown> = { state: await stateOf(company) }
  await baton.asSuperuser(async (client) => {
    for (const [name, sql] of Object.entries(counts))
      account[name] = (await client.query(sql, [companyId])).rows
  })
  return JSON.parse(JSON.stringify(account).replace(personal, alike))
}

const personal =
  /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}|\+(?:4930|86138)\d+(\d\d)|\d{4}-\d\d-\d\d[ T][\d:.]+(?:\+00|Z)/g

function alike(_found: string, place: string | undefined): string {
  return place === undefined ? '-' : `number ${place}`
}
