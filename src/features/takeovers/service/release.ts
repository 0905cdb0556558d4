import { systemCaller } from '../../../kernel/caller.ts'
import type { Database } from '../../../platform/db/database.ts'
import type { Tx } from '../../../platform/db/tx.ts'
import { listIdentifiers, lockIdentifiers, maskIdentifier, tellPerson } from '../../accounts/index.ts'
import { type BindingEnd, endBinding, insertBindingEnd, listBindingEnds } from '../binding-store.ts'
import { findBindings } from '../binding-views.ts'
import { phoneRecycled } from '../message-templates.ts'
import { lockPhone } from '../store.ts'
import { leaveAccount } from './leave-account.ts'
import type { TakeoverParts } from './parts.ts'

const caller = { kind: 'installation', id: 'sweeper' } as const
const mostAtOnce = 50

/**
 * In the company's realm, before a number is released for good: own accounts that had it as the company's number lose
 * it right after the commit. What the ledger does not show as held here stays: an Admin could enter anybody's phone.
 */
export async function numberReleased(tx: Tx, numberId: string): Promise<void> {
  for (const { identifierId, accountId, heldHere } of await findBindings(tx, [numberId])) {
    if (heldHere) insertBindingEnd(tx, { identifierId, accountId, numberId })
  }
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
  if (!isNew || phone === null) return
  if (!(await leaveAccount(tx, vault, { identifierId, phone, how: 'recycled' }))) return
  const values = { phone: maskIdentifier({ kind: 'phone', value: phone }) }
  await tellPerson(tx, vault, { template: phoneRecycled, values })
}

async function phoneOf(tx: Tx, identifierId: string): Promise<string | null> {
  const found = (await listIdentifiers(tx)).find((one) => one.identifierId === identifierId)
  return found?.kind === 'phone' ? found.value : null
}
