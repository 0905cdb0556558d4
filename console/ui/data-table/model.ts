import type { ReactNode } from 'react'

/** One column; keep the list of columns the same between renders (`useMemo`), so that rows are not drawn anew. */
export interface Column<Row> {
  readonly id: string
  readonly header: string
  /** The first column's cell is a link to the row's screen. */
  readonly cell: (row: Row) => ReactNode
  /** The server's word for sorting ascending by this column; `-word` is descending. */
  readonly sort?: string
  /** The first click sorts descending, as for times. */
  readonly isNewestFirst?: boolean
  /** Pixels at the usual text size; without it the column shares what is left. */
  readonly width?: number
  readonly align?: 'start' | 'end'
  /** Default true; the first column can never be hidden. */
  readonly isHideable?: boolean
  /** Default true: shown until the reader chooses columns. */
  readonly isShownFirst?: boolean
  /** Stays at the left when the table scrolls sideways; for the first column. */
  readonly isFixed?: boolean
}

/** Which rows are chosen; made by `useRowSelection`. */
export interface RowSelection {
  readonly rows: ReadonlySet<string> | 'all matching'
  /** Rows taken out again while all matching ones are chosen. */
  readonly except: ReadonlySet<string>
  readonly isSelected: (key: string) => boolean
  /** One row, a range by shift, or all rows that are loaded. */
  readonly onToggle: (keys: readonly string[], isOn: boolean) => void
  readonly chooseAllMatching: () => void
  readonly clear: () => void
}

/** Which columns are shown, in order, and how close the rows stand; made by `useTableLayout`, kept in the URL. */
export interface TableLayout {
  /** Empty: the columns as they come. */
  readonly columns: readonly string[]
  readonly isDense: boolean
  readonly showColumns: (ids: readonly string[]) => void
  readonly setDense: (isDense: boolean) => void
}

export interface DataTableProps<Row> {
  /** What the list holds, for those who do not see it. */
  readonly label: string
  readonly columns: readonly Column<Row>[]
  readonly rows: readonly Row[]
  readonly rowKey: (row: Row) => string
  /** The row's name, for its checkbox and its menu: `+49 30 …`. */
  readonly rowLabel: (row: Row) => string
  /** How many rows the server has, when that is known. */
  readonly total?: number | undefined
  readonly isLoading?: boolean
  readonly isFetchingMore?: boolean
  readonly hasMore?: boolean
  /** Asked when the end of what is loaded comes near. */
  readonly onMore?: () => void
  /** As the server knows it: `heldSince`, `-heldSince`. */
  readonly sort?: string | undefined
  readonly onSort?: (sort: string) => void
  readonly selection?: RowSelection | undefined
  /** `Menu.Item`s behind the row's three dots; null for a row without. */
  readonly rowActions?: ((row: Row) => ReactNode) | undefined
  /** Enter, or a click beside the controls of a row; without it the row's first link is followed. */
  readonly onOpen?: (row: Row) => void
  /** Shown in place of the table when there is no row. */
  readonly empty: ReactNode
  readonly layout?: TableLayout | undefined
  /** A CSS length; default is what the window has left under a title and a line of tools. */
  readonly maxHeight?: string
}

export interface TableToolsProps<Row> {
  readonly columns: readonly Column<Row>[]
  readonly layout: TableLayout
  /** Saved views are kept on this device under this name; without it there are none. */
  readonly storageKey?: string
}
