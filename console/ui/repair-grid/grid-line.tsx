import { VisuallyHidden } from '@mantine/core'
import { IconAlertCircle, IconAlertTriangle } from '@tabler/icons-react'
import { useId, useRef } from 'react'
import { useBlockWords } from '../block-words.ts'
import { cellAt, type Fault, type GridCell, type GridColumn, type GridRow } from './model.ts'
import classes from './repair-grid.module.css'
import type { LineState } from './use-grid-keys.ts'

interface LineProps extends LineState {
  readonly row: GridRow
  readonly index: number
  readonly columns: readonly GridColumn[]
}

/** One row of the grid. */
export function GridLine(props: LineProps) {
  const t = useBlockWords()
  const { row, index, columns } = props
  return (
    <tr aria-rowindex={index + 2} data-left-out={row.isLeftOut || undefined}>
      <th scope="row">
        <span className={classes['mark']}>
          <FaultIcon faults={row.faults} />
          {row.label}
        </span>
        {row.faults.length > 0 && <VisuallyHidden>{saying(row.faults)}</VisuallyHidden>}
        {row.isLeftOut && <VisuallyHidden>{t('grid.leftOut')}</VisuallyHidden>}
      </th>
      {columns.map((column, at) => (
        <Cell key={column.key} {...props} column={column} at={at} />
      ))}
    </tr>
  )
}

interface CellProps extends LineProps {
  readonly column: GridColumn
  readonly at: number
}

function Cell({ row, index, column, at, activeColumn, draft, ...acts }: CellProps) {
  const t = useBlockWords()
  const reasonId = useId()
  // The press itself gives the focus: only a second one means to write.
  const hadFocus = useRef(false)
  const cell = cellAt(row, column)
  const isActive = activeColumn === at
  const [worst] = cell.faults
  const isWriting = isActive && draft !== null
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the grid listens for keys as a whole
    <td
      tabIndex={isActive && !isWriting ? 0 : -1}
      data-place={`${index}:${at}`}
      data-severity={worst?.severity}
      data-edited={cell.isEdited || undefined}
      aria-invalid={worst !== undefined && worst.severity !== 'warning' ? true : undefined}
      aria-describedby={worst ? reasonId : undefined}
      onPointerDown={(event) => {
        hadFocus.current = event.currentTarget === document.activeElement
      }}
      onClick={() => !isWriting && acts.onChoose(at, hadFocus.current)}
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
          onChange={(event) => acts.onDraft(event.currentTarget.value)}
          onBlur={acts.onKeep}
        />
      ) : (
        <CellText cell={cell} />
      )}
      {worst && (
        <VisuallyHidden id={reasonId} aria-hidden>
          {saying(cell.faults)}
        </VisuallyHidden>
      )}
    </td>
  )
}

function CellText({ cell }: { readonly cell: GridCell }) {
  return (
    <span className={classes['value']}>
      <FaultIcon faults={cell.faults} />
      <span>{cell.text}</span>
    </span>
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
