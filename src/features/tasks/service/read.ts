import { isCompanyCaller } from '../../../kernel/caller.ts'
import { decodeCursor, encodeCursor } from '../../../kernel/cursor.ts'
import { Refusal } from '../../../kernel/refusal.ts'
import type { RouteInput, RouteOutput } from '../../../kernel/route.ts'
import type { Tx } from '../../../platform/db/tx.ts'
import { httpRefusal } from '../../../platform/http/refusals.ts'
import { scopeOf } from '../../people/index.ts'
import type { tasksContract } from '../contract.ts'
import type { Task, TaskDetail } from '../model.ts'
import { type Language, presentEvidence, presentTask } from '../present.ts'
import { mayDo } from '../rules.ts'
import { isOpen, stateAfter } from '../states.ts'
import { instructionsOf } from '../templates.ts'
import * as views from '../views.ts'

type Routes = typeof tasksContract

/**
 * Tasks in the reader's scope, newest or next due first.
 * @throws Refusal `page.cursor_invalid`
 */
export async function listTasks(
  tx: Tx,
  { query, language }: RouteInput<Routes['listTasks']>,
): Promise<RouteOutput<Routes['listTasks']>> {
  const list = `tasks:${query.sort}`
  const { keys } = views.taskOrders[query.sort]
  const after = query.cursor === undefined ? null : decodeCursor(list, query.cursor, keys)
  if (after === null && query.cursor !== undefined) throw new Refusal(httpRefusal.cursorInvalid)
  const readerId = isCompanyCaller(tx.caller) ? tx.caller.memberId : null
  if (query.mine === 'true' && readerId === null) return { items: [], nextCursor: null }
  const found = await views.listTasks(tx, { scope: await scopeOf(tx), query, readerId, after })
  const page = found.slice(0, query.limit)
  const last = page.at(-1)
  const place = last && (query.sort === 'dueAt' ? [last.due_at, last.task_id] : [last.task_id])
  return {
    items: await inWords(tx, page, language),
    nextCursor: found.length > page.length && place ? encodeCursor(list, place) : null,
  }
}

async function inWords(tx: Tx, rows: readonly views.TaskView[], language: Language): Promise<Task[]> {
  const persons = rows.flatMap((row) => [row.for_member_id, row.opened_by, row.claimed_by, row.observed_by])
  const names = await views.namesOf(tx, persons)
  return rows.map((row) => presentTask(row, { names, language, now: tx.now }))
}

/** @throws Refusal `thing.not_found` for a task that is not there or outside the reader's scope */
export async function readTask(
  tx: Tx,
  { params, language }: RouteInput<Routes['readTask']>,
): Promise<TaskDetail> {
  return inDetail(tx, await requireSeen(tx, params.taskId), language)
}

/** @throws Refusal `thing.not_found` for a task that is not there or outside the reader's scope */
export async function requireSeen(tx: Tx, taskId: string): Promise<views.TaskView> {
  const row = await views.findTask(tx, taskId, await scopeOf(tx))
  if (!row) throw new Refusal(httpRefusal.notFound, { thing: 'task' })
  return row
}

/** A task as its reader sees it after the own change. */
export async function readBack(tx: Tx, taskId: string, language: Language): Promise<TaskDetail> {
  const [row] = await views.findTasks(tx, [taskId])
  if (!row) throw new Error('a task that was just written is gone')
  return inDetail(tx, row, language)
}

async function inDetail(tx: Tx, row: views.TaskView, language: Language): Promise<TaskDetail> {
  const [task] = await inWords(tx, [row], language)
  if (!task) throw new Error('one row is one task')
  const { caller } = tx
  const isAdmin = isCompanyCaller(caller) && (caller.role === 'owner' || caller.role === 'admin')
  const addressed = { forMemberId: row.for_member_id, forName: row.for_name }
  return {
    ...task,
    instructions: instructionsOf(row.template, row.particulars, language),
    claimNote: row.claim_note,
    consentedAt: row.consented_at,
    observedNote: row.observed_note,
    endReason: row.end_reason,
    evidence: (await views.findEvidence(tx, row.task_id)).map(presentEvidence),
    linkExpiresAt: isOpen(row.state) ? await views.linkEnd(tx, row.task_id) : null,
    mayClaim: stateAfter(row.state, 'claim') !== null && mayDo(caller, addressed),
    mayObserve: stateAfter(row.state, 'observe') !== null && isAdmin,
  }
}
