import type { Column } from '../column.ts'
import { genderChoices, roleChoices, statusChoices } from './choices.ts'

/** Levels of departments that WeCom knows at most (error 81002). */
export const mostLevels = 15

export const staffCode: Column = {
  key: 'staffCode',
  header: { en: 'Staff code', zh: '工号' },
  aliases: [
    '帐号',
    '账号',
    'userid',
    'user id',
    'account',
    '员工编号',
    '员工号',
    '编号',
    'employee id',
    'staff id',
    '用户ID',
  ],
  required: true,
  reads: { kind: 'staff_code', max: 64, renames: false },
  use: 'stored',
  help: {
    en: 'Unique in the company: letters, digits and . _ @ -, at most 64 characters. A code that exists stands for that member.',
    zh: '公司内唯一：字母、数字和 . _ @ -，最多 64 个字符。已存在的工号即指该成员。',
  },
  example: 'lisi',
  width: 16,
}

export const name: Column = {
  key: 'name',
  header: { en: 'Name', zh: '姓名' },
  aliases: ['名字', '成员姓名', '员工姓名', 'full name', 'display name', '用户名称'],
  required: true,
  reads: { kind: 'text', max: 100 },
  use: 'stored',
  help: { en: 'Name of the person, at most 100 characters.', zh: '成员姓名，最多 100 个字符。' },
  example: '李思（示例）',
  width: 18,
}

export const alias: Column = {
  key: 'alias',
  header: { en: 'Alias', zh: '别名' },
  aliases: ['英文名', 'english name', 'nickname', '昵称'],
  required: false,
  reads: { kind: 'text', max: 100 },
  use: 'stored',
  help: { en: 'Name in another script.', zh: '其他文字的姓名，如英文名。' },
  example: 'Li Si',
  width: 16,
}

export const title: Column = {
  key: 'title',
  header: { en: 'Title', zh: '职务' },
  aliases: ['职位', '岗位', 'job title', 'position'],
  required: false,
  reads: { kind: 'text', max: 100 },
  use: 'stored',
  help: { en: 'Job title.', zh: '职务名称。' },
  example: '产品经理',
  width: 16,
}

export const departments: Column = {
  key: 'departments',
  header: { en: 'Departments', zh: '部门' },
  aliases: ['所属部门', '部门名称', 'department', 'department path', '组织'],
  required: false,
  reads: { kind: 'departments', max: 100, wecomMax: null, mostLevels, most: 50 },
  use: 'stored',
  help: {
    en: 'Paths from the top with / between levels and ； or ; between departments, the main one first. A * after a path says that the member leads it. A name with such a mark stands in "quotation marks". Empty: the destination chosen at import.',
    zh: '从最上级写起，上下级用“/”隔开，多个部门用“；”或“;”隔开，第一个为主部门。路径后加 * 表示部门负责人。名称含有这些符号时请加英文双引号。为空则进入导入时选择的部门。',
  },
  example: '市场部/华东；项目组*',
  width: 30,
}

export const managerStaffCode: Column = {
  key: 'managerStaffCode',
  header: { en: 'Manager', zh: '直属上级' },
  aliases: ['上级', '上级工号', '直接上级', 'manager staff code', 'reports to', '主管'],
  required: false,
  reads: { kind: 'staff_code', max: 64, renames: false },
  use: 'stored',
  help: {
    en: 'Staff code of the manager, in this file or in the company.',
    zh: '上级的工号，可在本文件中或已在公司内。',
  },
  example: 'wangwu',
  width: 16,
}

export const mobile: Column = {
  key: 'mobile',
  header: { en: 'Mobile', zh: '手机' },
  aliases: [
    '手机号',
    '手机号码',
    '移动电话',
    'mobile number',
    'cell phone',
    'mobile phone',
    '联系电话',
    'phone',
  ],
  required: false,
  reads: { kind: 'phone' },
  use: 'stored',
  help: {
    en: 'The own mobile: with + and country code, or as it is dialled in the default country.',
    zh: '个人手机：带“+”和国家代码，或按默认国家的拨号方式填写。',
  },
  example: '+8613800001000',
  width: 20,
}

export const email: Column = {
  key: 'email',
  header: { en: 'E-mail', zh: '邮箱' },
  aliases: ['个人邮箱', '电子邮箱', '邮件', 'email address', 'mail'],
  required: false,
  reads: { kind: 'email', max: 254 },
  use: 'stored',
  help: { en: 'E-mail address.', zh: '邮箱地址。' },
  example: 'li.si@example.com',
  width: 28,
}

export const destination: Column = {
  key: 'destination',
  header: { en: 'Destination', zh: '接听地址' },
  aliases: ['接听号码', 'rings at', 'sip', 'sip address'],
  required: false,
  reads: { kind: 'destination', max: 200 },
  use: 'stored',
  help: {
    en: 'Where calls of the numbers held ring: a phone number, or a SIP address.',
    zh: '名下号码来电的接听处：电话号码或 SIP 地址。',
  },
  example: 'sip:li@pbx.example.com',
  width: 26,
}

export const role: Column = {
  key: 'role',
  header: { en: 'Role', zh: '角色' },
  aliases: ['权限', '系统角色'],
  required: false,
  reads: { kind: 'choice', choices: roleChoices },
  use: 'stored',
  help: {
    en: 'owner, admin, lead, auditor or member; empty for member.',
    zh: '所有者、管理员、部门负责人、审计员或成员；为空即成员。',
  },
  example: 'member',
  width: 12,
}

export const status: Column = {
  key: 'status',
  header: { en: 'Status', zh: '在职状态' },
  aliases: ['状态', 'employment status'],
  required: false,
  reads: { kind: 'choice', choices: statusChoices },
  use: 'kept',
  help: {
    en: 'As exports have it. Whoever has left is left out; whoever is suspended is told, and can be left out.',
    zh: '导出文件中的状态。已离职者不会导入；停用者会提示，可选择跳过。',
  },
  example: 'active',
  width: 12,
}

export const gender: Column = {
  key: 'gender',
  header: { en: 'Gender', zh: '性别' },
  aliases: ['sex'],
  required: false,
  reads: { kind: 'choice', choices: genderChoices },
  use: 'kept',
  help: { en: '男 or 女. Baton does not keep it.', zh: '男或女。Baton 不保存此项。' },
  example: '女',
  width: 8,
}

/** A column of WeCom's that Baton has no place for: it is read, shown and left at that. */
export function keptText(key: string, header: Column['header'], aliases: readonly string[]): Column {
  return {
    key,
    header,
    aliases,
    required: false,
    reads: { kind: 'paragraph', max: 1_000 },
    use: 'kept',
    help: { en: 'Of WeCom. Baton does not keep it.', zh: '企业微信字段，Baton 不保存此项。' },
    example: '',
    width: 18,
  }
}

export const disabled: Column = {
  key: 'disabled',
  header: { en: 'Disabled', zh: '禁用状态' },
  aliases: ['禁用', '是否禁用'],
  required: false,
  reads: { kind: 'yes_no' },
  use: 'kept',
  help: {
    en: 'Whether WeCom has disabled the member. Such rows are told, and can be left out.',
    zh: '成员是否已被企业微信禁用。此类行会提示，可选择跳过。',
  },
  example: '',
  width: 12,
}
