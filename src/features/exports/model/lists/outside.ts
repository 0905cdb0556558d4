import type { Words } from '../../../imports/model/column.ts'
import {
  System,
  type SystemKind,
  SystemQuery,
  WorkAccount,
  WorkAccountQuery,
  type WorkAccountState,
} from '../../../work-accounts/model.ts'
import { fileQuery, idColumn, listFile, timeCell, wordCell } from '../list-file.ts'
import { useWords } from './words.ts'

const kindWords: Readonly<Record<SystemKind, Words>> = {
  wecom: { en: 'WeCom', zh: '企业微信' },
  custom: { en: 'added by the company', zh: '公司自行添加' },
}

/** WRK-5, WRK-6: the outside systems. */
export const systemsFile = listFile({
  name: 'systems',
  list: 'listSystems',
  summary: 'Download the outside systems, as the list shows them',
  access: 'work-accounts:read',
  sheetName: { en: 'Outside systems', zh: '外部系统' },
  query: fileQuery(SystemQuery),
  typed: ['name'],
  item: System,
  columns: [
    { header: { en: 'System', zh: '外部系统' }, width: 26, cell: ({ name }) => name },
    { header: { en: 'Kind', zh: '类型' }, width: 22, cell: ({ kind }, to) => wordCell(kindWords, kind, to) },
    {
      header: { en: 'Accounts in use', zh: '使用中的账号' },
      width: 16,
      cell: ({ accountCount }) => accountCount,
    },
    { header: { en: 'Address', zh: '地址' }, width: 36, cell: ({ link }) => link },
    {
      header: { en: 'How to pass on an account', zh: '账号移交步骤' },
      width: 40,
      cell: ({ passOnInstructions }) => passOnInstructions,
    },
    {
      header: { en: 'How to close an account', zh: '账号停用步骤' },
      width: 40,
      cell: ({ closeInstructions }) => closeInstructions,
    },
    { header: { en: 'Note', zh: '备注' }, width: 30, cell: ({ note }) => note },
    { header: { en: 'Added at', zh: '添加时间' }, width: 22, cell: ({ createdAt }) => timeCell(createdAt) },
    idColumn('systemId'),
  ],
})

const stateWords: Readonly<Record<WorkAccountState, Words>> = {
  held: { en: 'in use', zh: '使用中' },
  deletion_requested: { en: 'being deleted', zh: '注销中' },
  released: { en: 'number released', zh: '号码已释放' },
  closed: { en: 'closed', zh: '已停用' },
}

const kept: Words = { en: 'kept by the company', zh: '由公司保管' }

/** The accounts in outside systems, and who holds them. */
export const workAccountsFile = listFile({
  name: 'work-accounts',
  list: 'listWorkAccounts',
  summary: 'Download the accounts in outside systems that you may see, as the list shows them',
  access: 'work-accounts:read',
  sheetName: { en: 'Work accounts', zh: '工作账号' },
  query: fileQuery(WorkAccountQuery),
  typed: ['search'],
  item: WorkAccount,
  columns: [
    { header: { en: 'Account', zh: '账号' }, width: 26, cell: ({ login }) => login },
    { header: { en: 'System', zh: '外部系统' }, width: 24, cell: ({ systemName }) => systemName },
    {
      header: { en: 'Holder', zh: '持有人' },
      width: 20,
      cell: ({ holderId, holderName }, to) => (holderId === null ? kept[to] : holderName),
    },
    { header: { en: 'Number', zh: '号码' }, width: 20, cell: ({ e164 }) => e164 },
    {
      header: { en: 'Use of the number', zh: '号码用途' },
      width: 24,
      cell: ({ numberUse }, to) => wordCell(useWords, numberUse, to),
    },
    {
      header: { en: 'State', zh: '状态' },
      width: 16,
      cell: ({ state }, to) => wordCell(stateWords, state, to),
    },
    {
      header: { en: 'Deletion takes effect at', zh: '注销生效时间' },
      width: 22,
      cell: ({ deletionUntil }) => timeCell(deletionUntil),
    },
    {
      header: { en: 'Held since', zh: '持有起始时间' },
      width: 22,
      cell: ({ heldSince }) => timeCell(heldSince),
    },
    { header: { en: 'Note', zh: '备注' }, width: 30, cell: ({ note }) => note },
    idColumn('workAccountId'),
  ],
})
