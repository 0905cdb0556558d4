import type { RawCell, RawRow, RawSheet } from '../model/cell.ts'
import type { Columns } from '../model/template.ts'
import { toHalfWidth, withoutUnusual } from './characters.ts'
import { digitsOfNumber } from './digits.ts'
import { matchHeader } from './headers.ts'
import { sniff } from './sniff.ts'

/** What a column of a list without headers is taken for by its place or by what stands in it. */
export interface WithoutHeaders {
  /** The key of the first column. */
  readonly first: string
  /** The key of a column of dates. */
  readonly dates: string
}

/** The lines of a short list as their texts, without what spreadsheets leave between and around them. */
export interface Table {
  /** Empty for CSV. */
  readonly sheet: string
  /** Null where the list begins with its first line. */
  readonly headerRow: number | null
  readonly lines: readonly TableLine[]
  /** Headers that nobody knows, and columns that nobody can tell: their cells are not read. */
  readonly unread: readonly string[]
}

export interface TableLine {
  /** Of the sheet, or the line of the CSV; 1 for the first. */
  readonly row: number
  /** By the key of the column; what is empty is not there. */
  readonly texts: Readonly<Record<string, string>>
}

const rowsLookedAt = 50
const sample = /[（(]\s*(?:示例|例|样例|example|sample)\s*[）)]$/i

interface Found {
  readonly sheet: RawSheet
  readonly headerRow: RawRow | null
  /** The key of each column that is read. */
  readonly keys: ReadonlyMap<number, string>
}

/** Reads the lines of the sheet whose headers fit best; without any, of the first sheet, by the places of its columns. */
export function readTable(form: Columns, sheets: readonly RawSheet[], without: WithoutHeaders): Table {
  const filled = sheets.filter(({ rows }) => rows.some(isFilled))
  const visible = filled.filter(({ hidden }) => !hidden)
  const [first] = visible.length > 0 ? visible : filled
  if (!first) return { sheet: '', headerRow: null, lines: [], unread: [] }
  const found =
    bestOf(form, visible.length > 0 ? visible : filled) ??
    ({ sheet: first, headerRow: null, keys: keysByPlace(first, without) } satisfies Found)
  return tableOf(found)
}

function tableOf({ sheet, headerRow, keys }: Found): Table {
  const begin = headerRow?.row ?? 0
  const lines = sheet.rows.flatMap(({ row, cells }) => {
    if (row <= begin || cells.some((cell) => cell !== null && sample.test(cell.text.trim()))) return []
    const texts: Record<string, string> = {}
    for (const [column, key] of keys) {
      const text = plainText(cells[column])
      if (text !== '') texts[key] = text
    }
    return Object.keys(texts).length === 0 ? [] : [{ row, texts }]
  })
  return {
    sheet: sheet.name,
    headerRow: headerRow?.row ?? null,
    lines,
    unread: unreadIn(sheet, headerRow, keys),
  }
}

function bestOf(form: Columns, sheets: readonly RawSheet[]): Found | null {
  let best: Found | null = null
  for (const sheet of sheets) {
    for (const headerRow of sheet.rows.slice(0, rowsLookedAt)) {
      const keys = keysIn(form, headerRow)
      if (keys.size > (best?.keys.size ?? 0)) best = { sheet, headerRow, keys }
    }
  }
  return best
}

/** Of two columns that mean the same, the one whose header says it outright, else the first. */
function keysIn(form: Columns, { cells }: RawRow): Map<number, string> {
  const found = cells.flatMap((cell, column) => {
    const match = cell === null ? null : matchHeader(form, cell.text)
    return match ? [{ column, ...match }] : []
  })
  const keys = new Map<number, string>()
  const taken = new Set<string>()
  for (const why of ['header', 'alias']) {
    for (const match of found) {
      if (match.why !== why || taken.has(match.key)) continue
      taken.add(match.key)
      keys.set(match.column, match.key)
    }
  }
  return keys
}

function keysByPlace(sheet: RawSheet, { first, dates }: WithoutHeaders): Map<number, string> {
  const columns = [...new Set(sheet.rows.flatMap(filledColumns))].sort((one, other) => one - other)
  const [begin, ...others] = columns
  const keys = new Map<number, string>()
  if (begin === undefined) return keys
  keys.set(begin, first)
  const day = others.find((column) => {
    const cells = sheet.rows.slice(0, rowsLookedAt).flatMap((row) => row.cells[column] ?? [])
    return sniff(cells.filter(({ text }) => text.trim() !== ''))?.kind === 'instant'
  })
  if (day !== undefined) keys.set(day, dates)
  return keys
}

function unreadIn(sheet: RawSheet, headerRow: RawRow | null, keys: Found['keys']): string[] {
  const begin = headerRow?.row ?? 0
  const columns = new Set(sheet.rows.filter(({ row }) => row > begin).flatMap(filledColumns))
  return [...columns]
    .filter((column) => !keys.has(column))
    .sort((one, other) => one - other)
    .map((column) => plainText(headerRow?.cells[column]) || letterOf(column))
}

function letterOf(column: number): string {
  return column < 26 ? String.fromCharCode(65 + column) : `A${String.fromCharCode(65 + (column % 26))}`
}

function filledColumns({ cells }: RawRow): number[] {
  return cells.flatMap((cell, column) => (plainText(cell) === '' ? [] : [column]))
}

function isFilled({ cells }: RawRow): boolean {
  return cells.some((cell) => plainText(cell) !== '')
}

function plainText(cell: RawCell | null | undefined): string {
  if (!cell) return ''
  if (cell.kind !== 'number') return withoutUnusual(toHalfWidth(cell.text)).trim()
  const digits = digitsOfNumber(cell)
  return digits.kind === 'lost' ? cell.text : digits.text
}
