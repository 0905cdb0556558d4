import { personOf } from '../../../kernel/caller.ts'
import { Refusal } from '../../../kernel/refusal.ts'
import type { Tx } from '../../../platform/db/tx.ts'
import { record } from '../../audit/index.ts'
import {
  attempted,
  type DoneItem,
  eachItem,
  forecast,
  type HandoverFacts,
  type HandoverStep,
  type Holding,
  type Observation,
  type Particulars,
  remarkOf,
  type StepForecast,
  type StepItem,
  type StepResult,
  stepRefusal,
} from '../../custody-ports/index.ts'
import { lockMembers } from '../../people/index.ts'
import { isOpen } from '../states.ts'
import { lockTasks, type TaskRow, updateTask } from '../store.ts'
import { titleOf } from '../templates.ts'
import { findCompany, findHeldTasks, findTasks, membersOf } from '../views.ts'
import { tellMember } from './tell.ts'

/** HAN-1: open tasks are holdings of whoever is to do them, unless nobody else could. */
export async function listHoldings(tx: Tx, memberId: string): Promise<Holding[]> {
  const tasks = await findHeldTasks(tx, memberId)
  if (tasks.length === 0) return []
  const { language } = await findCompany(tx)
  return tasks.map((task) => ({
    kind: 'task',
    id: task.task_id,
    label: titleOf(task.template, task.particulars, language),
    since: task.opened_at,
    dependents: [],
  }))
}

type Task = Pick<TaskRow, 'task_id' | 'state' | 'for_member_id'>

function seenOf({ for_member_id }: Task): Particulars {
  return { forMemberId: for_member_id }
}

function targetOf({ way, toMemberId }: StepItem): string | null {
  return way === 'pass_on' ? toMemberId : null
}

type Taker = Awaited<ReturnType<typeof membersOf>>[number]

interface Facing {
  readonly item: StepItem
  readonly leaverId: string
  readonly takers: ReadonlyMap<string, Taker>
}

/** What stands in the way of passing a task on; null for nothing. */
function obstacleOf(task: Task | undefined, { item, leaverId, takers }: Facing): Refusal | null {
  if (!task || !isOpen(task.state) || task.for_member_id !== leaverId) {
    return new Refusal(stepRefusal.notHeld, { label: item.label })
  }
  if (item.way !== 'pass_on') return null
  const taker = takers.get(item.toMemberId ?? '')
  if (!taker) return new Refusal(stepRefusal.successorMissing, { label: item.label })
  if (taker.status === 'active') return null
  return new Refusal(stepRefusal.successorNotActive, { successor: taker.name, status: taker.status })
}

async function plan(
  tx: Tx,
  { leaverId }: HandoverFacts,
  items: readonly StepItem[],
): Promise<readonly StepForecast[]> {
  const found = await findTasks(
    tx,
    items.map((item) => item.holdingId),
  )
  const tasks = new Map(found.map((task) => [task.task_id, task]))
  const takers = byId(await membersOf(tx, takerIds(items)))
  return items.map((item) => {
    const task = tasks.get(item.holdingId)
    const before = task ? seenOf(task) : {}
    if (item.way === 'leave') return forecast(item, { before, after: before })
    const obstacle = obstacleOf(task, { item, leaverId, takers })
    const blockers = obstacle === null ? [] : [remarkOf(obstacle)]
    return forecast(item, { before, after: { forMemberId: targetOf(item) } }, { blockers })
  })
}

async function lockAll(tx: Tx, items: readonly StepItem[]): Promise<ReadonlyMap<string, TaskRow>> {
  const locked = await lockTasks(
    tx,
    items.map((item) => item.holdingId),
  )
  return new Map(locked.map((task) => [task.task_id, task]))
}

async function carryOut(
  tx: Tx,
  { leaverId }: HandoverFacts,
  items: readonly StepItem[],
): Promise<readonly StepResult[]> {
  // In a statement of its own before the tasks: members come first in every lock order.
  const takers = byId(await lockMembers(tx, takerIds(items)))
  const tasks = await lockAll(tx, items)
  return eachItem(items, async (item) => {
    const task = tasks.get(item.holdingId)
    const before = { forMemberId: leaverId }
    if (item.way === 'leave') return attempted(item, before, before)
    const to = targetOf(item)
    const after = { forMemberId: to }
    if (task && task.for_member_id === to) return attempted(item, before, after)
    const obstacle = obstacleOf(task, { item, leaverId, takers })
    if (!task || obstacle) throw obstacle
    await readdress(tx, task, to)
    return attempted(item, before, after)
  })
}

function takerIds(items: readonly StepItem[]): string[] {
  return [...new Set(items.flatMap((item) => targetOf(item) ?? []))]
}

function byId(members: readonly Taker[]): ReadonlyMap<string, Taker> {
  return new Map(members.map((member) => [member.memberId, member]))
}

async function readdress(tx: Tx, task: TaskRow, forMemberId: string | null): Promise<void> {
  await updateTask(tx, task, { for_member_id: forMemberId })
  record(tx, {
    action: 'task.passed_on',
    subjectKind: 'task',
    subjectId: task.task_id,
    effect: { kind: task.kind, from: task.for_member_id, to: forMemberId, by: personOf(tx.caller) },
  })
  tellMember(tx, task, { kind: 'task.opened', memberId: forMemberId })
}

async function observe(
  tx: Tx,
  facts: HandoverFacts,
  items: readonly DoneItem[],
): Promise<readonly Observation[]> {
  const found = await findTasks(
    tx,
    items.map((item) => item.holdingId),
  )
  const tasks = new Map(found.map((task) => [task.task_id, task]))
  return items.map((item) => {
    const task = tasks.get(item.holdingId)
    const seen = task ? seenOf(task) : {}
    const isThere = item.way === 'leave' || (task !== undefined && task.for_member_id !== facts.leaverId)
    return { itemId: item.itemId, isThere, seen }
  })
}

async function undo(
  tx: Tx,
  { leaverId }: HandoverFacts,
  items: readonly DoneItem[],
): Promise<readonly StepResult[]> {
  const tasks = await lockAll(tx, items)
  return eachItem(items, async (item) => {
    const task = tasks.get(item.holdingId)
    const after = { forMemberId: leaverId }
    if (item.way === 'leave' || task?.for_member_id === leaverId) return attempted(item, item.before, after)
    if (!task || !isOpen(task.state) || task.for_member_id !== targetOf(item)) {
      throw new Refusal(stepRefusal.changedSince, { label: item.label })
    }
    await readdress(tx, task, leaverId)
    return attempted(item, item.before, after)
  })
}

/** How open tasks pass on: to the successor, or to any Owner or Admin (`park`). Undo gives them back while they are open. */
export const taskStep: HandoverStep = {
  holding: 'task',
  phase: 'roles',
  ways: { leave: ['pass_on', 'park'], move: ['leave', 'pass_on', 'park'], loan: ['leave'] },
  refusals: [
    stepRefusal.notHeld,
    stepRefusal.successorMissing,
    stepRefusal.successorNotActive,
    stepRefusal.changedSince,
  ],
  plan,
  carryOut,
  observe,
  undo,
}
