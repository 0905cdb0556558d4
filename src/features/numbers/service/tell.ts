import type { Tx } from '../../../platform/db/tx.ts'
import type { RunningOperation } from '../../operations/index.ts'
import type { Begun } from '../batch-store.ts'
import type { NextCustody } from '../rules/facts.ts'
import type { NumberRow } from '../store.ts'

export const tellHoldersJob = 'numbers.tell-holders'
export const tellHoldersOfSlicesJob = 'numbers.tell-holders-of-slices'

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

const membersAtOnce = 100

/** After the commit of many moves: the streams of who lost a number end, and who follows one is asked anew (NUM-6). */
export function announceMany(tx: Tx, begun: readonly Begun[]): void {
  const from = [...new Set(begun.flatMap(({ row }) => row.holder_id ?? []))]
  for (let first = 0; first < from.length; first += membersAtOnce) {
    const fromMemberIds = from.slice(first, first + membersAtOnce)
    tx.announce({ kind: 'custody-changed-widely', companyId: tx.companyId, fromMemberIds })
  }
}

/** Both holders of every move that these slices of an operation made are told (NUM-16). */
export function tellHoldersOfSlices(
  tx: Tx,
  { operationId }: RunningOperation,
  { from, to }: { readonly from: number; readonly to: number },
): void {
  const ids = { companyId: tx.companyId, operationId, fromSlice: String(from), toSlice: String(to) }
  tx.enqueue(tellHoldersOfSlicesJob, ids)
}
