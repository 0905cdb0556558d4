import { type RawCell, type RawRow, type RawSheet, textOfCell } from '../model/cell.ts'
import type { Candidate, Recognition, RememberedMapping } from '../model/mapping.ts'
import { mostColumns } from '../model/mapping.ts'
import type { Layout, Template, TemplateName } from '../model/template.ts'
import { templates } from '../model/templates/all.ts'
import { headerWord, matchHeader, signatureOf } from './headers.ts'
import { mapColumns } from './map-columns.ts'
import { sniff } from './sniff.ts'

/** What a file is recognised by; what a person has chosen already is not asked again. */
export interface RecognitionInput {
  readonly sheets: readonly RawSheet[]
  readonly template?: TemplateName
  readonly sheet?: number
  readonly headerRow?: number
  readonly remembered?: readonly RememberedMapping[]
}

/** How many first rows of a sheet are looked at. */
export const rowsLookedAt = 50

const sureEnough = 0.5
const sampleMark = /[（(]\s*(?:示例|例|样例|example|sample)\s*[）)]$/i

interface Guess {
  readonly template: Template
  readonly sheet: RawSheet
  readonly headerRow: RawRow
  readonly confidence: number
  readonly layout: string | null
}

/** Tells what a file is: template, sheet, header row, and what each column is taken for. */
export function recognise(input: RecognitionInput): Recognition {
  const sheets = sheetsToLookAt(input)
  const wanted = input.template === undefined ? Object.values(templates) : [templates[input.template]]
  const guesses = wanted
    .flatMap(
      (template) => bestOf(sheets.flatMap((sheet) => guessesIn(sheet, template, input.headerRow))) ?? [],
    )
    .sort((one, other) => other.confidence - one.confidence)
  const candidates: Candidate[] = guesses.map(({ template, confidence }) => ({
    template: template.name,
    confidence: rounded(confidence),
  }))
  const [best] = guesses
  const isChosen = input.template !== undefined && input.headerRow !== undefined
  if (best && (best.confidence >= sureEnough || isChosen)) return recognised(best, candidates, input)
  return withoutHeaders(input, sheets, candidates)
}

function sheetsToLookAt({ sheets, sheet }: RecognitionInput): readonly RawSheet[] {
  if (sheet !== undefined) return sheets.filter(({ index }) => index === sheet)
  const filled = sheets.filter(({ rows }) => rows.some((row) => filledCells(row).length > 0))
  const visible = filled.filter(({ hidden }) => !hidden)
  return visible.length > 0 ? visible : filled
}

function guessesIn(sheet: RawSheet, template: Template, headerRow: number | undefined): Guess[] {
  const rows =
    headerRow === undefined
      ? sheet.rows.slice(0, rowsLookedAt)
      : sheet.rows.filter(({ row }) => row === headerRow)
  return rows.flatMap((row) => guessAt(sheet, template, row) ?? [])
}

function guessAt(sheet: RawSheet, template: Template, headerRow: RawRow): Guess | null {
  const headers = filledCells(headerRow).map(({ text }) => text)
  if (headers.length === 0) return null
  const matches = headers.flatMap((header) => matchHeader(template, header) ?? [])
  const keys = new Set(matches.map(({ key }) => key))
  const required = template.columns.filter((column) => column.required)
  const requiredShare = required.filter(({ key }) => keys.has(key)).length / required.length
  const weight = [...keys].reduce((sum, key) => sum + weightOf(matches.filter((one) => one.key === key)), 0)
  const layout = layoutOf(template, headers)
  if (layout !== null) return { template, sheet, headerRow, confidence: 1, layout }
  return {
    template,
    sheet,
    headerRow,
    confidence: 0.6 * requiredShare + 0.35 * (weight / headers.length),
    layout,
  }
}

function weightOf(matches: readonly { readonly why: 'header' | 'alias' }[]): number {
  return matches.some(({ why }) => why === 'header') ? 1 : 0.8
}

/** The last known layout that all the headers are of, as they are spelled there; null for none. */
function layoutOf(template: Template, headers: readonly string[]): string | null {
  const words = new Set(headers.map(headerWord))
  const wordsOf = ({ columns }: Layout) => columns.map(([, header]) => headerWord(header))
  const fitting = template.layouts.filter((layout) => wordsOf(layout).every((word) => words.has(word)))
  return fitting.sort((one, other) => one.columns.length - other.columns.length).at(-1)?.name ?? null
}

function bestOf(guesses: readonly Guess[]): Guess | null {
  return guesses.reduce<Guess | null>(
    (best, guess) => (best === null || guess.confidence > best.confidence ? guess : best),
    null,
  )
}

function recognised(guess: Guess, candidates: readonly Candidate[], input: RecognitionInput): Recognition {
  const { template, sheet, headerRow, layout, confidence } = guess
  const headers = headersOf(headerRow, sheet)
  const below = sheet.rows.filter(({ row }) => row > headerRow.row)
  const signature = signatureOf(headers)
  const remembered = input.remembered?.find(
    (one) => one.template === template.name && one.signature === signature,
  )
  const columns = mapColumns({ template, headers, rows: below, remembered: remembered?.columns ?? [] })
  const mapped = new Set(columns.map(({ key }) => key))
  return {
    template: template.name,
    confidence: rounded(confidence),
    candidates,
    layout,
    sheet: sheet.index,
    headerRow: headerRow.row,
    sampleRows: below.filter(isSample).map(({ row }) => row),
    columns,
    missing: template.columns
      .filter(({ key, required }) => required && !mapped.has(key))
      .map(({ key }) => key),
    unknown: columns.filter(({ why }) => why === 'unknown').map(({ header }) => header),
    duplicates: columns.filter(({ why }) => why === 'duplicate').map(({ header }) => header),
    signature,
  }
}

/** Without a row of headers only the content tells: a single kind of phone numbers is a list of numbers. */
function withoutHeaders(
  input: RecognitionInput,
  sheets: readonly RawSheet[],
  candidates: readonly Candidate[],
): Recognition {
  const sheet = sheets[0] ?? input.sheets[0]
  const rows = sheet?.rows.slice(0, rowsLookedAt) ?? []
  const headers = headersOf(undefined, sheet)
  const looksLike = (column: number) =>
    sniff(rows.flatMap(({ cells }) => filledCell(cells[column]) ?? []))?.kind === 'phone'
  const hasPhones = input.headerRow === undefined && headers.some((_, column) => looksLike(column))
  const guessed = hasPhones && headers.length <= 2 ? 'numbers' : null
  const name = input.template ?? guessed
  const columns = mapColumns({
    template: name === null ? null : templates[name],
    headers,
    rows,
    remembered: [],
  })
  const mapped = new Set(columns.map(({ key }) => key))
  const required = name === null ? [] : templates[name].columns.filter((column) => column.required)
  return {
    template: name,
    confidence: name === null ? 0 : 0.4,
    candidates,
    layout: null,
    sheet: sheet?.index ?? 0,
    headerRow: input.headerRow ?? null,
    sampleRows: rows.filter(isSample).map(({ row }) => row),
    columns,
    missing: required.filter(({ key }) => !mapped.has(key)).map(({ key }) => key),
    unknown: [],
    duplicates: [],
    signature: '',
  }
}

/** One for each column that has anything, of the header row or below it. */
function headersOf(headerRow: RawRow | undefined, sheet: RawSheet | undefined): string[] {
  const rows = sheet?.rows ?? []
  const width = Math.min(mostColumns, Math.max(0, ...rows.map(({ cells }) => lastFilled(cells) + 1)))
  return Array.from({ length: width }, (_, column) => textOfCell(headerRow?.cells[column]).trim())
}

function lastFilled(cells: RawRow['cells']): number {
  return cells.findLastIndex((cell) => filledCell(cell) !== null)
}

function filledCells({ cells }: RawRow): RawCell[] {
  return cells.flatMap((cell) => filledCell(cell) ?? [])
}

function filledCell(cell: RawCell | null | undefined): RawCell | null {
  return cell && cell.text.trim() !== '' ? cell : null
}

function isSample({ cells }: RawRow): boolean {
  return cells.some((cell) => cell !== null && sampleMark.test(cell.text))
}

function rounded(confidence: number): number {
  return Math.round(confidence * 100) / 100
}
