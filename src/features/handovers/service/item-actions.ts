import { personOf } from '../../../kernel/caller.ts'
import { addHours, normaliseInstant } from '../../../kernel/instant.ts'
import { Refusal } from '../../../kernel/refusal.ts'
import type { RouteInput } from '../../../kernel/route.ts'
import type { Tx } from '../../../platform/db/tx.ts'
import { httpRefusal } from '../../../platform/http/refusals.ts'
import { record } from '../../audit/index.ts'
import { cancelTasksOf, openTasks } from '../../tasks/index.ts'
import type { handoversContract } from '../contract.ts'
import { changeItem, itemsOfTask, lockItem, type StepRow, wakeItem, wakeResting } from '../item-store.ts'
import type { HandoverItem } from '../model/items.ts'
import { handoverRefusal, planRemark } from '../refusals.ts'
import { mustStepItem } from '../rules/step.ts'
import { type ItemStepName, itemActionStates } from '../states.ts'
import { type HandoverRow, lockHandover, recount, updateHandover } from '../store.ts'
import { handedTask } from '../task-template.ts'
import { acceptancesOf, peopleOf } from '../views.ts'
import { readItem } from './read-items.ts'
import { lockSeen, wakeRunner } from './steer.ts'

type Routes = typeof handoversContract
type Asked = Pick<RouteInput<Routes['retryHandoverItem']>, 'params' | 'expectedVersion' | 'language'>

const daysToDo = 3

/** @throws Refusal `thing.not_found`, `handover.not_now`, `handover.item_not_now`, `handover.successor_declined` */
export async function retryItem(
  tx: Tx,
  input: RouteInput<Routes['retryHandoverItem']>,
): Promise<HandoverItem> {
  const { row, item } = await atHand(tx, input)
  mustStepItem(item.state, 'retry')
  await mustBeWilling(tx, row, item)
  settle(tx, row, {
    item,
    step: 'retry',
    action: 'handover.item_retried',
    reason: input.body.reason ?? null,
    taskId: null,
  })
  return readItem(tx, input)
}

/**
 * Leaves an item out. A task that it waits for is cancelled, so that it does not come about after all; a check is for
 * whoever decides it.
 * @throws Refusal `thing.not_found`, `handover.not_now`, `handover.item_not_now`
 */
export async function skipItem(tx: Tx, input: RouteInput<Routes['skipHandoverItem']>): Promise<HandoverItem> {
  const { row, item } = await atHand(tx, input)
  mustStepItem(item.state, 'skip')
  if (item.state === 'waiting' && item.waitsFor === 'task') {
    const origin = { originKind: 'handover', originId: row.handoverId, subjectIds: [item.holdingId] }
    await cancelTasksOf(tx, origin, input.body.reason)
  }
  settle(tx, row, {
    item,
    step: 'skip',
    action: 'handover.item_skipped',
    reason: input.body.reason,
    taskId: null,
  })
  return readItem(tx, input)
}

/**
 * Hands an item to a person as a task; it is done when the task is observed.
 * @throws Refusal `thing.not_found`, `handover.not_now`, `handover.item_not_now`, and as `openTasks` does
 */
export async function handItem(tx: Tx, input: RouteInput<Routes['handHandoverItem']>): Promise<HandoverItem> {
  const { row, item } = await atHand(tx, input)
  mustStepItem(item.state, 'hand')
  const { toMemberId, name, contact, instructions, dueAt } = input.body
  const [taskId] = await openTasks(tx, [
    {
      kind: 'handover.item',
      subjectKind: 'member',
      subjectId: row.leaverId,
      origin: { kind: 'handover', id: row.handoverId },
      addressee: { forMemberId: toMemberId, forName: name, forContact: contact },
      isPersonal: false,
      template: handedTask.name,
      particulars: { thing: item.label, instructions },
      link: null,
      dueAt: dueAt === undefined ? addHours(tx.now, 24 * daysToDo) : normaliseInstant(dueAt),
    },
  ])
  if (taskId === undefined) throw new Error('one plan opens one task')
  settle(tx, row, { item, step: 'hand', action: 'handover.item_handed', reason: instructions, taskId })
  return readItem(tx, input)
}

/** Acts on a task that an item waits for, or that it was handed to a person by. */
export async function onTaskSettled(
  tx: Tx,
  taskId: string,
  outcome: 'observed' | 'cancelled',
): Promise<void> {
  for (const { handoverId, itemId, state } of await itemsOfTask(tx, taskId)) {
    const row = await lockHandover(tx, handoverId)
    const item = row && (await lockItem(tx, handoverId, itemId))
    if (!row || !item || (row.state !== 'running' && row.state !== 'paused')) continue
    if (state === 'waiting') wakeItem(tx, handoverId, itemId)
    else endHanded(tx, { handoverId, item, outcome })
    wakeResting(tx, handoverId)
    recount(tx, handoverId)
    if (row.state === 'running') updateHandover(tx, handoverId, { dueAt: tx.now })
    wakeRunner(tx)
  }
}

interface Handed {
  readonly handoverId: string
  readonly item: StepRow
  readonly outcome: 'observed' | 'cancelled'
}

// A task that was cancelled leaves the item to whoever looks after the run.
function endHanded(tx: Tx, { handoverId, item, outcome }: Handed): void {
  changeItem(tx, {
    handoverId,
    itemId: item.itemId,
    state: mustStepItem(item.state, outcome === 'observed' ? 'observe' : 'fail'),
    reason: null,
    settledBy: personOf(tx.caller),
    taskId: item.taskId,
    refusal: outcome === 'observed' ? null : { code: handoverRefusal.referenceEnded.code, values: {} },
  })
}

async function atHand(tx: Tx, input: Asked): Promise<{ row: HandoverRow; item: StepRow }> {
  const row = await lockSeen(tx, { ...input, expectedVersion: null })
  if (!itemActionStates.includes(row.state))
    throw new Refusal(handoverRefusal.notNow, { state: row.state }, { state: row.state })
  const item = await lockItem(tx, row.handoverId, input.params.itemId)
  if (!item) throw new Refusal(httpRefusal.notFound, { thing: 'item' })
  return { row, item }
}

// HAN-6: trying again gives nobody what they declined.
async function mustBeWilling(
  tx: Tx,
  { handoverId }: HandoverRow,
  { toMemberId }: Pick<StepRow, 'toMemberId'>,
): Promise<void> {
  if (toMemberId === null) return
  const answer = (await acceptancesOf(tx, handoverId)).find(({ memberId }) => memberId === toMemberId)
  if (answer?.state !== 'declined') return
  const name = (await peopleOf(tx, [toMemberId])).get(toMemberId)?.name ?? toMemberId
  throw new Refusal(planRemark.successorDeclined, { name }, { toMemberId })
}

interface Settled {
  readonly item: StepRow
  readonly step: ItemStepName
  readonly action: string
  readonly reason: string | null
  readonly taskId: string | null
}

function settle(tx: Tx, row: HandoverRow, { item, step, action, reason, taskId }: Settled): void {
  const { handoverId } = row
  changeItem(tx, {
    handoverId,
    itemId: item.itemId,
    state: mustStepItem(item.state, step),
    reason,
    settledBy: personOf(tx.caller),
    taskId,
    refusal: null,
  })
  wakeResting(tx, handoverId)
  recount(tx, handoverId)
  updateHandover(tx, handoverId, row.state === 'running' ? { dueAt: tx.now } : {})
  record(tx, {
    action,
    subjectKind: 'handover',
    subjectId: handoverId,
    effect: { itemId: item.itemId, kind: item.kind, holdingId: item.holdingId, from: item.state, taskId },
    reason,
  })
  wakeRunner(tx)
}
