import { type KeyboardEvent, type RefObject, useEffect, useRef, useState } from 'react'
import { type Act, keyInDraft, keyOnCell } from './keys.ts'
import { cellAt, firstFault, nextFault, type Place, type RepairGridProps } from './model.ts'

/** What a row of the grid has to know. */
export interface LineState {
  /** The column that has the focus; null in all other rows. */
  readonly activeColumn: number | null
  /** What is being written into the active cell; null while nothing is. */
  readonly draft: string | null
  readonly onDraft: (text: string) => void
  readonly onKeep: () => void
  /** A cell was pointed at; `isAgain` where it had the focus already. */
  readonly onChoose: (column: number, isAgain: boolean) => void
}

interface GridKeys {
  readonly place: Place
  go(to: Place): void
  onKeyDown(event: KeyboardEvent): void
  lineOf(row: number): LineState
}

/** Which cell has the focus and what is being written into it; keys move, write, keep and drop. */
export function useGridKeys(
  { rows, columns, onEdit }: RepairGridProps,
  scrollTo: (row: number) => void,
  scroller: RefObject<HTMLElement | null>,
): GridKeys {
  const [wanted, setWanted] = useState<Place & { readonly key?: string | undefined }>(() =>
    firstFault(rows, columns),
  )
  const [draft, setDraft] = useState<string | null>(null)
  // A row that was repaired may have left the list, or moved in it.
  const found = rows[wanted.row]?.key === wanted.key ? -1 : rows.findIndex(({ key }) => key === wanted.key)
  const place = {
    row: found >= 0 ? found : Math.max(0, Math.min(rows.length - 1, wanted.row)),
    column: Math.max(0, Math.min(columns.length - 1, wanted.column)),
  }
  const focusLater = useFocus(scroller, place, draft !== null)
  function go(to: Place) {
    setDraft(null)
    setWanted({ ...to, key: rows[to.row]?.key })
    scrollTo(to.row)
    focusLater()
  }
  function keep() {
    const row = rows[place.row]
    const column = columns[place.column]
    if (draft !== null && row && column && draft !== cellAt(row, column).text)
      onEdit?.({ rowKey: row.key, columnKey: column.key, text: draft })
    setDraft(null)
  }
  function onKeyDown(event: KeyboardEvent) {
    if (event.nativeEvent.isComposing) return
    const sight = { place, rows: rows.length, columns: columns.length, canEdit: onEdit !== undefined }
    const act = draft === null ? keyOnCell(event, sight) : keyInDraft(event, sight)
    if (act === null) return
    event.preventDefault()
    event.stopPropagation()
    take(act)
  }
  function take(act: Act) {
    if (act.kind === 'write') setDraft(act.text ?? cellAt(rows[place.row], columns[place.column]).text)
    else if (act.kind === 'next') go(nextFault(rows, columns, place) ?? place)
    else if (act.kind === 'drop') go(place)
    else {
      if (act.kind === 'keep') keep()
      go(act.to)
    }
  }
  const lineOf = (row: number): LineState => ({
    activeColumn: row === place.row ? place.column : null,
    draft: row === place.row ? draft : null,
    onDraft: setDraft,
    onKeep: keep,
    onChoose: (column, isAgain) => {
      if (isAgain && onEdit) setDraft(cellAt(rows[row], columns[column]).text)
      else go({ row, column })
    },
  })
  return { place, go, onKeyDown, lineOf }
}

// The cell takes the focus once it is drawn where it belongs.
function useFocus(scroller: RefObject<HTMLElement | null>, { row, column }: Place, isWriting: boolean) {
  const isDue = useRef(false)
  useEffect(() => {
    if (!isDue.current || isWriting) return
    const cell = scroller.current?.querySelector<HTMLElement>(`[data-place="${row}:${column}"]`)
    if (!cell) return
    isDue.current = false
    cell.focus({ preventScroll: true })
    cell.scrollIntoView({ block: 'nearest', inline: 'nearest' })
  })
  return () => {
    isDue.current = true
  }
}
