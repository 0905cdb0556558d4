import type { Instant } from '../../../kernel/fields.ts'
import type { Tx } from '../../../platform/db/tx.ts'
import {
  type AccountDeletion,
  endDeletion,
  findDeletion,
  insertDeletion,
  lockAccountRow,
  sealDeletion,
} from '../deletion-store.ts'

export interface ErasurePlan {
  readonly cause: 'asked' | 'sealed'
  readonly dueAt: Instant
}

/**
 * In the account's realm: lets the account be erased when its time has come. Where its end is on its way already, that
 * one stays, with its time: a takeover during the cooling-off neither shortens nor lengthens it.
 */
export async function scheduleErasure(tx: Tx, { cause, dueAt }: ErasurePlan): Promise<AccountDeletion> {
  await lockAccountRow(tx, 'update')
  const open = await findDeletion(tx)
  if (open === null) return insertDeletion(tx, { cause, dueAt })
  if (cause === 'sealed' && open.cause === 'asked' && open.state === 'waiting')
    sealDeletion(tx, open.deletionId)
  return open
}

/**
 * In the account's realm: lets a sealed account live after its person recovered it.
 * @returns false when its erasure has begun, or none was on its way
 */
export async function cancelErasure(tx: Tx): Promise<boolean> {
  await lockAccountRow(tx, 'update')
  const open = await findDeletion(tx)
  if (open?.state !== 'waiting') return false
  endDeletion(tx, open.deletionId, 'recovered')
  return true
}
