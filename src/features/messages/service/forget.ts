import { addHours } from '../../../kernel/instant.ts'
import type { Tx } from '../../../platform/db/tx.ts'
import { deleteEnded, dropKept } from '../store.ts'

const keptDays = 30

/** Forgets messages that ended 30 days ago, and what an outbox kept that is off by now; resolves to how many. */
export async function forgetMessages(tx: Tx, { outbox }: { readonly outbox: boolean }): Promise<number> {
  const dropped = outbox ? 0 : await dropKept(tx)
  return dropped + (await deleteEnded(tx, addHours(tx.now, -24 * keptDays)))
}
