import type { Database } from '../../../platform/db/database.ts'
import type { Tx } from '../../../platform/db/tx.ts'
import { findByIdentifier, lockAccountRow } from '../../accounts/index.ts'
import { findDueRecovery, forgetRecovery, listDueRecoveries } from '../recovery-store.ts'
import type { TakeoverParts } from './parts.ts'
import { bringBack } from './recovery.ts'

const caller = { kind: 'installation', id: 'sweeper' } as const
const mostAtOnce = 50

/** Brings back sealed accounts whose other addresses did not object; resolves to how many. */
export async function settleRecoveries(
  parts: TakeoverParts & { readonly database: Database },
): Promise<number> {
  const due = await parts.database.asSteward(caller, (tx) => listDueRecoveries(tx, mostAtOnce))
  let settled = 0
  for (const { accountId, recoveryId } of due) {
    const isSettled = await parts.database.inRealmOf(caller, (tx) =>
      tx.inAccount(accountId, (inside) => settle(inside, parts, recoveryId)),
    )
    if (isSettled) settled += 1
  }
  return settled
}

async function settle(tx: Tx, parts: TakeoverParts, recoveryId: string): Promise<boolean> {
  const state = await lockAccountRow(tx, 'update')
  const recovery = await findDueRecovery(tx, recoveryId)
  if (!recovery) return false
  const { email } = recovery
  if (state === 'sealed' && (await findByIdentifier(tx, 'email', email)) === null) {
    await bringBack(tx, parts, email)
  } else forgetRecovery(tx, recoveryId)
  return true
}
