import type { ParseResult, Parser } from 'papaparse'
import type { DraftLine } from './lines.ts'
import { type ListColumns, plainCell, understandColumns } from './list-columns.ts'

export const mostLines = 100_000
/** Bytes of a file that is read; a hundred thousand lines take a tenth of it. */
export const mostBytes = 50_000_000

/** A list as it was read, and how it was understood. */
export interface ReadList {
  readonly lines: readonly DraftLine[]
  readonly columns: ListColumns
  /** The header cells, or empty where the list has none. */
  readonly headers: readonly string[]
  readonly isCut: boolean
}

export type ListFault = 'empty' | 'no_numbers'

/** Reads a list in pieces, so that the page stays usable; the separator and the columns are found out. */
export async function readList(source: Blob): Promise<ReadList | ListFault> {
  const rows = await readRows(await decode(source))
  if (rows.length === 0) return 'empty'
  const columns = understandColumns(rows.map(({ cells }) => cells))
  if (columns === null) return 'no_numbers'
  const body = columns.hasHeader ? rows.slice(1) : rows
  const lines = body.slice(0, mostLines).map(({ row, cells }) => lineOf(row, cells, columns))
  const kept = lines.filter(({ number, recipient }) => number !== '' || recipient !== '')
  if (kept.length === 0) return 'empty'
  const headers = columns.hasHeader ? (rows[0]?.cells ?? []).map(plainCell) : []
  return { lines: kept, columns, headers, isCut: body.length > mostLines }
}

function lineOf(row: number, cells: readonly string[], { number, recipient }: ListColumns): DraftLine {
  return {
    row,
    number: plainCell(cells[number]),
    recipient: recipient === null ? '' : plainCell(cells[recipient]),
  }
}

interface Row {
  readonly row: number
  readonly cells: readonly string[]
}

const pieceCharacters = 256_000
// One more than is taken, so that a list that goes on is told; and a header.
const mostRowsRead = mostLines + 2

async function readRows(text: string): Promise<Row[]> {
  const { default: papa } = await import('papaparse')
  return new Promise((resolve) => {
    const rows: Row[] = []
    let row = 0
    papa.parse<string[]>(text, {
      chunkSize: pieceCharacters,
      delimiter: separatorOf(text),
      // Read as text throughout: a number keeps its plus and its leading zeros.
      dynamicTyping: false,
      chunk({ data }: ParseResult<string[]>, parser: Parser) {
        for (const cells of data) {
          row += 1
          if (cells.some((cell) => cell.trim() !== '')) rows.push({ row, cells })
        }
        if (rows.length >= mostRowsRead) return parser.abort()
        // Between two pieces the page has its turn.
        parser.pause()
        setTimeout(() => parser.resume())
      },
      complete: () => resolve(rows),
    })
  })
}

const separators = ['\t', ';', ',', '，', '|']

/** What most of the first lines have; names written `Li, Anna` give way to tabs and semicolons. */
function separatorOf(text: string): string {
  const lines = text.slice(0, 20_000).split(/\r?\n/, 50)
  const counts = separators.map((separator) => lines.filter((line) => line.includes(separator)).length)
  const most = Math.max(...counts)
  return most === 0 ? ',' : (separators[counts.indexOf(most)] ?? ',')
}

// Spreadsheets in China write GB 18030 where they are not asked for Unicode.
async function decode(source: Blob): Promise<string> {
  const bytes = new Uint8Array(await source.arrayBuffer())
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder('utf-16le').decode(bytes)
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return new TextDecoder('gb18030').decode(bytes)
  }
}
