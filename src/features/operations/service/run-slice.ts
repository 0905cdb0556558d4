import { addMinutes } from '../../../kernel/instant.ts'
import type { Tx } from '../../../platform/db/tx.ts'
import { record } from '../../audit/index.ts'
import { type ItemResult, kindNamed } from '../kinds.ts'
import {
  changeState,
  claimOperation,
  endSlice,
  type OperationRow,
  pendingItems,
  postponeSlice,
  saveResults,
} from '../store.ts'
import { askSecondPerson, firstSliceAt } from './start.ts'

/**
 * Does the next slice of an operation: one transaction, so that a crash leaves it undone and it runs again.
 * @returns false when there was nothing to do: paused meanwhile, not due, or another process is at it
 */
export async function runSlice(tx: Tx, operationId: string): Promise<boolean> {
  const operation = await claimOperation(tx, operationId)
  if (!operation) return false
  const freeAt = await firstSliceAt(tx, operation.gapMinutes)
  if (freeAt > tx.now) {
    postponeSlice(tx, operationId, freeAt)
    return false
  }
  const kind = kindNamed(operation.kind)
  // What a second person approved goes on, as an approved move does.
  if (operation.approvedBy === null && !(await kind.mayGoOn(tx, operation))) {
    handToSecondPerson(tx, operationId)
    return true
  }
  const items = await pendingItems(tx, operationId, operation.nextSlice)
  const results = items.length === 0 ? [] : await kind.runSlice(tx, operation, items)
  if (results.length !== items.length) throw new Error('every item of a slice needs a result')
  saveResults(tx, operationId, results)
  finishSlice(tx, operation, results)
  return true
}

// Who began it lost the right to: as for a scheduled move, someone who has it decides.
function handToSecondPerson(tx: Tx, operationId: string): void {
  const reason = 'the member who began this operation may no longer move numbers'
  const requestId = askSecondPerson(tx, operationId, reason)
  changeState(tx, operationId, { state: 'pending_approval', dueAt: null, requestId })
}

function finishSlice(tx: Tx, operation: OperationRow, results: readonly ItemResult[]): void {
  const count = (state: ItemResult['state']) => results.filter((result) => result.state === state).length
  const { nextSlice, slices, gapMinutes, settledSlice } = operation
  const isLast = nextSlice + 1 >= slices
  const rests = isLast || gapMinutes > 0
  if (rests) kindNamed(operation.kind).settled(tx, operation, { from: settledSlice, to: nextSlice + 1 })
  const counts = { done: count('done'), waiting: count('waiting'), failed: count('failed') }
  endSlice(tx, operation.operationId, {
    ...counts,
    state: isLast ? 'done' : 'running',
    dueAt: isLast ? null : addMinutes(tx.now, gapMinutes),
    settledSlice: rests ? nextSlice + 1 : settledSlice,
  })
  if (!isLast) return
  record(tx, {
    action: 'operation.finished',
    subjectKind: 'operation',
    subjectId: operation.operationId,
    effect: {
      kind: operation.kind,
      total: operation.total,
      done: operation.done + counts.done,
      waiting: operation.waiting + counts.waiting,
      failed: operation.failed + counts.failed,
    },
  })
}
