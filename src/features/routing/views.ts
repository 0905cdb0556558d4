import type { Instant } from '../../kernel/fields.ts'
import type { Tx } from '../../platform/db/tx.ts'
import type { MemberStatus } from '../people/model.ts'

/** A number's route as one statement sees it, so that a move is either not yet or wholly done. */
export interface RouteRow {
  readonly company_id: string
  readonly e164: string
  readonly state: 'held' | 'parked'
  readonly holder_id: string | null
  readonly held_from: Instant
  readonly version: number
  readonly holder_status: MemberStatus | null
  readonly destination: string | null
  readonly policies: unknown
}

export interface OwnRouteRow extends RouteRow {
  readonly holder_name: string | null
  readonly staff_code: string | null
}

/** The route of a number of this realm's company; undefined when it has none. */
export async function findOwnRoute(tx: Tx, e164: string): Promise<OwnRouteRow | undefined> {
  const [row] = await tx.query<OwnRouteRow>({
    name: 'route-own',
    text: `select n.company_id, n.e164, n.state, n.holder_id, n.held_from, n.version, m.status as holder_status,
        m.destination, c.policies, m.name as holder_name, m.staff_code
      from numbers n join companies c on c.company_id = n.company_id
      left join members m on m.company_id = n.company_id and m.member_id = n.holder_id
      where n.company_id = $1 and n.e164 = $2 and n.state <> 'released'`,
    values: [tx.companyId, e164],
  })
  return row
}

/** The route of any company's number, in the realm of the installation; undefined when no company has it. */
export async function findAnyRoute(tx: Tx, e164: string): Promise<RouteRow | undefined> {
  const [row] = await tx.query<RouteRow>({
    name: 'route-any',
    text: `select company_id, e164, state, holder_id, held_from, version, holder_status, destination, policies
      from baton_route($1)`,
    values: [e164],
  })
  return row
}
