import { createReadStream } from 'node:fs'
import { detectEncoding } from '../csv/encoding.ts'
import { CsvError, type CsvRow, type CsvSeparator, readRows } from '../csv/read-rows.ts'
import type { ReadReport, SheetInfo } from './cell.ts'
import { SpreadsheetError } from './fault.ts'
import type { Tally } from './tally.ts'
import type { WireRow } from './wire.ts'
import type { SheetSink } from './xlsx/read-workbook.ts'

const pieceBytes = 256 * 1024

/**
 * Reads a file of CSV as a workbook of one sheet without a name.
 * @throws SpreadsheetError
 */
export async function readCsv(file: string, tally: Tally, sink: SheetSink): Promise<ReadReport> {
  const open = () => createReadStream(file, { highWaterMark: pieceBytes })
  const encoding = await detectEncoding(open)
  if (encoding === null) throw new SpreadsheetError('unknown_encoding')
  const sheet: SheetInfo = { index: 0, name: '', hidden: false }
  sink.sheet(sheet)
  const { columns, cellCharacters } = tally.limits
  const limits = { cellCharacters, rowCharacters: columns * (cellCharacters + 1) }
  let separator: CsvSeparator | null = null
  try {
    const rows = readRows(open(), { encoding, limits, onSeparator: (found) => (separator = found) })
    for await (const row of rows) hand(row, tally, sink)
  } catch (error) {
    throw error instanceof CsvError ? faultOf(error) : error
  }
  return { format: 'csv', encoding, separator, sheets: [sheet], ...tally.counts }
}

function faultOf(error: CsvError): SpreadsheetError {
  const fault = error.fault === 'workbook' ? 'damaged' : error.fault
  return new SpreadsheetError(fault, { row: error.line }, { cause: error })
}

function hand({ line, cells }: CsvRow, tally: Tally, sink: SheetSink): void {
  let used = cells.length
  while (used > 0 && cells[used - 1] === '') used -= 1
  if (used === 0) return
  if (used > tally.limits.columns)
    throw new SpreadsheetError('too_many_columns', { row: line, column: used - 1 })
  let characters = 0
  const row: WireRow = [
    line,
    0,
    cells.slice(0, used).map((cell) => {
      characters += cell.length
      return cell === '' ? null : cell
    }),
  ]
  tally.countRow(row, characters, { row: line })
  sink.row(row)
}
