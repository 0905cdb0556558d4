import type { Column } from '../column.ts'
import type { Layout, Template } from '../template.ts'
import {
  alias,
  departments,
  disabled,
  email,
  gender,
  keptText,
  mobile,
  mostLevels,
  name,
  staffCode,
  title,
} from './member-columns.ts'

const account: Column = {
  ...staffCode,
  header: { en: 'Account', zh: '账号' },
  aliases: [...staffCode.aliases.filter((one) => one !== '账号'), '工号', 'staff code'],
  reads: { kind: 'staff_code', max: 64, renames: true },
  help: {
    en: 'Unique: letters, digits and . _ @ -, at most 64 characters. old:new gives an existing member another code.',
    zh: '唯一标识：字母、数字和 . _ @ -，最多 64 个字符。“旧账号:新账号”表示为已有成员更换账号。',
  },
  example: 'sanzhang',
}
const wecomName: Column = { ...name, example: '张三（示例）' }
const wecomMobile: Column = {
  ...mobile,
  help: {
    en: 'Mainland numbers plain, others with + and country code.',
    zh: '国内手机号直接填写；国际手机号须带“+”和国家代码。',
  },
  example: '13800000000',
}
const landline = keptText('landline', { en: 'Landline', zh: '座机' }, [
  '固话',
  '办公电话',
  '固定电话',
  'telephone',
])
const address = keptText('address', { en: 'Address', zh: '地址' }, ['办公地址'])
const corporateEmail = keptText('corporateEmail', { en: 'Corporate e-mail', zh: '企业邮箱' }, ['biz mail'])
const channel = keptText('channel', { en: 'Channels', zh: '视频号' }, [])
const shortName = keptText('shortName', { en: 'Company short name', zh: '企业简称' }, ['对外简称'])
const activation = keptText('activation', { en: 'Activation', zh: '激活状态' }, [])
const plugin = keptText('plugin', { en: 'WeChat plug-in', zh: '微信插件' }, [])

type Headers = Layout['columns']

const headers2020: Headers = [
  ['name', '姓名'],
  ['staffCode', '帐号'],
  ['alias', '别名'],
  ['title', '职务'],
  ['departments', '部门'],
  ['gender', '性别'],
  ['mobile', '手机'],
  ['landline', '座机'],
  ['email', '个人邮箱'],
  ['address', '地址'],
  ['shortName', '企业简称'],
]
const headersNow: Headers = [
  ['name', '姓名'],
  ['staffCode', '账号'],
  ['alias', '别名'],
  ['title', '职务'],
  ['departments', '部门'],
  ['gender', '性别'],
  ['mobile', '手机'],
  ['landline', '座机'],
  ['email', '邮箱'],
  ['address', '地址'],
  ['corporateEmail', '企业邮箱'],
  ['channel', '视频号'],
]

/** The file that WeCom's console takes and gives, in every known version. */
export const wecomMembersTemplate: Template = {
  name: 'wecom-members',
  subject: 'member',
  title: { en: 'WeCom contacts', zh: '企业微信通讯录' },
  help: {
    en: 'The template and the export of WeCom’s console: 通讯录 > 批量导入/导出.',
    zh: '企业微信管理后台“通讯录 > 批量导入/导出”的模板与导出文件。',
  },
  sheetName: { en: '成员列表', zh: '成员列表' },
  notes: wecomNotes([
    '填写须知：',
    '1、不能在该Excel表中对成员信息类别进行增加、删除或修改；',
    '2、Excel中红色字段为必填字段，黑色字段为选填字段（手机和邮箱需选其一填写），字段值里请不要填入“，”字符；',
    '3、账号：成员的唯一标识，由1-64个字母、数字、点(.)、减号(-)、下划线(_)或@组成，账号相同会进行覆盖导入。修改方法：用英文冒号隔开新旧账号，示例：old_userid:new_userid；',
    '4、部门：上下级部门间用“/”隔开，且从最上级部门开始，例如“腾讯公司/微信事业群/广州研发部”。若属于多个部门，不同部门之间用“；”隔开，第一个为主部门。部门若为空，则添加到选择的目录下；',
    '5、支持国内、国际手机号（国内手机号直接输入即可；国际手机号必须包含加号以及国家地区码，格式示例：“+85259****24”）；',
    '6、网页类型字段：网页名称与网页地址之间用“；”隔开，并且网页地址以http://或https://开头；',
    '7、企业简称：必须是企业已经认证成功过的简称。',
  ]),
  columns: [
    wecomName,
    account,
    alias,
    { ...title, example: '产品经理' },
    {
      ...departments,
      required: false,
      reads: { kind: 'departments', max: 100, wecomMax: 32, mostLevels, most: 50 },
      example: '腾讯公司/广州研发部',
    },
    { ...gender, example: '男' },
    wecomMobile,
    { ...landline, example: '020-88985632' },
    { ...email, example: 'sanzhang@qq.com' },
    address,
    corporateEmail,
    channel,
    shortName,
    activation,
    disabled,
    plugin,
  ],
  identity: 'staffCode',
  oneOf: [['mobile', 'email']],
  layouts: [
    { name: 'wecom-2020', title: { en: 'WeCom 2020', zh: '企业微信 2020 版' }, columns: headers2020 },
    { name: 'wecom', title: { en: 'WeCom', zh: '企业微信新版' }, columns: headersNow },
    {
      name: 'wecom-export',
      title: { en: 'WeCom export', zh: '企业微信导出' },
      columns: [...headersNow, ['activation', '激活状态'], ['disabled', '禁用状态'], ['plugin', '微信插件']],
    },
  ],
  takesFields: false,
  canUndo: true,
}

function wecomNotes(lines: readonly string[]): Template['notes'] {
  return lines.map((line) => ({ en: line, zh: line }))
}

/** The CSV of WeCom's API for `batch/syncuser`, with departments by id. */
export const wecomApiTemplate: Template = {
  name: 'wecom-api-members',
  subject: 'member',
  title: { en: 'WeCom API contacts', zh: '企业微信 API 通讯录' },
  help: {
    en: 'The CSV of WeCom’s batch API: departments stand there by id, and each id needs a department of yours.',
    zh: '企业微信批量接口的 CSV：部门以 ID 表示，需为每个 ID 指定部门。',
  },
  sheetName: { en: 'user', zh: 'user' },
  notes: [],
  columns: [
    { ...name, example: '张三（示例）' },
    {
      ...account,
      reads: staffCode.reads,
      help: staffCode.help,
      example: 'zhangsan',
    },
    { ...wecomMobile, example: '15913112120' },
    { ...email, example: 'zhangsan@gzmailteam.com' },
    corporateEmail,
    {
      ...departments,
      key: 'departmentIds',
      header: { en: 'Department ids', zh: '所在部门' },
      aliases: ['部门ID', '所属部门ID'],
      reads: { kind: 'department_ids', most: 50 },
      help: {
        en: 'Ids of departments in WeCom with ; between them. Each needs a department of yours.',
        zh: '企业微信部门 ID，以“;”隔开。每个 ID 需指定对应的部门。',
      },
      example: '6;7',
    },
    { ...title, header: { en: 'Title', zh: '职位' }, aliases: ['职务', ...title.aliases], example: '工程师' },
    { ...gender, example: '男' },
    {
      key: 'leads',
      header: { en: 'Leads', zh: '是否部门内领导' },
      aliases: ['是否部门领导', '部门负责人', 'is leader'],
      required: false,
      reads: { kind: 'flags', most: 50 },
      use: 'stored',
      help: { en: '0 or 1 for each department, in order.', zh: '按部门顺序填写 0 或 1。' },
      example: '0;1',
      width: 14,
    },
    keptText('order', { en: 'Order', zh: '排序' }, []),
    { ...alias, example: 'san zhang' },
    address,
    { ...landline, example: '020-1234' },
    disabled,
    keptText('disabledNote', { en: 'Note on disabled', zh: '禁用项说明：(0-启用;1-禁用)' }, ['禁用项说明']),
  ],
  identity: 'staffCode',
  oneOf: [['mobile', 'email']],
  layouts: [
    {
      name: 'wecom-api',
      title: { en: 'WeCom API', zh: '企业微信 API' },
      columns: [
        ['name', '姓名'],
        ['staffCode', '帐号'],
        ['mobile', '手机号'],
        ['email', '邮箱'],
        ['corporateEmail', '企业邮箱'],
        ['departmentIds', '所在部门'],
        ['title', '职位'],
        ['gender', '性别'],
        ['leads', '是否部门内领导'],
        ['order', '排序'],
        ['alias', '别名'],
        ['address', '地址'],
        ['landline', '座机'],
        ['disabled', '禁用'],
        ['disabledNote', '禁用项说明：(0-启用;1-禁用)'],
      ],
    },
  ],
  takesFields: false,
  canUndo: true,
}
