/** What is wrong with a cell or a row. */
export interface Fault {
  readonly severity: 'error' | 'conflict' | 'warning'
  readonly title: string
  readonly next: string
  /** What the cell might say instead; null for nothing known. */
  readonly suggestion: string | null
}

export interface GridColumn {
  readonly key: string
  readonly header: string
  /** Pixels at the usual text size. */
  readonly width: number
}

export interface GridCell {
  readonly text: string
  /** Whether it says something else than it did at first. */
  readonly isEdited: boolean
  readonly faults: readonly Fault[]
}

export interface GridRow {
  readonly key: string
  /** What the row is called: its number in the sheet. */
  readonly label: string
  readonly isLeftOut: boolean
  /** Of the row, not of one cell. */
  readonly faults: readonly Fault[]
  /** By column; a column that is not there is an empty cell. */
  readonly cells: Readonly<Record<string, GridCell>>
}

/** A cell by its row and column. */
export interface Place {
  readonly row: number
  readonly column: number
}

export interface RepairGridProps {
  readonly label: string
  readonly columns: readonly GridColumn[]
  readonly rows: readonly GridRow[]
  /** How many rows there are, when that is known. */
  readonly total?: number | undefined
  readonly hasMore: boolean
  readonly isLoading: boolean
  readonly onMore: () => void
  /** Given, cells can be changed. */
  readonly onEdit?: ((change: { rowKey: string; columnKey: string; text: string }) => void) | undefined
  /** Given, a row can be left out or taken in again. */
  readonly onLeaveOut?: ((rowKey: string, isLeftOut: boolean) => void) | undefined
}

const emptyCell: GridCell = { text: '', isEdited: false, faults: [] }

/** The cell at a place; an empty one where the row has none. */
export function cellAt(row: GridRow | undefined, column: GridColumn | undefined): GridCell {
  return (column && row?.cells[column.key]) ?? emptyCell
}

/** Where a key goes from a place, inside the grid; null for keys that go nowhere. */
export function placeAfter(
  key: string,
  { row, column }: Place,
  size: { readonly rows: number; readonly columns: number; readonly page: number },
): Place | null {
  const moves: Readonly<Record<string, Place>> = {
    ArrowUp: { row: row - 1, column },
    ArrowDown: { row: row + 1, column },
    ArrowLeft: { row, column: column - 1 },
    ArrowRight: { row, column: column + 1 },
    PageUp: { row: row - size.page, column },
    PageDown: { row: row + size.page, column },
    Home: { row, column: 0 },
    End: { row, column: size.columns - 1 },
  }
  const to = moves[key]
  return to ? { row: within(to.row, size.rows), column: within(to.column, size.columns) } : null
}

function within(value: number, count: number): number {
  return Math.max(0, Math.min(count - 1, value))
}

/** Where one begins: the first cell that has a fault, else the first one. */
export function firstFault(rows: readonly GridRow[], columns: readonly GridColumn[]): Place {
  const start = { row: 0, column: 0 }
  if (cellAt(rows[0], columns[0]).faults.length > 0) return start
  return nextFault(rows, columns, start) ?? start
}

/** The next cell that has a fault, row by row; the first one again after the last; null for none. */
export function nextFault(
  rows: readonly GridRow[],
  columns: readonly GridColumn[],
  from: Place,
): Place | null {
  const width = columns.length
  const count = rows.length * width
  for (let step = 1; step <= count; step++) {
    const at = (from.row * width + from.column + step) % count
    const place = { row: Math.floor(at / width), column: at % width }
    if (cellAt(rows[place.row], columns[place.column]).faults.length > 0) return place
  }
  return null
}
