import { personOf } from '../../../kernel/caller.ts'
import { Refusal } from '../../../kernel/refusal.ts'
import type { RouteInput } from '../../../kernel/route.ts'
import type { Tx } from '../../../platform/db/tx.ts'
import { httpRefusal } from '../../../platform/http/refusals.ts'
import { record } from '../../audit/index.ts'
import { type SettledTask, tellTaskSettled } from '../../custody-ports/index.ts'
import { scopeOf } from '../../people/index.ts'
import type { tasksContract } from '../contract.ts'
import { type Claim, type TaskDetail, taskRefusal } from '../model.ts'
import { decideClaim, decideObserve, mayDo, mustTake, nextReminder } from '../rules.ts'
import { isOpen } from '../states.ts'
import { endLinks, lockTasks, type TaskRow, updateTask } from '../store.ts'
import { templateNamed } from '../templates.ts'
import * as views from '../views.ts'
import { readBack } from './read.ts'
import { tellMember } from './tell.ts'

type Routes = typeof tasksContract

interface OneTask {
  readonly params: { readonly taskId: string }
  readonly expectedVersion: number | null
}

/**
 * The locked row of a task in the reader's scope.
 * @throws Refusal `thing.not_found`, `version.changed`
 */
export async function lockSeen(tx: Tx, { params, expectedVersion }: OneTask): Promise<TaskRow> {
  const seen = await views.findTask(tx, params.taskId, await scopeOf(tx))
  const [task] = seen ? await lockTasks(tx, [params.taskId]) : []
  if (!task) throw new Refusal(httpRefusal.notFound, { thing: 'task' })
  if (expectedVersion !== null && expectedVersion !== task.version) {
    throw new Refusal(httpRefusal.versionChanged, { version: task.version })
  }
  return task
}

/** @throws Refusal `task.not_yours` */
export async function requireDoer(tx: Tx, task: TaskRow): Promise<void> {
  if (mayDo(tx.caller, { forMemberId: task.for_member_id, forName: task.for_name })) return
  const names = await views.namesOf(tx, [task.for_member_id])
  const name = task.for_name ?? names.get(task.for_member_id ?? '') ?? 'Owner, Admin'
  throw new Refusal(taskRefusal.notYours, { name })
}

/**
 * Says that a task is done; it counts as claimed until somebody else saw it (WRK-3).
 * @throws Refusal `task.not_yours` and as `claim` does
 */
export async function claimTask(tx: Tx, input: RouteInput<Routes['claimTask']>): Promise<TaskDetail> {
  const task = await lockSeen(tx, input)
  await requireDoer(tx, task)
  await claim(tx, task, input.body)
  return readBack(tx, task.task_id, input.language)
}

/**
 * Notes the claim on a locked task and tells who asked for it.
 * @throws Refusal `task.not_in_state`, `task.consent_missing`, `task.evidence_missing`
 */
export async function claim(tx: Tx, task: TaskRow, { note: given, consent }: Claim): Promise<void> {
  const note = given ?? null
  const files = await views.findEvidence(tx, task.task_id)
  const needsConsent = templateNamed(task.template).consent !== undefined
  decideClaim({ state: task.state, needsConsent, consent, note, files: files.length })
  await updateTask(tx, task, {
    state: 'claimed',
    claimed_by: personOf(tx.caller),
    claimed_at: tx.now,
    claim_note: note,
    consented_at: needsConsent ? tx.now : null,
  })
  endLinks(tx, task.task_id)
  record(tx, {
    action: 'task.claimed',
    subjectKind: 'task',
    subjectId: task.task_id,
    effect: { ...effectOf(task), consented: needsConsent, files: files.length },
    details: { note, forName: task.for_name },
  })
  tellMember(tx, task, { kind: 'task.claimed', memberId: task.opened_by_member_id })
}

/**
 * Says that somebody saw it done; the feature that asked acts on it in the same transaction (WRK-3).
 * @throws Refusal `task.not_in_state`, `task.own_claim`, `task.evidence_missing`
 */
export async function observeTask(tx: Tx, input: RouteInput<Routes['observeTask']>): Promise<TaskDetail> {
  const task = await lockSeen(tx, input)
  const { how, note = null } = input.body
  const observer = personOf(tx.caller)
  const files = await views.findEvidence(tx, task.task_id)
  const admins = await views.activeAdmins(tx)
  const alone = decideObserve({
    state: task.state,
    how,
    note,
    hasEvidence: task.claim_note !== null || files.length > 0,
    doer: task.claimed_by ?? task.for_member_id,
    observer: tx.caller,
    others: admins.filter((admin) => admin.memberId !== observer).map((admin) => admin.name),
  })
  await updateTask(tx, task, {
    state: 'observed',
    observed_by: observer,
    observed_at: tx.now,
    observed_how: how,
    observed_note: note,
    next_reminder_at: null,
  })
  endLinks(tx, task.task_id)
  record(tx, {
    action: 'task.observed',
    subjectKind: 'task',
    subjectId: task.task_id,
    effect: { ...effectOf(task), how, alone: alone === 'alone', claimedBy: task.claimed_by },
    details: { note },
  })
  await tellTaskSettled(tx, settledAs(task, 'observed'))
  return readBack(tx, task.task_id, input.language)
}

/** @throws Refusal `task.not_in_state` */
export async function reopenTask(tx: Tx, input: RouteInput<Routes['reopenTask']>): Promise<TaskDetail> {
  const task = await lockSeen(tx, input)
  const { reason } = input.body
  await updateTask(tx, task, {
    state: mustTake('reopen', task.state),
    claimed_by: null,
    claimed_at: null,
    claim_note: null,
    consented_at: null,
    end_reason: reason,
    next_reminder_at: nextReminder(task.due_at, tx.now),
  })
  record(tx, {
    action: 'task.reopened',
    subjectKind: 'task',
    subjectId: task.task_id,
    effect: { ...effectOf(task), claimedBy: task.claimed_by },
    reason,
  })
  tellMember(tx, task, { kind: 'task.reopened', memberId: task.for_member_id })
  return readBack(tx, task.task_id, input.language)
}

/**
 * Says that a task is not needed any more; the feature that asked acts on it in the same transaction.
 * @throws Refusal `task.not_in_state`
 */
export async function cancelTask(tx: Tx, input: RouteInput<Routes['cancelTask']>): Promise<TaskDetail> {
  const task = await lockSeen(tx, input)
  mustTake('cancel', task.state)
  await cancel(tx, task, input.body.reason)
  await tellTaskSettled(tx, settledAs(task, 'cancelled'))
  return readBack(tx, task.task_id, input.language)
}

/** Which tasks a feature takes back: those of one origin, about these things where it names some. */
interface TasksOf {
  readonly originKind: string
  readonly originId: string
  readonly subjectIds?: readonly string[]
}

/**
 * Takes the open tasks of an origin back. The feature that asks knows of it, so nobody is told by `taskSettled`.
 * @returns the ids of those that were open
 */
export async function cancelTasksOf(tx: Tx, origin: TasksOf, reason: string): Promise<string[]> {
  const found = await views.findTasksOf(tx, { ...origin, subjectIds: origin.subjectIds ?? null })
  const ids = found.map((task) => task.task_id)
  const locked = ids.length === 0 ? [] : await lockTasks(tx, ids)
  const open = locked.filter((task) => task.state === 'planned' || task.state === 'claimed')
  for (const task of open) await cancel(tx, task, reason)
  return open.map((task) => task.task_id)
}

/**
 * Baton itself saw that the open tasks of an origin are done (WRK-3). The feature that asks knows of it, so nobody is
 * told by `taskSettled`.
 */
export async function observeTasksOf(tx: Tx, origin: TasksOf, note: string): Promise<void> {
  const found = await views.findTasksOf(tx, { ...origin, subjectIds: origin.subjectIds ?? null })
  const ids = found.map((task) => task.task_id)
  const locked = ids.length === 0 ? [] : await lockTasks(tx, ids)
  for (const task of locked.filter(({ state }) => isOpen(state))) {
    await updateTask(tx, task, {
      state: 'observed',
      observed_by: personOf(tx.caller),
      observed_at: tx.now,
      observed_how: 'read_back',
      observed_note: note,
      next_reminder_at: null,
    })
    endLinks(tx, task.task_id)
    record(tx, {
      action: 'task.observed',
      subjectKind: 'task',
      subjectId: task.task_id,
      effect: { ...effectOf(task), how: 'read_back', alone: false, claimedBy: task.claimed_by },
      details: { note },
    })
    tellMember(tx, task, { kind: 'task.observed', memberId: task.opened_by_member_id })
  }
}

async function cancel(tx: Tx, task: TaskRow, reason: string): Promise<void> {
  await updateTask(tx, task, { state: 'cancelled', end_reason: reason, next_reminder_at: null })
  endLinks(tx, task.task_id)
  record(tx, {
    action: 'task.cancelled',
    subjectKind: 'task',
    subjectId: task.task_id,
    effect: { ...effectOf(task), from: task.state },
    reason,
  })
  tellMember(tx, task, { kind: 'task.cancelled', memberId: task.for_member_id })
}

function effectOf(task: TaskRow) {
  return { kind: task.kind, subjectKind: task.subject_kind, subjectId: task.subject_id }
}

function settledAs(task: TaskRow, outcome: SettledTask['outcome']): SettledTask {
  return {
    taskId: task.task_id,
    kind: task.kind,
    subjectKind: task.subject_kind,
    subjectId: task.subject_id,
    originKind: task.origin_kind,
    originId: task.origin_id,
    outcome,
  }
}
