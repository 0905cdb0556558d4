import { Refusal } from '../../../kernel/refusal.ts'
import type { RouteInput } from '../../../kernel/route.ts'
import type { Tx } from '../../../platform/db/tx.ts'
import { Reply } from '../../../platform/http/bind.ts'
import { httpRefusal } from '../../../platform/http/refusals.ts'
import { record } from '../../audit/index.ts'
import type { DecidedRequest } from '../../custody-ports/index.ts'
import { withdrawRequest } from '../../requests/index.ts'
import type { operationsContract } from '../contract.ts'
import { kindNamed } from '../kinds.ts'
import { type Operation, type OperationState, operationRefusal } from '../model.ts'
import { mustStep } from '../rules.ts'
import type { OperationStep } from '../states.ts'
import { changeState, lockOperation, markUndone, type OperationRow, sliceFailedAgain } from '../store.ts'
import { doneItems } from '../views.ts'
import { readOperation } from './read.ts'
import { askSecondPerson, beginOperation, firstSliceAt, wakeRunner } from './start.ts'

type Steer = RouteInput<(typeof operationsContract)['pauseOperation']>

/** @throws Refusal `thing.not_found`, `operation.not_now`, `version.changed` */
export async function pauseOperation(tx: Tx, input: Steer): Promise<Operation> {
  const operation = await lock(tx, input)
  rest(tx, operation, mustStep(operation.state, 'pause'))
  return recorded(tx, { operation, step: 'pause', reason: input.body.reason })
}

/** @throws Refusal `thing.not_found`, `operation.not_now`, `version.changed` */
export async function resumeOperation(tx: Tx, input: Steer): Promise<Operation> {
  const operation = await lock(tx, input)
  await setRunning(tx, operation, 'resume')
  return recorded(tx, { operation, step: 'resume', reason: input.body.reason })
}

/**
 * Ends an operation; a slice that is under way ends first, and what is done stays done.
 * @throws Refusal `thing.not_found`, `operation.not_now`, `version.changed`
 */
export async function cancelOperation(tx: Tx, input: Steer): Promise<Operation> {
  const operation = await lock(tx, input)
  await end(tx, operation)
  if (operation.requestId) await withdrawRequest(tx, operation.requestId, 'the operation was cancelled')
  return recorded(tx, { operation, step: 'cancel', reason: input.body.reason })
}

/**
 * Tries the failed items again. What was refused at first has not been counted against the limit of its beginner: above
 * it, a second person is asked now, unless one has approved the operation (HAN-10).
 * @throws Refusal `thing.not_found`, `operation.not_now`, `operation.undone_already`, `operation.nothing_failed`,
 * `version.changed`
 */
export async function retryOperation(tx: Tx, input: Steer): Promise<Operation> {
  const operation = await lock(tx, input)
  const { operationId } = operation
  refuseUndone(operation)
  const running = mustStep(operation.state, 'retry')
  const kind = kindNamed(operation.kind)
  const items = await sliceFailedAgain(
    tx,
    operation,
    kind.finalRefusals.map(({ code }) => code),
  )
  if (items === 0) throw new Refusal(operationRefusal.nothingFailed)
  if (operation.approvedBy === null && (await kind.isOverLimit(tx, operation, items))) {
    const requestId = askSecondPerson(tx, operationId, input.body.reason ?? null)
    changeState(tx, operationId, { state: mustStep(running, 'hold'), dueAt: null, requestId })
  } else await setRunning(tx, operation, 'retry')
  return recorded(tx, { operation, step: 'retry', reason: input.body.reason })
}

const undoable: readonly string[] = ['done', 'cancelled']

/**
 * Begins the operation that takes another back: what it did, and what it set waiting. It needs no second person: undo
 * is exempt from the limits (NUM-11).
 * @throws Refusal `thing.not_found`, `operation.not_now`, `operation.undone_already`, `operation.nothing_to_undo`, `version.changed`
 */
export async function undoOperation(tx: Tx, input: Steer): Promise<Reply<Operation>> {
  const operation = await lock(tx, input)
  if (!undoable.includes(operation.state))
    throw new Refusal(operationRefusal.notNow, { state: operation.state }, { state: operation.state })
  refuseUndone(operation)
  const items = await doneItems(tx, operation.operationId)
  const plan = items.length === 0 ? null : await kindNamed(operation.kind).planUndo(tx, operation, items)
  if (plan === null) throw new Refusal(operationRefusal.nothingToUndo)
  const operationId = tx.newId()
  await beginOperation(tx, plan, { operationId, isApproved: true, reason: input.body.reason ?? null })
  markUndone(tx, operation.operationId, operationId)
  return new Reply(await readOperation(tx, operationId), { status: 202 })
}

/** Lets an operation go on that waited for a second person, or ends it (HAN-10). */
export async function requestDecided(tx: Tx, request: DecidedRequest): Promise<boolean> {
  if (request.kind !== 'over_limit' || request.subjectKind !== 'operation') return false
  const operation = await lockOperation(tx, request.subjectId)
  if (!operation) throw new Error('a request about an operation that is gone')
  if (request.approved) await setRunning(tx, operation, 'approve')
  else await end(tx, operation)
  await recorded(tx, {
    operation,
    step: request.approved ? 'approve' : 'cancel',
    reason: request.reason ?? undefined,
  })
  return true
}

function refuseUndone({ undoneBy }: OperationRow): void {
  if (undoneBy !== null) throw new Refusal(operationRefusal.undoneAlready, {}, { undoneBy })
}

async function lock(tx: Tx, { params, expectedVersion }: Steer): Promise<OperationRow> {
  const operation = await lockOperation(tx, params.operationId)
  if (!operation) throw new Refusal(httpRefusal.notFound, { thing: 'operation' })
  if (expectedVersion !== null && expectedVersion !== operation.version)
    throw new Refusal(httpRefusal.versionChanged, { version: operation.version })
  return operation
}

async function setRunning(tx: Tx, operation: OperationRow, step: OperationStep): Promise<void> {
  const state = mustStep(operation.state, step)
  const dueAt = await firstSliceAt(tx, operation.gapMinutes)
  changeState(tx, operation.operationId, { state, dueAt })
  wakeRunner(tx)
}

function rest(tx: Tx, operation: OperationRow, state: OperationState): void {
  const { operationId, nextSlice, settledSlice } = operation
  if (nextSlice > settledSlice)
    kindNamed(operation.kind).settled(tx, operation, { from: settledSlice, to: nextSlice })
  changeState(tx, operationId, { state, dueAt: null, settledSlice: nextSlice })
}

async function end(tx: Tx, operation: OperationRow): Promise<void> {
  rest(tx, operation, mustStep(operation.state, 'cancel'))
  await kindNamed(operation.kind).cancelled(tx, operation)
  // What an undo that ends early has left can be taken back by another one.
  if (operation.undoes !== null) markUndone(tx, operation.undoes, null)
}

const actionOf = {
  pause: 'operation.paused',
  resume: 'operation.resumed',
  cancel: 'operation.cancelled',
  retry: 'operation.retried',
  approve: 'operation.approved',
} as const

interface Recorded {
  readonly operation: OperationRow
  readonly step: keyof typeof actionOf
  readonly reason: string | undefined
}

async function recorded(tx: Tx, { operation, step, reason }: Recorded): Promise<Operation> {
  const { operationId, kind, done, waiting, failed, total } = operation
  record(tx, {
    action: actionOf[step],
    subjectKind: 'operation',
    subjectId: operationId,
    effect: { kind, total, done, waiting, failed },
    reason,
  })
  return readOperation(tx, operationId)
}
