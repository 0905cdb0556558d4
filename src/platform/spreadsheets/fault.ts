/** Why a file cannot be read as a spreadsheet. */
export type SpreadsheetFault =
  | 'empty'
  | 'not_a_spreadsheet'
  /** .xls, of before 2007. */
  | 'old_workbook'
  /** .xlsb */
  | 'binary_workbook'
  /** .ods */
  | 'open_document'
  | 'encrypted'
  | 'macros'
  | 'external_links'
  | 'doctype'
  | 'too_large'
  | 'too_many_entries'
  | 'inflated_too_large'
  | 'ratio'
  | 'overlapping_entries'
  | 'too_many_sheets'
  | 'too_many_rows'
  | 'too_many_columns'
  | 'cell_too_long'
  | 'too_much_text'
  | 'too_slow'
  | 'out_of_memory'
  /** Bytes that are not those that were written, or a workbook that contradicts itself. */
  | 'damaged'
  /** CSV that is in none of the encodings. */
  | 'unknown_encoding'
  | 'nul'
  | 'row_too_long'
  | 'text_after_quote'
  | 'open_quote'

/** As far as it is known. */
export interface FaultPlace {
  /** The name of the sheet. */
  readonly sheet?: string
  /** Of the sheet, or the line of the CSV; 1 for the first. */
  readonly row?: number
  /** 0 for column A. */
  readonly column?: number
  /** The file within the workbook, e.g. `xl/workbook.xml`. */
  readonly part?: string
}

/** A file that is not read, or not to its end, and where that shows. */
export class SpreadsheetError extends Error {
  readonly fault: SpreadsheetFault
  readonly where: FaultPlace
  constructor(fault: SpreadsheetFault, where: FaultPlace = {}, options?: ErrorOptions) {
    super(`spreadsheet: ${fault} ${JSON.stringify(where)}`, options)
    this.name = 'SpreadsheetError'
    this.fault = fault
    this.where = where
  }
}

/** The fault of a workbook that contradicts itself, or whose bytes are not those that were written. */
export function damaged(where: FaultPlace, cause: unknown): SpreadsheetError {
  return new SpreadsheetError('damaged', where, { cause })
}

export interface ReadLimits {
  readonly fileBytes: number
  /** Files within the workbook. */
  readonly entries: number
  /** Counted while inflating, over all that is read of the workbook. */
  readonly inflatedBytes: number
  /** Inflated ÷ compressed bytes of one file within the workbook, from a first MB on. */
  readonly ratio: number
  readonly sheets: number
  /** Rows with any value, over all sheets. */
  readonly rows: number
  /** The last column that may hold a value, counted from A. */
  readonly columns: number
  readonly cellCharacters: number
  /** Of all cells together: one shared text may stand in a million of them. */
  readonly textCharacters: number
  /** Time that is spent waiting for the reading process; what the consumer takes does not count. */
  readonly seconds: number
  /** Heap of the reading process; its shared texts, outside of it, may take half as much. */
  readonly heapMegabytes: number
}

// 100,000 entries, and the notes and headers above them.
const mostRows = 100_100

export const defaultLimits: ReadLimits = {
  fileBytes: 20_000_000,
  entries: 200,
  inflatedBytes: 64 * 1024 * 1024,
  ratio: 120,
  sheets: 100,
  rows: mostRows,
  columns: 64,
  cellCharacters: 4096,
  textCharacters: 64 * 1024 * 1024,
  seconds: 15,
  heapMegabytes: 128,
}
