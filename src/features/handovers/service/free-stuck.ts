import { isCollision, UnknownOutcome } from '../../../platform/db/database.ts'
import type { Tx } from '../../../platform/db/tx.ts'
import type { Freed, InRealm } from '../../../platform/jobs/due-slices.ts'
import type { StepResult } from '../../custody-ports/model.ts'
import { lockItem, nextTurn } from '../item-store.ts'
import { handoverRefusal } from '../refusals.ts'
import { claimHandover, recount, updateHandover } from '../store.ts'
import { nextToUndo } from '../undo-store.ts'
import { keepResults, runSlice, wholeSlice } from './run-slice.ts'
import { keepUndone } from './undo-slice.ts'

/**
 * HAN-4: a slice that always fails is done item by item, each in a transaction of its own. Where one fails alone, too, it
 * is for whoever looks after the run: `handover.step_failed`, to be tried again, skipped or handed to a person; in an
 * undo it stays where it is. The rest goes on without it.
 */
export async function freeStuck(inRealm: InRealm, handoverId: string): Promise<Freed> {
  const itemIds = await inRealm((tx) => itemsOfTurn(tx, handoverId))
  const failures: Error[] = []
  for (const itemId of itemIds) {
    const failure = await runAlone(inRealm, handoverId, itemId)
    if (failure) failures.push(failure)
  }
  return { goesOn: itemIds.length > 0, failures }
}

async function itemsOfTurn(tx: Tx, handoverId: string): Promise<string[]> {
  const row = await claimHandover(tx, handoverId)
  const items =
    row?.state === 'running'
      ? ((await nextTurn(tx, handoverId, wholeSlice))?.items ?? [])
      : row?.state === 'undoing'
        ? await nextToUndo(tx, handoverId, wholeSlice)
        : []
  return items.map(({ itemId }) => itemId)
}

async function runAlone(inRealm: InRealm, handoverId: string, itemId: string): Promise<Error | null> {
  try {
    await inRealm((tx) => runSlice(tx, handoverId, { limit: 1, itemId }))
    return null
  } catch (error) {
    // What passes by itself is tried again with the rest.
    if (isCollision(error) || error instanceof UnknownOutcome) throw error
    await inRealm((tx) => giveUp(tx, handoverId, itemId))
    return new Error(`item ${itemId} of handover ${handoverId} was given up`, { cause: error })
  }
}

async function giveUp(tx: Tx, handoverId: string, itemId: string): Promise<void> {
  const row = await claimHandover(tx, handoverId)
  const item = row && (await lockItem(tx, handoverId, itemId))
  if (!item) return
  const { kind, phase } = item
  const refusal = { code: handoverRefusal.stepFailed.code, values: {} }
  const results: readonly StepResult[] = [{ itemId, state: 'failed', refusal }]
  if (row.state === 'undoing') keepUndone(tx, handoverId, { kind, results })
  if (row.state !== 'running') return
  keepResults(tx, handoverId, { kind, phase, results })
  recount(tx, handoverId)
  updateHandover(tx, handoverId, { dueAt: tx.now })
}
