import { createReadStream } from 'node:fs'
import { mostMoves } from '../../features/numbers/model/batches.ts'
import { detectEncoding } from '../../platform/csv/encoding.ts'
import { CsvError, type CsvFault, type CsvRow, readRows } from '../../platform/csv/read-rows.ts'
import { unescapeCell } from '../../platform/csv/safe-cell.ts'
import { Failure } from '../failure.ts'
import { count } from '../show.ts'

/** A move as a file has it. */
export interface WrittenMove {
  readonly line: number
  readonly number: string
  readonly to: string
  /** Empty where the file says nothing. */
  readonly expected: string
}

const mostBytes = 32_000_000
// A title or a remark may stand above the names of the columns.
const rowsAboveHeader = 10

const columnNames = {
  number: ['number', 'phone', '号码'],
  to: ['to', 'recipient', '接收人'],
  expected: ['expected', 'from', '原持有人'],
} as const
type Column = keyof typeof columnNames

/**
 * Reads moves from a file of CSV.
 * @throws Failure when the file cannot be read, is no CSV, is too large or has no such columns
 */
export async function readMoveFile(file: string): Promise<WrittenMove[]> {
  const moves: WrittenMove[] = []
  const above: CsvRow[] = []
  let columns: Columns | undefined
  try {
    const encoding = (await detectEncoding(() => bounded(createReadStream(file), file))) ?? 'utf-8'
    for await (const row of readRows(bounded(createReadStream(file), file), { encoding })) {
      if (columns) {
        moves.push(...movesIn(row, columns))
        if (moves.length > mostMoves) throw tooManyMoves(file)
        continue
      }
      columns = columnsIn(row, file)
      above.push(row)
      if (!columns && above.length >= rowsAboveHeader) break
    }
  } catch (error) {
    throw explainRead(file, error)
  }
  if (!columns) throw noColumns(file, above)
  if (moves.length > 0) return moves
  throw new Failure({
    title: `${file} has no moves below the names of its columns.`,
    next: 'Write one move a line: the number, and who receives it.',
    problem: { code: 'file.empty' },
  })
}

async function* bounded(pieces: AsyncIterable<Buffer>, file: string): AsyncGenerator<Buffer> {
  let bytes = 0
  for await (const piece of pieces) {
    bytes += piece.length
    if (bytes > mostBytes) {
      throw new Failure({
        title: `${file} is larger than ${mostBytes / 1_000_000} MB.`,
        next: 'Leave only the columns number, to and expected, or split the file.',
        problem: { code: 'file.too_large' },
      })
    }
    yield piece
  }
}

type Columns = Readonly<Record<'number' | 'to', number> & Record<'expected', number | null>>

/** Where the columns stand, if the row names them. */
function columnsIn({ cells, line }: CsvRow, file: string): Columns | undefined {
  const number = placeOf('number')
  const to = placeOf('to')
  return number === null || to === null ? undefined : { number, to, expected: placeOf('expected') }

  function placeOf(column: Column): number | null {
    const places = cells.flatMap((cell, place) => (isNamed(cell, column) ? [place] : []))
    if (places.length < 2) return places[0] ?? null
    const names = places.map((place) => `"${cells[place]?.trim()}"`).join(' and ')
    throw new Failure({
      title: `${file}, line ${line}: the columns ${names} mean the same.`,
      next: 'Keep one of them.',
      problem: { code: 'file.columns_twice', line },
    })
  }
}

function isNamed(cell: string, column: Column): boolean {
  const name = cell.normalize('NFKC').trim().toLowerCase()
  return columnNames[column].some((one) => one === name)
}

function movesIn({ line, cells }: CsvRow, columns: Columns): WrittenMove[] {
  if (cells.every((cell) => cell.trim() === '')) return []
  const cellAt = (place: number | null) => (place === null ? '' : unescapeCell(cells[place] ?? '').trim())
  return [
    {
      line,
      number: cellAt(columns.number),
      to: cellAt(columns.to),
      expected: cellAt(columns.expected),
    },
  ]
}

function noColumns(file: string, above: readonly CsvRow[]): Failure {
  const cells = above.flatMap((row) => row.cells)
  const missing = (['number', 'to'] as const).filter((column) => !cells.some((cell) => isNamed(cell, column)))
  const what = { number: 'the number', to: 'the recipient' }
  const wanted = missing.length === 0 ? (['number', 'to'] as const) : missing
  const names = wanted.map((column) => `for ${what[column]}: ${columnNames[column].join(', ')}`)
  const first = above[0]
  return new Failure({
    title:
      first === undefined
        ? `${file} is empty.`
        : missing.length === 0
          ? `${file} names the number and the recipient in different rows.`
          : `${file} has no column for ${missing.map((column) => what[column]).join(' and ')}; line ${first.line} is: ${first.cells.join(' | ').slice(0, 200)}`,
    next: `Name the columns in the first row: ${names.join('; ')}. Optional, for who holds it now: ${columnNames.expected.join(', ')}.`,
    problem: { code: 'file.columns_missing', missing },
  })
}

function tooManyMoves(file: string): Failure {
  return new Failure({
    title: `${file} has more than ${count(mostMoves)} moves.`,
    next: 'Split the file; a batch takes that many at once.',
    problem: { code: 'file.too_many_moves' },
  })
}

const saveAsUtf8 = 'Save it as "CSV UTF-8 (comma delimited)", or as text in UTF-8.'
const faults: Readonly<Record<CsvFault, readonly [what: string, next: string]>> = {
  workbook: ['is a workbook, not CSV', saveAsUtf8],
  unknown_encoding: ['is neither in UTF-8 nor in UTF-16 or GB18030', saveAsUtf8],
  nul: ['is not text', saveAsUtf8],
  cell_too_long: [
    'has a cell of more than 32,767 characters',
    'Look for a quotation mark that nothing closes.',
  ],
  row_too_long: [
    'has a row of more than 1,000,000 characters',
    'Look for a quotation mark that nothing closes.',
  ],
  text_after_quote: [
    'has text after a closing quotation mark',
    'Put the whole cell in quotation marks, and write those inside it twice.',
  ],
  open_quote: ['has a quotation mark that nothing closes', 'Close it, or take it out.'],
}

function explainRead(file: string, error: unknown): unknown {
  if (error instanceof CsvError) {
    const [what, next] = faults[error.fault]
    return new Failure({
      title: `${file} ${what} (line ${error.line}).`,
      next,
      problem: { code: `file.${error.fault}`, line: error.line },
    })
  }
  if (!(error instanceof Error && 'syscall' in error)) return error
  return new Failure({
    title: `${file} cannot be read: ${error.message}.`,
    next: 'Check the name of the file and your rights.',
    problem: { code: 'file.unreadable' },
  })
}
