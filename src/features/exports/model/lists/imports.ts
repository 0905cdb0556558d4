import type { Words } from '../../../imports/model/column.ts'
import type { TemplateName } from '../../../imports/model/template.ts'
import type { Verdict } from '../../../imports/model/verdict.ts'
import { ImportQuery, type ImportState, ImportSummary } from '../../../imports/model.ts'
import {
  actorCell,
  fileQuery,
  idColumn,
  type ListColumn,
  listFile,
  timeCell,
  wordCell,
} from '../list-file.ts'

const stateWords: Readonly<Record<ImportState, Words>> = {
  draft: { en: 'draft', zh: '草稿' },
  applying: { en: 'being applied', zh: '正在应用' },
  applied: { en: 'applied', zh: '已应用' },
  undoing: { en: 'being undone', zh: '正在撤销' },
  undone: { en: 'undone', zh: '已撤销' },
}

const templateWords: Readonly<Record<TemplateName, Words>> = {
  members: { en: 'members', zh: '成员' },
  'wecom-members': { en: 'members from WeCom', zh: '企业微信成员' },
  'wecom-api-members': { en: "members for WeCom's API", zh: '企业微信 API 成员' },
  numbers: { en: 'numbers', zh: '号码' },
  records: { en: 'records', zh: '通信记录' },
  moves: { en: 'moves', zh: '移动' },
  'other-systems': { en: 'accounts in other systems', zh: '其他系统账号' },
}

const verdictWords: Readonly<Record<Verdict, Words>> = {
  new: { en: 'New', zh: '新增' },
  changed: { en: 'Changed', zh: '更改' },
  unchanged: { en: 'Unchanged', zh: '无变化' },
  skipped: { en: 'Skipped', zh: '跳过' },
  conflict: { en: 'To choose', zh: '待选择' },
  error: { en: 'Kept out', zh: '不导入' },
}

function countColumn(verdict: Verdict): ListColumn<ImportSummary> {
  return {
    header: verdictWords[verdict],
    width: 12,
    cell: ({ counts }) => counts?.[verdict] ?? null,
  }
}

/** Files that were sent to be imported. */
export const importsFile = listFile({
  name: 'imports',
  list: 'listImports',
  summary: 'Download what was imported and what came of it, as the list shows it',
  access: 'imports:read',
  sheetName: { en: 'Imports', zh: '导入' },
  query: fileQuery(ImportQuery),
  typed: [],
  item: ImportSummary,
  columns: [
    { header: { en: 'File', zh: '文件' }, width: 34, cell: ({ fileName }) => fileName },
    {
      header: { en: 'What it is', zh: '类型' },
      width: 24,
      cell: ({ template }, to) => wordCell(templateWords, template, to),
    },
    {
      header: { en: 'State', zh: '状态' },
      width: 14,
      cell: ({ state }, to) => wordCell(stateWords, state, to),
    },
    { header: { en: 'Rows', zh: '行数' }, width: 10, cell: ({ counts }) => counts?.rows ?? null },
    countColumn('new'),
    countColumn('changed'),
    countColumn('unchanged'),
    countColumn('skipped'),
    countColumn('conflict'),
    countColumn('error'),
    {
      header: { en: 'Size in bytes', zh: '文件大小（字节）' },
      width: 16,
      cell: ({ sizeBytes }) => sizeBytes,
    },
    {
      header: { en: 'Sent by', zh: '操作人' },
      width: 20,
      cell: (one) => actorCell({ id: one.createdBy, name: one.createdByName }),
    },
    { header: { en: 'Sent at', zh: '上传时间' }, width: 22, cell: ({ createdAt }) => timeCell(createdAt) },
    idColumn('importId'),
  ],
})
