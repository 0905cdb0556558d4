import { VisuallyHidden } from '@mantine/core'
import { IconAlertCircle, IconAlertTriangle } from '@tabler/icons-react'
import { useId } from 'react'
import { useBlockWords } from '../block-words.ts'
import { cellAt, type Fault, type GridColumn, type GridRow } from './model.ts'
import classes from './repair-grid.module.css'

interface LineProps {
  readonly row: GridRow
  readonly index: number
  readonly offset: number
  readonly columns: readonly GridColumn[]
  /** The column that has the focus; null in all other rows. */
  readonly activeColumn: number | null
  /** What is being written into the active cell; null while nothing is. */
  readonly draft: string | null
  readonly onDraft: (text: string) => void
  readonly onKeep: () => void
  /** A cell was pointed at; `isAgain` where it had the focus already. */
  readonly onChoose: (column: number, isAgain: boolean) => void
}

/** One row of the grid. */
export function GridLine(props: LineProps) {
  const { row, index, offset, columns } = props
  return (
    <div
      role="row"
      aria-rowindex={index + 2}
      className={classes['row']}
      data-left-out={row.isLeftOut || undefined}
      style={{ transform: `translateY(${offset}px)` }}
    >
      <RowMark row={row} />
      {columns.map((column, place) => (
        <Cell key={column.key} {...props} column={column} place={place} />
      ))}
    </div>
  )
}

function RowMark({ row }: { readonly row: GridRow }) {
  const t = useBlockWords()
  return (
    <div className={classes['mark']} role="rowheader">
      <FaultIcon faults={row.faults} />
      {row.label}
      {row.faults.length > 0 && <VisuallyHidden>{saying(row.faults)}</VisuallyHidden>}
      {row.isLeftOut && <VisuallyHidden>{t('grid.leftOut')}</VisuallyHidden>}
    </div>
  )
}

interface CellProps extends LineProps {
  readonly column: GridColumn
  readonly place: number
}

function Cell({ row, index, column, place, activeColumn, draft, ...props }: CellProps) {
  const t = useBlockWords()
  const reasonId = useId()
  const cell = cellAt(row, column)
  const isActive = activeColumn === place
  const [worst] = cell.faults
  const isWriting = isActive && draft !== null
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the grid listens for keys as a whole
    <div
      role="gridcell"
      tabIndex={isActive && !isWriting ? 0 : -1}
      data-place={`${index}:${place}`}
      data-severity={worst?.severity}
      data-edited={cell.isEdited || undefined}
      className={classes['cell']}
      aria-colindex={place + 2}
      aria-invalid={worst !== undefined && worst.severity !== 'warning' ? true : undefined}
      aria-describedby={worst ? reasonId : undefined}
      style={{ width: `${column.width / 16}rem` }}
      onClick={() => !isWriting && props.onChoose(place, isActive)}
    >
      {isWriting ? (
        <input
          className={classes['input']}
          aria-label={t('grid.cell', { row: row.label, column: column.header })}
          // biome-ignore lint/a11y/noAutofocus: it was asked for by a key or a click on this very cell
          autoFocus
          value={draft}
          spellCheck={false}
          autoComplete="off"
          onChange={(event) => props.onDraft(event.currentTarget.value)}
          onBlur={props.onKeep}
        />
      ) : (
        <>
          <FaultIcon faults={cell.faults} />
          <span>{cell.text}</span>
        </>
      )}
      {worst && <VisuallyHidden id={reasonId}>{saying(cell.faults)}</VisuallyHidden>}
    </div>
  )
}

function saying(faults: readonly Fault[]): string {
  return faults.map(({ title, next }) => `${title} ${next}`).join(' ')
}

/** What is wrong, as a sign that differs in shape as well as in colour. */
export function FaultIcon({ faults }: { readonly faults: readonly Fault[] }) {
  if (faults.length === 0) return null
  return faults.some(({ severity }) => severity !== 'warning') ? (
    <IconAlertCircle size={16} aria-hidden className={classes['error']} />
  ) : (
    <IconAlertTriangle size={16} aria-hidden className={classes['warning']} />
  )
}
