import { systemCaller } from '../../../kernel/caller.ts'
import { Refusal } from '../../../kernel/refusal.ts'
import type { Database } from '../../../platform/db/database.ts'
import type { Tx } from '../../../platform/db/tx.ts'
import {
  listIdentifiers,
  lockIdentifiers,
  lockPhone,
  maskIdentifier,
  tellPerson,
} from '../../accounts/index.ts'
import { hasAccess } from '../../people/index.ts'
import { type BindingEnd, endBinding, insertBindingEnd, listBindingEnds } from '../binding-store.ts'
import { type BindingRow, findBindings } from '../binding-views.ts'
import { phoneRecycled } from '../message-templates.ts'
import { takeoverRefusal } from '../model.ts'
import { isLastWayIn } from '../rules/takeover.ts'
import { leaveAccount, waysIn } from './leave-account.ts'
import type { TakeoverParts } from './parts.ts'

const caller = { kind: 'installation', id: 'sweeper' } as const
const mostAtOnce = 50

/**
 * In the company's realm, before a number is released for good: own accounts that had it as the company's number lose
 * it right after the commit. What the ledger does not show as held here stays: an Admin could enter anybody's phone.
 * @throws Refusal `number.account_bound` where it is of somebody who works here, or the last way into an account
 */
export async function numberReleased(tx: Tx, numberId: string): Promise<void> {
  for (const binding of await findBindings(tx, [numberId])) {
    if (!binding.heldHere) continue
    const { e164 } = binding
    if (await isNeeded(tx, binding)) throw new Refusal(takeoverRefusal.accountBound, { e164 })
    insertBindingEnd(tx, { ...binding, numberId })
  }
}

/** In the company's realm: whether an own account cannot be left without the company's number (ACC-1, ACC-7). */
export function isNeeded(
  tx: Tx,
  { accountId, identifierId, status }: Pick<BindingRow, 'accountId' | 'identifierId' | 'status'>,
): Promise<boolean> {
  return hasAccess(status)
    ? Promise.resolve(true)
    : tx.inAccount(accountId, (inside) => isLast(inside, identifierId))
}

async function isLast(tx: Tx, identifierId: string): Promise<boolean> {
  return isLastWayIn(identifierId, await waysIn(tx))
}

/** Ends the bindings to numbers that were released, with notice; resolves to how many. */
export async function endBindings(parts: TakeoverParts & { readonly database: Database }): Promise<number> {
  const due = await parts.database.asSteward(caller, (tx) => listBindingEnds(tx, mostAtOnce))
  for (const end of due) {
    await parts.database.inRealmOf(caller, (tx) =>
      tx.inAccount(end.accountId, (inside) => endOne(inside, parts, end)),
    )
  }
  return due.length
}

async function endOne(
  tx: Tx,
  { vault }: TakeoverParts,
  { companyId, identifierId }: BindingEnd,
): Promise<void> {
  const phone = await phoneOf(tx, identifierId)
  if (phone !== null) {
    await lockPhone(tx, phone)
    await lockIdentifiers(tx)
  }
  const isNew = await tx.inCompany(systemCaller(companyId, 'takeovers'), (inside) =>
    endBinding(inside, identifierId),
  )
  // It became the last way in since the release: it stays the person's, as any phone of whoever has the line.
  if (!isNew || phone === null || (await isLast(tx, identifierId))) return
  if (!(await leaveAccount(tx, vault, { identifierId, phone, how: 'recycled' }))) return
  const values = { phone: maskIdentifier({ kind: 'phone', value: phone }) }
  await tellPerson(tx, vault, { template: phoneRecycled, values })
}

async function phoneOf(tx: Tx, identifierId: string): Promise<string | null> {
  const found = (await listIdentifiers(tx)).find((one) => one.identifierId === identifierId)
  return found?.kind === 'phone' ? found.value : null
}
