import type { Words } from '../../../imports/model/column.ts'
import { type ObservedHow, Task, TaskQuery, type TaskState } from '../../../tasks/model.ts'
import { actorCell, fileQuery, idColumn, listFile, timeCell, wordCell, yesCell } from '../list-file.ts'
import { subjectWords } from './words.ts'

const stateWords: Readonly<Record<TaskState, Words>> = {
  planned: { en: 'to do', zh: '待办理' },
  claimed: { en: 'said to be done', zh: '已申报' },
  observed: { en: 'done and seen', zh: '已确认' },
  cancelled: { en: 'not needed', zh: '已取消' },
}

const howWords: Readonly<Record<ObservedHow, Words>> = {
  read_back: { en: 'looked up where it was done', zh: '到办理处查看' },
  evidence: { en: 'by the evidence', zh: '依据证明' },
  attested: { en: 'by an own word', zh: '本人担保' },
}
const anyAdmin: Words = { en: 'any Owner or Admin', zh: '任一所有者或管理员' }

/** WRK-3: what people have to do. */
export const tasksFile = listFile({
  name: 'tasks',
  list: 'listTasks',
  summary: 'Download the tasks that you may see, as the list shows them',
  access: 'tasks:read',
  sheetName: { en: 'Tasks', zh: '待办事项' },
  query: fileQuery(TaskQuery),
  typed: [],
  item: Task,
  columns: [
    { header: { en: 'Task', zh: '待办事项' }, width: 40, cell: ({ title }) => title },
    {
      header: { en: 'State', zh: '状态' },
      width: 16,
      cell: ({ state }, to) => wordCell(stateWords, state, to),
    },
    { header: { en: 'Due', zh: '截止时间' }, width: 22, cell: ({ dueAt }) => timeCell(dueAt) },
    {
      header: { en: 'Overdue', zh: '已逾期' },
      width: 10,
      cell: ({ isOverdue }, to) => yesCell(isOverdue, to),
    },
    {
      header: { en: 'For', zh: '办理人' },
      width: 20,
      cell: ({ forMemberId, forName }, to) => forName ?? forMemberId ?? anyAdmin[to],
    },
    { header: { en: 'Contact', zh: '联系方式' }, width: 24, cell: ({ forContact }) => forContact },
    {
      header: { en: 'Kind of subject', zh: '涉及类型' },
      width: 16,
      cell: ({ subjectKind }, to) => wordCell(subjectWords, subjectKind, to),
    },
    { header: { en: 'About', zh: '涉及' }, width: 28, cell: ({ subjectLabel }) => subjectLabel },
    {
      header: { en: 'Part of', zh: '所属' },
      width: 14,
      cell: ({ originKind }, to) => wordCell(subjectWords, originKind, to),
    },
    { header: { en: 'Where', zh: '办理地址' }, width: 36, cell: ({ link }) => link },
    {
      header: { en: 'Said to be done by', zh: '申报人' },
      width: 20,
      cell: (task) => actorCell({ id: task.claimedBy, name: task.claimedByName }),
    },
    {
      header: { en: 'Said to be done at', zh: '申报时间' },
      width: 22,
      cell: ({ claimedAt }) => timeCell(claimedAt),
    },
    {
      header: { en: 'Seen by', zh: '确认人' },
      width: 20,
      cell: (task) => actorCell({ id: task.observedBy, name: task.observedByName }),
    },
    { header: { en: 'Seen at', zh: '确认时间' }, width: 22, cell: ({ observedAt }) => timeCell(observedAt) },
    {
      header: { en: 'How it was seen', zh: '确认方式' },
      width: 24,
      cell: ({ observedHow }, to) => wordCell(howWords, observedHow, to),
    },
    { header: { en: 'Files', zh: '证明文件' }, width: 10, cell: ({ evidenceCount }) => evidenceCount },
    { header: { en: 'Reminders', zh: '提醒次数' }, width: 10, cell: ({ remindedCount }) => remindedCount },
    {
      header: { en: 'Asked for by', zh: '提出人' },
      width: 20,
      cell: (task) => actorCell({ id: task.openedBy, name: task.openedByName }),
    },
    { header: { en: 'Asked for at', zh: '提出时间' }, width: 22, cell: ({ openedAt }) => timeCell(openedAt) },
    idColumn('taskId'),
  ],
})
