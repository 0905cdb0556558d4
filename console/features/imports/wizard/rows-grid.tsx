import { useMemo } from 'react'
import { usePages } from '../../../api/read.ts'
import type { GridCell, GridColumn, GridRow } from '../../../ui/repair-grid/model.ts'
import { RepairGrid } from '../../../ui/repair-grid/repair-grid.tsx'
import { EmptyState, LoadingState, ProblemState } from '../../../ui/states.tsx'
import type { Import } from '../use-draft.ts'
import { useTemplate } from '../use-templates.ts'
import { useImportWords } from '../words.ts'
import { type Row, textIn } from './undo-edits.ts'
import type { Repairs } from './use-repairs.ts'

export interface RowFilter {
  readonly verdict?: NonNullable<Row['verdict']> | undefined
  readonly problem?: string | undefined
  readonly column?: string | undefined
}

interface RowsGridProps {
  readonly shown: Import
  readonly filter: RowFilter
  /** Null for those who may only look. */
  readonly repairs: Repairs | null
}

const pageSize = 200

/** The rows of the sheet with what is wrong in them, to be written over. */
export function RowsGrid({ shown, filter, repairs }: RowsGridProps) {
  const t = useImportWords()
  const { importId } = shown
  const { items, query } = usePages(
    'listImportRows',
    { params: { importId }, query: filter },
    { pageSize, keepsPrevious: true },
  )
  const places = usePlaces(shown)
  const columns = useGridColumns(shown)
  const rows = useMemo(() => items.map((row) => gridRow(row, places)), [items, places])
  const byKey = useMemo(() => new Map(items.map((row) => [String(row.row), row])), [items])
  if (query.error && items.length === 0)
    return <ProblemState problem={query.error} onRetry={() => query.refetch()} />
  if (query.isPending) return <LoadingState rows={6} height={32} />
  if (items.length === 0) return <EmptyState title={t('grid.none')} />
  const known = (key: string, work: (row: Row) => void) => {
    const row = byKey.get(key)
    if (row) work(row)
  }
  return (
    <RepairGrid
      label={t('grid.label')}
      columns={columns}
      rows={rows}
      total={query.hasNextPage ? undefined : rows.length}
      hasMore={query.hasNextPage}
      isLoading={query.isFetchingNextPage}
      onMore={() => void query.fetchNextPage()}
      onEdit={
        repairs
          ? ({ rowKey, columnKey, text }) => known(rowKey, (row) => repairs.write(row, columnKey, text))
          : undefined
      }
      onLeaveOut={
        repairs ? (rowKey, isOut) => known(rowKey, (row) => repairs.leaveOut(row, isOut)) : undefined
      }
    />
  )
}

type Places = ReadonlyMap<string, number | undefined>

/** Where each column of the template stands in the file, also of those that are missing and can be filled in. */
export function usePlaces({ recognition }: Import): Places {
  const { columns, missing } = recognition
  return useMemo(
    () =>
      new Map<string, number | undefined>([
        ...columns.flatMap(({ key, column }): [string, number][] => (key === null ? [] : [[key, column]])),
        ...missing.map((key): [string, undefined] => [key, undefined]),
      ]),
    [columns, missing],
  )
}

const widths = { least: 110, most: 320, letter: 9 }

function useGridColumns(shown: Import): readonly GridColumn[] {
  const places = usePlaces(shown)
  const { headerOf } = useTemplate(shown.template)
  const { columns } = shown.recognition
  return useMemo(
    () =>
      [...places.keys()].map((key) => {
        const header = headerOf(key)
        const samples = columns.find((column) => column.key === key)?.samples ?? []
        const letters = Math.max(header.length * 1.3, ...samples.map((sample) => widthOf(sample)))
        const width = Math.min(widths.most, Math.max(widths.least, 36 + letters * widths.letter))
        return { key, header, width: Math.round(width) }
      }),
    [places, headerOf, columns],
  )
}

// Letters of Chinese are twice as wide.
function widthOf(text: string): number {
  return [...text].reduce((sum, letter) => sum + (letter > '\u2e80' ? 1.7 : 1), 0)
}

function gridRow(row: Row, places: Places): GridRow {
  const faultsOf = (column: string | null): GridCell['faults'] =>
    row.problems
      .filter((problem) => problem.column === column)
      .map(({ severity, title, next, suggestion }) => ({ severity, title, next, suggestion }))
  const cells = [...places].map(([key, place]): [string, GridCell] => [
    key,
    { text: textIn(row, key, place), isEdited: key in row.edits.cells, faults: faultsOf(key) },
  ])
  const elsewhere = row.problems.filter(({ column }) => column !== null && !places.has(column))
  return {
    key: String(row.row),
    label: String(row.row),
    isLeftOut: row.edits.skip,
    faults: [...faultsOf(null), ...elsewhere],
    cells: Object.fromEntries(cells),
  }
}
