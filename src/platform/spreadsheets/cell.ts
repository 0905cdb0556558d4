interface Computed {
  /** The value is what a formula came to when the file was saved. */
  readonly formula?: true
}

/** What stands in a cell of a spreadsheet; an empty cell is null. */
export type Cell = Computed &
  (
    | { readonly kind: 'text'; readonly text: string }
    /** `text` has the digits as the file has them, e.g. `1.38E+10`. */
    | { readonly kind: 'number'; readonly value: number; readonly text: string }
    /** `text` is `2024-01-31`, `2024-01-31T08:30:00` or, of a time alone, `08:30:00`; `serial` counts days as the file does. */
    | { readonly kind: 'date'; readonly text: string; readonly serial: number | null }
    | { readonly kind: 'boolean'; readonly value: boolean; readonly text: 'TRUE' | 'FALSE' }
    /** `text` is what the spreadsheet program shows, e.g. `#N/A`. */
    | { readonly kind: 'error'; readonly text: string }
  )

export interface SheetRow {
  /** Of the sheet, or the line of the CSV where the row begins; 1 for the first. */
  readonly row: number
  readonly hidden: boolean
  /** From column A on; null where a cell is empty. */
  readonly cells: readonly (Cell | null)[]
}

export interface SheetInfo {
  /** The place in the workbook, 0 for the first. */
  readonly index: number
  /** Empty for CSV. */
  readonly name: string
  readonly hidden: boolean
}

export interface ReadReport {
  readonly format: 'xlsx' | 'csv'
  /** Null for a workbook. */
  readonly encoding: 'utf-8' | 'utf-16le' | 'utf-16be' | 'gb18030' | null
  /** Null for a workbook, and for CSV with one column. */
  readonly separator: ',' | ';' | '\t' | null
  readonly sheets: readonly SheetInfo[]
  /** Rows with any value, over all sheets. */
  readonly rows: number
  readonly hiddenRows: number
  readonly hiddenColumns: number
  /** Cells whose value a formula came to. */
  readonly formulas: number
  /** Of these, those that were saved without their value: the cell is empty here. */
  readonly formulasWithoutValue: number
  readonly mergedRanges: number
  readonly errorCells: number
}

export type SpreadsheetEvent =
  | { readonly kind: 'sheet'; readonly sheet: SheetInfo }
  | { readonly kind: 'rows'; readonly sheet: number; readonly rows: readonly SheetRow[] }
  | { readonly kind: 'end'; readonly report: ReadReport }

// A spreadsheet program keeps fifteen digits of a number.
const firstRounded = 1e15

/** Whether digits of the number may have been lost in the file, as of an identity card typed as a number. */
export function hasLostDigits(cell: Cell): boolean {
  return cell.kind === 'number' && Math.abs(cell.value) >= firstRounded
}
