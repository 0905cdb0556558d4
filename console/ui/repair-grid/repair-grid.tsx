import { Stack, Text } from '@mantine/core'
import { useVirtualizer } from '@tanstack/react-virtual'
import { Fragment, useEffect, useId, useRef } from 'react'
import { useBlockWords } from '../block-words.ts'
import { remPixels } from '../element-width.ts'
import { AboutCell } from './about-cell.tsx'
import { GridLine } from './grid-line.tsx'
import { type GridColumn, nextFault, type RepairGridProps } from './model.ts'
import classes from './repair-grid.module.css'
import { useGridKeys } from './use-grid-keys.ts'

const rowRem = 2.25
const headRem = 2.5
const overscan = 8
const askedBeforeEnd = 24

/** Rows of a sheet, what is wrong in them, and a way to write over it cell by cell, by keyboard as by mouse. */
export function RepairGrid(props: RepairGridProps) {
  const t = useBlockWords()
  const { columns, rows } = props
  const hintId = useId()
  const scroller = useRef<HTMLDivElement>(null)
  const grid = useGridKeys(props, (row) => virtualizer.scrollToIndex(row), scroller)
  const head = headRem * remPixels()
  const virtualizer = useVirtualizer<HTMLDivElement, HTMLTableRowElement>({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowRem * remPixels(),
    scrollMargin: head,
    scrollPaddingStart: head,
    // The row with the focus stays, however far one scrolls.
    rangeExtractor: ({ startIndex, endIndex, count }) =>
      rowsBetween(startIndex - overscan, Math.min(count - 1, endIndex + overscan), grid.place.row),
  })
  const items = virtualizer.getVirtualItems()
  useMore(props, (items.at(-1)?.index ?? 0) >= rows.length - askedBeforeEnd)
  const row = rows[grid.place.row]
  return (
    <Stack gap="xs">
      <div ref={scroller} className={classes['scroller']}>
        <table
          // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: its cells take the focus and are written into
          role="grid"
          aria-label={props.label}
          aria-describedby={hintId}
          aria-rowcount={(props.total ?? rows.length) + 1}
          className={classes['table']}
          style={{ width: `${columns.reduce((sum, { width }) => sum + width, 72) / 16}rem` }}
          onKeyDown={grid.onKeyDown}
        >
          <Head columns={columns} />
          <tbody>
            {items.map((item, at) => {
              const line = rows[item.index]
              if (!line) return null
              return (
                <Fragment key={line.key}>
                  <Gap pixels={item.start - (items[at - 1]?.end ?? head)} />
                  <GridLine row={line} index={item.index} columns={columns} {...grid.lineOf(item.index)} />
                </Fragment>
              )
            })}
            <Gap pixels={virtualizer.getTotalSize() + head - (items.at(-1)?.end ?? head)} />
          </tbody>
        </table>
      </div>
      <Text size="xs" c="dimmed" id={hintId}>
        {props.onEdit ? t('grid.keys') : t('grid.keysRead')}
      </Text>
      {row && (
        <AboutCell
          row={row}
          column={columns[grid.place.column]}
          onEdit={props.onEdit}
          onLeaveOut={props.onLeaveOut}
          onNext={() => grid.go(nextFault(rows, columns, grid.place) ?? grid.place)}
        />
      )}
    </Stack>
  )
}

function Head({ columns }: { readonly columns: readonly GridColumn[] }) {
  const t = useBlockWords()
  return (
    <>
      <colgroup>
        <col style={{ width: '4.5rem' }} />
        {columns.map(({ key, width }) => (
          <col key={key} style={{ width: `${width / 16}rem` }} />
        ))}
      </colgroup>
      <thead>
        <tr>
          <th scope="col">{t('grid.row')}</th>
          {columns.map(({ key, header }) => (
            <th key={key} scope="col">
              {header}
            </th>
          ))}
        </tr>
      </thead>
    </>
  )
}

function Gap({ pixels }: { readonly pixels: number }) {
  if (pixels < 1) return null
  return (
    // biome-ignore lint/a11y/noAriaHiddenOnFocusable: it holds nothing that could be focused
    <tr aria-hidden="true">
      <td style={{ height: pixels, padding: 0, border: 'none' }} />
    </tr>
  )
}

function rowsBetween(from: number, to: number, active: number): number[] {
  const first = Math.max(0, from)
  const range = Array.from({ length: Math.max(0, to - first + 1) }, (_, index) => first + index)
  return [...new Set([...range, active])].sort((one, other) => one - other)
}

function useMore({ hasMore, isLoading, onMore }: RepairGridProps, isNearEnd: boolean): void {
  useEffect(() => {
    if (isNearEnd && hasMore && !isLoading) onMore()
  }, [isNearEnd, hasMore, isLoading, onMore])
}
