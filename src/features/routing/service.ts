import { Refusal } from '../../kernel/refusal.ts'
import type { Tx } from '../../platform/db/tx.ts'
import { policiesFrom } from '../companies/index.ts'
import { type NumberRoute, routeRefusal } from './model.ts'
import { ringsAt } from './rules.ts'
import { findAnyRoute, findOwnRoute, type RouteRow } from './views.ts'

/**
 * NUM-6: who holds a number now and where it rings. A token of the installation asks for any company's number and is
 * told ids only.
 * @throws Refusal `route.unknown`, alike for a number of nobody, of another company and a released one
 */
export async function readRoute(tx: Tx, e164: string): Promise<NumberRoute> {
  if (tx.caller.kind === 'installation_token') {
    const row = known(await findAnyRoute(tx, e164), e164)
    const holder = row.holder_id === null ? null : { memberId: row.holder_id }
    return { ...routeOf(row), companyId: row.company_id, holder }
  }
  const row = known(await findOwnRoute(tx, e164), e164)
  const { holder_id: memberId, holder_name: name, staff_code: staffCode } = row
  const holder =
    memberId === null || name === null || staffCode === null ? null : { memberId, name, staffCode }
  return { ...routeOf(row), holder }
}

function known<Row>(row: Row | undefined, e164: string): Row {
  if (row === undefined) throw new Refusal(routeRefusal.unknown, { e164 })
  return row
}

function routeOf(row: RouteRow): Omit<NumberRoute, 'holder' | 'companyId'> {
  return {
    e164: row.e164,
    state: row.state,
    rings: ringsAt({
      e164: row.e164,
      holderStatus: row.holder_status,
      destination: row.destination,
      parkAnnouncement: policiesFrom(row.policies).parkAnnouncement,
    }),
    since: row.held_from,
    version: row.version,
  }
}
