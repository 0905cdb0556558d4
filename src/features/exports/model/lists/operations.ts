import type { Words } from '../../../imports/model/column.ts'
import { MoveQuery, type MoveState, ScheduledMove } from '../../../numbers/model.ts'
import { Operation, OperationQuery, type OperationState } from '../../../operations/model.ts'
import { actorCell, fileQuery, idColumn, listFile, namedCell, timeCell, wordCell } from '../list-file.ts'
import { historyWords } from './words.ts'

const kindWords: Readonly<Record<string, Words>> = {
  number_moves: { en: 'batch of moves', zh: '批量移动' },
  number_moves_undo: { en: 'undo of a batch', zh: '撤销批量移动' },
  import: { en: 'import', zh: '导入' },
  import_undo: { en: 'undo of an import', zh: '撤销导入' },
}

const stateWords: Readonly<Record<OperationState, Words>> = {
  pending_approval: { en: 'waits for approval', zh: '等待批准' },
  running: { en: 'running', zh: '进行中' },
  paused: { en: 'paused', zh: '已暂停' },
  done: { en: 'done', zh: '已完成' },
  cancelled: { en: 'cancelled', zh: '已取消' },
}

/** Work on many items. */
export const operationsFile = listFile({
  name: 'operations',
  list: 'listOperations',
  summary: 'Download the work on many items, as the list shows it',
  access: 'operations:read',
  sheetName: { en: 'Batches', zh: '批量任务' },
  query: fileQuery(OperationQuery),
  typed: [],
  item: Operation,
  columns: [
    { header: { en: 'What', zh: '内容' }, width: 20, cell: ({ kind }, to) => wordCell(kindWords, kind, to) },
    {
      header: { en: 'State', zh: '状态' },
      width: 18,
      cell: ({ state }, to) => wordCell(stateWords, state, to),
    },
    { header: { en: 'Items', zh: '总数' }, width: 10, cell: ({ total }) => total },
    { header: { en: 'Done', zh: '已完成' }, width: 10, cell: ({ done }) => done },
    { header: { en: 'Waiting', zh: '等待中' }, width: 10, cell: ({ waiting }) => waiting },
    { header: { en: 'Failed', zh: '失败' }, width: 10, cell: ({ failed }) => failed },
    { header: { en: 'To do', zh: '待处理' }, width: 10, cell: ({ pending }) => pending },
    {
      header: { en: 'Begun by', zh: '发起人' },
      width: 20,
      cell: (one) => actorCell({ id: one.createdBy, name: one.createdByName }),
    },
    { header: { en: 'Begun at', zh: '开始时间' }, width: 22, cell: ({ createdAt }) => timeCell(createdAt) },
    {
      header: { en: 'Finished at', zh: '结束时间' },
      width: 22,
      cell: ({ finishedAt }) => timeCell(finishedAt),
    },
    { header: { en: 'Takes back', zh: '撤销的任务' }, width: 38, cell: ({ undoes }) => undoes },
    { header: { en: 'Taken back by', zh: '撤销它的任务' }, width: 38, cell: ({ undoneBy }) => undoneBy },
    idColumn('operationId'),
  ],
})

const moveStateWords: Readonly<Record<MoveState, Words>> = {
  scheduled: { en: 'scheduled', zh: '已预约' },
  pending_check: { en: 'waits for a check', zh: '等待核验' },
  pending_approval: { en: 'waits for approval', zh: '等待批准' },
  done: { en: 'done', zh: '已完成' },
  cancelled: { en: 'cancelled', zh: '已取消' },
  failed: { en: 'failed', zh: '失败' },
}

const moveKindWords: Readonly<Record<ScheduledMove['kind'], Words>> = {
  move: { en: 'move', zh: '移动' },
  return: { en: 'return of a loan', zh: '归还' },
}

const waitsWords: Readonly<Record<NonNullable<ScheduledMove['waitsFor']>, Words>> = {
  time: { en: 'its time', zh: '到期时间' },
  check: { en: 'a check', zh: '核验' },
  approval: { en: 'an approval', zh: '批准' },
}

/** Moves that wait, or have waited. */
export const scheduledMovesFile = listFile({
  name: 'scheduled-moves',
  list: 'listScheduledMoves',
  summary: 'Download the moves that wait or have waited, as the list shows them',
  access: 'requests:read',
  sheetName: { en: 'Waiting moves', zh: '等待中的移动' },
  query: fileQuery(MoveQuery),
  typed: [],
  item: ScheduledMove,
  columns: [
    { header: { en: 'Number', zh: '号码' }, width: 20, cell: ({ e164 }) => e164 },
    {
      header: { en: 'What', zh: '内容' },
      width: 16,
      cell: ({ kind }, to) => wordCell(moveKindWords, kind, to),
    },
    { header: { en: 'To', zh: '接收人' }, width: 20, cell: ({ to }) => to.name },
    {
      header: { en: 'State', zh: '状态' },
      width: 18,
      cell: ({ state }, to) => wordCell(moveStateWords, state, to),
    },
    {
      header: { en: 'Waits for', zh: '等待' },
      width: 14,
      cell: ({ waitsFor }, to) => wordCell(waitsWords, waitsFor, to),
    },
    { header: { en: 'Due at', zh: '到期时间' }, width: 22, cell: ({ dueAt }) => timeCell(dueAt) },
    { header: { en: 'Time zone', zh: '时区' }, width: 18, cell: ({ timeZone }) => timeZone },
    {
      header: { en: 'Comes back at', zh: '归还时间' },
      width: 22,
      cell: ({ returnAt }) => timeCell(returnAt),
    },
    {
      header: { en: 'History', zh: '历史记录' },
      width: 12,
      cell: ({ history }, to) => wordCell(historyWords, history, to),
    },
    { header: { en: 'Why it failed', zh: '失败原因' }, width: 24, cell: ({ refusalCode }) => refusalCode },
    {
      header: { en: 'Asked by', zh: '发起人' },
      width: 20,
      cell: ({ scheduledBy }) => namedCell('member', scheduledBy),
    },
    { header: { en: 'Asked at', zh: '发起时间' }, width: 22, cell: ({ createdAt }) => timeCell(createdAt) },
    idColumn('moveId'),
  ],
})
