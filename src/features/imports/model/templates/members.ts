import type { Template } from '../template.ts'
import {
  alias,
  departments,
  destination,
  email,
  managerStaffCode,
  mobile,
  name,
  role,
  staffCode,
  status,
  title,
} from './member-columns.ts'

/** Baton's own file of members. */
export const membersTemplate: Template = {
  name: 'members',
  subject: 'member',
  title: { en: 'Members', zh: '成员' },
  help: {
    en: 'People of the company, with departments and managers.',
    zh: '公司成员，含部门与上级。',
  },
  sheetName: { en: 'Members', zh: '成员' },
  notes: [
    {
      en: 'Red headers are required. The example row is left out at import; columns that you do not need may go.',
      zh: '红色表头为必填。示例行导入时会跳过；不需要的列可以删除。',
    },
    {
      en: 'An empty cell leaves what an existing member has as it is.',
      zh: '单元格留空时，已有成员的该项保持不变。',
    },
  ],
  columns: [
    staffCode,
    name,
    alias,
    title,
    departments,
    managerStaffCode,
    mobile,
    email,
    destination,
    role,
    status,
  ],
  identity: 'staffCode',
  oneOf: [],
  layouts: [],
  takesFields: false,
  canUndo: true,
}
