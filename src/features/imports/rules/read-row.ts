import { type RawCell, type RawRow, textOfCell } from '../model/cell.ts'
import type { CellValue, Column } from '../model/column.ts'
import { fieldColumn, fieldNameOf } from '../model/column.ts'
import { noEdits, type RowEdits } from '../model/options.ts'
import type { ReadRow } from '../model/rows.ts'
import { columnOf, type Template } from '../model/template.ts'
import type { Problem } from '../model/verdict.ts'
import { readerOf } from './cell-readers.ts'
import { trimmed } from './characters.ts'
import type { ReadPaths } from './department-paths.ts'
import { digitsOfNumber } from './digits.ts'
import { type CellInput, type CellReader, fail, type ReadingContext } from './read-context.ts'
import { type TimeReader, timeReader } from './times.ts'

interface ReadColumn {
  readonly column: Column
  readonly index: number
  readonly read: CellReader
  readonly paths: Map<string, ReadPaths>
  /** A date is a value here, not damage. */
  readonly takesDates: boolean
}

/** A mapping made ready to read rows by. */
export interface RowReader {
  readonly context: ReadingContext
  readonly columns: readonly ReadColumn[]
  readonly required: readonly string[]
  readonly oneOf: readonly (readonly string[])[]
  readonly times: TimeReader
}

// An apostrophe stands in CSV before what a spreadsheet program would run as a formula.
const escaped = /^'+[=+\-@\t\r\0＝＋－＠]/
const sample = /[（(]\s*(?:示例|例|样例|example|sample)\s*[）)]$/i
const textKinds: ReadonlySet<string> = new Set(['text', 'paragraph', 'instant'])

/** Makes a mapping ready to read rows by; columns that are not mapped are left alone. */
export function rowReader(context: ReadingContext): RowReader {
  const mapped = context.mapping.flatMap(({ column: index, key }) => {
    const column = key === null ? null : columnFor(context.template, key)
    return column ? [{ column, index }] : []
  })
  const keys = new Set(mapped.map(({ column }) => column.key))
  return {
    context,
    columns: mapped.map(({ column, index }) => ({
      column,
      index,
      read: readerOf(column.reads),
      paths: new Map(),
      takesDates: textKinds.has(column.reads.kind),
    })),
    required: context.template.columns.filter(({ required }) => required).map(({ key }) => key),
    oneOf: context.template.oneOf.filter((group) => group.some((key) => keys.has(key))),
    times: timeReader(context.options.timeZone),
  }
}

/** The column that a key stands for, free fields included; null where the template has none. */
export function columnFor(template: Template, key: string): Column | null {
  const found = columnOf(template, key)
  if (found) return found
  const field = template.takesFields ? fieldNameOf(key) : null
  return field === null ? null : fieldColumn(field)
}

/** Reads a row by its mapping, with what people changed in it: values, and what is wrong with its cells. */
export function readRow(reader: RowReader, raw: RawRow, edits: RowEdits = noEdits): ReadRow {
  const values: Record<string, CellValue> = {}
  const problems: Problem[] = []
  let isEmpty = true
  let isSample = false
  for (const readColumn of reader.columns) {
    const { key } = readColumn.column
    const edited = edits.cells[key]
    const cell = edited === undefined ? raw.cells[readColumn.index] : cellOf(edited)
    if (!cell || cell.text === '') continue
    isEmpty &&= cell.text.trim() === ''
    isSample ||= isMarked(cell)
    const value = readCell({ reader, readColumn, cell, problems, isEdited: edited !== undefined })
    if (value !== undefined) values[key] = value
  }
  const isBlank = isEmpty && raw.cells.every((cell) => textOfCell(cell).trim() === '')
  if (isSample)
    return { row: raw.row, isBlank, isSample, values, problems: [problemOfRow('sample_row')], edits }
  if (!isBlank) noteMissing(reader, values, problems)
  if (raw.hidden) problems.push(problemOfRow('row_hidden'))
  return { row: raw.row, isBlank, isSample, values, problems, edits }
}

interface CellToRead {
  readonly reader: RowReader
  readonly readColumn: ReadColumn
  readonly cell: RawCell
  readonly problems: Problem[]
  readonly isEdited: boolean
}

function readCell({ reader, readColumn, cell, problems, isEdited }: CellToRead): CellValue | undefined {
  const { column, paths, takesDates, read } = readColumn
  const isEscaped = !isEdited && reader.context.fileKind === 'csv' && escaped.test(cell.text)
  const text = trimmed(isEscaped ? cell.text.slice(1) : cell.text)
  if (text === '') return undefined
  const isNumber = cell.kind === 'number'
  const input: CellInput = {
    text,
    isNumber,
    column,
    paths,
    problems,
    context: reader.context,
    times: reader.times,
  }
  if (cell.formula) fail(input, 'formula')
  if (cell.kind === 'text') return read(input)
  if (cell.kind === 'error') return fail(input, 'cell_error')
  if (cell.kind === 'date' && !takesDates) return fail(input, 'became_date')
  if (!isNumber || column.reads.kind === 'instant') return read(input)
  const digits = digitsOfNumber(cell)
  if (digits.kind === 'lost') return fail(input, 'digits_lost')
  if (digits.kind === 'restored') return fail(input, 'scientific', { suggestion: digits.text })
  return read(digits.text === text ? input : { ...input, text: digits.text })
}

function cellOf(text: string): RawCell | null {
  return text === '' ? null : { kind: 'text', text }
}

// Most cells do not end with a bracket.
function isMarked({ kind, text }: RawCell): boolean {
  const last = text.charCodeAt(text.length - 1)
  return kind === 'text' && (last === 0x29 || last === 0xff09) && sample.test(text)
}

function noteMissing(reader: RowReader, values: ReadRow['values'], problems: Problem[]): void {
  for (const key of reader.required) {
    if (values[key] !== undefined || problems.some((problem) => problem.column === key)) continue
    problems.push({ column: key, code: 'missing', params: {}, suggestion: null })
  }
  for (const group of reader.oneOf) {
    const has = (key: string) =>
      values[key] !== undefined || problems.some((problem) => problem.column === key)
    if (group.some(has)) continue
    problems.push({
      column: null,
      code: 'contact_missing',
      params: { keys: group.join(' ') },
      suggestion: null,
    })
  }
}

/** A problem of the whole row. */
function problemOfRow(code: string, params: Problem['params'] = {}): Problem {
  return { column: null, code, params, suggestion: null }
}
