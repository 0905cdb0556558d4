import { memo } from 'react'
import classes from './data-table.module.css'
import type { Column } from './model.ts'
import { RowCheckbox, RowMenu, type RowProps } from './row-controls.tsx'

interface TableRowProps<Row> extends RowProps<Row> {
  readonly columns: readonly Column<Row>[]
}

function PlainTableRow<Row>(props: TableRowProps<Row>) {
  const { row, index, columns, acts, isActive, isSelected, hasSelection, hasActions } = props
  return (
    <tr
      className={classes['row']}
      data-index={index}
      data-selected={isSelected || undefined}
      aria-rowindex={index + 2}
      tabIndex={isActive ? 0 : -1}
      onFocus={() => acts.enter(index)}
    >
      {hasSelection && (
        <td className={classes['pick']}>
          <RowCheckbox {...props} />
        </td>
      )}
      {columns.map((column) => (
        <td key={column.id} data-align={column.align} data-fixed={column.isFixed || undefined}>
          {column.cell(row)}
        </td>
      ))}
      {hasActions && (
        <td className={classes['acts']}>
          <RowMenu {...props} />
        </td>
      )}
    </tr>
  )
}

// `memo` forgets that the component is generic.
export const TableRow = memo(PlainTableRow) as typeof PlainTableRow
