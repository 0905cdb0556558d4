import { type Column, fieldKey } from '../column.ts'
import type { Template } from '../template.ts'
import { historyChoices, numberTypeChoices } from './choices.ts'

const number: Column = {
  key: 'number',
  header: { en: 'Number', zh: '号码' },
  aliases: ['phone', 'phone number', '电话号码', '电话', '手机号', '手机号码', 'e164'],
  required: true,
  reads: { kind: 'phone' },
  use: 'stored',
  help: {
    en: 'A number of the company: with + and country code, or as it is dialled in the default country.',
    zh: '公司的号码：带“+”和国家代码，或按默认国家的拨号方式填写。',
  },
  example: '+8613800138000',
  width: 20,
}

function field(name: string, header: Column['header'], aliases: readonly string[]): Column {
  return {
    key: fieldKey(name),
    header,
    aliases,
    required: false,
    reads: { kind: 'paragraph', max: 500 },
    use: 'stored',
    help: {
      en: `Kept in the free field "${name}" of the number.`,
      zh: `保存在号码的自定义字段“${name}”中。`,
    },
    example: '',
    width: 18,
  }
}

/** The company's numbers. */
export const numbersTemplate: Template = {
  name: 'numbers',
  subject: 'number',
  title: { en: 'Numbers', zh: '号码' },
  help: {
    en: 'Phone numbers of the company, parked or with their holders. A column that is not listed here becomes a free field.',
    zh: '公司的号码，可停放或指定持有人。此处未列出的列将成为自定义字段。',
  },
  sheetName: { en: 'Numbers', zh: '号码' },
  notes: [
    {
      en: 'Red headers are required. The example row is left out at import; columns that you do not need may go.',
      zh: '红色表头为必填。示例行导入时会跳过；不需要的列可以删除。',
    },
  ],
  columns: [
    number,
    {
      key: 'label',
      header: { en: 'Label', zh: '用途' },
      aliases: ['标签', '备注名', '号码用途', 'purpose'],
      required: false,
      reads: { kind: 'text', max: 120 },
      use: 'stored',
      help: { en: 'What the number is for.', zh: '号码的用途。' },
      example: '华东客服（示例）',
      width: 22,
    },
    {
      key: 'type',
      header: { en: 'Type', zh: '类型' },
      aliases: ['号码类型', 'number type'],
      required: false,
      reads: { kind: 'choice', choices: numberTypeChoices },
      use: 'stored',
      help: {
        en: 'mobile, landline or toll_free; empty for what the numbering plan says.',
        zh: '手机、座机或免费电话；为空则按号码规则判断。',
      },
      example: 'mobile',
      width: 12,
    },
    { ...field('carrier', { en: 'Carrier', zh: '运营商' }, ['operator', '运营公司']), example: '中国移动' },
    {
      ...field('sim', { en: 'SIM', zh: 'SIM 卡号' }, ['sim card', 'iccid', 'sim卡', '卡号']),
      example: '89860012345678901234',
    },
    {
      ...field('contract', { en: 'Contract', zh: '合同' }, ['合同号', '合同编号', 'contract number']),
      example: 'HT-2026-001',
    },
    {
      key: 'holderStaffCode',
      header: { en: 'Holder', zh: '持有人' },
      aliases: ['持有人工号', '使用人', '使用人工号', 'holder staff code', 'assigned to', '领用人'],
      required: false,
      reads: { kind: 'staff_code', max: 64, renames: false },
      use: 'stored',
      help: {
        en: 'Staff code of the member who gets the number at import; empty to park it.',
        zh: '导入时分配给该工号的成员；为空则停放。',
      },
      example: 'lisi',
      width: 16,
    },
    {
      key: 'licensed',
      header: { en: 'Licence', zh: '许可' },
      aliases: ['licensed', '占用许可', 'license'],
      required: false,
      reads: { kind: 'yes_no' },
      use: 'kept',
      help: {
        en: 'As exports have it. Baton counts licences by itself: a number that gets a holder takes one.',
        zh: '导出文件中的信息。许可由 Baton 自动计算：分配持有人时占用。',
      },
      example: 'yes',
      width: 10,
    },
  ],
  identity: 'number',
  oneOf: [],
  layouts: [],
  takesFields: true,
  canUndo: true,
}

const toStaffCode: Column = {
  key: 'toStaffCode',
  header: { en: 'To', zh: '接收人' },
  aliases: ['recipient', '接收人工号', '新持有人', 'to staff code'],
  required: true,
  reads: { kind: 'staff_code', max: 64, renames: false },
  use: 'stored',
  help: { en: 'Staff code of the member who gets the number.', zh: '接收号码的成员的工号。' },
  example: 'lisi',
  width: 16,
}

/** Numbers to be passed on, in the words of the command line's own files. */
export const movesTemplate: Template = {
  name: 'moves',
  subject: 'move',
  title: { en: 'Moves', zh: '号码移动' },
  help: { en: 'Numbers and who gets each of them.', zh: '号码及其接收人。' },
  sheetName: { en: 'Moves', zh: '号码移动' },
  notes: [
    {
      en: 'Red headers are required. Delete the example row before you add your own.',
      zh: '红色表头为必填。填写前请删除示例行。',
    },
  ],
  columns: [
    number,
    toStaffCode,
    {
      ...toStaffCode,
      key: 'expectedStaffCode',
      header: { en: 'Expected', zh: '原持有人' },
      aliases: ['from', '原持有人工号', 'current holder', 'expected holder'],
      required: false,
      help: {
        en: 'Staff code of who holds it now; the row is refused if it is somebody else.',
        zh: '当前持有人的工号；与实际不符时拒绝该行。',
      },
      example: 'wangwu',
    },
    {
      key: 'history',
      header: { en: 'History', zh: '历史记录' },
      aliases: ['历史', '历史处理'],
      required: false,
      reads: { kind: 'choice', choices: historyChoices },
      use: 'stored',
      help: {
        en: 'keep, hide or delete what happened on the number so far; empty for keep.',
        zh: '保留、隐藏或删除此前的历史记录；为空即保留。',
      },
      example: 'keep',
      width: 12,
    },
    {
      key: 'at',
      header: { en: 'At', zh: '时间' },
      aliases: ['when', '移动时间', '生效时间', 'date'],
      required: false,
      reads: { kind: 'instant' },
      use: 'stored',
      help: {
        en: 'When to move, e.g. 2026-12-01 09:00 in the company’s time zone; empty for now.',
        zh: '移动时间，例如 2026-12-01 09:00（公司时区）；为空即立刻。',
      },
      example: '2026-12-01 09:00',
      width: 22,
    },
    {
      key: 'reason',
      header: { en: 'Reason', zh: '原因' },
      aliases: ['理由', 'why'],
      required: false,
      reads: { kind: 'text', max: 500 },
      use: 'stored',
      help: {
        en: 'Kept in the ledger; required where history is deleted.',
        zh: '记入审计账本；删除历史记录时必填。',
      },
      example: '调岗（示例）',
      width: 24,
    },
  ],
  identity: 'number',
  oneOf: [],
  layouts: [],
  takesFields: false,
  canUndo: true,
}
