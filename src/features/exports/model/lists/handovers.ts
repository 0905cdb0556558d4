import { z } from 'zod'
import { Id } from '../../../../kernel/fields.ts'
import type { Phase } from '../../../custody-ports/model.ts'
import { HandoverItem, ItemQuery, type ItemState } from '../../../handovers/model/items.ts'
import { PlanItem, PlanQuery, type Remark } from '../../../handovers/model/plan.ts'
import {
  Handover,
  type HandoverKind,
  HandoverQuery,
  type HandoverState,
  handoverRefusal,
  type Person,
} from '../../../handovers/model.ts'
import type { Words } from '../../../imports/model/column.ts'
import {
  actorCell,
  type FileLanguage,
  fileQuery,
  idColumn,
  type ListCell,
  listFile,
  timeCell,
  wordCell,
  yesCell,
} from '../list-file.ts'
import { historyWords, holdingWords, wayWords } from './words.ts'

const kindWords: Readonly<Record<HandoverKind, Words>> = {
  leave: { en: 'leaving', zh: '离职' },
  move: { en: 'changing place', zh: '调岗' },
  loan: { en: 'away for a while', zh: '暂时离开' },
}

const stateWords: Readonly<Record<HandoverState, Words>> = {
  draft: { en: 'planned, not started', zh: '已有计划，未开始' },
  pending_approval: { en: 'waits for a second person', zh: '等待第二人批准' },
  approved: { en: 'approved, not started', zh: '已批准，未开始' },
  scheduled: { en: 'scheduled', zh: '已排期' },
  running: { en: 'running', zh: '执行中' },
  paused: { en: 'paused', zh: '已暂停' },
  stopped: { en: 'stopped', zh: '已中止' },
  finished: { en: 'finished', zh: '已完成' },
  closed: { en: 'finished for good', zh: '已完成，不可撤销' },
  undoing: { en: 'being undone', zh: '撤销中' },
  undone: { en: 'undone', zh: '已撤销' },
  cancelled: { en: 'given up', zh: '已放弃' },
}

/** The handovers that the reader may see. */
export const handoversFile = listFile({
  name: 'handovers',
  list: 'listHandovers',
  summary: 'Download the handovers that you may see, as the list shows them',
  access: 'handovers:read',
  sheetName: { en: 'Handovers', zh: '交接' },
  query: fileQuery(HandoverQuery),
  typed: [],
  item: Handover,
  columns: [
    { header: { en: 'Whose', zh: '交接人' }, width: 20, cell: ({ leaver }) => leaver.name },
    { header: { en: 'Staff code', zh: '工号' }, width: 16, cell: ({ leaver }) => leaver.staffCode },
    { header: { en: 'Why', zh: '原因' }, width: 16, cell: ({ kind }, to) => wordCell(kindWords, kind, to) },
    {
      header: { en: 'State', zh: '状态' },
      width: 22,
      cell: ({ state }, to) => wordCell(stateWords, state, to),
    },
    {
      header: { en: 'Takes effect', zh: '生效时间' },
      width: 22,
      cell: ({ effectiveAt }) => timeCell(effectiveAt),
    },
    { header: { en: 'Comes back', zh: '归还时间' }, width: 22, cell: ({ endsAt }) => timeCell(endsAt) },
    {
      header: { en: 'To', zh: '接收人' },
      width: 20,
      cell: ({ defaultSuccessor }) => nameOf(defaultSuccessor),
    },
    { header: { en: 'Otherwise to', zh: '备用接收人' }, width: 20, cell: ({ fallback }) => nameOf(fallback) },
    { header: { en: 'Reason', zh: '说明' }, width: 30, cell: ({ reason }) => reason },
    { header: { en: 'Items', zh: '项目数' }, width: 10, cell: ({ coverage }) => coverage.total },
    { header: { en: 'Done', zh: '已完成' }, width: 10, cell: ({ coverage }) => coverage.observed },
    { header: { en: 'Waiting', zh: '等待中' }, width: 10, cell: ({ coverage }) => coverage.waiting },
    { header: { en: 'Need you', zh: '需要处理' }, width: 10, cell: ({ coverage }) => coverage.needsYou },
    { header: { en: 'Skipped', zh: '已跳过' }, width: 10, cell: ({ coverage }) => coverage.skipped },
    { header: { en: 'With a person', zh: '人工办理' }, width: 14, cell: ({ coverage }) => coverage.handed },
    {
      header: { en: 'Made by', zh: '创建人' },
      width: 20,
      cell: (one) => actorCell({ id: one.createdBy, name: one.createdByName }),
    },
    { header: { en: 'Made at', zh: '创建时间' }, width: 22, cell: ({ createdAt }) => timeCell(createdAt) },
    { header: { en: 'Started at', zh: '开始时间' }, width: 22, cell: ({ startedAt }) => timeCell(startedAt) },
    {
      header: { en: 'Finished at', zh: '完成时间' },
      width: 22,
      cell: ({ finishedAt }) => timeCell(finishedAt),
    },
    {
      header: { en: 'Can be undone until', zh: '可撤销至' },
      width: 22,
      cell: ({ undoUntil }) => timeCell(undoUntil),
    },
    idColumn('handoverId'),
  ],
})

function nameOf(person: Person | null): ListCell {
  return person?.name ?? null
}

const itemWords: Readonly<Record<ItemState, Words>> = {
  planned: { en: 'to come', zh: '待执行' },
  attempted: { en: 'done, being checked', zh: '已执行，核实中' },
  waiting: { en: 'waits', zh: '等待中' },
  observed: { en: 'done', zh: '已完成' },
  failed: { en: 'needs you', zh: '需要您处理' },
  skipped: { en: 'left as it is', zh: '保持不变' },
  handed: { en: 'with a person', zh: '人工办理' },
  undone: { en: 'taken back', zh: '已撤回' },
}

const phaseWords: Readonly<Record<Phase, Words>> = {
  access: { en: '1 access', zh: '1 访问权限' },
  numbers: { en: '2 numbers', zh: '2 号码' },
  relations: { en: '3 relations', zh: '3 客户关系' },
  work_accounts: { en: '4 work accounts', zh: '4 工作账号' },
  roles: { en: '5 roles and reports', zh: '5 职责与汇报关系' },
  membership: { en: '6 membership', zh: '6 成员身份' },
}

const waitsWords: Readonly<Record<NonNullable<HandoverItem['waitsFor']>, Words>> = {
  cooldown: { en: 'the cool-down', zh: '冷却时间结束' },
  check: { en: 'a check', zh: '核验' },
  task: { en: 'a task of a person', zh: '人工待办完成' },
  approval: { en: 'a second person', zh: '第二人批准' },
  rest: { en: 'everything else', zh: '其余项目完成' },
}

// What an item of a plan and one of a run have in common.
const commonColumns = [
  {
    header: { en: 'No.', zh: '序号' },
    width: 8,
    // From 1, as people count lines.
    cell: ({ position }: Common) => position + 1,
  },
  {
    header: { en: 'Phase', zh: '阶段' },
    width: 20,
    cell: ({ phase }: Common, to: FileLanguage) => wordCell(phaseWords, phase, to),
  },
  {
    header: { en: 'Kind', zh: '类别' },
    width: 18,
    cell: ({ kind }: Common, to: FileLanguage) => wordCell(holdingWords, kind, to),
  },
  { header: { en: 'What', zh: '项目' }, width: 30, cell: ({ label }: Common) => label },
  {
    header: { en: 'What happens', zh: '安排' },
    width: 20,
    cell: ({ way }: Common, to: FileLanguage) => wordCell(wayWords, way, to),
  },
  { header: { en: 'To', zh: '接收人' }, width: 20, cell: ({ to }: Common) => nameOf(to) },
  { header: { en: 'Staff code', zh: '工号' }, width: 16, cell: ({ to }: Common) => to?.staffCode ?? null },
  {
    header: { en: 'History', zh: '历史记录' },
    width: 12,
    cell: ({ history }: Common, to: FileLanguage) => wordCell(historyWords, history, to),
  },
  {
    header: { en: 'Comes back', zh: '归还时间' },
    width: 22,
    cell: ({ returnAt }: Common) => timeCell(returnAt),
  },
  {
    header: { en: 'Cannot be undone', zh: '不可撤销' },
    width: 12,
    cell: ({ isReversible }: Common, to: FileLanguage) => yesCell(!isReversible, to),
  },
  {
    header: { en: 'Waits for', zh: '等待' },
    width: 20,
    cell: ({ waitsFor }: Common, to: FileLanguage) => wordCell(waitsWords, waitsFor, to),
  },
]
type Common = Pick<
  HandoverItem,
  | 'position'
  | 'phase'
  | 'kind'
  | 'label'
  | 'way'
  | 'to'
  | 'history'
  | 'returnAt'
  | 'isReversible'
  | 'waitsFor'
>

const params = z.object({ handoverId: Id.describe('The handover') })
// A plan is made anew for each page.
const mostRows = 1000

/** HAN-2: what a handover would do. */
export const handoverPlanFile = listFile({
  name: 'handover-plan',
  list: 'getPlan',
  summary: 'Download what a handover would do now, item by item (HAN-2)',
  access: 'handovers:write',
  sheetName: { en: 'Plan', zh: '交接计划' },
  query: fileQuery(PlanQuery),
  params,
  typed: [],
  refusals: [handoverRefusal.notNow],
  rowsPerPage: mostRows,
  item: PlanItem,
  columns: [
    ...commonColumns,
    { header: { en: 'Held since', zh: '持有起始时间' }, width: 22, cell: ({ since }) => timeCell(since) },
    { header: { en: 'Not before', zh: '最早时间' }, width: 22, cell: ({ notBefore }) => timeCell(notBefore) },
    { header: { en: 'In the way', zh: '受阻原因' }, width: 40, cell: ({ blockers }) => told(blockers) },
    { header: { en: 'To be minded', zh: '需留意' }, width: 40, cell: ({ warnings }) => told(warnings) },
    {
      header: { en: 'Becomes visible', zh: '将可见的内容' },
      width: 40,
      cell: ({ becomesVisible }) => told(becomesVisible),
    },
    {
      header: { en: 'Lost for ever', zh: '永久失去的内容' },
      width: 40,
      cell: ({ lostForEver }) => told(lostForEver),
    },
    idColumn('holdingId'),
  ],
})

function told(remarks: readonly Remark[]): ListCell {
  return remarks.map(({ title, next }) => `${title} ${next}`.trim()).join('\n')
}

/** HAN-3: what became of each item of a handover. */
export const handoverItemsFile = listFile({
  name: 'handover-items',
  list: 'listHandoverItems',
  summary: 'Download what became of each item of a handover, as the list shows it',
  access: 'handovers:read',
  sheetName: { en: 'Items', zh: '交接项目' },
  query: fileQuery(ItemQuery),
  params,
  typed: [],
  rowsPerPage: mostRows,
  item: HandoverItem,
  columns: [
    ...commonColumns,
    {
      header: { en: 'State', zh: '状态' },
      width: 18,
      cell: ({ state }, to) => wordCell(itemWords, state, to),
    },
    {
      header: { en: 'Looked at again', zh: '再次检查时间' },
      width: 22,
      cell: ({ dueAt }) => timeCell(dueAt),
    },
    { header: { en: 'Why it failed', zh: '失败原因' }, width: 40, cell: ({ title }) => title },
    { header: { en: 'What to do', zh: '处理办法' }, width: 40, cell: ({ next }) => next },
    { header: { en: 'Reason', zh: '说明' }, width: 30, cell: ({ reason }) => reason },
    { header: { en: 'Attempts', zh: '尝试次数' }, width: 10, cell: ({ attempts }) => attempts },
    {
      header: { en: 'Tried at', zh: '尝试时间' },
      width: 22,
      cell: ({ attemptedAt }) => timeCell(attemptedAt),
    },
    { header: { en: 'Seen at', zh: '确认时间' }, width: 22, cell: ({ observedAt }) => timeCell(observedAt) },
    {
      header: { en: 'Taken back at', zh: '撤回时间' },
      width: 22,
      cell: ({ undoneAt }) => timeCell(undoneAt),
    },
    idColumn('itemId'),
  ],
})
