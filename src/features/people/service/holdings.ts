import type { Tx } from '../../../platform/db/tx.ts'
import { type Holding, holdingsOf, toPassOn } from '../../custody-ports/index.ts'
import { holdingKinds } from '../../custody-ports/model.ts'
import { listLed, readStanding } from '../holding-views.ts'
import { type MemberHoldings, mostHoldings } from '../model.ts'
import { hasAccess } from '../states.ts'

export type ShownHolding = MemberHoldings['items'][number]

const nothingElse = { since: null, dependents: [] } as const

/** HAN-1: what a member holds here: access, role and membership, the departments they lead, and their reports. */
export async function listHoldings(tx: Tx, memberId: string): Promise<Holding[]> {
  const [standing, led] = await Promise.all([readStanding(tx, memberId), listLed(tx, memberId)])
  if (!standing) return led
  const { name, role, status, createdAt } = standing
  const access: Holding[] = hasAccess(status)
    ? [{ kind: 'access', id: memberId, label: name, ...nothingElse }]
    : []
  const rank: Holding[] =
    role === 'member' ? [] : [{ kind: 'role', id: memberId, label: role, ...nothingElse }]
  const membership: Holding[] =
    status === 'left'
      ? []
      : [{ kind: 'membership', id: memberId, label: name, since: createdAt, dependents: [] }]
  return [...access, ...led, ...rank, ...membership]
}

/** Everything that a member holds in every feature, in the order in which a handover comes to it (HAN-1). */
export async function everythingHeld(tx: Tx, memberId: string): Promise<MemberHoldings> {
  const all = await holdingsOf(tx, memberId)
  const items = holdingKinds.flatMap((kind) => all.filter((holding) => holding.kind === kind))
  return { memberId, items: shown(items), total: all.length, toPassOn: toPassOn(all).length }
}

/** What must be passed on before the member can have left, as it is shown (NUM-13). */
export async function heldStill(tx: Tx, memberId: string): Promise<ShownHolding[]> {
  return shown(toPassOn(await holdingsOf(tx, memberId)))
}

/** Holdings as the API shows them. */
function shown(holdings: readonly Holding[]): ShownHolding[] {
  return holdings
    .slice(0, mostHoldings)
    .map(({ dependents, ...holding }) => ({ availableAt: null, ...holding, dependents: [...dependents] }))
}
