import { systemCaller } from '../../../kernel/caller.ts'
import type { Tx } from '../../../platform/db/tx.ts'
import { observeTasksOf } from '../../tasks/index.ts'
import { findRebinding } from '../rebinding-store.ts'
import { originKind } from './rebinding.ts'

/** The number is bound to its holder's account: Baton saw it, so that the tasks for it are done (WRK-3). */
export async function settleTasks(
  tx: Tx,
  { companyId, numberId }: { readonly companyId: string; readonly numberId: string },
): Promise<void> {
  await tx.inCompany(systemCaller(companyId, 'takeovers'), async (inside) => {
    const rebinding = await findRebinding(inside, numberId)
    if (!rebinding) return
    const origin = { originKind, originId: rebinding.rebindingId }
    await observeTasksOf(inside, origin, 'The number is bound to the account of its holder.')
  })
}
