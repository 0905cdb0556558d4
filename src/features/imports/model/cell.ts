/** What stands in a cell of a file as it was read; the reader of spreadsheets gives this shape. */
export type RawCell = { readonly formula?: true } & (
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'number'; readonly value: number; readonly text: string }
  | { readonly kind: 'date'; readonly text: string; readonly serial: number | null }
  | { readonly kind: 'boolean'; readonly value: boolean; readonly text: 'TRUE' | 'FALSE' }
  | { readonly kind: 'error'; readonly text: string }
)

/** A row of a file; `row` is the place in the sheet, 1 for the first. */
export interface RawRow {
  readonly row: number
  readonly hidden: boolean
  readonly cells: readonly (RawCell | null)[]
}

/** A sheet with as many of its first rows as recognition looks at. */
export interface RawSheet {
  readonly index: number
  readonly name: string
  readonly hidden: boolean
  readonly rows: readonly RawRow[]
}

/** The form of the file: CSV brings apostrophes before what a spreadsheet program would run. */
export type FileKind = 'xlsx' | 'csv'

/** The empty cell's text is empty. */
export function textOfCell(cell: RawCell | null | undefined): string {
  return cell ? cell.text : ''
}
