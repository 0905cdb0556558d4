import { isCompanyCaller } from '../../../kernel/caller.ts'
import type { Instant } from '../../../kernel/fields.ts'
import { localClock } from '../../../kernel/time-zone.ts'
import type { Tx } from '../../../platform/db/tx.ts'
import { attachment } from '../../../platform/files/attachment.ts'
import { fitting } from '../../../platform/files/exported-file.ts'
import { type Open, StreamReply } from '../../../platform/http/bind.ts'
import {
  type WrittenCell,
  type WrittenColumn,
  type WrittenRow,
  type WrittenSheet,
  workbookType,
  writeSpreadsheet,
} from '../../../platform/spreadsheets/write.ts'
import { writeCsv } from '../../../platform/spreadsheets/write-csv.ts'
import { record } from '../../audit/index.ts'
import type { ExportFormat, ExportKind } from '../model.ts'
import { type Exporter, readExporter } from '../views.ts'
import { requireConfirmedExport } from './confirm.ts'

/** Rows of a page with what they are, and where the next one begins; null at the end. */
export interface RowPage<Row, Place> {
  readonly rows: readonly Row[]
  readonly next: Place | null
}

/** What is taken out. */
export interface ExportOrder {
  readonly kind: ExportKind
  readonly format: ExportFormat
  /** Of the ledger: ids and choices only. */
  readonly filters: Readonly<Record<string, string | null>>
  /** Words that were searched for; null for none. */
  readonly search: string | null
}

/** How rows become a sheet, settled once before the first of them. */
export interface ExportShape<Row> {
  readonly sheetName: string
  readonly notes: readonly string[]
  readonly columns: readonly WrittenColumn[]
  cellsOf(row: Row): readonly ExportedCell[]
  /** Whether contacts are masked: such a file cannot be read again. */
  readonly isMasked: boolean
}

export type ExportedCell = WrittenCell | { readonly instant: Instant }

/** One export: how its first page and its shape are read together, and each page after it in a transaction of its own. */
export interface ExportSource<Row, Place> {
  readonly order: ExportOrder
  begin(tx: Tx, exporter: Exporter): Promise<{ shape: ExportShape<Row>; first: RowPage<Row, Place> }>
  pageAfter(tx: Tx, place: Place): Promise<RowPage<Row, Place>>
}

interface Begun<Row, Place> {
  readonly exportId: string
  readonly exporter: Exporter
  readonly at: Instant
  readonly by: string
  readonly shape: ExportShape<Row>
  readonly first: RowPage<Row, Place>
}

/**
 * Writes what the caller may see to a file, page by page as fast as it is taken. The ledger has an entry before the first
 * byte, and one with the number of rows after the last: a download that broke off has none.
 */
export async function exportFile<Row, Place>(
  open: Open,
  source: ExportSource<Row, Place>,
): Promise<StreamReply> {
  const { order } = source
  const begun = await open((tx) => begin(tx, source))
  const { exporter, shape } = begun
  const clock = localClock(exporter.timeZone)
  const counted = { rows: 0 }
  const sheet: WrittenSheet = {
    name: shape.sheetName,
    notes: shape.notes,
    columns: shape.columns,
    rows: rowsOf(open, { source, begun, counted, timed: timesFor(order.format, clock) }),
  }
  const about = aboutSheet(order, begun, { counted, clock })
  const day = clock(begun.at).slice(0, 10)
  const name = [exporter.company, order.kind, day, ...(shape.isMasked ? ['masked'] : [])].join('-')
  return new StreamReply({
    contentType: order.format === 'csv' ? 'text/csv; charset=utf-8' : workbookType,
    headers: { 'content-disposition': attachment(`${name}.${order.format}`) },
    body: order.format === 'csv' ? writeCsv(sheet) : writeSpreadsheet([sheet, about]),
  })
}

async function begin<Row, Place>(tx: Tx, source: ExportSource<Row, Place>): Promise<Begun<Row, Place>> {
  const { order } = source
  await requireConfirmedExport(tx, order.kind)
  const memberId = isCompanyCaller(tx.caller) ? tx.caller.memberId : null
  const exporter = await readExporter(tx, memberId)
  const begun = await source.begin(tx, exporter)
  const exportId = tx.newId()
  record(tx, {
    action: 'export.begun',
    subjectKind: 'company',
    subjectId: tx.companyId,
    effect: {
      exportId,
      kind: order.kind,
      format: order.format,
      ...order.filters,
      masked: begun.shape.isMasked,
    },
    ...(order.search === null ? {} : { details: { search: order.search } }),
  })
  return { ...begun, exportId, exporter, at: tx.now, by: exporter.memberName ?? tx.caller.id }
}

interface Reading<Row, Place> {
  readonly source: ExportSource<Row, Place>
  readonly begun: Begun<Row, Place>
  readonly counted: { rows: number }
  timed(cell: ExportedCell): WrittenCell
}

async function* rowsOf<Row, Place>(
  open: Open,
  { source, begun, counted, timed }: Reading<Row, Place>,
): AsyncGenerator<WrittenRow, void, undefined> {
  const { shape, first, exportId } = begun
  for (let page = first; ; ) {
    for (const row of page.rows) {
      counted.rows += 1
      yield shape.cellsOf(row).map(timed)
    }
    const { next } = page
    if (next === null) break
    page = await open((tx) => source.pageAfter(tx, next))
  }
  await open(async (tx) =>
    record(tx, {
      action: 'export.finished',
      subjectKind: 'company',
      subjectId: tx.companyId,
      effect: { exportId, kind: source.order.kind, rows: counted.rows },
    }),
  )
}

// A workbook has days and times without a zone; CSV is for programs, which know instants.
function timesFor(
  format: ExportFormat,
  clock: (instant: Instant) => string,
): (cell: ExportedCell) => WrittenCell {
  return (cell) => {
    if (cell === null || typeof cell !== 'object' || !('instant' in cell))
      return format === 'csv' ? cell : fitting(cell)
    return format === 'csv' ? cell.instant : { date: clock(cell.instant) }
  }
}

interface Told {
  readonly counted: { readonly rows: number }
  clock(instant: Instant): string
}

// After the rows, when their number is known. MIG-1 wants the company on it.
function aboutSheet<Row, Place>(
  { kind, filters, search }: ExportOrder,
  { exporter, at, by, shape }: Begun<Row, Place>,
  { counted, clock }: Told,
): WrittenSheet {
  function* rows(): Generator<WrittenRow, void, undefined> {
    yield ['公司 Company', exporter.company]
    yield ['内容 Contents', kind]
    yield ['导出时间 Made at', { date: clock(at) }]
    yield ['时区 Time zone', exporter.timeZone]
    yield ['导出人 Made by', by]
    yield ['行数 Rows', counted.rows]
    for (const [name, value] of Object.entries({ ...filters, search })) {
      if (value !== null) yield [`条件 Filter: ${name}`, value]
    }
    if (shape.isMasked) yield ['注意 Note', maskedNote]
  }
  return {
    name: '导出说明 About',
    columns: [
      { header: '项目 Item', width: 28 },
      { header: '说明 Value', width: 60 },
    ],
    rows: rows(),
  }
}

/** What a file says above its rows when contacts in it are masked. */
export const maskedNote =
  '联系方式已脱敏，本文件不能再次导入。Contacts are masked: this file cannot be imported again.'
