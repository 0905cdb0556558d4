import { problemStyle, style } from './write-parts.ts'
import { textElement } from './write-text.ts'
import type { DateValue, WrittenColumn, WrittenRow, WrittenSheet, WrittenValue } from './written.ts'

const usualWidth = 18
const widestColumn = 255
const lineHeightPoints = 15
/** Notes of more lines than that scroll away with the rows; a header below a screenful would leave no room for them. */
const mostFrozenLines = 4
const longestText = 32_767

/** A column with that many texts that are not shared no longer looks for one that is: most of it is different. */
const mostMissed = 1_000
const longestShared = 200

/** Texts that cells share, numbered in the order in which they came; `undefined` for one that its cell holds itself. */
export class SharedTexts {
  readonly #numbers = new Map<string, number>()
  readonly #most: number
  readonly #missed: number[] = []

  constructor(most: number) {
    this.#most = most
  }

  numberOf(text: string, column: number): number | undefined {
    const missed = this.#missed[column] ?? 0
    if (missed >= mostMissed || text.length > longestShared) return undefined
    const known = this.#numbers.get(text)
    if (known !== undefined) return known
    if (this.#numbers.size < this.#most) {
      this.#numbers.set(text, this.#numbers.size)
      return this.#numbers.size - 1
    }
    this.#missed[column] = missed + 1
    return undefined
  }

  *elements(): Generator<string, void, undefined> {
    for (const text of this.#numbers.keys()) yield `<si>${textElement(text)}</si>`
  }
}

/** What stands before the rows: what is frozen, and how wide columns are. */
export function headOfSheet({ notes = [], columns }: WrittenSheet): string {
  const lines = notes.reduce((sum, note) => sum + linesOf(note, columns), 0)
  const header = notes.length + 1
  const pane =
    lines > mostFrozenLines
      ? ''
      : `<pane ySplit="${header}" topLeftCell="A${header + 1}" activePane="bottomLeft" state="frozen"/>`
  const widths = columns.map(
    ({ width = usualWidth }, at) =>
      `<col min="${at + 1}" max="${at + 1}" width="${Math.min(width, widestColumn)}" style="${style.text}" customWidth="1"/>`,
  )
  return `<sheetViews><sheetView workbookViewId="0">${pane}</sheetView></sheetViews><sheetFormatPr defaultRowHeight="${lineHeightPoints}"/><cols>${widths.join('')}</cols><sheetData>`
}

/** What stands after the rows: notes across all columns, and that a number written as text is meant so. */
export function footOfSheet({ notes = [], columns }: WrittenSheet): string {
  const last = columnName(columns.length - 1)
  const merged =
    columns.length > 1 ? notes.map((_, at) => `<mergeCell ref="A${at + 1}:${last}${at + 1}"/>`) : []
  const merges =
    merged.length > 0 ? `<mergeCells count="${merged.length}">${merged.join('')}</mergeCells>` : ''
  return `</sheetData>${merges}<ignoredErrors><ignoredError sqref="A1:${last}1048576" numberStoredAsText="1"/></ignoredErrors>`
}

/** Writes rows of one sheet below each other. */
export class RowWriter {
  readonly #sheet: WrittenSheet
  readonly #shared: SharedTexts
  readonly #letters: string[] = []
  /** As many as are written. */
  rows = 0

  constructor(sheet: WrittenSheet, shared: SharedTexts) {
    this.#sheet = sheet
    this.#shared = shared
  }

  /** Notes and header. */
  beginning(): string {
    const { notes = [], columns } = this.#sheet
    const above = notes.map((note) => {
      const height = linesOf(note, columns) * lineHeightPoints
      return `<row r="${++this.rows}" ht="${height}" customHeight="1">${this.#text(note, 0, style.note)}</row>`
    })
    this.rows += 1
    const cells = columns.map(({ header, isRequired }, at) =>
      this.#text(header, at, isRequired ? style.requiredHeader : style.header),
    )
    return `${above.join('')}<row r="${this.rows}">${cells.join('')}</row>`
  }

  row(cells: WrittenRow): string {
    this.rows += 1
    let xml = `<row r="${this.rows}">`
    for (let at = 0; at < cells.length; at++) {
      const cell = cells[at] ?? null
      if (typeof cell === 'object' && cell !== null && 'problem' in cell) {
        xml +=
          this.#value(cell.problem, at, problemStyle) ||
          `<c r="${this.#place(at)}" s="${problemStyle + style.text}"/>`
      } else xml += this.#value(cell, at, 0)
    }
    return `${xml}</row>`
  }

  #value(value: WrittenValue, at: number, mark: number): string {
    if (value === null || value === '') return ''
    if (typeof value === 'string') return this.#text(value, at, mark + style.text)
    if (typeof value === 'object') return this.#date(value, at, mark)
    const place = `<c r="${this.#place(at)}" s="${mark + style.general}"`
    if (typeof value === 'boolean') return `${place} t="b"><v>${value ? 1 : 0}</v></c>`
    if (!Number.isFinite(value)) throw new RangeError(`${value} is no number that a cell can hold`)
    return `${place}><v>${value}</v></c>`
  }

  #text(text: string, at: number, styled: number): string {
    if (text.length > longestText) throw new RangeError(`a cell holds at most ${longestText} characters`)
    const number = this.#shared.numberOf(text, at)
    const place = `<c r="${this.#place(at)}" s="${styled}"`
    return number === undefined
      ? `${place} t="inlineStr"><is>${textElement(text)}</is></c>`
      : `${place} t="s"><v>${number}</v></c>`
  }

  #date({ date }: DateValue, at: number, mark: number): string {
    const serial = serialOf(date)
    if (serial === null) return this.#text(date, at, mark + style.text)
    const styled = date.includes('T') ? style.dateTime : style.date
    return `<c r="${this.#place(at)}" s="${mark + styled}"><v>${serial}</v></c>`
  }

  #place(at: number): string {
    this.#letters[at] ??= columnName(at)
    return `${this.#letters[at]}${this.rows}`
  }
}

/** `A` for 0, `AA` for 26. */
function columnName(at: number): string {
  const letter = String.fromCharCode(65 + (at % 26))
  return at < 26 ? letter : columnName(Math.floor(at / 26) - 1) + letter
}

const dayMs = 86_400_000
const calendar = /^\d{4}-\d\d-\d\d(?:T\d\d:\d\d:\d\d)?$/
/** 1 January 1970, counted in days as a workbook does. */
const epochSerial = 25_569
/** 1 March 1900: programs count days before it differently. */
const firstSerial = 61

/** Days since the end of 1899; null for what a workbook cannot hold as a date. */
function serialOf(date: string): number | null {
  if (!calendar.test(date)) return null
  const time = new Date(date.length === 10 ? `${date}T00:00:00Z` : `${date}Z`)
  const serial = time.getTime() / dayMs + epochSerial
  // A day that no calendar has comes out as another one.
  return serial >= firstSerial && time.getUTCDate() === Number(date.slice(8, 10)) ? serial : null
}

function linesOf(note: string, columns: readonly WrittenColumn[]): number {
  const room = columns.reduce((sum, { width = usualWidth }) => sum + width, 0)
  const lines = note.split('\n').map((line) => Math.max(1, Math.ceil(widthOf(line) / room)))
  return lines.reduce((sum, count) => sum + count, 0)
}

/** In characters of Latin script: those of Chinese are twice as wide. */
function widthOf(line: string): number {
  let width = 0
  for (const character of line) width += character >= '\u1100' ? 2 : 1
  return width
}
