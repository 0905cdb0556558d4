import type { Tx } from '../../../platform/db/tx.ts'
import { httpRefusal } from '../../../platform/http/refusals.ts'
import { loadPolicies } from '../../companies/index.ts'
import type { OperationKind, Parties, SliceItem } from '../../operations/index.ts'
import { withdrawRequest } from '../../requests/index.ts'
import { hasErasures } from '../batch-store.ts'
import { membersOf, numbersOf } from '../batch-views.ts'
import { batchRefusal } from '../model/batches.ts'
import { moveRefusal, numberRefusal } from '../model.ts'
import { movesKind } from './batch.ts'
import { runMoves } from './batch-run.ts'
import { planUndo, runUndo, undoKind } from './batch-undo.ts'
import { isBatchOverLimit, mayStillMove } from './limits.ts'
import { tellHoldersOfSlices } from './tell.ts'

const refusals = [
  ...Object.values(numberRefusal),
  ...Object.values(moveRefusal),
  ...Object.values(batchRefusal),
  httpRefusal.notFound,
]

const finalRefusals = [
  batchRefusal.unknownNumber,
  batchRefusal.unknownMember,
  batchRefusal.twice,
  batchRefusal.linkedTooMany,
]

/** The operations on many numbers: moving them (NUM-8), and taking such a batch back. */
export const numberOperationKinds: readonly OperationKind[] = [
  {
    kind: movesKind,
    refusals,
    finalRefusals,
    mayGoOn: (tx, operation) => mayStillMove(tx, operation.createdByMemberId),
    isOverLimit: async (tx, { createdBy }, moves) =>
      isBatchOverLimit(tx, await loadPolicies(tx), { person: createdBy, moves }),
    runSlice: runMoves,
    settled: tellHoldersOfSlices,
    cancelled: (tx, operation) => dropDeletionRequest(tx, operation.given['deleteRequestId']),
    labelsOf,
    partiesOf: (tx, items) => partiesOf(tx, items, { from: 'expectedHolderId', to: 'toMemberId' }),
    planUndo,
  },
  {
    kind: undoKind,
    refusals,
    finalRefusals,
    mayGoOn: (tx, operation) => mayStillMove(tx, operation.createdByMemberId),
    isOverLimit: async () => false,
    runSlice: runUndo,
    settled: tellHoldersOfSlices,
    cancelled: async () => {},
    labelsOf,
    partiesOf: (tx, items) => partiesOf(tx, items, { from: 'fromMemberId', to: 'toMemberId' }),
    planUndo: async () => null,
  },
]

// Where no move was made, there is no history to be deleted.
async function dropDeletionRequest(tx: Tx, requestId: unknown): Promise<void> {
  if (typeof requestId !== 'string' || (await hasErasures(tx, requestId))) return
  await withdrawRequest(tx, requestId, 'the moves were cancelled')
}

async function labelsOf(tx: Tx, numberIds: readonly string[]): Promise<ReadonlyMap<string, string>> {
  if (numberIds.length === 0) return new Map()
  return new Map((await numbersOf(tx, numberIds)).map((row) => [row.number_id, row.e164]))
}

/** By which names the ids of both sides go in what an item was given. */
interface Sides {
  readonly from: string
  readonly to: string
}

async function partiesOf(
  tx: Tx,
  items: readonly Pick<SliceItem, 'position' | 'given'>[],
  sides: Sides,
): Promise<ReadonlyMap<number, Parties>> {
  const idAt = (given: SliceItem['given'], side: string) => {
    const id = given[side]
    return typeof id === 'string' ? [id] : []
  }
  const ids = new Set(items.flatMap(({ given }) => [...idAt(given, sides.from), ...idAt(given, sides.to)]))
  const rows = ids.size === 0 ? [] : await membersOf(tx, [...ids], 'as they are')
  const names = new Map(rows.map((row) => [row.member_id, row.name]))
  const nameAt = (given: SliceItem['given'], side: string) => names.get(idAt(given, side)[0] ?? '') ?? null
  return new Map(
    items.map(({ position, given }) => [
      position,
      { from: nameAt(given, sides.from), to: nameAt(given, sides.to) },
    ]),
  )
}
