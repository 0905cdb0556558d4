import { z } from 'zod'
import { Id } from '../../../kernel/fields.ts'
import { Refusal } from '../../../kernel/refusal.ts'
import type { Tx } from '../../../platform/db/tx.ts'
import { recordMany } from '../../audit/index.ts'
import { countLicence, lockSubscription } from '../../companies/index.ts'
import type {
  DoneItem,
  ItemResult,
  OperationPlan,
  RunningOperation,
  SliceItem,
} from '../../operations/index.ts'
import { withdrawRequest } from '../../requests/index.ts'
import { type Begun, beginCustodies, cancelErasures } from '../batch-store.ts'
import { carriedOutAt, type LatestStretches, latestTwoOf } from '../batch-views.ts'
import { batchRefusal } from '../model/batches.ts'
import { type Change, giveWay, sliceChanges } from '../rules/batch.ts'
import type { NextCustody } from '../rules/facts.ts'
import { decideUndo } from '../rules/may-end.ts'
import { sliceSizeOf } from './batch.ts'
import { type LoadedBatch, loadBatch } from './batch-facts.ts'
import { announceMany } from './tell.ts'
import { cancelScheduledMove } from './waiting.ts'

export const undoKind = 'number_moves_undo'

const GivenMove = z.object({ toMemberId: Id, expectedHolderId: Id.nullable() })
const Undone = z.object({
  /** When the move to be undone took effect; null for one that still waits. */
  at: z.string().nullable(),
  moveId: Id.nullable(),
  fromMemberId: Id,
  toMemberId: Id.nullable(),
})
type Undone = z.infer<typeof Undone>

/** The operation that takes a batch back: every move it made or set waiting, in the same links (NUM-11). */
export async function planUndo(
  tx: Tx,
  operation: RunningOperation,
  items: readonly DoneItem[],
): Promise<OperationPlan> {
  const undone = await withCarriedOut(
    tx,
    items.map((item) => ({ item, given: undoneBy(item) })),
  )
  const back = undone.flatMap(({ given }) => given.toMemberId ?? [])
  const loaded = await loadBatch(
    tx,
    { numberIds: [], memberIds: [...new Set(back)], asksForHolds: false },
    'as they are',
  )
  const changes = undone.map(
    ({ item, given }): Change => ({
      position: item.position,
      // One that waits keeps a place at its recipient until it is cancelled.
      from: given.fromMemberId,
      to: given.at === null ? null : given.toMemberId,
      needsLicence: false,
    }),
  )
  const { sliceOf } = sliceChanges(changes, loaded.facts.members, {
    size: sliceSizeOf(loaded.policies),
    mostLinked: null,
  })
  return {
    kind: undoKind,
    given: {},
    gapMinutes: loaded.policies.minBatchGapMinutes,
    undoes: operation.operationId,
    items: undone.map(({ item, given }) => ({
      subjectId: item.subjectId,
      given,
      slice: sliceOf.get(item.position) ?? 0,
      refusal: null,
    })),
  }
}

function undoneBy({ given, state, outcome }: DoneItem): Undone {
  const { toMemberId, expectedHolderId } = GivenMove.parse(given)
  const move = z.object({ at: z.string().optional(), moveId: Id.optional() }).parse(outcome)
  return {
    at: state === 'done' ? (move.at ?? null) : null,
    moveId: state === 'waiting' ? (move.moveId ?? null) : null,
    fromMemberId: toMemberId,
    toMemberId: expectedHolderId,
  }
}

// A move that waited may have been made since: then it is the one to be undone.
async function withCarriedOut<Item extends { readonly given: Undone }>(
  tx: Tx,
  items: readonly Item[],
): Promise<Item[]> {
  const moveIds = items.flatMap(({ given }) => given.moveId ?? [])
  if (moveIds.length === 0) return [...items]
  const madeAt = await carriedOutAt(tx, moveIds)
  return items.map((item) => {
    const at = madeAt.get(item.given.moveId ?? '')
    return at === undefined ? item : { ...item, given: { ...item.given, at, moveId: null } }
  })
}

interface UndoItem {
  readonly position: number
  readonly numberId: string
  readonly given: Undone
}

type Judged = UndoItem & { readonly decision: NextCustody | Refusal | null }

/** Takes back the moves of one slice in this transaction; a number that has moved since stays where it is. */
export async function runUndo(
  tx: Tx,
  operation: RunningOperation,
  items: readonly SliceItem[],
): Promise<ItemResult[]> {
  const asked = items.map(({ position, subjectId, given }): UndoItem => {
    if (subjectId === null) throw new Error('a move without a number')
    return { position, numberId: subjectId, given: Undone.parse(given) }
  })
  const numberIds = asked.map((item) => item.numberId)
  const memberIds = [...new Set(asked.flatMap(({ given }) => given.toMemberId ?? []))]
  const loaded = await loadBatch(tx, { numberIds, memberIds, asksForHolds: false }, 'locked')
  const undone = await withCarriedOut(tx, asked)
  const stretches = new Map((await latestTwoOf(tx, numberIds)).map((pair) => [pair.number_id, pair]))
  const alone = undone.map((item): Judged => ({ ...item, decision: decideAlone(item, loaded, stretches) }))
  const refused = giveWay(
    alone.flatMap((one) => changeBack(loaded, one)),
    loaded.facts,
  )
  const judged = alone.map((one) => ({ ...one, decision: refused.get(one.position) ?? one.decision }))
  await takeBack(tx, { operation, loaded, stretches }, judged)
  const results: ItemResult[] = []
  for (const one of judged) results.push(await resultOf(tx, one))
  return results
}

// What is cancelled frees the place that was kept for it.
function changeBack(loaded: LoadedBatch, { position, numberId, given, decision }: Judged): Change[] {
  if (decision instanceof Refusal) return []
  if (decision !== null)
    return [
      { position, from: numberOf(loaded, numberId).holderId, to: decision.holderId, needsLicence: false },
    ]
  const isWaiting = loaded.waiting.get(numberId)?.some((move) => move.move_id === given.moveId)
  return isWaiting ? [{ position, from: given.fromMemberId, to: null, needsLicence: false }] : []
}

function decideAlone(
  { given, numberId }: UndoItem,
  { facts }: LoadedBatch,
  stretches: ReadonlyMap<string, LatestStretches>,
): NextCustody | Refusal | null {
  if (given.at === null) return null
  const number = facts.numbers.get(numberId)
  const pair = stretches.get(numberId)
  if (!number || !pair) throw new Error('a number of a batch is gone')
  const { latest, before } = pair
  if (latest.heldFrom !== given.at) return new Refusal(batchRefusal.movedSince, { e164: number.e164 })
  const recipient = before?.holderId ? facts.members.get(before.holderId) : null
  try {
    // Room is judged over the whole slice.
    return decideUndo({
      number,
      latest,
      before,
      recipient: recipient ? { ...recipient, counted: 0 } : null,
      company: facts.company,
      now: facts.now,
    })
  } catch (error) {
    if (error instanceof Refusal) return error
    throw error
  }
}

function numberOf({ facts }: LoadedBatch, numberId: string) {
  const number = facts.numbers.get(numberId)
  if (!number) throw new Error('a number of a batch is gone')
  return number
}

interface UndoSlice {
  readonly operation: RunningOperation
  readonly loaded: LoadedBatch
  readonly stretches: ReadonlyMap<string, LatestStretches>
}

async function takeBack(tx: Tx, slice: UndoSlice, judged: readonly Judged[]): Promise<void> {
  const { operation, loaded, stretches } = slice
  const back = judged.flatMap((one) =>
    one.decision === null || one.decision instanceof Refusal ? [] : [{ ...one, next: one.decision }],
  )
  if (back.length === 0) return
  const begun = back.map(({ numberId, next }): Begun => {
    const row = loaded.rows.get(numberId)
    if (!row) throw new Error('a number of a batch is gone')
    return { row, next }
  })
  const licences = back.filter(({ next }) => next.freesLicence).length
  if (licences > 0) await lockSubscription(tx)
  beginCustodies(tx, begun)
  if (licences > 0) countLicence(tx, -licences)
  const moves = back.map(({ numberId, given }) => ({ numberId, at: given.at ?? '' }))
  for (const requestId of await cancelErasures(tx, moves))
    await withdrawRequest(tx, requestId, 'the moves were undone')
  recordMany(
    tx,
    begun.map(({ row, next }) => ({
      action: 'number.move_undone',
      subjectKind: 'number',
      subjectId: row.number_id,
      effect: {
        from: row.holder_id,
        to: next.holderId,
        at: next.at,
        visibleFrom: next.visibleFrom,
        undid: stretches.get(row.number_id)?.latest.cause ?? null,
        operationId: operation.operationId,
      },
      details: { e164: row.e164 },
    })),
  )
  announceMany(tx, begun)
}

async function resultOf(tx: Tx, { position, given, decision }: Judged): Promise<ItemResult> {
  if (decision instanceof Refusal) return failed(position, decision)
  if (decision !== null) return { position, state: 'done', outcome: { at: decision.at } }
  try {
    if (given.moveId === null) throw new Error('what waits has an id')
    await cancelScheduledMove(tx, given.moveId)
    return { position, state: 'done', outcome: { cancelledMoveId: given.moveId } }
  } catch (error) {
    if (error instanceof Refusal) return failed(position, error)
    throw error
  }
}

function failed(position: number, { code, values }: Refusal): ItemResult {
  return { position, state: 'failed', refusal: { code, values } }
}
