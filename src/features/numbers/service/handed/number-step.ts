import type { Instant } from '../../../../kernel/fields.ts'
import type { Tx } from '../../../../platform/db/tx.ts'
import { httpRefusal } from '../../../../platform/http/refusals.ts'
import {
  type DoneItem,
  type HandoverFacts,
  type HandoverStep,
  type Observation,
  type StepItem,
  stepRefusal,
} from '../../../custody-ports/index.ts'
import { type BatchNumberRow, numbersOf } from '../../batch-views.ts'
import { handedRemark } from '../../model/handed.ts'
import { moveRefusal, numberRefusal } from '../../model.ts'
import { carryOutNumbers, stateOf } from './carry-out.ts'
import { planNumbers } from './plan.ts'
import { undoNumbers } from './undo.ts'

/** Numbers pass on, are parked, or are lent; what they need waits as anywhere else (HAN-3, NUM-3 to NUM-5, NUM-14). */
export const numberStep: HandoverStep = {
  holding: 'number',
  phase: 'numbers',
  ways: {
    leave: ['pass_on', 'park', 'leave'],
    move: ['pass_on', 'park', 'leave'],
    loan: ['pass_on', 'leave'],
  },
  refusals: [
    ...Object.values(numberRefusal),
    ...Object.values(moveRefusal),
    ...Object.values(handedRemark),
    stepRefusal.successorMissing,
    httpRefusal.notFound,
  ],
  plan: planNumbers,
  carryOut: carryOutNumbers,
  observe,
  undo: undoNumbers,
}

async function observe(
  tx: Tx,
  { leaverId }: HandoverFacts,
  items: readonly DoneItem[],
): Promise<Observation[]> {
  const rows = await numbersOf(
    tx,
    items.map(({ holdingId }) => holdingId),
  )
  const found = new Map(rows.map((row) => [row.number_id, row]))
  return items.map((item) => {
    const row = found.get(item.holdingId)
    if (!row) return { itemId: item.itemId, isThere: false, seen: {} }
    return {
      itemId: item.itemId,
      isThere: isThere(item, row, { leaverId, now: tx.now }),
      seen: { ...item.after, ...stateOf(row) },
    }
  })
}

interface Seen {
  readonly leaverId: string
  readonly now: Instant
}

function isThere(item: StepItem, row: BatchNumberRow, { leaverId, now }: Seen): boolean {
  if (item.way === 'leave') return true
  if (item.way === 'park') return row.state === 'parked'
  // What was lent may have come back by itself.
  const isBack = item.returnAt !== null && item.returnAt <= now && row.holder_id === leaverId
  return row.holder_id === item.toMemberId || isBack
}
