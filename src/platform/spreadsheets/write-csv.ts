import { Readable } from 'node:stream'
import { csvRow } from '../csv/safe-cell.ts'
import type { WrittenCell, WrittenSheet, WrittenValue } from './written.ts'

const pieceCharacters = 65_536
const byteOrderMark = '\ufeff'

/**
 * A sheet as CSV for spreadsheet programs: UTF-8 with a mark, its header first, without its notes, and without a cell
 * that a program would run as a formula. A text that would be run has an apostrophe before it.
 */
export function writeCsv(sheet: WrittenSheet): Readable {
  return Readable.from(pieces(sheet), { objectMode: false, highWaterMark: 65_536 })
}

async function* pieces({ columns, rows }: WrittenSheet): AsyncGenerator<string, void, undefined> {
  let piece = byteOrderMark + csvRow(columns.map(({ header }) => header))
  for await (const row of rows) {
    piece += csvRow(row.map(plain))
    if (piece.length < pieceCharacters) continue
    yield piece
    piece = ''
  }
  yield piece
}

function plain(cell: WrittenCell): Exclude<WrittenValue, object> | null {
  if (cell === null || typeof cell !== 'object') return cell
  return 'problem' in cell ? plain(cell.problem) : cell.date
}
