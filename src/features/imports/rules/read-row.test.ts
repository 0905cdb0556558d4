import { describe, expect, it } from 'vitest'
import { parsePhone } from '../../../platform/phone/phone.ts'
import type { FileKind, RawCell } from '../model/cell.ts'
import { type CheckOptions, defaultOptions, noEdits, type RowEdits } from '../model/options.ts'
import type { TemplateName } from '../model/template.ts'
import { templates } from '../model/templates/all.ts'
import { columnFor, readRow, rowReader } from './read-row.ts'

interface Wish {
  readonly template?: TemplateName
  readonly options?: Partial<CheckOptions>
  readonly fileKind?: FileKind
  readonly edits?: RowEdits
}

/** Reads one cell of a column. */
function read(
  key: string,
  cell: RawCell | string,
  { template = 'members', options, fileKind, edits }: Wish = {},
) {
  const mapping = [{ column: 0, header: '', key, confidence: 1, why: 'chosen', samples: [] } as const]
  const reader = rowReader({
    template: templates[template],
    mapping,
    options: { ...defaultOptions, ...options },
    fileKind: fileKind ?? 'xlsx',
    parsePhone,
  })
  const raw = typeof cell === 'string' ? text(cell) : cell
  const row = readRow(reader, { row: 2, hidden: false, cells: [raw] }, edits)
  const own = row.problems.filter((problem) => problem.column === key)
  const [problem] = own
  if (own.length > 1) throw new Error(`more than one problem: ${own.map(({ code }) => code).join()}`)
  return { value: row.values[key], code: problem?.code, suggestion: problem?.suggestion ?? undefined }
}

function text(one: string): RawCell {
  return { kind: 'text', text: one }
}

function number(one: number, written = String(one)): RawCell {
  return { kind: 'number', value: one, text: written }
}

const date: RawCell = { kind: 'date', text: '2024-01-31T08:30:00', serial: 45322.354 }

describe('a phone number', () => {
  it.each([
    ['as it is dialled', text('13800138000'), '+8613800138000'],
    ['in international form', text('+852 5912 3424'), '+85259123424'],
    ['with hyphens', text('138-0013-8000'), '+8613800138000'],
    ['that the file has as a number', number(13_800_138_000), '+8613800138000'],
    [
      'that a program wrote with an exponent, all digits there',
      number(13_800_138_000, '1.3800138E10'),
      '+8613800138000',
    ],
    ['that the file has with decimals', number(13_800_138_000, '13800138000.0'), '+8613800138000'],
    ['of a landline without its zero', number(2_085_988_632), '+862085988632'],
  ])('%s is read', (_, cell, value) => {
    expect(read('mobile', cell)).toEqual({ value, code: undefined, suggestion: undefined })
  })

  it.each([
    ['without the + of its country', text('8613800138000'), 'phone_lost_plus', '+8613800138000'],
    ['as a number, without the +', number(8_613_800_138_000), 'phone_lost_plus', '+8613800138000'],
    ['of another country, without the +', text('493012345678'), 'phone_lost_plus', '+493012345678'],
    [
      'in scientific notation, the digits behind it',
      number(8_613_800_138_000, '8.61E+12'),
      'scientific',
      '8613800138000',
    ],
    ['in scientific notation, written out', text('1.3800138000E+10'), 'scientific', '13800138000'],
    ['in full-width digits', text('１３８００１３８０００'), 'full_width', '13800138000'],
    ['with a space that does not break', text('13800138000\u00a0'), 'hidden_characters', '13800138000'],
    ['with marks of direction', text('\u202d+8613800138000\u202c'), 'hidden_characters', '+8613800138000'],
  ])('%s can be repaired', (_, cell, code, suggestion) => {
    expect(read('mobile', cell)).toEqual({ value: undefined, code, suggestion })
  })

  it.each([
    ['whose digits were cut off when it was shown', text('1.38E+10'), 'digits_lost'],
    ['whose digits were cut off before it was saved', number(1.38e10, '1.38E+10'), 'digits_lost'],
    ['that became a date', date, 'became_date'],
    ['that is an error of a formula', { kind: 'error', text: '#N/A' } as const, 'cell_error'],
    ['that is none', text('12345'), 'phone_invalid'],
    ['that is two', text('13800138000/13800138001'), 'phone_invalid'],
  ])('%s cannot', (_, cell, code) => {
    expect(read('mobile', cell)).toEqual({ value: undefined, code, suggestion: undefined })
  })

  it('is of the default country that was chosen', () => {
    expect(read('mobile', '030 901820', { options: { defaultCountry: 'DE' } }).value).toBe('+4930901820')
  })
})

describe('a staff code', () => {
  it.each([
    ['0012', text('0012'), '0012'],
    ['zhang.san@a_b-c', text('zhang.san@a_b-c'), 'zhang.san@a_b-c'],
    ['a number', number(17), '17'],
  ])('%s is read', (_, cell, value) => {
    expect(read('staffCode', cell)).toEqual({ value, code: undefined, suggestion: undefined })
  })

  it.each([
    ['that became a date', date, 'became_date', undefined],
    [
      'of eighteen digits that were rounded',
      number(110101199001011230, '110101199001011230'),
      'digits_lost',
      undefined,
    ],
    ['in full-width letters', text('ｌｉｓｉ'), 'full_width', 'lisi'],
    ['with a space inside', text('li si'), 'staff_code_invalid', undefined],
    ['with a zero-width space', text('li\u200bsi'), 'hidden_characters', 'lisi'],
    ['that is too long', text('x'.repeat(65)), 'too_long', undefined],
    ['that is to be renamed, where that is not known', text('old:new'), 'staff_code_invalid', undefined],
  ])('%s is not', (_, cell, code, suggestion) => {
    expect(read('staffCode', cell)).toEqual({ value: undefined, code, suggestion })
  })

  it('is renamed by WeCom with a colon', () => {
    expect(read('staffCode', 'old:new', { template: 'wecom-members' }).value).toBe('old:new')
    expect(read('staffCode', 'old：new', { template: 'wecom-members' })).toMatchObject({
      code: 'full_width',
      suggestion: 'old:new',
    })
  })
})

describe('other cells', () => {
  it.each([
    ['email', 'Li.Si@Example.com', 'li.si@example.com', 'email_uppercase'],
    ['email', 'li.si@example。com', undefined, 'email_marks'],
    ['email', 'li si@example.com', undefined, 'email_marks'],
    ['email', 'li.si@example.com;', undefined, 'email_marks'],
    ['email', '李四 <li@example.com>', undefined, 'email_marks'],
    ['email', 'li＠example.com', undefined, 'full_width'],
    ['email', 'nobody', undefined, 'email_invalid'],
    ['destination', 'sip:li@pbx.example.com', 'sip:li@pbx.example.com', undefined],
    ['destination', '13800138000', '+8613800138000', undefined],
    ['destination', 'my desk', undefined, 'destination_invalid'],
    ['role', '管理员', 'admin', undefined],
    ['role', ' Admin ', 'admin', undefined],
    ['role', '经理', undefined, 'choice_unknown'],
    ['name', '  李 四  ', '李 四', undefined],
    ['name', '李\u00a0四', '李\u00a0四', 'unusual_spaces'],
    ['name', '李\n四', undefined, 'hidden_characters'],
    ['name', 'x'.repeat(101), undefined, 'too_long'],
    ['name', '家庭👨‍👩‍👧', '家庭👨‍👩‍👧', undefined],
    ['departments', '市场部，项目组', undefined, 'departments_separator'],
    [
      'departments',
      Array.from({ length: 16 }, (_, level) => `L${level}`).join('/'),
      undefined,
      'department_too_deep',
    ],
    ['departments', 'x'.repeat(101), undefined, 'too_long'],
    ['departments', '"市场部', undefined, 'department_quote_open'],
    ['departments', '市场部//华东', undefined, 'departments_untidy'],
    ['departments', '市场\u200b部', undefined, 'hidden_characters'],
  ])('%s %j is read as %j', (key, cell, value, code) => {
    expect(read(key, cell)).toMatchObject({ value, code })
  })

  it.each([
    ['records', 'durationSeconds', '60', 60, undefined],
    ['records', 'durationSeconds', '-1', undefined, 'not_a_whole_number'],
    ['records', 'durationSeconds', '1,000', undefined, 'not_a_whole_number'],
    ['records', 'answered', '否', false, undefined],
    ['records', 'answered', 'maybe', undefined, 'choice_unknown'],
    ['other-systems', 'link', 'bank.example.com', undefined, 'link_invalid'],
    ['other-systems', 'link', 'https://bank.example.com/a?b=1', 'https://bank.example.com/a?b=1', undefined],
    ['wecom-api-members', 'departmentIds', '6;7', ['6', '7'], undefined],
    ['wecom-api-members', 'departmentIds', '市场部', undefined, 'department_ids_invalid'],
    ['wecom-api-members', 'leads', '0;1', [false, true], undefined],
    ['wecom-api-members', 'leads', '0,1', undefined, 'flags_invalid'],
    ['wecom-members', 'gender', '男', 'male', undefined],
  ] as const)('%s %s %j is read as %j', (template, key, cell, value, code) => {
    expect(read(key, cell, { template })).toMatchObject({ value, code })
  })

  it('of departments tell names that WeCom would not take', () => {
    const name = '很'.repeat(33)
    expect(read('departments', name, { template: 'wecom-members' })).toMatchObject({
      value: [{ names: [name], isLead: false }],
      code: 'department_name_long',
    })
    expect(read('departments', 'x'.repeat(60), { template: 'wecom-members' }).code).toBeUndefined()
  })
})

describe('a time', () => {
  const records = { template: 'records' } as const

  it.each([
    ['2026-01-31T09:00:00+08:00', '2026-01-31T01:00:00.000000Z'],
    ['2026-01-31 09:00', '2026-01-31T01:00:00.000000Z'],
    ['2026/1/31 9:00:30', '2026-01-31T01:00:30.000000Z'],
    ['2026年1月31日', '2026-01-30T16:00:00.000000Z'],
    ['2026年1月31日 9时05分', '2026-01-31T01:05:00.000000Z'],
  ])('%s is %s in Shanghai', (cell, value) => {
    expect(read('occurredAt', cell, records)).toMatchObject({ value, code: undefined })
  })

  it('is local on both sides of a change of the clocks', () => {
    const berlin = { ...records, options: { timeZone: 'Europe/Berlin' } }
    const at = (cell: string) => read('occurredAt', cell, berlin).value
    expect(at('2026-03-28 12:00')).toBe('2026-03-28T11:00:00.000000Z')
    expect(at('2026-03-29 01:30')).toBe('2026-03-29T00:30:00.000000Z')
    expect(at('2026-03-29 03:30')).toBe('2026-03-29T01:30:00.000000Z')
    expect(at('2026-07-01 12:00')).toBe('2026-07-01T10:00:00.000000Z')
    expect(read('occurredAt', '2026-03-29 02:30', berlin).code).toBe('time_unreadable')
  })

  it('is what the file has as a date', () => {
    expect(read('occurredAt', date, records).value).toBe('2024-01-31T00:30:00.000000Z')
  })

  it.each([
    [number(45_322.354_166_666_664), 'date_serial', '2024-01-31 08:30:00'],
    [text('45322'), 'date_serial', '2024-01-31'],
    [text('03/04/2024'), 'time_unreadable', undefined],
    [text('2026-02-30'), 'time_unreadable', undefined],
    [text('2026-01-31 25:00'), 'time_unreadable', undefined],
    [text('昨天'), 'time_unreadable', undefined],
  ])('%j is not read by guessing', (cell, code, suggestion) => {
    expect(read('occurredAt', cell, records)).toEqual({ value: undefined, code, suggestion })
  })
})

describe('a row', () => {
  const template = templates['wecom-members']
  const keys = ['name', 'staffCode', 'mobile', 'email'] as const
  const mapping = keys.map((key, column) => {
    return { column, header: '', key, confidence: 1, why: 'chosen', samples: [] } as const
  })
  const reader = rowReader({ template, mapping, options: defaultOptions, fileKind: 'csv', parsePhone })
  const rowOf = (cells: readonly (RawCell | null)[], hidden = false) => ({ row: 7, hidden, cells })

  it('without what is required says so, and without a contact warns', () => {
    expect(
      readRow(reader, rowOf([text('李四')])).problems.map(({ column, code }) => `${column} ${code}`),
    ).toEqual(['staffCode missing', 'null contact_missing'])
  })

  it('that is the example of the template is only that', () => {
    const row = readRow(reader, rowOf([text('张三（示例）'), text('sanzhang'), text('x')]))
    expect(row).toMatchObject({ isSample: true, problems: [{ code: 'sample_row' }] })
  })

  it('with nothing in it is blank, and has no problems', () => {
    expect(readRow(reader, rowOf([null, text('  '), null]))).toMatchObject({ isBlank: true, problems: [] })
    expect(readRow(reader, rowOf([null, null, null, null, text('x')])).isBlank).toBe(false)
  })

  it('that is hidden, and values of formulas, are told', () => {
    const cells = [text('李四'), { ...text('lisi'), formula: true } as const, text('13800138000')]
    const codes = readRow(reader, rowOf(cells, true)).problems.map(({ code }) => code)
    expect(codes).toEqual(['formula', 'row_hidden'])
  })

  it('of CSV is read without the apostrophe that keeps a cell from being run', () => {
    const cells = [text("'=李四"), text('lisi'), text("'+8613800138000")]
    expect(readRow(reader, rowOf(cells)).values).toEqual({
      name: '=李四',
      staffCode: 'lisi',
      mobile: '+8613800138000',
    })
  })

  it('is read with what people changed in it', () => {
    const cells = [text('李四'), text('li si'), text('13800138000')]
    const edits = { ...noEdits, cells: { staffCode: 'lisi', mobile: '' } }
    expect(readRow(reader, rowOf(cells), edits)).toMatchObject({
      values: { name: '李四', staffCode: 'lisi' },
      problems: [{ code: 'contact_missing' }],
    })
  })

  it('of numbers has free fields, and no other template has', () => {
    expect(columnFor(templates.numbers, 'field:PUK')?.key).toBe('field:PUK')
    expect(columnFor(templates.members, 'field:PUK')).toBeNull()
    expect(read('field:PUK', '1234', { template: 'numbers' }).value).toBe('1234')
  })
})
