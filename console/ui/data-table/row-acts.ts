import {
  type KeyboardEvent,
  type MouseEvent,
  useEffect,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
} from 'react'
import { usePreferences } from '../preferences.ts'
import type { DataTableProps } from './model.ts'

const controls = 'a, button, input, select, textarea, label, [role=menuitem]'

/** What can be done with a row by its index; the same object between renders, so that rows need not be drawn anew. */
export interface RowActs<Row> {
  readonly toggle: (index: number, isRange: boolean) => void
  readonly enter: (index: number) => void
  readonly menu: (row: Row) => React.ReactNode
}

export interface ActiveRow<Row> {
  /** The row that Tab reaches; -1 while there is none. */
  readonly active: number
  readonly acts: RowActs<Row>
  readonly onKeyDown: (event: KeyboardEvent<HTMLElement>) => void
  readonly onClick: (event: MouseEvent<HTMLElement>) => void
}

interface Body {
  readonly element: HTMLElement | null
  readonly scrollTo: (index: number) => void
}

/** Moves through rows, opens and selects them, by keys and by clicks beside their controls. */
export function useActiveRow<Row>(props: DataTableProps<Row>, body: () => Body): ActiveRow<Row> {
  const { shortcuts } = usePreferences()
  const [wanted, setActive] = useState(0)
  const active = Math.min(wanted, props.rows.length - 1)
  const latest = useRef({ props, body, active })
  useLayoutEffect(() => {
    latest.current = { props, body, active }
  })
  const acts = useRowActs(latest, setActive)
  const handlers = useMemo(() => {
    const step = (by: number) => {
      const { props, body, active } = latest.current
      const isInside =
        body().element?.contains(document.activeElement) && document.activeElement?.closest('[data-index]')
      const to = isInside ? Math.max(0, Math.min(props.rows.length - 1, active + by)) : Math.max(0, active)
      setActive(to)
      body().scrollTo(to)
      requestAnimationFrame(() => rowElement(body().element, to)?.focus({ preventScroll: true }))
    }
    const keys = new Map<string, (index: number, isRange: boolean) => void>([
      ['ArrowDown', () => step(1)],
      ['ArrowUp', () => step(-1)],
      ['Enter', (index) => follow(latest.current, index)],
      ['j', () => step(1)],
      ['k', () => step(-1)],
      ['x', acts.toggle],
      // After the key's own event, which would count as one outside the menu and close it.
      [
        '.',
        (index) => requestAnimationFrame(() => menuButton(latest.current.body().element, index)?.click()),
      ],
    ])
    return { step, keys }
  }, [acts])
  useFirstStep(shortcuts, handlers.step, props.rows.length > 0)
  return {
    active,
    acts,
    onKeyDown(event) {
      const act = handlers.keys.get(event.key.length === 1 ? event.key.toLowerCase() : event.key)
      const index = indexOf(event)
      if (!act || index === null || !isForRow(event, shortcuts)) return
      event.preventDefault()
      act(index, event.shiftKey)
    },
    onClick(event) {
      const index = indexOf(event)
      if (index === null || !(event.target instanceof Element) || event.target.closest(controls)) return
      if (window.getSelection()?.isCollapsed !== false) follow(latest.current, index)
    },
  }
}

interface Latest<Row> {
  readonly props: DataTableProps<Row>
  readonly body: () => Body
}

function useRowActs<Row>(
  latest: { readonly current: Latest<Row> },
  setActive: (index: number) => void,
): RowActs<Row> {
  const anchor = useRef<number | null>(null)
  return useMemo(
    () => ({
      enter: setActive,
      menu: (row) => latest.current.props.rowActions?.(row) ?? null,
      toggle(index, isRange) {
        const { rows, rowKey, selection } = latest.current.props
        const row = rows[index]
        if (!selection || row === undefined) return
        const start = isRange ? (anchor.current ?? index) : index
        const keys = rows.slice(Math.min(start, index), Math.max(start, index) + 1).map(rowKey)
        anchor.current = index
        selection.onToggle(keys, !selection.isSelected(rowKey(row)))
      },
    }),
    [latest, setActive],
  )
}

// From the screen's heading, where the focus is after a navigation, J leads into the list at once.
function useFirstStep(shortcuts: boolean, step: (by: number) => void, hasRows: boolean): void {
  useEffect(() => {
    if (!shortcuts || !hasRows) return
    const onKey = (event: globalThis.KeyboardEvent) => {
      const isFree = event.target instanceof Element && event.target.matches('body, main, h1')
      const isPlain = !event.ctrlKey && !event.metaKey && !event.altKey && !event.defaultPrevented
      if (!isFree || !isPlain || (event.key !== 'j' && event.key !== 'k')) return
      event.preventDefault()
      step(1)
    }
    window.addEventListener('keydown', onKey)
    return () => window.removeEventListener('keydown', onKey)
  }, [shortcuts, step, hasRows])
}

function rowElement(body: HTMLElement | null, index: number): HTMLElement | null {
  return body?.querySelector<HTMLElement>(`[data-index="${index}"]`) ?? null
}

function menuButton(body: HTMLElement | null, index: number): HTMLElement | null {
  return rowElement(body, index)?.querySelector<HTMLElement>('[data-row-menu]') ?? null
}

function follow<Row>({ props, body }: Latest<Row>, index: number): void {
  const row = props.rows[index]
  if (row === undefined) return
  if (props.onOpen) props.onOpen(row)
  else rowElement(body().element, index)?.querySelector<HTMLElement>('a[href]')?.click()
}

// React hands on events of menus and dialogs that stand elsewhere on the page: those are not the row's.
function indexOf(event: KeyboardEvent<HTMLElement> | MouseEvent<HTMLElement>): number | null {
  if (!(event.target instanceof Element) || !event.currentTarget.contains(event.target)) return null
  const index = event.target.closest('[data-index]')?.getAttribute('data-index')
  return index ? Number(index) : null
}

function isForRow(event: KeyboardEvent<HTMLElement>, shortcuts: boolean): boolean {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return false
  if (!(event.target instanceof Element)) return false
  const isRow = event.target.hasAttribute('data-index')
  if (event.key === 'Enter') return isRow
  if (event.key.startsWith('Arrow')) return isRow
  return shortcuts && !event.target.matches('input:not([type=checkbox]), textarea, select, [contenteditable]')
}
