import { z } from 'zod'
import { Id, Instant } from '../../../kernel/fields.ts'
import type { Column } from '../../imports/model/column.ts'
import type { SheetForm } from '../../imports/model/template.ts'
import { HandoverState, Person } from '../model.ts'

/** As many leavers as one list may name. */
export const mostLeavers = 2_000

/** What a list says of a leaver, by the keys of its columns. */
const leaverKeys = ['staffCode', 'name', 'email', 'successor', 'lastDay'] as const
type LeaverKey = (typeof leaverKeys)[number]

const writtenCharacters = 200

function written(what: string) {
  return z.string().max(writtenCharacters).default('').describe(`${what}, as it is written; empty for none`)
}

/** A line of a list of leavers: what is written, and what a person has chosen instead. */
export const LeaverLine = z
  .strictObject({
    row: z.int().min(1).max(10_000_000).describe('Row of the sheet, or line of the list'),
    staffCode: written('Staff code (at WeCom: userid); an e-mail address or a name does, too'),
    name: written('Name'),
    email: written('E-mail address'),
    successor: written('Who gets everything: staff code, e-mail address or name'),
    lastDay: written('Last day or time; a date alone means its end'),
    leaverId: Id.optional().describe('Who leaves, where somebody has chosen'),
    successorId: Id.nullable()
      .optional()
      .describe('Who gets everything, where somebody has chosen; null for nobody: what can be parked is'),
    effectiveAt: Instant.nullable()
      .optional()
      .describe('When it takes effect, where somebody has chosen; null for at once'),
  })
  .meta({ id: 'LeaverLine' })
export type LeaverLine = z.infer<typeof LeaverLine>

export const LeaverLines = z.strictObject({
  lines: z.array(LeaverLine).min(1).max(mostLeavers).describe('The list'),
})

const leaverGroups = ['ready', 'choose', 'cannot', 'planned'] as const

const people = z.array(Person).max(10)

const LeaverProblem = z
  .object({
    about: z.enum(['leaver', 'successor', 'lastDay']).describe('What of the line it is about'),
    code: z.string().max(80).describe('e.g. `leaver.unknown`'),
    title: z.string().max(1_000).describe('What is wrong'),
    next: z.string().max(1_000).describe('The way out'),
  })
  .meta({ id: 'LeaverProblem' })

/** What a line means: who leaves, to whom, when, and what is in the way of a plan. */
export const ReadLeaver = z
  .object({
    line: LeaverLine,
    group: z
      .enum(leaverGroups)
      .describe(
        '`ready` for a plan; `choose`: somebody has to choose first; `cannot`: no plan can be made; `planned`: there is a handover',
      ),
    leaver: Person.nullable().describe('Who leaves; null where that is not clear'),
    numbersHeld: z.int().min(0).describe('How many numbers the leaver holds'),
    successor: Person.nullable().describe('Who gets everything; null for nobody'),
    successorFrom: z
      .enum(['chosen', 'written', 'manager'])
      .nullable()
      .describe('Why that successor; null while nobody is decided on'),
    effectiveAt: Instant.nullable().describe('When it takes effect; null for at once'),
    problems: z.array(LeaverProblem).max(10).describe('What is in the way, or what is to be known'),
    leaverCandidates: people.describe('Who may be meant as the leaver, where that is not clear'),
    successorCandidates: people.describe('Who may be meant as the successor, where that is not clear'),
    handover: z
      .object({ handoverId: Id, state: HandoverState })
      .nullable()
      .describe('The handover of the leaver that is under way'),
  })
  .meta({ id: 'ReadLeaver' })
export type ReadLeaver = z.infer<typeof ReadLeaver>

export const ReadLeavers = z.object({
  items: z.array(ReadLeaver).max(mostLeavers).describe('One for each line, in their order'),
  sheet: z.string().max(200).describe('Sheet that was read; empty for CSV and for lines'),
  headerRow: z.int().min(1).nullable().describe('Where its headers stand; null for none'),
  unread: z.array(z.string().max(4_096)).max(64).describe('Columns that are not read, by their headers'),
})
export type ReadLeavers = z.infer<typeof ReadLeavers>

type Said = readonly [en: string, zh: string]

function column(
  key: LeaverKey,
  header: Said,
  rest: { help: Said; aliases: string[]; example: string },
): Column {
  const [en, zh] = header
  const [helpEn, helpZh] = rest.help
  return {
    key,
    header: { en, zh },
    aliases: rest.aliases,
    required: false,
    reads: { kind: 'text', max: writtenCharacters },
    use: 'stored',
    help: { en: helpEn, zh: helpZh },
    example: rest.example,
    width: 22,
  }
}

/** The form of a list of leavers: what a blank file has, and by which headers a file is read. */
export const leaversForm: SheetForm = {
  sheetName: { en: 'Leavers', zh: '离职人员' },
  notes: [
    {
      en: 'One leaver a row. A staff code, an e-mail address or a name is enough; the row marked as an example is left out.',
      zh: '每行一名离职人员。填写工号、邮箱、姓名之一即可；标注“示例”的行会被忽略。',
    },
  ],
  columns: [
    column('staffCode', ['Staff code', '工号'], {
      help: [
        'Staff code of the leaver (at WeCom: userid); an e-mail address or a name does, too.',
        '离职人员的工号（企业微信账号），也可填写邮箱或姓名。',
      ],
      aliases: [
        ...['账号', '帐号', 'userid', 'user id', '员工编号', '员工工号', '成员账号', 'employee id'],
        ...['离职人员', '离职员工', '离职者', 'leaver', 'who', '员工', '人员'],
      ],
      example: 'lisi',
    }),
    column('name', ['Name', '姓名'], {
      help: ['Name of the leaver, to be sure who is meant.', '离职人员姓名，用于核对。'],
      aliases: ['员工姓名', '成员姓名', '离职人员姓名', 'full name', 'leaver name'],
      example: '李四（示例）',
    }),
    column('email', ['E-mail', '邮箱'], {
      help: ['E-mail address of the leaver, instead of the staff code.', '离职人员邮箱，可代替工号。'],
      aliases: [
        '邮件',
        '企业邮箱',
        '电子邮箱',
        '个人邮箱',
        'email',
        'mail',
        'e-mail address',
        'email address',
      ],
      example: 'lisi@example.com',
    }),
    column('successor', ['Hand over to', '接收人'], {
      help: [
        'Who gets everything: staff code, e-mail address or name. Empty: the own manager.',
        '接收全部项目的人：工号、邮箱或姓名。留空则为其直属上级。',
      ],
      aliases: ['交接给', '交接人', '接手人', '接替人', '接收人工号', 'successor', 'to', 'handed over to'],
      example: 'wangwu',
    }),
    column('lastDay', ['Last day', '最后工作日'], {
      help: [
        'Last day, e.g. 2026-11-30 (until its end), or a time: 2026-11-30 18:00. Empty: as soon as it is run.',
        '最后工作日，如 2026-11-30（至当日结束），或具体时间 2026-11-30 18:00。留空则在执行时立即生效。',
      ],
      aliases: [
        '离职日期',
        '离职日',
        '离职时间',
        '日期',
        'last working day',
        'leave date',
        'leaving date',
        'date',
      ],
      example: '2026-11-30',
    }),
  ],
  layouts: [],
}
