import type { Tx } from '../../../platform/db/tx.ts'
import type { TaskState } from '../model.ts'
import type { TaskRow } from '../store.ts'
import { type TaskParticulars, titleOf } from '../templates.ts'
import { findTasksAbout } from '../views.ts'

/** A task as the feature that asked for it knows it. */
export interface AskedTask {
  readonly taskId: string
  readonly kind: string
  readonly state: TaskState
  readonly subjectId: string
  readonly originKind: string | null
  readonly originId: string | null
  readonly forMemberId: string | null
  readonly particulars: TaskParticulars
  /** In English and Chinese. */
  readonly title: { readonly en: string; readonly zh: string }
}

/** Tasks about these things, whoever asked, oldest first. */
export async function tasksAbout(tx: Tx, subjectIds: readonly string[]): Promise<AskedTask[]> {
  return subjectIds.length === 0 ? [] : (await findTasksAbout(tx, subjectIds)).map(askedTask)
}

function askedTask(row: TaskRow): AskedTask {
  const title = {
    en: titleOf(row.template, row.particulars, 'en'),
    zh: titleOf(row.template, row.particulars, 'zh'),
  }
  return {
    taskId: row.task_id,
    kind: row.kind,
    state: row.state,
    subjectId: row.subject_id,
    originKind: row.origin_kind,
    originId: row.origin_id,
    forMemberId: row.for_member_id,
    particulars: row.particulars,
    title,
  }
}
