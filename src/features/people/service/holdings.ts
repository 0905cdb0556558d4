import type { Tx } from '../../../platform/db/tx.ts'
import type { Holding } from '../../custody-ports/index.ts'
import { listLedDepartments } from '../views.ts'

/** HAN-1: what a member holds here: the departments that they lead. */
export async function listHoldings(tx: Tx, memberId: string): Promise<Holding[]> {
  return listLedDepartments(tx, memberId)
}
