import type { Words } from '../../../imports/model/column.ts'
import { type HoldState, LegalHold, LegalHoldQuery } from '../../../requests/model/legal-holds.ts'
import {
  Request,
  type RequestKind,
  RequestQuery,
  type RequestState,
} from '../../../requests/model/requests.ts'
import { actorCell, fileQuery, idColumn, listFile, namedCell, timeCell, wordCell } from '../list-file.ts'
import { subjectWords } from './words.ts'

const kindWords: Readonly<Record<RequestKind, Words>> = {
  delete_history: { en: 'delete history', zh: '删除历史记录' },
  over_limit: { en: 'over the limit', zh: '超过上限' },
  proposal: { en: 'proposal', zh: '提议' },
  country_check: { en: 'country check', zh: '国家核验' },
}

const stateWords: Readonly<Record<RequestState, Words>> = {
  open: { en: 'open', zh: '待处理' },
  approved: { en: 'approved', zh: '已批准' },
  rejected: { en: 'rejected', zh: '已驳回' },
  withdrawn: { en: 'withdrawn', zh: '已撤回' },
}

/** What waits for a second person, and what was decided. */
export const requestsFile = listFile({
  name: 'requests',
  list: 'listRequests',
  summary: 'Download what waits for a second person and what was decided, as the list shows it',
  access: 'requests:read',
  sheetName: { en: 'Requests', zh: '申请' },
  query: fileQuery(RequestQuery),
  typed: [],
  item: Request,
  columns: [
    { header: { en: 'What', zh: '内容' }, width: 20, cell: ({ kind }, to) => wordCell(kindWords, kind, to) },
    {
      header: { en: 'State', zh: '状态' },
      width: 12,
      cell: ({ state }, to) => wordCell(stateWords, state, to),
    },
    {
      header: { en: 'Kind of subject', zh: '对象类型' },
      width: 16,
      cell: ({ subjectKind }, to) => wordCell(subjectWords, subjectKind, to),
    },
    { header: { en: 'Subject', zh: '对象' }, width: 24, cell: ({ subjectLabel }) => subjectLabel },
    { header: { en: 'Reason', zh: '原因' }, width: 40, cell: ({ reason }) => reason },
    {
      header: { en: 'Asked by', zh: '申请人' },
      width: 20,
      cell: (one) => actorCell({ id: one.requestedBy, name: one.requestedByName }),
    },
    { header: { en: 'Asked at', zh: '申请时间' }, width: 22, cell: ({ createdAt }) => timeCell(createdAt) },
    {
      header: { en: 'Decided by', zh: '决定人' },
      width: 20,
      cell: (one) => actorCell({ id: one.decidedBy, name: one.decidedByName }),
    },
    { header: { en: 'Decided at', zh: '决定时间' }, width: 22, cell: ({ decidedAt }) => timeCell(decidedAt) },
    {
      header: { en: 'Reason or evidence of the decision', zh: '决定理由或依据' },
      width: 40,
      cell: ({ decisionReason }) => decisionReason,
    },
    idColumn('requestId'),
  ],
})

const holdWords: Readonly<Record<HoldState, Words>> = {
  placed: { en: 'in force', zh: '生效中' },
  lifting: { en: 'being lifted', zh: '待第二人解除' },
  lifted: { en: 'lifted', zh: '已解除' },
}

/** ALL-7: legal holds. */
export const legalHoldsFile = listFile({
  name: 'legal-holds',
  list: 'listLegalHolds',
  summary: 'Download the legal holds, as the list shows them',
  access: 'holds:read',
  sheetName: { en: 'Legal holds', zh: '法律保全' },
  query: fileQuery(LegalHoldQuery),
  typed: [],
  item: LegalHold,
  columns: [
    {
      header: { en: 'Kind of subject', zh: '对象类型' },
      width: 16,
      cell: ({ subjectKind }, to) => wordCell(subjectWords, subjectKind, to),
    },
    { header: { en: 'Subject', zh: '对象' }, width: 24, cell: ({ subjectLabel }) => subjectLabel },
    {
      header: { en: 'State', zh: '状态' },
      width: 16,
      cell: ({ state }, to) => wordCell(holdWords, state, to),
    },
    { header: { en: 'Reason', zh: '原因' }, width: 40, cell: ({ reason }) => reason },
    {
      header: { en: 'Placed by', zh: '设置人' },
      width: 20,
      cell: ({ placedBy }) => namedCell('member', placedBy),
    },
    { header: { en: 'Placed at', zh: '设置时间' }, width: 22, cell: ({ placedAt }) => timeCell(placedAt) },
    {
      header: { en: 'First lifted by', zh: '首次解除人' },
      width: 20,
      cell: ({ firstLiftedBy }) => namedCell('member', firstLiftedBy),
    },
    {
      header: { en: 'First lifted at', zh: '首次解除时间' },
      width: 22,
      cell: ({ firstLiftedAt }) => timeCell(firstLiftedAt),
    },
    {
      header: { en: 'Why it was lifted first', zh: '首次解除原因' },
      width: 30,
      cell: ({ firstLiftReason }) => firstLiftReason,
    },
    {
      header: { en: 'Lifted by', zh: '第二解除人' },
      width: 20,
      cell: ({ liftedBy }) => namedCell('member', liftedBy),
    },
    { header: { en: 'Lifted at', zh: '解除时间' }, width: 22, cell: ({ liftedAt }) => timeCell(liftedAt) },
    { header: { en: 'Why it was lifted', zh: '解除原因' }, width: 30, cell: ({ liftReason }) => liftReason },
    idColumn('holdId'),
  ],
})
