import { Button, Skeleton, VisuallyHidden } from '@mantine/core'
import { defaultRangeExtractor, type Range, useVirtualizer, type VirtualItem } from '@tanstack/react-virtual'
import { Fragment, useDeferredValue, useEffect, useId, useRef } from 'react'
import { useBlockWords } from '../block-words.ts'
import { remPixels } from '../element-width.ts'
import { usePreferences } from '../preferences.ts'
import classes from './data-table.module.css'
import type { Column, DataTableProps } from './model.ts'
import { useActiveRow } from './row-acts.ts'
import { TableHead } from './table-head.tsx'
import { TableRow } from './table-row.tsx'

const rowRem = { normal: 3, dense: 2.25 }
const headRem = 2.5
const overscan = 6
const askedBeforeEnd = 24
const usualWidth = 160
const ghosts = [1, 2, 3, 4, 5, 6, 7, 8]

export interface PartProps<Row> {
  readonly props: DataTableProps<Row>
  readonly columns: readonly Column<Row>[]
}

/** The table: its header stays in sight, and only the rows near the window exist. */
export function WideTable<Row>({ props, columns }: PartProps<Row>) {
  const t = useBlockWords()
  const { shortcuts, dense } = usePreferences()
  const scroller = useRef<HTMLDivElement>(null)
  const hintId = useId()
  const isDense = props.layout?.isDense ?? dense
  const rowHeight = (isDense ? rowRem.dense : rowRem.normal) * remPixels()
  const head = headRem * remPixels()
  const activeRow = useActiveRow(props, () => ({
    element: scroller.current,
    scrollTo: (index) => virtualizer.scrollToIndex(index),
  }))
  const virtualizer = useVirtualizer<HTMLDivElement, HTMLTableRowElement>({
    count: props.rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan,
    scrollMargin: head,
    scrollPaddingStart: head,
    rangeExtractor: (range) => withActive(range, activeRow.active),
  })
  // biome-ignore lint/correctness/useExhaustiveDependencies: heights that were measured are forgotten when the density changes
  useEffect(() => virtualizer.measure(), [virtualizer, rowHeight])
  const wanted = virtualizer.getVirtualItems()
  const items = useDrawnInSteps(wanted, activeRow.active)
  const isNearEnd = (items.at(-1)?.index ?? 0) >= props.rows.length - askedBeforeEnd
  useMore(props, isNearEnd)
  return (
    <div
      ref={scroller}
      className={classes['scroller']}
      style={props.maxHeight === undefined ? {} : { maxHeight: props.maxHeight }}
    >
      {shortcuts && (
        <VisuallyHidden id={hintId} aria-hidden>
          {t('table.keys')}
        </VisuallyHidden>
      )}
      <table
        className={classes['table']}
        data-dense={isDense || undefined}
        aria-label={props.label}
        aria-describedby={shortcuts ? hintId : undefined}
        aria-rowcount={rowCount(props)}
        aria-busy={props.isLoading || undefined}
        style={{ minWidth: `${leastWidth(props, columns) / 16}rem` }}
        onKeyDown={activeRow.onKeyDown}
        onClick={activeRow.onClick}
      >
        <Widths props={props} columns={columns} />
        <TableHead props={props} columns={columns} />
        {props.rows.length === 0 && <SkeletonRows columns={columns} />}
        <tbody>
          {items.map((item, place) => {
            const row = props.rows[item.index]
            if (row === undefined) return null
            const key = props.rowKey(row)
            return (
              <Fragment key={key}>
                <Gap pixels={item.start - (items[place - 1]?.end ?? head)} />
                <TableRow
                  row={row}
                  index={item.index}
                  label={props.rowLabel(row)}
                  columns={columns}
                  acts={activeRow.acts}
                  say={t}
                  isActive={item.index === activeRow.active}
                  isSelected={props.selection?.isSelected(key) ?? false}
                  hasSelection={props.selection !== undefined}
                  hasActions={props.rowActions !== undefined}
                />
              </Fragment>
            )
          })}
          <Gap pixels={virtualizer.getTotalSize() + head - (items.at(-1)?.end ?? head)} />
        </tbody>
      </table>
      <MoreButton props={props} />
    </div>
  )
}

// Rows that scroll into sight are drawn in small steps, between which the browser answers; only the row that is about
// to take the focus has to be there at once.
function useDrawnInSteps(wanted: VirtualItem[], active: number): VirtualItem[] {
  const drawn = useDeferredValue(wanted)
  return active < 0 || drawn.some(({ index }) => index === active) ? drawn : wanted
}

/** The rows in sight, and the active one wherever it is, so that the focus is never lost by scrolling. */
export function withActive(range: Range, active: number): number[] {
  const indexes = defaultRangeExtractor(range)
  if (active < 0 || active >= range.count || indexes.includes(active)) return indexes
  return [...indexes, active].sort((one, other) => one - other)
}

/** Asks for more when the end of what is loaded comes near. */
export function useMore<Row>(
  { hasMore, isFetchingMore, onMore, rows }: DataTableProps<Row>,
  isNearEnd: boolean,
): void {
  const loaded = rows.length
  const asked = useRef(-1)
  useEffect(() => {
    if (!isNearEnd || !hasMore || isFetchingMore || asked.current === loaded) return
    asked.current = loaded
    onMore?.()
  }, [isNearEnd, hasMore, isFetchingMore, loaded, onMore])
}

/** For who reads a list without scrolling it, and for the try after one that failed. */
export function MoreButton<Row>({ props }: { readonly props: DataTableProps<Row> }) {
  const t = useBlockWords()
  if (!props.hasMore || !props.onMore) return null
  return (
    <div className={classes['more']}>
      <Button variant="subtle" size="sm" loading={props.isFetchingMore ?? false} onClick={props.onMore}>
        {t('table.more')}
      </Button>
    </div>
  )
}

function rowCount<Row>({ total, hasMore, rows }: DataTableProps<Row>): number {
  if (total !== undefined) return total + 1
  return hasMore ? -1 : rows.length + 1
}

function leastWidth<Row>(props: DataTableProps<Row>, columns: readonly Column<Row>[]): number {
  const sides = (props.selection ? 44 : 0) + (props.rowActions ? 48 : 0)
  return columns.reduce((sum, { width }) => sum + (width ?? usualWidth), sides)
}

function Widths<Row>({ props, columns }: PartProps<Row>) {
  return (
    <colgroup>
      {props.selection && <col style={{ width: '2.75rem' }} />}
      {columns.map(({ id, width }) => (
        <col key={id} style={width === undefined ? {} : { width: `${width / 16}rem` }} />
      ))}
      {props.rowActions && <col style={{ width: '3rem' }} />}
    </colgroup>
  )
}

function Gap({ pixels }: { readonly pixels: number }) {
  if (pixels < 1) return null
  return (
    // biome-ignore lint/a11y/noAriaHiddenOnFocusable: it holds nothing that could be focused
    <tr aria-hidden="true" className={classes['gap']}>
      <td style={{ height: pixels }} />
    </tr>
  )
}

function SkeletonRows<Row>({ columns }: { readonly columns: readonly Column<Row>[] }) {
  return (
    <tbody aria-hidden="true">
      {ghosts.map((row) => (
        <tr key={row}>
          {columns.map(({ id }, place) => (
            <td key={id}>
              <Skeleton height={12} width={`${85 - ((row * 7 + place * 13) % 40)}%`} />
            </td>
          ))}
        </tr>
      ))}
    </tbody>
  )
}
