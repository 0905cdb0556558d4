import { NativeSelect, Skeleton, Stack } from '@mantine/core'
import { useWindowVirtualizer } from '@tanstack/react-virtual'
import { memo, type Ref, useLayoutEffect, useRef, useState } from 'react'
import { useBlockWords } from '../block-words.ts'
import classes from './data-table.module.css'
import type { Column, DataTableProps } from './model.ts'
import { useActiveRow } from './row-acts.ts'
import { RowCheckbox, RowMenu, type RowProps } from './row-controls.tsx'
import { SelectLoaded } from './table-head.tsx'
import { MoreButton, type PartProps, useMore, withActive } from './wide-table.tsx'

const overscan = 6
const lineHeight = 48
const ghosts = [1, 2, 3, 4]

/** The same rows as cards that scroll with the page. */
export function CardList<Row>({ props, columns }: PartProps<Row>) {
  const list = useRef<HTMLUListElement>(null)
  const [offset, setOffset] = useState(0)
  const t = useBlockWords()
  const activeRow = useActiveRow(props, () => ({
    element: list.current,
    scrollTo: (index) => virtualizer.scrollToIndex(index),
  }))
  const virtualizer = useWindowVirtualizer<HTMLLIElement>({
    count: props.rows.length,
    estimateSize: () => lineHeight * (columns.length + 0.5),
    overscan,
    scrollMargin: offset,
    // The page's own header covers the top.
    scrollPaddingStart: 72,
    getItemKey: (index) => {
      const row = props.rows[index]
      return row === undefined ? index : props.rowKey(row)
    },
    rangeExtractor: (range) => withActive(range, activeRow.active),
  })
  useLayoutEffect(() => {
    if (list.current) setOffset(list.current.getBoundingClientRect().top + window.scrollY)
  }, [])
  const items = virtualizer.getVirtualItems()
  useMore(props, (items.at(-1)?.index ?? 0) >= props.rows.length - overscan)
  return (
    <Stack gap="sm">
      <CardTools props={props} columns={columns} />
      {props.rows.length === 0 && <SkeletonCards />}
      <ul
        ref={list}
        className={classes['cards']}
        aria-label={props.label}
        style={{ height: virtualizer.getTotalSize() }}
        onKeyDown={activeRow.onKeyDown}
        onClick={activeRow.onClick}
      >
        {items.map((item) => {
          const row = props.rows[item.index]
          if (row === undefined) return null
          return (
            <Card
              key={item.key}
              measure={virtualizer.measureElement}
              top={item.start - offset}
              count={props.total ?? (props.hasMore ? -1 : props.rows.length)}
              row={row}
              index={item.index}
              label={props.rowLabel(row)}
              columns={columns}
              acts={activeRow.acts}
              say={t}
              isActive={item.index === activeRow.active}
              isSelected={props.selection?.isSelected(props.rowKey(row)) ?? false}
              hasSelection={props.selection !== undefined}
              hasActions={props.rowActions !== undefined}
            />
          )
        })}
      </ul>
      <MoreButton props={props} />
    </Stack>
  )
}

interface CardProps<Row> extends RowProps<Row> {
  readonly columns: readonly Column<Row>[]
  readonly measure: Ref<HTMLLIElement>
  readonly top: number
  readonly count: number
}

function PlainCard<Row>(props: CardProps<Row>) {
  const { row, index, columns, acts, isActive, isSelected, hasSelection, hasActions } = props
  const [first, ...rest] = columns
  return (
    <li
      ref={props.measure}
      className={classes['card']}
      data-index={index}
      data-selected={isSelected || undefined}
      aria-posinset={index + 1}
      aria-setsize={props.count}
      tabIndex={isActive ? 0 : -1}
      style={{ transform: `translateY(${props.top}px)` }}
      onFocus={() => acts.enter(index)}
    >
      <div className={classes['cardBody']}>
        <div className={classes['cardHead']}>
          {hasSelection && <RowCheckbox {...props} />}
          <div className={classes['cardTitle']}>{first?.cell(row)}</div>
          {hasActions && <RowMenu {...props} />}
        </div>
        <dl className={classes['pairs']}>
          {rest.map((column) => (
            <div key={column.id}>
              <dt>{column.header}</dt>
              <dd>{column.cell(row)}</dd>
            </div>
          ))}
        </dl>
      </div>
    </li>
  )
}

// `memo` forgets that the component is generic.
const Card = memo(PlainCard) as typeof PlainCard

function CardTools<Row>({ props }: PartProps<Row>) {
  const t = useBlockWords()
  const sortable = props.columns.filter(({ sort }) => sort !== undefined)
  const onSort: DataTableProps<Row>['onSort'] = sortable.length > 0 ? props.onSort : undefined
  if (!onSort && !props.selection) return null
  return (
    <div className={classes['cardTools']}>
      <SelectLoaded props={props} />
      {onSort && (
        <NativeSelect
          size="sm"
          aria-label={t('table.sortBy')}
          value={props.sort ?? ''}
          onChange={(event) => onSort(event.currentTarget.value)}
          data={sortable.flatMap((column) => sortChoices(column, t))}
        />
      )}
    </div>
  )
}

function sortChoices<Row>({ header, sort = '' }: Column<Row>, t: ReturnType<typeof useBlockWords>) {
  return [
    { value: sort, label: t('table.sortedUp', { column: header }) },
    { value: `-${sort}`, label: t('table.sortedDown', { column: header }) },
  ]
}

function SkeletonCards() {
  return ghosts.map((card) => <Skeleton key={card} height={140} radius="md" />)
}
