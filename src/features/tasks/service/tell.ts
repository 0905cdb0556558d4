import { personOf } from '../../../kernel/caller.ts'
import type { Tx } from '../../../platform/db/tx.ts'
import { record } from '../../audit/index.ts'
import { addNotices } from '../../people/index.ts'
import { nextReminder } from '../rules.ts'
import { isOpen } from '../states.ts'
import { lockTasks, noteReminder, type TaskRow } from '../store.ts'
import { activeAdmins } from '../views.ts'

type Told = Pick<TaskRow, 'task_id' | 'template'>

function tell(tx: Tx, task: Told, { kind, memberIds }: { kind: string; memberIds: readonly string[] }): void {
  addNotices(
    tx,
    memberIds.map((memberId) => ({
      noticeId: tx.newId(),
      memberId,
      kind,
      particulars: { taskId: task.task_id, cause: task.template },
      at: tx.now,
    })),
  )
}

/** Tells one member of what became of a task, unless that member did it. */
export function tellMember(
  tx: Tx,
  task: Told,
  { kind, memberId }: { kind: string; memberId: string | null },
): void {
  if (memberId !== null && memberId !== personOf(tx.caller)) tell(tx, task, { kind, memberIds: [memberId] })
}

/**
 * Reminds of an open task whose time has come, once: who is to do it, or, where that is nobody with an account or it is
 * claimed already, who asked for it, else every Owner and Admin.
 */
export async function remind(tx: Tx, taskId: string): Promise<void> {
  const [task] = await lockTasks(tx, [taskId])
  if (!task || !isOpen(task.state) || task.next_reminder_at === null || task.next_reminder_at > tx.now) return
  const memberIds = await remindedOf(tx, task)
  const isOverdue = task.due_at < tx.now
  noteReminder(tx, taskId, nextReminder(task.due_at, tx.now))
  tell(tx, task, { kind: isOverdue ? 'task.overdue' : 'task.due', memberIds })
  record(tx, {
    action: 'task.reminded',
    subjectKind: 'task',
    subjectId: taskId,
    effect: { memberIds, isOverdue, count: task.reminded_count + 1 },
  })
}

async function remindedOf(tx: Tx, task: TaskRow): Promise<string[]> {
  if (task.state === 'planned' && task.for_member_id !== null) return [task.for_member_id]
  if (task.opened_by_member_id !== null) return [task.opened_by_member_id]
  return (await activeAdmins(tx)).map((admin) => admin.memberId)
}
