import type { Tx } from '../../../platform/db/tx.ts'
import type { Dependent, Holding } from '../../custody-ports/index.ts'
import { dependentOf, labelOf } from '../present.ts'
import { findDependents, findHeld } from '../views.ts'

/** HAN-1: accounts in outside systems that a member holds, those whose deletion still runs too. */
export async function listHoldings(tx: Tx, memberId: string): Promise<Holding[]> {
  const accounts = await findHeld(tx, memberId)
  return accounts.map((account) => ({
    kind: 'work_account',
    id: account.work_account_id,
    label: labelOf(account),
    since: account.held_since,
    dependents: [],
  }))
}

/** WRK-4: accounts in outside systems that hang on these numbers. */
export async function dependentsOf(
  tx: Tx,
  numberIds: readonly string[],
): Promise<ReadonlyMap<string, readonly Dependent[]>> {
  const found = new Map<string, Dependent[]>()
  for (const account of await findDependents(tx, numberIds)) {
    if (account.number_id === null) continue
    found.set(account.number_id, [...(found.get(account.number_id) ?? []), dependentOf(account)])
  }
  return found
}
