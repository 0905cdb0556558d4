import { createWriteStream } from 'node:fs'
import path from 'node:path'
import { pipeline } from 'node:stream/promises'
import fc from 'fast-check'
import { expect } from 'vitest'
import { DepartmentTree } from '../src/features/exports/rules/department-tree.ts'
import {
  type ExportColumn,
  type ExportedMember,
  type MemberLayout,
  memberCells,
  memberColumns,
} from '../src/features/exports/rules/member-rows.ts'
import { type ExportedNumber, numberCells, numberColumns } from '../src/features/exports/rules/number-rows.ts'
import type { RawRow, RawSheet } from '../src/features/imports/model/cell.ts'
import type { CellValue } from '../src/features/imports/model/column.ts'
import { defaultOptions } from '../src/features/imports/model/options.ts'
import { problemRule } from '../src/features/imports/model/problems.ts'
import { templates } from '../src/features/imports/model/templates/all.ts'
import { readRow, rowReader } from '../src/features/imports/rules/read-row.ts'
import { recognise, rowsLookedAt } from '../src/features/imports/rules/recognise.ts'
import { text } from '../src/kernel/fields.ts'
import { parsePhone } from '../src/platform/phone/phone.ts'
import { defaultLimits } from '../src/platform/spreadsheets/fault.ts'
import { readCsv } from '../src/platform/spreadsheets/read-csv.ts'
import { Tally } from '../src/platform/spreadsheets/tally.ts'
import type { SharedCells, WireRow } from '../src/platform/spreadsheets/wire.ts'
import { type WrittenSheet, writeSpreadsheet } from '../src/platform/spreadsheets/write.ts'
import { writeCsv } from '../src/platform/spreadsheets/write-csv.ts'
import { readXlsx } from '../src/platform/spreadsheets/xlsx/read-workbook.ts'
import { travelled } from './spreadsheets/read-all.ts'

const company = '腾飞/Trading'

/** What a file is made of, and what reading it has to give. */
interface Sheet {
  readonly template: 'members' | 'wecom-members' | 'numbers'
  readonly format: 'xlsx' | 'csv'
  readonly written: WrittenSheet
  readonly values: readonly Readonly<Record<string, CellValue>>[]
}

/** Members and numbers are written to files and read again: random ones, as many files as said. */
export async function expectRoundTrips(folder: string, files: number): Promise<void> {
  const file = path.join(folder, 'sheet')
  await fc.assert(
    fc.asyncProperty(fc.oneof(memberSheets(), numberSheets()), async (sheet) => {
      await expectIdentity(file, sheet)
    }),
    { numRuns: files },
  )
}

async function expectIdentity(file: string, { template, format, written, values }: Sheet): Promise<void> {
  await pipeline(format === 'csv' ? writeCsv(written) : writeSpreadsheet([written]), createWriteStream(file))
  const sheet = await readSheet(file, format)
  const recognition = recognise({ sheets: [{ ...sheet, rows: sheet.rows.slice(0, rowsLookedAt) }] })
  expect([recognition.template, recognition.missing]).toEqual([template, []])
  const reader = rowReader({
    template: templates[template],
    mapping: recognition.columns,
    options: defaultOptions,
    fileKind: format,
    parsePhone,
  })
  const rows = sheet.rows
    .filter(({ row }) => row > (recognition.headerRow ?? 0))
    .map((row) => readRow(reader, row))
  const wrong = rows.flatMap(({ problems }) =>
    problems.filter(({ code }) => problemRule(code).severity === 'error' && code !== 'contact_missing'),
  )
  expect(wrong).toEqual([])
  expect(rows.map((row) => row.values)).toEqual(values)
}

async function readSheet(file: string, format: Sheet['format']): Promise<RawSheet> {
  const rows: RawRow[] = []
  const sink = {
    sheet: () => {},
    row: (row: WireRow, shared?: SharedCells) => void rows.push(...travelled(row, shared)),
  }
  const tally = new Tally(defaultLimits)
  await (format === 'csv' ? readCsv : readXlsx)(file, tally, sink)
  return { index: 0, name: '', hidden: false, rows }
}

const formats = fc.constantFrom('xlsx', 'csv')

function sheetOf(columns: readonly ExportColumn[], rows: readonly (readonly string[])[], notes: string[]) {
  return {
    name: 'Sheet',
    notes,
    columns: columns.map(({ header, isRequired }) => ({ header, isRequired })),
    rows,
  }
}

// What people and other systems have in names, and what spreadsheet programs make something else of.
const awkward = [
  ...[
    '张',
    '三',
    'é',
    '🙂',
    '𠮷',
    ' ',
    '"',
    "'",
    ',',
    '，',
    ';',
    '；',
    '/',
    '\\',
    '*',
    '|',
    '、',
    '(',
    ')',
    '_x0041_',
    '_x',
  ],
  ...[
    '=',
    '+',
    '-',
    '@',
    '＝',
    '＋',
    '%',
    '0',
    '007',
    '1E5',
    '1.38E+10',
    'TRUE',
    '#N/A',
    '2024-01-31',
    '<b>',
    '&amp;',
  ],
  ...[']]>', '\u00a0', '\u200b', '１２', 'ＡＢ', '\ufffd', '=1+1', 'null', 'sep=;'],
]
const pieces = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom(...awkward) },
  fc.string({ unit: 'grapheme', maxLength: 3 }),
)
const sampleMark = /[（(]\s*(?:示例|例|样例|example|sample)\s*[）)]$/i

/** Texts that the API takes. */
function texts(most: number): fc.Arbitrary<string> {
  const schema = text(most)
  return fc
    .array(pieces, { minLength: 1, maxLength: 8 })
    .map((parts) => parts.join('').trim().slice(0, most).trim())
    .filter((one) => schema.safeParse(one).success && !sampleMark.test(one))
}

const letters = fc.constantFrom(...'abzAZ09号é')
const inner = fc.constantFrom(...'abzAZ09号é._@-')
const staffCodes = fc.oneof(
  fc.constantFrom('007', '0', '1E5', '00123456789012345678', 'TRUE', 'a.b-c_d@e'),
  fc.tuple(letters, fc.string({ unit: inner, maxLength: 12 })).map(([first, rest]) => first + rest),
)
const phones = fc.oneof(
  fc.integer({ min: 0, max: 99_999_999 }).map((line) => `+86138${String(line).padStart(8, '0')}`),
  fc.integer({ min: 0, max: 999_999 }).map((line) => `+49302${String(line).padStart(6, '0')}`),
  fc.constantFrom('+85291234567', '+14155552671', '+862088985632', '+442079460958'),
)
const emails = fc
  .tuple(
    fc.string({ unit: fc.constantFrom(...'abz09_+-'), minLength: 1, maxLength: 10 }),
    fc.constantFrom('example.com', 'a-b.example.cn'),
  )
  .map(([local, domain]) => `${local}@${domain}`)
const destinations = fc.oneof(
  phones,
  fc.constantFrom('sip:li@pbx.example.com', 'sips:1001@[2001:db8::1]:5061;transport=tls'),
)

interface Place {
  readonly path: readonly string[]
  readonly isLead: boolean
}

const places = fc.uniqueArray(
  fc.record({ path: fc.array(texts(20), { minLength: 1, maxLength: 4 }), isLead: fc.boolean() }),
  { maxLength: 3, selector: ({ path: names }) => names.join('\0') },
)
const id = '00000000-0000-7000-8000-000000000000'

function maybe<Value>(values: fc.Arbitrary<Value>): fc.Arbitrary<Value | null> {
  return fc.option(values, { nil: null })
}

const members = fc.record({
  staffCode: staffCodes,
  name: texts(100),
  alias: maybe(texts(100)),
  title: maybe(texts(100)),
  email: maybe(emails),
  mobile: maybe(phones),
  destination: maybe(destinations),
  managerStaffCode: maybe(staffCodes),
  role: fc.constantFrom('owner', 'admin', 'lead', 'auditor', 'member'),
  status: fc.constantFrom('active', 'suspended', 'leaving', 'left'),
  account: fc.constantFrom('none', 'joined'),
  places,
})
type DrawnMember = typeof members extends fc.Arbitrary<infer Value> ? Value : never

function memberSheets(): fc.Arbitrary<Sheet> {
  return fc
    .tuple(fc.array(members, { maxLength: 8 }), fc.constantFrom('baton', 'wecom'), formats)
    .map(([drawn, layout, format]) => {
      const columns = memberColumns(layout)
      const { tree, exported } = companyOf(drawn)
      const cells = exported.map(memberCells(columns, layout, { company, tree }))
      const template = layout === 'wecom' ? 'wecom-members' : 'members'
      const notes = layout === 'wecom' ? templates[template].notes.map(({ zh }) => zh) : []
      return {
        template,
        format,
        written: sheetOf(columns, cells, notes),
        values: drawn.map((member) => memberValues(member, layout)),
      }
    })
}

/** The departments that the members are in, as the database has them. */
function companyOf(drawn: readonly DrawnMember[]): { tree: DepartmentTree; exported: ExportedMember[] } {
  const ids = new Map<string, string>()
  const keyOf = (names: readonly string[]) => names.join('\0')
  const idOf = (names: readonly string[]) => {
    const known = ids.get(keyOf(names)) ?? `d${ids.size}`
    ids.set(keyOf(names), known)
    return known
  }
  const nodes = drawn.flatMap(({ places: all }) =>
    all.flatMap(({ path: names }) =>
      names.map((name, depth) => ({
        departmentId: idOf(names.slice(0, depth + 1)),
        parentId: depth === 0 ? null : idOf(names.slice(0, depth)),
        name,
      })),
    ),
  )
  const exported = drawn.map(({ places: all, managerStaffCode, ...member }) => ({
    managerStaffCode,
    member: {
      ...member,
      memberId: id,
      contactMasked: false,
      managerId: null,
      managerName: null,
      numbersHeld: 0,
      version: 1,
      createdAt: '2026-01-01T00:00:00.000000Z',
      leftAt: null,
      departments: all.map(({ path: names, isLead }) => ({
        departmentId: idOf(names),
        name: names.at(-1) ?? '',
        isLead,
      })),
    },
  }))
  return { tree: new DepartmentTree(nodes), exported }
}

function memberValues(member: DrawnMember, layout: MemberLayout): Readonly<Record<string, CellValue>> {
  const { places: all, staffCode, name, alias, title, email, mobile, destination, ...rest } = member
  const shared = { staffCode, name, alias, title, email, mobile }
  if (layout === 'baton') {
    const { managerStaffCode, role, status } = rest
    const departments = all.map(({ path: names, isLead }: Place) => ({ names, isLead }))
    return present({ ...shared, destination, managerStaffCode, role, status, departments })
  }
  const paths = all.length === 0 ? [[company]] : all.map(({ path: names }: Place) => [company, ...names])
  return present({
    ...shared,
    departments: paths.map((names) => ({ names, isLead: false })),
    activation: member.account === 'joined' ? '已激活' : '未激活',
    disabled: member.status === 'suspended',
  })
}

/** What has no value stands in no cell. */
function present(values: Readonly<Record<string, CellValue | null>>): Record<string, CellValue> {
  return Object.fromEntries(
    Object.entries(values).filter(
      (entry): entry is [string, CellValue] =>
        entry[1] !== null && !(Array.isArray(entry[1]) && entry[1].length === 0),
    ),
  )
}

const fieldNames = fc.constantFrom(
  'carrier',
  'sim',
  'contract',
  'PUK',
  '备注 2',
  'constructor',
  'Vertrag: Nr.',
)
const paragraphs = fc
  .array(fc.oneof(texts(40), fc.constantFrom('\n', '\r\n', '\t', ' ')), { minLength: 1, maxLength: 4 })
  .map((parts) => parts.join('').trim())
  .filter((one) => one !== '' && !sampleMark.test(one))
const numbers = fc.record({
  e164: phones,
  label: maybe(texts(120)),
  type: fc.constantFrom('mobile', 'landline', 'toll_free'),
  fields: fc.uniqueArray(fc.tuple(fieldNames, paragraphs), { maxLength: 4, selector: ([name]) => name }),
  licensed: fc.boolean(),
  holderStaffCode: maybe(staffCodes),
})

function numberSheets(): fc.Arbitrary<Sheet> {
  return fc.tuple(fc.array(numbers, { maxLength: 8 }), formats).map(([drawn, format]) => {
    const columns = numberColumns([...new Set(drawn.flatMap(({ fields }) => fields.map(([name]) => name)))])
    const exported: ExportedNumber[] = drawn.map(({ holderStaffCode, fields, ...number }) => ({
      holderStaffCode,
      number: { ...number, fields: Object.fromEntries(fields) },
    }))
    return {
      template: 'numbers',
      format,
      written: sheetOf(
        columns,
        exported.map((one) => numberCells(columns, one)),
        [],
      ),
      values: drawn.map(({ e164, fields, ...rest }) =>
        present({
          ...rest,
          number: e164,
          ...Object.fromEntries(fields.map(([name, value]) => [`field:${name}`, value])),
        }),
      ),
    }
  })
}
