import { VisuallyHidden } from '@mantine/core'
import {
  columnOrderingFeature,
  columnVisibilityFeature,
  tableFeatures,
  useTable,
} from '@tanstack/react-table'
import { useMemo, useRef } from 'react'
import { useBlockWords } from '../block-words.ts'
import { useElementWidth } from '../element-width.ts'
import { CardList } from './card-list.tsx'
import type { Column, DataTableProps } from './model.ts'
import { shownColumns } from './shown-columns.ts'
import { WideTable } from './wide-table.tsx'

const features = tableFeatures({ columnOrderingFeature, columnVisibilityFeature })
const cardsBelowPixels = 640

/**
 * A list that the server filters, sorts and hands out page by page, drawn only where it is looked at: a table, or
 * cards where there is room for no table.
 */
export function DataTable<Row>(props: DataTableProps<Row>) {
  const t = useBlockWords()
  const frame = useRef<HTMLDivElement>(null)
  const width = useElementWidth(frame)
  const columns = useShownColumns(props)
  const isEmpty = props.rows.length === 0 && !props.isLoading
  const status = props.isLoading ? t('table.loading') : props.isFetchingMore ? t('table.loadingMore') : ''
  return (
    <div ref={frame}>
      <VisuallyHidden role="status">{status}</VisuallyHidden>
      {isEmpty ? (
        props.empty
      ) : width < cardsBelowPixels ? (
        <CardList props={props} columns={columns} />
      ) : (
        <WideTable props={props} columns={columns} />
      )}
    </div>
  )
}

function useShownColumns<Row>({ columns, layout }: DataTableProps<Row>): readonly Column<Row>[] {
  const wanted = layout?.columns
  const options = useMemo(() => {
    const order = shownColumns(columns, wanted ?? [])
    const columnVisibility = Object.fromEntries(columns.map(({ id }) => [id, order.includes(id)]))
    return {
      columns: columns.map(({ id, header }) => ({ id, header })),
      state: { columnOrder: order, columnVisibility },
    }
  }, [columns, wanted])
  // Rows are drawn straight from the list: a second one beside it would cost time at a hundred thousand rows.
  const table = useTable<typeof features, object>({ features, data: noRows, ...options })
  const ids = table
    .getVisibleLeafColumns()
    .map(({ id }) => id)
    .join(' ')
  return useMemo(
    () => ids.split(' ').flatMap((id) => columns.find((column) => column.id === id) ?? []),
    [columns, ids],
  )
}

const noRows: object[] = []
