import { Readable } from 'node:stream'
import { csvRow } from '../csv/safe-cell.ts'

/** How a row is written to a file, and what stands above the first one. */
export interface ExportFormat<Row> {
  readonly contentType: string
  readonly head: string
  lineOf(row: Row): string
}

type Cell = string | number | boolean | null

const byteOrderMark = '\ufeff'

/** CSV for spreadsheet programs: in UTF-8 with a mark, and with cells that none of them runs as a formula. */
export function csvFormat<Row>(
  columns: readonly string[],
  cellsOf: (row: Row) => readonly Cell[],
): ExportFormat<Row> {
  return {
    contentType: 'text/csv; charset=utf-8',
    head: byteOrderMark + csvRow(columns),
    lineOf: (row) => csvRow(cellsOf(row)),
  }
}

/** One JSON object a line. */
export function ndjsonFormat<Row>(objectOf: (row: Row) => object): ExportFormat<Row> {
  return {
    contentType: 'application/x-ndjson; charset=utf-8',
    head: '',
    lineOf: (row) => `${JSON.stringify(objectOf(row))}\n`,
  }
}

/** Some rows of a file, and after which place it goes on; null at the end. */
export interface ExportPage<Row, Place> {
  readonly rows: readonly Row[]
  readonly next: Place | null
}

export interface ExportedFile<Row, Place> {
  readonly format: ExportFormat<Row>
  /** With its ending. */
  readonly name: string
  /** Read before the answer begins, so that what is refused has a status of its own. */
  readonly first: ExportPage<Row, Place>
  pageAfter(place: Place): Promise<ExportPage<Row, Place>>
}

/** A download that is written page by page, as fast as its reader takes it. */
export function exportedFile<Row, Place>(
  file: ExportedFile<Row, Place>,
): {
  readonly contentType: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: Readable
} {
  return {
    contentType: file.format.contentType,
    headers: { 'content-disposition': `attachment; filename="${file.name}"` },
    body: Readable.from(textOf(file), { objectMode: false }),
  }
}

async function* textOf<Row, Place>(file: ExportedFile<Row, Place>): AsyncGenerator<string> {
  const { format, first, pageAfter } = file
  const lines = (page: ExportPage<Row, Place>) => page.rows.map((row) => format.lineOf(row)).join('')
  yield format.head + lines(first)
  for (let { next } = first; next !== null; ) {
    const page = await pageAfter(next)
    const text = lines(page)
    if (text !== '') yield text
    next = page.next
  }
}
