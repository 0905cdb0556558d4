import { Refusal } from '../../../kernel/refusal.ts'
import type { Database } from '../../../platform/db/database.ts'
import type { Tx } from '../../../platform/db/tx.ts'
import {
  isFrozen,
  listIdentifiers,
  lockAccountRow,
  lockPhone,
  maskIdentifier,
  noteSecurity,
  tellPerson,
} from '../../accounts/index.ts'
import { phoneStays } from '../message-templates.ts'
import { endTakeover, findPhone, listDue, lockTakeover, type TakeoverRow } from '../store.ts'
import { carryOver, lockAccounts } from './carry-over.ts'
import { type Look, lookAt } from './look.ts'
import type { TakeoverParts } from './parts.ts'
import { isUsedUnheard } from './unheard.ts'

const caller = { kind: 'installation', id: 'sweeper' } as const
const mostAtOnce = 50

/** Does what is due: phones that nobody objected to pass on (ACC-6), those that nobody confirmed do not; resolves to how many. */
export async function settleDue(parts: TakeoverParts & { readonly database: Database }): Promise<number> {
  const due = await parts.database.asSteward(caller, (tx) => listDue(tx, mostAtOnce))
  let settled = 0
  for (const { accountId, takeoverId } of due) {
    const isSettled = await parts.database.inRealmOf(caller, (tx) =>
      tx.inAccount(accountId, (inside) => settle(inside, parts, takeoverId)),
    )
    if (isSettled) settled += 1
  }
  return settled
}

async function settle(tx: Tx, parts: TakeoverParts, takeoverId: string): Promise<boolean> {
  const phone = await findPhone(tx, takeoverId)
  if (phone === null) return false
  await lockPhone(tx, phone)
  const look = await lookAt(tx, phone)
  const row = await lockTakeover(tx, takeoverId)
  if (!row || row.dueAt > tx.now) return false
  const { replaces } = row
  if (row.state === 'waiting' && (await mayPass(tx, look, row))) {
    await carryOver(tx, parts, {
      look,
      replaces: await stillOwn(tx, replaces),
      how: 'recycled',
      secret: null,
    })
    endTakeover(tx, takeoverId, { state: 'done' })
    return true
  }
  endTakeover(tx, takeoverId, { state: 'void' })
  if (row.state === 'waiting') {
    noteSecurity(tx, { kind: 'takeover_vetoed', facts: { isOwn: true } })
    const values = { phone: maskIdentifier({ kind: 'phone', value: phone }) }
    await tellPerson(tx, parts.vault, { template: phoneStays, values })
  }
  return true
}

// The account that it goes to can end, be sealed or be frozen while it waits, and so can the phone go another way.
async function mayPass(tx: Tx, look: Look, row: TakeoverRow): Promise<boolean> {
  await lockAccounts(tx, look.bound)
  if ((await lockAccountRow(tx, 'update')) !== 'active' || (await isFrozen(tx))) return false
  if (look.bound !== null && look.bound.identifierId !== row.formerIdentifierId) return false
  const { bound } = look
  if (bound && (await tx.inAccount(bound.accountId, (inside) => isUsedUnheard(inside, bound.identifierId)))) {
    return false
  }
  try {
    look.decide()
    return true
  } catch (error) {
    if (error instanceof Refusal) return false
    throw error
  }
}

async function stillOwn(tx: Tx, replaces: string | null): Promise<string | null> {
  const own = await listIdentifiers(tx)
  return own.some((one) => one.identifierId === replaces && one.kind === 'phone') ? replaces : null
}
