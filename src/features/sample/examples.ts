import { z } from 'zod'
import { readRows } from '../../platform/csv/read-rows.ts'
import type { ExampleFiles } from '../../platform/files/example-files.ts'
import { Role } from '../people/model.ts'
import { NewRecord } from '../records/model.ts'

const Day = z.coerce.number().int()
const optional = z.string().transform((cell) => (cell === '' ? undefined : cell))

const DepartmentRow = z.object({ name: z.string(), nameZh: z.string(), above: z.string() })
export type DepartmentRow = z.infer<typeof DepartmentRow>

const MemberRow = z.object({
  staffCode: z.string(),
  name: z.string(),
  alias: optional,
  title: optional,
  department: z.string(),
  isLead: z.string().transform((cell) => cell === 'yes'),
  role: Role,
  manager: optional,
  email: optional,
  mobile: optional,
  joined: Day,
})
export type MemberRow = z.infer<typeof MemberRow>

const NumberRow = z.object({
  number: z.string(),
  type: z.enum(['mobile', 'landline', 'toll_free', '']),
  label: z.string(),
  carrier: z.string(),
  added: Day,
})
export type NumberRow = z.infer<typeof NumberRow>

const MoveRow = z.object({
  day: Day,
  time: z.string(),
  by: z.string(),
  action: z.enum([
    'assign',
    'reassign',
    'lend',
    'schedule',
    'park',
    'undo',
    'batch',
    'propose',
    'hold',
    'suspend',
    'leaving',
    'left',
  ]),
  number: z.string(),
  to: z.string(),
  history: z.enum(['keep', 'hide', 'delete', '']).transform((cell) => cell || 'keep'),
  due: z.string(),
  reason: optional,
})
export type MoveRow = z.infer<typeof MoveRow>

const AccountRow = z.object({
  day: Day,
  time: z.string(),
  by: z.string(),
  system: z.string(),
  systemZh: z.string(),
  link: optional,
  login: z.string(),
  holder: optional,
  number: optional,
  note: optional,
})
export type AccountRow = z.infer<typeof AccountRow>

const Lines = z.string().transform((cell) => cell.replaceAll('|', '\n'))

const TaskRow = z.object({
  day: Day,
  time: z.string(),
  by: z.string(),
  about: z.string(),
  title: z.string(),
  titleZh: z.string(),
  instructions: Lines,
  instructionsZh: Lines,
  forMember: optional,
  forName: optional,
  forContact: optional,
  dueIn: Day,
  claimedBy: optional,
  claimNote: optional,
})
export type TaskRow = z.infer<typeof TaskRow>

const { number, kind, direction, otherParty, otherName, durationSeconds, answered, text } = NewRecord.shape
const RecordRow = z.object({
  day: z.int(),
  time: z.string(),
  number,
  kind,
  direction,
  otherParty,
  otherName,
  durationSeconds,
  answered,
  text,
  media: z.string().optional(),
})
export type RecordRow = z.infer<typeof RecordRow>

/** What the sample company is made of; days count back from today. */
export interface Examples {
  readonly departments: readonly DepartmentRow[]
  readonly members: readonly MemberRow[]
  readonly numbers: readonly NumberRow[]
  readonly moves: readonly MoveRow[]
  readonly accounts: readonly AccountRow[]
  readonly tasks: readonly TaskRow[]
  readonly records: readonly RecordRow[]
}

export async function readExamples(files: ExampleFiles): Promise<Examples> {
  const [departments, members, numbers, moves, accounts, tasks, records] = await Promise.all([
    table(files, 'departments.csv', DepartmentRow),
    table(files, 'members.csv', MemberRow),
    table(files, 'numbers.csv', NumberRow),
    table(files, 'moves.csv', MoveRow),
    table(files, 'accounts.csv', AccountRow),
    table(files, 'tasks.csv', TaskRow),
    files.read('records.ndjson'),
  ])
  const lines = records.toString('utf8').trim().split('\n')
  return {
    departments,
    members,
    numbers,
    moves,
    accounts,
    tasks,
    records: lines.map((line) => RecordRow.parse(JSON.parse(line))),
  }
}

async function table<Row>(files: ExampleFiles, name: string, shape: z.ZodType<Row>): Promise<Row[]> {
  const rows: Row[] = []
  let heads: readonly string[] | undefined
  for await (const { cells } of readRows([await files.read(name)])) {
    if (heads === undefined) heads = cells
    else rows.push(shape.parse(Object.fromEntries(heads.map((head, index) => [head, cells[index] ?? '']))))
  }
  return rows
}
