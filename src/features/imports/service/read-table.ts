import { Refusal } from '../../../kernel/refusal.ts'
import type { ReceivedFiles } from '../../../platform/files/received-files.ts'
import type { Upload } from '../../../platform/http/bind.ts'
import type { SpreadsheetEvent } from '../../../platform/spreadsheets/cell.ts'
import { SpreadsheetError } from '../../../platform/spreadsheets/fault.ts'
import { readSpreadsheet } from '../../../platform/spreadsheets/read.ts'
import type { RawRow, RawSheet } from '../model/cell.ts'
import type { Columns } from '../model/template.ts'
import { fileRefusal } from '../refusals.ts'
import { readTable, type Table, type WithoutHeaders } from '../rules/read-table.ts'
import { asRefusal, boundedBytes } from './receive.ts'

export interface TableOrder {
  readonly form: Columns
  readonly without: WithoutHeaders
  /** As many lines as the list may have. */
  readonly mostLines: number
}

// Notes and headers above the list, and a sheet of help beside it.
const rowsBeside = 200

/**
 * Reads a short list from a spreadsheet, in the process of its own that reads imports, and keeps nothing of it.
 * @throws Refusal `import.no_file`, `import.too_many_rows`, why the file cannot be read, `request.cut_off`
 */
export async function readTableFrom(
  receivedFiles: ReceivedFiles,
  upload: Upload | null,
  { form, without, mostLines }: TableOrder,
): Promise<Table> {
  if (!upload) throw new Refusal(fileRefusal.noFile)
  const tooMany = new Refusal(fileRefusal.tooManyRows, { limit: mostLines })
  try {
    const received = await receivedFiles.receive(boundedBytes(upload.bytes))
    try {
      const sheets = await sheetsOf(
        readSpreadsheet(received.path, { limits: { rows: mostLines + rowsBeside } }),
      )
      const table = readTable(form, sheets, without)
      if (table.lines.length > mostLines) throw tooMany
      if (table.lines.length === 0) throw new Refusal(fileRefusal.empty)
      return table
    } finally {
      await receivedFiles.drop(received)
    }
  } catch (error) {
    if (error instanceof SpreadsheetError && error.fault === 'too_many_rows') throw tooMany
    throw asRefusal(error)
  }
}

async function sheetsOf(events: AsyncIterable<SpreadsheetEvent>): Promise<RawSheet[]> {
  const sheets = new Map<number, RawSheet & { readonly rows: RawRow[] }>()
  for await (const event of events) {
    if (event.kind === 'sheet') sheets.set(event.sheet.index, { ...event.sheet, rows: [] })
    if (event.kind === 'rows') sheets.get(event.sheet)?.rows.push(...event.rows)
  }
  return [...sheets.values()]
}
