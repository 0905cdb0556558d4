import { isCompanyCaller, personOf } from '../../../kernel/caller.ts'
import type { Instant } from '../../../kernel/fields.ts'
import { normaliseInstant } from '../../../kernel/instant.ts'
import { Refusal } from '../../../kernel/refusal.ts'
import type { RouteInput, RouteOutput } from '../../../kernel/route.ts'
import type { Tx } from '../../../platform/db/tx.ts'
import { httpRefusal } from '../../../platform/http/refusals.ts'
import { recordMany } from '../../audit/index.ts'
import { addNotices, lockMembers } from '../../people/index.ts'
import type { tasksContract } from '../contract.ts'
import { type AddresseeFields, taskRefusal } from '../model.ts'
import { decideDue, nextReminder } from '../rules.ts'
import { insertTasks, type NewTaskRow } from '../store.ts'
import { type TaskParticulars, titleOf } from '../templates.ts'
import { subjectExists } from '../views.ts'
import { readBack } from './read.ts'

/** A task that a feature wants done by a person. */
export interface TaskPlan {
  /** What asks for it, e.g. `work_account.pass_on`. */
  readonly kind: string
  readonly subjectKind: string
  readonly subjectId: string
  /** What it is a part of, e.g. a handover. */
  readonly origin: { readonly kind: string; readonly id: string } | null
  /** A member, a person without an account, or neither: then any Owner or Admin. */
  readonly addressee: AddresseeFields & {
    /** The former member whose name `forName` is, so that it can be erased with the person. */
    readonly formerMemberId?: string
  }
  /** Only this person can do it: it is no holding that passes on. */
  readonly isPersonal: boolean
  /** A template that was wired, and what fills it. */
  readonly template: string
  readonly particulars: TaskParticulars
  readonly link: string | null
  /** 7 days from now where it is null. */
  readonly dueAt: Instant | null
}

/**
 * Opens tasks in the name of the caller and tells those who are to do them; who asked hears of the end by `taskSettled`
 * of custody-ports.
 * @returns their ids, in the order of the plans
 * @throws Refusal `task.due_past`, `task.for_nobody_fit`, `thing.not_found`
 */
export async function openTasks(tx: Tx, plans: readonly TaskPlan[]): Promise<string[]> {
  if (plans.length === 0) return []
  await requireFit(
    tx,
    plans.flatMap(({ addressee }) => addressee.forMemberId ?? []),
  )
  const tasks = plans.map((plan) => rowOf(tx, plan))
  await insertTasks(tx, tasks)
  recordMany(tx, tasks.map(openedOf))
  addNotices(
    tx,
    tasks
      .filter((task) => task.for_member_id !== null && task.for_member_id !== task.opened_by_member_id)
      .map((task) => ({
        noticeId: tx.newId(),
        memberId: String(task.for_member_id),
        kind: 'task.opened',
        particulars: { taskId: task.task_id, cause: task.template },
        at: tx.now,
      })),
  )
  return tasks.map((task) => task.task_id)
}

async function requireFit(tx: Tx, memberIds: readonly string[]): Promise<void> {
  const wished = [...new Set(memberIds)]
  if (wished.length === 0) return
  const members = await lockMembers(tx, wished)
  if (members.length < wished.length) throw new Refusal(httpRefusal.notFound, { thing: 'member' })
  const gone = members.find((member) => member.status === 'left')
  if (gone) throw new Refusal(taskRefusal.nobody, { name: gone.name }, { memberId: gone.memberId })
}

function rowOf(tx: Tx, plan: TaskPlan): NewTaskRow {
  const dueAt = decideDue(plan.dueAt, tx.now)
  return {
    task_id: tx.newId(),
    kind: plan.kind,
    subject_kind: plan.subjectKind,
    subject_id: plan.subjectId,
    origin_kind: plan.origin?.kind ?? null,
    origin_id: plan.origin?.id ?? null,
    for_member_id: plan.addressee.forMemberId ?? null,
    for_name: plan.addressee.forName ?? null,
    for_contact: plan.addressee.forContact ?? null,
    former_member_id: plan.addressee.formerMemberId ?? null,
    is_personal: plan.isPersonal,
    template: plan.template,
    particulars: plan.particulars,
    link: plan.link,
    due_at: dueAt,
    opened_by: personOf(tx.caller),
    opened_by_member_id: isCompanyCaller(tx.caller) ? (tx.caller.memberId ?? tx.caller.onBehalfOf) : null,
    next_reminder_at: nextReminder(dueAt, tx.now),
  }
}

function openedOf(task: NewTaskRow) {
  return {
    action: 'task.opened',
    subjectKind: 'task',
    subjectId: task.task_id,
    effect: {
      kind: task.kind,
      subjectKind: task.subject_kind,
      subjectId: task.subject_id,
      originKind: task.origin_kind,
      originId: task.origin_id,
      forMemberId: task.for_member_id,
      ...(task.former_member_id === null ? {} : { formerMemberId: task.former_member_id }),
      dueAt: task.due_at,
    },
    details: {
      title: titleOf(task.template, task.particulars, 'en'),
      forName: task.for_name,
      forContact: task.for_contact,
    },
  }
}

/**
 * Opens a task in the company's own words.
 * @throws Refusal `task.due_past`, `task.for_nobody_fit`, `thing.not_found`
 */
export async function createTask(
  tx: Tx,
  { body, language }: RouteInput<(typeof tasksContract)['createTask']>,
): Promise<RouteOutput<(typeof tasksContract)['createTask']>> {
  const { subjectKind, subjectId, title, instructions, evidence } = body
  if (!(await subjectExists(tx, subjectKind, subjectId))) {
    throw new Refusal(httpRefusal.notFound, { thing: subjectKind })
  }
  const [taskId] = await openTasks(tx, [
    {
      kind: 'by_hand',
      subjectKind,
      subjectId,
      origin: null,
      addressee: body,
      isPersonal: false,
      template: 'own_words',
      particulars: { title, instructions, ...(evidence === undefined ? {} : { evidence }) },
      link: body.link ?? null,
      dueAt: body.dueAt === undefined ? null : normaliseInstant(body.dueAt),
    },
  ])
  if (taskId === undefined) throw new Error('one plan opens one task')
  return readBack(tx, taskId, language)
}
