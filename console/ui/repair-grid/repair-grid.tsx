import { Stack, Text } from '@mantine/core'
import { useVirtualizer } from '@tanstack/react-virtual'
import { type KeyboardEvent, useEffect, useId, useRef, useState } from 'react'
import { useBlockWords } from '../block-words.ts'
import { remPixels } from '../element-width.ts'
import { AboutCell } from './about-cell.tsx'
import { GridLine } from './grid-line.tsx'
import { cellAt, nextFault, type Place, placeAfter, type RepairGridProps } from './model.ts'
import classes from './repair-grid.module.css'

const rowRem = 2.25
const headRem = 2.5
const page = 12

/** Rows of a sheet, what is wrong in them, and a way to write over it cell by cell, by keyboard as by mouse. */
export function RepairGrid(props: RepairGridProps) {
  const t = useBlockWords()
  const { label, columns, rows, total } = props
  const hintId = useId()
  const scroller = useRef<HTMLDivElement>(null)
  const [wanted, setPlace] = useState<Place>({ row: 0, column: 0 })
  const [draft, setDraft] = useState<string | null>(null)
  const place = {
    row: Math.max(0, Math.min(rows.length - 1, wanted.row)),
    column: Math.max(0, Math.min(columns.length - 1, wanted.column)),
  }
  const height = rowRem * remPixels()
  const head = headRem * remPixels()
  const virtualizer = useVirtualizer<HTMLDivElement, HTMLDivElement>({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => height,
    overscan: 8,
    scrollPaddingStart: head,
    // The row with the focus stays, however far one scrolls.
    rangeExtractor: ({ startIndex, endIndex }) =>
      rangeWith(place.row, startIndex - 8, endIndex + 8, rows.length),
  })
  const focusAfter = useFocus(scroller, place, draft)
  useMore(props, (virtualizer.getVirtualItems().at(-1)?.index ?? 0) >= rows.length - 24)
  function go(to: Place) {
    setDraft(null)
    setPlace(to)
    virtualizer.scrollToIndex(to.row)
    focusAfter()
  }
  function keep() {
    const row = rows[place.row]
    const column = columns[place.column]
    if (draft !== null && row && column && draft !== cellAt(row, column).text)
      props.onEdit?.({ rowKey: row.key, columnKey: column.key, text: draft })
    setDraft(null)
  }
  function onKeyDown(event: KeyboardEvent<HTMLDivElement>) {
    if (event.nativeEvent.isComposing) return
    const act =
      draft === null
        ? keyOnCell(event, { place, rows: rows.length, columns: columns.length, canEdit: !!props.onEdit })
        : keyInDraft(event, place, columns.length)
    if (act === null) return
    event.preventDefault()
    event.stopPropagation()
    if (act.kind === 'go') go(act.to)
    else if (act.kind === 'keep') {
      keep()
      go(clamped(act.to, rows.length, columns.length))
    } else if (act.kind === 'drop') go(place)
    else if (act.kind === 'next') go(nextFault(rows, columns, place) ?? place)
    else setDraft(act.text ?? cellAt(rows[place.row], columns[place.column]).text)
  }
  const row = rows[place.row]
  return (
    <Stack gap="xs">
      <div ref={scroller} className={classes['scroller']} onKeyDown={onKeyDown} role="presentation">
        <div
          role="grid"
          aria-label={label}
          aria-describedby={hintId}
          aria-rowcount={(total ?? rows.length) + 1}
          aria-colcount={columns.length + 1}
          aria-readonly={props.onEdit ? undefined : true}
        >
          <div className={classes['head']} role="row" aria-rowindex={1}>
            <div className={classes['mark']} role="columnheader">
              {t('grid.row')}
            </div>
            {columns.map((column) => (
              <div
                key={column.key}
                className={classes['cell']}
                role="columnheader"
                style={{ width: rem(column.width) }}
              >
                <span>{column.header}</span>
              </div>
            ))}
          </div>
          <div className={classes['body']} role="rowgroup" style={{ height: virtualizer.getTotalSize() }}>
            {virtualizer.getVirtualItems().map((item) => {
              const line = rows[item.index]
              return line ? (
                <GridLine
                  key={line.key}
                  row={line}
                  index={item.index}
                  offset={item.start}
                  columns={columns}
                  activeColumn={item.index === place.row ? place.column : null}
                  draft={item.index === place.row ? draft : null}
                  onDraft={setDraft}
                  onKeep={keep}
                  onChoose={(column, isAgain) => {
                    if (isAgain && props.onEdit) setDraft(cellAt(line, columns[column]).text)
                    else go({ row: item.index, column })
                  }}
                />
              ) : null
            })}
          </div>
        </div>
      </div>
      <Text size="xs" c="dimmed" id={hintId}>
        {props.onEdit ? t('grid.keys') : t('grid.keysRead')}
      </Text>
      {row && (
        <AboutCell
          row={row}
          column={columns[place.column]}
          onEdit={props.onEdit}
          onLeaveOut={props.onLeaveOut}
          onNext={() => go(nextFault(rows, columns, place) ?? place)}
        />
      )}
    </Stack>
  )
}

type Act =
  | { readonly kind: 'go'; readonly to: Place }
  | { readonly kind: 'keep'; readonly to: Place }
  | { readonly kind: 'drop' }
  | { readonly kind: 'next' }
  | { readonly kind: 'write'; readonly text: string | null }

interface Sight {
  readonly place: Place
  readonly rows: number
  readonly columns: number
  readonly canEdit: boolean
}

function keyOnCell(event: KeyboardEvent, { place, rows, columns, canEdit }: Sight): Act | null {
  const { key, ctrlKey, metaKey, altKey } = event
  if (altKey && key === 'ArrowDown') return { kind: 'next' }
  if (ctrlKey || metaKey || altKey) return null
  const to = placeAfter(key, place, { rows, columns, page })
  if (to) return { kind: 'go', to }
  if (!canEdit) return null
  if (key === 'Enter' || key === 'F2') return { kind: 'write', text: null }
  if (key === 'Delete' || key === 'Backspace') return { kind: 'write', text: '' }
  return [...key].length === 1 && key !== ' ' ? { kind: 'write', text: key } : null
}

function keyInDraft({ key, shiftKey }: KeyboardEvent, { row, column }: Place, columns: number): Act | null {
  if (key === 'Escape') return { kind: 'drop' }
  if (key === 'Enter') return { kind: 'keep', to: { row: row + (shiftKey ? -1 : 1), column } }
  if (key !== 'Tab') return null
  const next = column + (shiftKey ? -1 : 1)
  if (next < 0 || next >= columns)
    return { kind: 'keep', to: { row: row + (shiftKey ? -1 : 1), column: shiftKey ? columns - 1 : 0 } }
  return { kind: 'keep', to: { row, column: next } }
}

function clamped({ row, column }: Place, rows: number, columns: number): Place {
  return { row: Math.max(0, Math.min(rows - 1, row)), column: Math.max(0, Math.min(columns - 1, column)) }
}

function rangeWith(active: number, from: number, to: number, count: number): number[] {
  const first = Math.max(0, from)
  const last = Math.min(count - 1, to)
  const range = Array.from({ length: Math.max(0, last - first + 1) }, (_, index) => first + index)
  if (active < count && active < first) range.unshift(active)
  if (active < count && active > last) range.push(active)
  return range
}

// The cell takes the focus once it is drawn where it belongs.
function useFocus(scroller: { current: HTMLDivElement | null }, place: Place, draft: string | null) {
  const isDue = useRef(false)
  useEffect(() => {
    if (!isDue.current || draft !== null) return
    const cell = scroller.current?.querySelector<HTMLElement>('[role=gridcell][tabindex="0"]')
    if (!cell || cell.dataset['place'] !== `${place.row}:${place.column}`) return
    isDue.current = false
    cell.focus({ preventScroll: true })
    cell.scrollIntoView({ block: 'nearest', inline: 'nearest' })
  })
  return () => {
    isDue.current = true
  }
}

function useMore({ hasMore, isLoading, onMore }: RepairGridProps, isNearEnd: boolean): void {
  useEffect(() => {
    if (isNearEnd && hasMore && !isLoading) onMore()
  }, [isNearEnd, hasMore, isLoading, onMore])
}

function rem(pixels: number): string {
  return `${pixels / 16}rem`
}
