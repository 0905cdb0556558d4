import { Refusal, type RefusalValues } from '../../../kernel/refusal.ts'
import type { ReadReport } from '../../../platform/spreadsheets/cell.ts'
import {
  defaultLimits,
  SpreadsheetError,
  type SpreadsheetFault,
} from '../../../platform/spreadsheets/fault.ts'
import type { FileReport } from '../model.ts'
import { fileRefusal } from '../refusals.ts'

const mostFileBytes = defaultLimits.fileBytes

/** The bytes of a file up to the limit. @throws SpreadsheetError `too_large` */
export async function* boundedBytes(bytes: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let count = 0
  for await (const piece of bytes) {
    count += piece.length
    if (count > mostFileBytes) throw new SpreadsheetError('too_large')
    yield piece
  }
}

const refusalOfFault: Readonly<Record<SpreadsheetFault, keyof typeof fileRefusal>> = {
  empty: 'empty',
  not_a_spreadsheet: 'notASpreadsheet',
  old_workbook: 'oldFormat',
  binary_workbook: 'oldFormat',
  open_document: 'notASpreadsheet',
  encrypted: 'oldFormat',
  macros: 'activeContent',
  external_links: 'activeContent',
  doctype: 'damaged',
  too_large: 'tooLarge',
  too_many_entries: 'unfoldsTooFar',
  inflated_too_large: 'unfoldsTooFar',
  ratio: 'unfoldsTooFar',
  overlapping_entries: 'damaged',
  too_many_sheets: 'unfoldsTooFar',
  too_many_rows: 'tooManyRows',
  too_many_columns: 'tooManyColumns',
  cell_too_long: 'cellTooLong',
  too_much_text: 'unfoldsTooFar',
  too_slow: 'tooSlow',
  out_of_memory: 'tooSlow',
  damaged: 'damaged',
  unknown_encoding: 'notASpreadsheet',
  nul: 'notASpreadsheet',
  row_too_long: 'damaged',
  text_after_quote: 'damaged',
  open_quote: 'damaged',
}

const limitOf: Readonly<Partial<Record<keyof typeof fileRefusal, RefusalValues>>> = {
  tooLarge: { limitMb: mostFileBytes / 1_000_000 },
  tooManyRows: { limit: 100_000 },
  tooManyColumns: { limit: defaultLimits.columns },
  cellTooLong: { limit: defaultLimits.cellCharacters },
}

/** The refusal that tells why a file was not read; other errors stay as they are. */
export function asRefusal(error: unknown): unknown {
  if (!(error instanceof SpreadsheetError)) return error
  const rule = refusalOfFault[error.fault]
  return new Refusal(fileRefusal[rule], limitOf[rule] ?? {}, { fault: error.fault, where: error.where })
}

/** What people are told of how a file was read. */
export function reportOf(report: ReadReport): FileReport {
  const { format, encoding, separator, hiddenRows, hiddenColumns, formulas, mergedRanges, errorCells } =
    report
  return { format, encoding, separator, hiddenRows, hiddenColumns, formulas, mergedRanges, errorCells }
}
