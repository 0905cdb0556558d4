import { Readable } from 'node:stream'
import { csvRow } from '../csv/safe-cell.ts'
import { type WrittenRow, workbookType, writeSpreadsheet } from '../spreadsheets/write.ts'

/** How rows become the bytes of a file. */
export interface ExportFormat<Row> {
  readonly contentType: string
  bodyOf(pages: AsyncIterable<readonly Row[]>): Readable
}

type Cell = string | number | boolean | null

/** What rows are in each form of a file. */
export interface RowForms<Row> {
  readonly columns: readonly string[]
  /** A cell for each column. */
  cellsOf(row: Row): readonly Cell[]
  /** The line for programs. */
  objectOf(row: Row): object
}

const byteOrderMark = '\ufeff'

/**
 * The forms of a file. CSV is in UTF-8 with a mark, with cells that no spreadsheet program runs as a formula; NDJSON has
 * one JSON object a line; a workbook holds the same texts as CSV, those that no cell can hold cut off with `…`.
 */
export function fileFormats<Row>(
  forms: RowForms<Row>,
): Readonly<Record<'csv' | 'ndjson' | 'xlsx', ExportFormat<Row>>> {
  const { columns, cellsOf, objectOf } = forms
  return {
    csv: {
      contentType: 'text/csv; charset=utf-8',
      bodyOf: (pages) =>
        textOf(pages, { head: byteOrderMark + csvRow(columns), lineOf: (row) => csvRow(cellsOf(row)) }),
    },
    ndjson: {
      contentType: 'application/x-ndjson; charset=utf-8',
      bodyOf: (pages) => textOf(pages, { head: '', lineOf: (row) => `${JSON.stringify(objectOf(row))}\n` }),
    },
    xlsx: {
      contentType: workbookType,
      bodyOf: (pages) =>
        writeSpreadsheet([
          {
            name: 'Baton',
            columns: columns.map((header) => ({ header })),
            rows: rowsOf(pages, (row) => cellsOf(row).map(fitting)),
          },
        ]),
    },
  }
}

// More does not fit into a cell of a workbook (ECMA-376, 18.3.1.96).
const mostCharacters = 32_767

/** A value as a cell of a workbook can hold it. */
export function fitting<Value>(value: Value): Value | string {
  if (typeof value !== 'string' || value.length <= mostCharacters) return value
  return `${value.slice(0, mostCharacters - 1)}…`
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
    body: file.format.bodyOf(pagesOf(file)),
  }
}

async function* pagesOf<Row, Place>({ first, pageAfter }: ExportedFile<Row, Place>) {
  yield first.rows
  for (let { next } = first; next !== null; ) {
    const page = await pageAfter(next)
    yield page.rows
    next = page.next
  }
}

interface Lines<Row> {
  readonly head: string
  lineOf(row: Row): string
}

function textOf<Row>(pages: AsyncIterable<readonly Row[]>, lines: Lines<Row>): Readable {
  return Readable.from(piecesOf(pages, lines), { objectMode: false })
}

async function* piecesOf<Row>(
  pages: AsyncIterable<readonly Row[]>,
  { head, lineOf }: Lines<Row>,
): AsyncGenerator<string> {
  let piece = head
  for await (const rows of pages) {
    piece += rows.map((row) => lineOf(row)).join('')
    if (piece !== '') yield piece
    piece = ''
  }
}

async function* rowsOf<Row>(
  pages: AsyncIterable<readonly Row[]>,
  cellsOf: (row: Row) => WrittenRow,
): AsyncGenerator<WrittenRow, void, undefined> {
  for await (const rows of pages) for (const row of rows) yield cellsOf(row)
}
