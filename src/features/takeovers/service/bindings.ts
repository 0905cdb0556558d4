import { Refusal } from '../../../kernel/refusal.ts'
import type { RouteInput, RouteOutput } from '../../../kernel/route.ts'
import type { Tx } from '../../../platform/db/tx.ts'
import { httpRefusal } from '../../../platform/http/refusals.ts'
import { dependentsOf as allDependentsOf, type Dependent } from '../../custody-ports/index.ts'
import { scopeOf } from '../../people/index.ts'
import { type BindingRow, findBindings, findNumber } from '../binding-views.ts'
import type { takeoversContract } from '../contract.ts'
import type { Binding } from '../model.ts'
import { bindingLabel, usesOf, whoseBinding } from '../rules/bindings.ts'
import { findCompany } from '../views.ts'
import { isNeeded } from './release.ts'

type Routes = typeof takeoversContract

/** WRK-4: own accounts that use these numbers, as plans, moves and releases see them. */
export async function dependentsOf(
  tx: Tx,
  numberIds: readonly string[],
): Promise<ReadonlyMap<string, readonly Dependent[]>> {
  const rows = await findBindings(tx, numberIds)
  const found = new Map<string, Dependent[]>()
  if (rows.length === 0) return found
  const { language } = await findCompany(tx)
  for (const row of rows) {
    const dependent: Dependent = {
      kind: 'identifier',
      id: row.identifierId,
      label: bindingLabel(row, language),
      use: usesOf(row),
      since: row.boundAt,
    }
    found.set(row.numberId, [...(found.get(row.numberId) ?? []), dependent])
  }
  return found
}

/**
 * WRK-4: what hangs on a number in the reader's scope. Of an earlier account nothing personal is said.
 * @throws Refusal `thing.not_found`
 */
export async function listBindings(
  tx: Tx,
  { params }: RouteInput<Routes['listBindings']>,
): Promise<RouteOutput<Routes['listBindings']>> {
  const { numberId } = params
  if (!(await findNumber(tx, numberId, await scopeOf(tx)))) {
    throw new Refusal(httpRefusal.notFound, { thing: 'number' })
  }
  const own = await findBindings(tx, [numberId])
  const all = (await allDependentsOf(tx, [numberId])).get(numberId) ?? []
  const outside = all.filter(({ kind }) => kind === 'work_account')
  return {
    numberId,
    bindings: [...own.map(presentOwn), ...outside.map(presentOutside)],
    isStillLinked: own.some(({ isHolder }) => !isHolder),
    blocksRelease: outside.length > 0 || (await someNeeded(tx, own)),
  }
}

async function someNeeded(tx: Tx, rows: readonly BindingRow[]): Promise<boolean> {
  for (const row of rows) if (row.heldHere && (await isNeeded(tx, row))) return true
  return false
}

function presentOwn(row: BindingRow): Binding {
  const of = whoseBinding(row)
  const isNamed = of !== 'former_member'
  return {
    bindingId: row.identifierId,
    kind: 'account',
    identifierKind: 'phone',
    of,
    memberId: isNamed ? row.memberId : null,
    memberName: isNamed ? row.memberName : null,
    label: null,
    canLogin: row.canLogin,
    canVerify: row.canVerify,
    since: row.boundAt,
  }
}

function presentOutside({ id, label, use, since }: Dependent): Binding {
  return {
    bindingId: id,
    kind: 'work_account',
    identifierKind: null,
    of: 'unlinked',
    memberId: null,
    memberName: null,
    label,
    canLogin: use === null ? null : use !== 'verification',
    canVerify: use === null ? null : use !== 'login',
    since,
  }
}
