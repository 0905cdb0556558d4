import { personOf } from '../../../kernel/caller.ts'
import type { Tx } from '../../../platform/db/tx.ts'
import { record } from '../../audit/index.ts'
import { type HandoverFacts, stepFor } from '../../custody-ports/index.ts'
import type { HoldingKind, StepResult } from '../../custody-ports/model.ts'
import type { Taken } from '../item-store.ts'
import { factsOf } from '../plan-facts.ts'
import { mustStep } from '../rules/step.ts'
import { type HandoverRow, recount, updateHandover } from '../store.ts'
import { nextToUndo, saveUndone } from '../undo-store.ts'
import { makeSupplement } from './make-receipt.ts'

/** Takes the next items back (HAN-7): first the leaver's place in the company, then the rest in reverse order. */
export async function undoSlice(tx: Tx, row: HandoverRow, taken: Taken): Promise<void> {
  const { handoverId } = row
  const items = await nextToUndo(tx, handoverId, taken)
  const kind = items[0]?.kind
  if (kind === undefined) {
    if (taken.itemId === null) await endUndo(tx, row)
    return
  }
  const results = await stepFor(kind).undo(tx, undoFacts(tx, row), items)
  if (results.length !== items.length) throw new Error('every item of a slice needs a result')
  keepUndone(tx, handoverId, { kind, results })
}

/** Writes what came back and what could not, and wakes the undo for the rest. */
export function keepUndone(
  tx: Tx,
  handoverId: string,
  { kind, results }: { readonly kind: HoldingKind; readonly results: readonly StepResult[] },
): void {
  saveUndone(tx, handoverId, results)
  recount(tx, handoverId)
  updateHandover(tx, handoverId, { dueAt: tx.now })
  const kept = results.filter(({ state }) => state === 'failed').length
  record(tx, {
    action: 'handover.items_undone',
    subjectKind: 'handover',
    subjectId: handoverId,
    effect: { kind, undone: results.length - kept, kept },
  })
}

// Whoever takes it back decides now, whoever decided then.
function undoFacts(tx: Tx, row: HandoverRow): HandoverFacts {
  const person = personOf(tx.caller)
  return { ...factsOf(row, { now: tx.now, person }), decidedBy: row.undoBy ?? person }
}

async function endUndo(tx: Tx, row: HandoverRow): Promise<void> {
  updateHandover(tx, row.handoverId, {
    state: mustStep(row.state, 'end_undo'),
    phase: null,
    undoneAt: tx.now,
    dueAt: null,
  })
  record(tx, {
    action: 'handover.undone',
    subjectKind: 'handover',
    subjectId: row.handoverId,
    effect: { undone: row.undone, total: row.total },
  })
  await makeSupplement(tx, row.handoverId)
}
