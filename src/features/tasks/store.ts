import type { Updateable } from 'kysely'
import type { Instant } from '../../kernel/fields.ts'
import type { Tables } from '../../platform/db/tables.ts'
import type { Tx } from '../../platform/db/tx.ts'
import type { ObservedHow, TaskState } from './model.ts'
import type { TaskParticulars } from './templates.ts'

/** A task as the table has it. */
export interface TaskRow {
  readonly task_id: string
  readonly kind: string
  readonly state: TaskState
  readonly subject_kind: string
  readonly subject_id: string
  readonly origin_kind: string | null
  readonly origin_id: string | null
  readonly for_member_id: string | null
  readonly for_name: string | null
  readonly for_contact: string | null
  /** Whose name `for_name` is, where it is a former member's. */
  readonly former_member_id: string | null
  readonly is_personal: boolean
  readonly template: string
  readonly particulars: TaskParticulars
  readonly link: string | null
  readonly due_at: Instant
  readonly opened_by: string
  readonly opened_by_member_id: string | null
  readonly opened_at: Instant
  readonly claimed_by: string | null
  readonly claimed_at: Instant | null
  readonly claim_note: string | null
  readonly consented_at: Instant | null
  readonly observed_by: string | null
  readonly observed_at: Instant | null
  readonly observed_how: ObservedHow | null
  readonly observed_note: string | null
  readonly end_reason: string | null
  readonly next_reminder_at: Instant | null
  readonly reminded_count: number
  readonly version: number
}

/** A task that is opened now. */
export type NewTaskRow = Pick<
  TaskRow,
  | 'task_id'
  | 'kind'
  | 'subject_kind'
  | 'subject_id'
  | 'origin_kind'
  | 'origin_id'
  | 'for_member_id'
  | 'for_name'
  | 'for_contact'
  | 'former_member_id'
  | 'is_personal'
  | 'template'
  | 'particulars'
  | 'link'
  | 'due_at'
  | 'opened_by'
  | 'opened_by_member_id'
  | 'next_reminder_at'
>

const rowsAtOnce = 1_000

export async function insertTasks(tx: Tx, tasks: readonly NewTaskRow[]): Promise<void> {
  for (let first = 0; first < tasks.length; first += rowsAtOnce) {
    await tx.db
      .insertInto('tasks')
      .values(
        tasks.slice(first, first + rowsAtOnce).map((task) => ({
          ...task,
          company_id: tx.companyId,
          state: 'planned',
          particulars: JSON.stringify(task.particulars),
          opened_at: tx.now,
        })),
      )
      .execute()
  }
}

/** Locks tasks against changes, in id order; those that do not exist are missing from the answer. */
export function lockTasks(tx: Tx, taskIds: readonly string[]): Promise<TaskRow[]> {
  return tx.query<TaskRow>({
    name: 'tasks-lock',
    text: 'select * from tasks where company_id = $1 and task_id = any($2::uuid[]) order by task_id for update',
    values: [tx.companyId, taskIds],
  })
}

/** Writes what became of a task; the caller holds the lock. */
export async function updateTask(
  tx: Tx,
  { task_id, version }: Pick<TaskRow, 'task_id' | 'version'>,
  change: Updateable<Tables['tasks']>,
): Promise<void> {
  await tx.db
    .updateTable('tasks')
    .set({ ...change, version: version + 1 })
    .where('company_id', '=', tx.companyId)
    .where('task_id', '=', task_id)
    .execute()
}

/** Notes that somebody was reminded; no change that its reader has to know of. */
export function noteReminder(tx: Tx, taskId: string, next: Instant | null): void {
  tx.send({
    name: 'task-reminded',
    text: `update tasks set next_reminder_at = $3, reminded_count = reminded_count + 1
      where company_id = $1 and task_id = $2`,
    values: [tx.companyId, taskId, next],
  })
}

export interface NewLink {
  readonly hash: Buffer
  readonly taskId: string
  readonly createdBy: string
  readonly expiresAt: Instant
}

export function insertLink(tx: Tx, link: NewLink): void {
  tx.send({
    name: 'task-link-insert',
    text: `insert into task_links (company_id, token_hash, task_id, created_by, created_at, expires_at)
      values ($1, $2, $3, $4, $5, $6)`,
    values: [tx.companyId, link.hash, link.taskId, link.createdBy, tx.now, link.expiresAt],
  })
}

/** Ends every link of a task that still works. */
export function endLinks(tx: Tx, taskId: string): void {
  tx.send({
    name: 'task-links-end',
    text: 'update task_links set used_at = $3 where company_id = $1 and task_id = $2 and used_at is null',
    values: [tx.companyId, taskId, tx.now],
  })
}

/** Uses a link up; false when it does not work any more. The caller holds the lock of its task. */
export async function spendLink(tx: Tx, hash: Buffer): Promise<boolean> {
  const used = await tx.query({
    name: 'task-link-use',
    text: `update task_links set used_at = $3
      where company_id = $1 and token_hash = $2 and used_at is null and expires_at > $3 returning 1 as used`,
    values: [tx.companyId, hash, tx.now],
  })
  return used.length > 0
}

/** A row of `task_evidence`. */
export interface EvidenceRow {
  readonly media_id: string
  readonly content_type: string
  readonly byte_count: number
  readonly sha256: Buffer
  readonly file_name: string | null
  readonly added_at: Instant
}

export type NewEvidence = Omit<EvidenceRow, 'added_at'> & {
  readonly taskId: string
  readonly addedBy: string
}

export function insertEvidence(tx: Tx, file: NewEvidence): void {
  tx.send({
    name: 'task-evidence-insert',
    text: `insert into task_evidence (company_id, task_id, media_id, content_type, byte_count, sha256, file_name, added_by, added_at)
      values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
    values: [
      tx.companyId,
      file.taskId,
      file.media_id,
      file.content_type,
      file.byte_count,
      file.sha256,
      file.file_name,
      file.addedBy,
      tx.now,
    ],
  })
}
