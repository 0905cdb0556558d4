import { VisuallyHidden } from '@mantine/core'
import { IconArrowDown, IconArrowsSort, IconArrowUp } from '@tabler/icons-react'
import { memo } from 'react'
import { useBlockWords } from '../block-words.ts'
import classes from './data-table.module.css'
import type { Column, DataTableProps } from './model.ts'
import { nextSort, sortedAs } from './sorting.ts'

interface HeadProps<Row> {
  readonly props: DataTableProps<Row>
  readonly columns: readonly Column<Row>[]
}

function PlainTableHead<Row>({ props, columns }: HeadProps<Row>) {
  const t = useBlockWords()
  return (
    <thead>
      <tr aria-rowindex={1}>
        {props.selection && (
          <th scope="col" className={classes['pick']}>
            <VisuallyHidden>{t('table.selectHeader')}</VisuallyHidden>
            <SelectLoaded props={props} />
          </th>
        )}
        {columns.map((column) => (
          <ColumnHead key={column.id} column={column} props={props} />
        ))}
        {props.rowActions && (
          <th scope="col" className={classes['acts']}>
            <VisuallyHidden>{t('table.actionsHeader')}</VisuallyHidden>
          </th>
        )}
      </tr>
    </thead>
  )
}

/** The header: names, sorting, and the box that selects what is loaded; scrolling does not draw it anew. */
// `memo` forgets that the component is generic.
export const TableHead = memo(PlainTableHead) as typeof PlainTableHead

function ColumnHead<Row>({
  column,
  props,
}: {
  readonly column: Column<Row>
  readonly props: DataTableProps<Row>
}) {
  const { onSort, sort } = props
  const shared = { 'data-align': column.align, 'data-fixed': column.isFixed || undefined }
  if (column.sort === undefined || !onSort)
    return (
      <th scope="col" {...shared}>
        {column.header}
      </th>
    )
  const order = sortedAs(column, sort)
  const Icon = order === 'ascending' ? IconArrowUp : order === 'descending' ? IconArrowDown : IconArrowsSort
  return (
    <th scope="col" aria-sort={order} {...shared}>
      <button type="button" className={classes['sort']} onClick={() => onSort(nextSort(column, sort))}>
        {column.header}
        <Icon size={14} aria-hidden data-sorted={order !== 'none' || undefined} />
      </button>
    </th>
  )
}

/** Selects or lets go of all rows loaded so far. */
export function SelectLoaded<Row>({ props }: { readonly props: DataTableProps<Row> }) {
  const t = useBlockWords()
  const { rows, rowKey, selection } = props
  if (!selection) return null
  const chosen = rows.reduce((count, row) => count + (selection.isSelected(rowKey(row)) ? 1 : 0), 0)
  const isAll = chosen > 0 && chosen === rows.length
  return (
    <label className={classes['check']}>
      <input
        type="checkbox"
        aria-label={t('table.selectLoaded')}
        checked={isAll}
        ref={(box) => {
          if (box) box.indeterminate = chosen > 0 && !isAll
        }}
        onChange={() => selection.onToggle(rows.map(rowKey), !isAll)}
      />
    </label>
  )
}
