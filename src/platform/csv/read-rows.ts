import { type Decoded, Decoder } from './decoder.ts'
import type { TextEncodingName } from './encoding.ts'

export interface CsvRow {
  /** Of the file, where the row begins; 1 for the first. */
  readonly line: number
  readonly cells: readonly string[]
}

/** Why a file cannot be read as CSV. */
export type CsvFault =
  | 'workbook'
  /** Bytes that the encoding does not have. */
  | 'unknown_encoding'
  | 'nul'
  | 'cell_too_long'
  | 'row_too_long'
  | 'text_after_quote'
  | 'open_quote'

/** A file that is no CSV, and the line where that shows; of what is too long or never ends, where its row begins. */
export class CsvError extends Error {
  readonly fault: CsvFault
  readonly line: number

  constructor(fault: CsvFault, line: number) {
    super(`not CSV at line ${line}: ${fault}`)
    this.name = 'CsvError'
    this.fault = fault
    this.line = line
  }
}

export interface CsvLimits {
  readonly cellCharacters: number
  readonly rowCharacters: number
}

// What a cell of a spreadsheet holds at most, and thirty of them.
const spreadsheetLimits: CsvLimits = { cellCharacters: 32_767, rowCharacters: 1_000_000 }

export interface CsvOptions {
  readonly limits?: CsvLimits
  /** Of a file without byte order mark; UTF-8 when nothing is said. */
  readonly encoding?: TextEncodingName
  /** Is told once, before the first row that it cuts. */
  readonly onSeparator?: (separator: CsvSeparator) => void
}

/**
 * Reads CSV (RFC 4180) row by row, however its bytes are cut into pieces: in the encoding that its byte order mark says,
 * else in that of the options; comma, semicolon or tab, as a first line `sep=;` says or the first row with any of them
 * has it; rows end with CRLF, LF or CR. Blank lines are left out. Holds no more than one row and one piece.
 * @throws CsvError
 */
export async function* readRows(
  pieces: AsyncIterable<Buffer> | Iterable<Buffer>,
  { limits = spreadsheetLimits, encoding = 'utf-8', onSeparator = () => {} }: CsvOptions = {},
): AsyncGenerator<CsvRow, void, undefined> {
  const decoder = new Decoder(encoding)
  const parser = new Parser(limits, onSeparator)
  for await (const piece of pieces) yield* parse(decoder.push(piece), parser)
  yield* parse(decoder.end(), parser)
  yield* parser.end()
}

function parse({ text, fault }: Decoded, parser: Parser): CsvRow[] {
  const rows = parser.push(text)
  if (fault !== null) throw new CsvError(fault, parser.line)
  return rows
}

const separators = [',', ';', '\t'] as const
export type CsvSeparator = (typeof separators)[number]

class Parser {
  readonly #limits: CsvLimits
  readonly #onSeparator: (separator: CsvSeparator) => void
  /** The line that is being read. */
  line = 1
  #rows: CsvRow[] = []
  #cells: string[] = []
  #cell = ''
  #state: 'start' | 'plain' | 'quoted' | 'closed' = 'start'
  #rowLine = 1
  #rowCharacters = 0
  /** The row ended with CR: a line feed that follows belongs to it. */
  #isAfterReturn = false
  /** Null until a row has one; until then rows are cut at all of them. */
  #separator: CsvSeparator | null = null
  #cuts: CsvSeparator[] = []
  #stop = /[,;\t\r\n]/g

  constructor(limits: CsvLimits, onSeparator: (separator: CsvSeparator) => void) {
    this.#limits = limits
    this.#onSeparator = onSeparator
  }

  push(text: string): CsvRow[] {
    let at = 0
    while (at < text.length) at = this.#step(text, at)
    return this.#taken()
  }

  end(): CsvRow[] {
    if (this.#state === 'quoted') throw new CsvError('open_quote', this.#rowLine)
    if (this.#state !== 'start' || this.#cells.length > 0) this.#endRow()
    return this.#taken()
  }

  #taken(): CsvRow[] {
    const rows = this.#rows
    this.#rows = []
    return rows
  }

  #step(text: string, at: number): number {
    const character = text[at] ?? ''
    if (this.#isAfterReturn) {
      this.#isAfterReturn = false
      if (character === '\n') return at + 1
    }
    if (this.#state === 'quoted') return this.#readQuoted(text, at)
    if (character === '"' && this.#state !== 'plain') {
      // At the start it opens the cell; after a closing one, both stand for one.
      if (this.#state === 'closed') this.#add('"')
      this.#state = 'quoted'
      return at + 1
    }
    if (this.#endsCell(character)) return at + 1
    if (this.#state === 'closed') throw new CsvError('text_after_quote', this.line)
    return this.#readPlain(text, at)
  }

  #readQuoted(text: string, at: number): number {
    const quote = text.indexOf('"', at)
    const run = text.slice(at, quote === -1 ? undefined : quote)
    this.#add(run)
    for (let feed = run.indexOf('\n'); feed !== -1; feed = run.indexOf('\n', feed + 1)) this.line += 1
    if (quote === -1) return text.length
    this.#state = 'closed'
    return quote + 1
  }

  #readPlain(text: string, at: number): number {
    this.#state = 'plain'
    this.#stop.lastIndex = at
    const end = this.#stop.exec(text)?.index ?? text.length
    this.#add(text.slice(at, end))
    return end
  }

  #endsCell(character: string): boolean {
    if (character === '\r' || character === '\n') {
      this.#isAfterReturn = character === '\r'
      this.#endRow()
      this.line += 1
      this.#rowLine = this.line
      return true
    }
    const cut = separators.find((one) => one === character)
    if (cut === undefined || (this.#separator !== null && cut !== this.#separator)) return false
    if (this.#separator === null) this.#cuts.push(cut)
    this.#endCell()
    this.#countCharacters(1)
    return true
  }

  #add(run: string): void {
    if (this.#cell.length + run.length > this.#limits.cellCharacters)
      throw new CsvError('cell_too_long', this.#rowLine)
    this.#countCharacters(run.length)
    this.#cell += run
  }

  #countCharacters(count: number): void {
    this.#rowCharacters += count
    if (this.#rowCharacters > this.#limits.rowCharacters) throw new CsvError('row_too_long', this.#rowLine)
  }

  #endCell(): void {
    this.#cells.push(this.#cell)
    this.#cell = ''
    this.#state = 'start'
  }

  #endRow(): void {
    this.#endCell()
    const isBlank = this.#cells.length === 1 && this.#cells[0] === ''
    if (this.#rowLine === 1 && this.#saysSeparator()) this.#cuts = []
    else if (!isBlank) this.#rows.push({ line: this.#rowLine, cells: this.#settled(this.#cells) })
    this.#cells = []
    this.#rowCharacters = 0
  }

  /** Whether it is the line with which Excel is told the separator. */
  #saysSeparator(): boolean {
    const line = this.#cells.map((cell, index) => cell + (this.#cuts[index] ?? '')).join('')
    const said = separators.find((one) => line === `sep=${one}`)
    if (said !== undefined) this.#settle(said)
    return said !== undefined
  }

  #settle(separator: CsvSeparator): void {
    this.#separator = separator
    this.#stop = new RegExp(`[${separator}\\r\\n]`, 'g')
    this.#onSeparator(separator)
  }

  /** The first row with any separators settles which one the file has; what was cut at another one is joined again. */
  #settled(cells: string[]): string[] {
    if (this.#separator !== null || this.#cuts.length === 0) return cells
    const count = (separator: CsvSeparator) => this.#cuts.filter((cut) => cut === separator).length
    const separator = separators.reduce((most, one) => (count(one) > count(most) ? one : most))
    this.#settle(separator)
    const joined = cells.slice(0, 1)
    for (const [index, cut] of this.#cuts.entries()) {
      const cell = cells[index + 1] ?? ''
      if (cut === separator) joined.push(cell)
      else joined.push(`${joined.pop() ?? ''}${cut}${cell}`)
    }
    return joined
  }
}
