import type { Tx } from '../../../platform/db/tx.ts'
import type { NextCustody } from '../rules/facts.ts'
import type { NumberRow } from '../store.ts'

export const tellHoldersJob = 'numbers.tell-holders'

/** After the commit: the old holder's streams end (NUM-6), and both holders are told (NUM-16). */
export function tellHolders(tx: Tx, row: NumberRow, next: NextCustody): void {
  tx.announce({
    kind: 'custody-changed',
    companyId: tx.companyId,
    numberId: row.number_id,
    fromMemberId: row.holder_id,
  })
  tx.enqueue(tellHoldersJob, { companyId: tx.companyId, numberId: row.number_id, heldFrom: next.at })
}
