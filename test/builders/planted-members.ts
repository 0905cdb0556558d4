import type { RawCell, RawRow } from '../../src/features/imports/model/cell.ts'

/** A sheet of members with problems whose places are known. */
export interface PlantedSheet {
  readonly headers: readonly string[]
  /** As the file has them; `row` counts from 2, below the headers. */
  readonly rows: readonly RawRow[]
  /** The same rows before anything was planted; null for those that are there too often. */
  readonly originals: ReadonlyMap<number, RawRow | null>
  readonly planted: readonly Planted[]
}

export interface Planted {
  readonly row: number
  readonly column: string
  readonly code: string
  readonly isRepairable: boolean
}

const headers = [
  '工号',
  '姓名',
  '别名',
  '职务',
  '部门',
  '直属上级',
  '手机',
  '邮箱',
  '接听地址',
  '角色',
  '在职状态',
  '办公室',
]
const place = {
  staffCode: 0,
  name: 1,
  departments: 4,
  managerStaffCode: 5,
  mobile: 6,
  email: 7,
  role: 9,
} as const
type Column = keyof typeof place

interface Kind {
  readonly code: string
  readonly column: Column
  readonly isRepairable: boolean
  damage(text: string): RawCell | null
}

/** Fifteen kinds of damage; the last of them adds a row instead. */
const kinds: readonly Kind[] = [
  repairable('phone_lost_plus', 'mobile', (one) => textCell(one.slice(1))),
  repairable('scientific', 'mobile', (one) => {
    return { kind: 'number', value: Number(one.slice(3)), text: `${one[3]}.${one.slice(4, 6)}E+10` }
  }),
  repairable('full_width', 'mobile', (one) => textCell(fullWidth(one))),
  repairable('hidden_characters', 'mobile', (one) =>
    textCell(`${one.slice(0, 6)}\u200b${one.slice(6)}\u00a0`),
  ),
  repairable('email_marks', 'email', (one) => textCell(one.replace('.com', '。com'))),
  repairable('email_uppercase', 'email', (one) => textCell(one.toUpperCase())),
  repairable('departments_separator', 'departments', (one) => textCell(one.replace('；', '，'))),
  repairable('departments_untidy', 'departments', (one) => textCell(`/${one}`)),
  repairable('staff_code_zeros_lost', 'staffCode', (one) => {
    return { kind: 'number', value: Number(one), text: String(Number(one)) }
  }),
  repairable('leading_zero_lost', 'managerStaffCode', (one) => {
    return { kind: 'number', value: Number(one), text: String(Number(one)) }
  }),
  repairable('choice_unknown', 'role', () => textCell('普通')),
  repairable('unusual_spaces', 'name', (one) => textCell(`${one.slice(0, 1)}\u00a0${one.slice(1)}`)),
  { ...repairable('digits_lost', 'mobile', () => textCell('1.38E+10')), isRepairable: false },
  { ...repairable('missing', 'name', () => null), isRepairable: false },
]

function repairable(code: string, column: Column, damage: Kind['damage']): Kind {
  return { code, column, isRepairable: true, damage }
}

/** A sheet of `count` members with 40 problems of each of fifteen kinds: 600 in all. */
export function plantedMembers(count = 10_000, perKind = 40): PlantedSheet {
  const planted: Planted[] = []
  const originals = new Map<number, RawRow | null>()
  const rows: RawRow[] = []
  const stride = Math.floor((count - 100) / (kinds.length * perKind))
  for (let index = 0; index < count; index++) {
    const original = memberRow(index, stride)
    const turn = (index - 100) / stride
    const kind =
      turn >= 0 && Number.isInteger(turn) && turn < kinds.length * perKind
        ? kinds[turn % kinds.length]
        : undefined
    originals.set(original.row, original)
    rows.push(kind ? damaged(original, kind) : original)
    if (kind)
      planted.push({
        row: original.row,
        column: kind.column,
        code: kind.code,
        isRepairable: kind.isRepairable,
      })
  }
  for (let again = 0; again < perKind; again++) {
    const row = count + 2 + again
    rows.push({ ...memberRow(again, stride), row })
    originals.set(row, null)
    planted.push({ row, column: 'staffCode', code: 'staff_code_twice', isRepairable: true })
  }
  return { headers, rows, originals, planted }
}

function damaged(row: RawRow, { column, damage }: Kind): RawRow {
  const cells = [...row.cells]
  cells[place[column]] = damage(cells[place[column]]?.text ?? '')
  return { ...row, cells }
}

/** Managers are among the first hundred, in whose rows nothing is planted. */
function memberRow(index: number, stride: number): RawRow {
  const code = codeOf(index)
  const branch = `市场部/第${index % 40}组`
  const texts = [
    code,
    `张${String.fromCodePoint(0x4e00 + (index % 3_000))}`,
    `Zhang ${index}`,
    index % 3 === 0 ? '经理' : '',
    `${branch}；项目组/P${(index * stride) % 25}`,
    index === 0 ? '' : codeOf(index % 100 < index ? index % 100 : 0),
    `+86138${String(10_000_001 + index).padStart(8, '0')}`,
    `m${index}@example.com`,
    index % 5 === 0 ? `sip:m${index}@pbx.example.com` : '',
    'member',
    '在职',
    `B-${index % 70}`,
  ]
  return { row: index + 2, hidden: false, cells: texts.map((text) => (text === '' ? null : textCell(text))) }
}

function codeOf(index: number): string {
  return String(index + 11).padStart(6, '0')
}

function textCell(text: string): RawCell {
  return { kind: 'text', text }
}

function fullWidth(text: string): string {
  return text.replace(/[+\d]/g, (one) => String.fromCodePoint((one.codePointAt(0) ?? 0) + 0xfee0))
}
