import { type Place, placeAfter } from './model.ts'

/** What a key asks for. */
export type Act =
  | { readonly kind: 'go'; readonly to: Place }
  | { readonly kind: 'keep'; readonly to: Place }
  | { readonly kind: 'drop' }
  | { readonly kind: 'next' }
  /** Null text: what the cell says now. */
  | { readonly kind: 'write'; readonly text: string | null }

/** The keys that are pressed together, as events have them. */
interface Pressed {
  readonly key: string
  readonly ctrlKey: boolean
  readonly metaKey: boolean
  readonly altKey: boolean
  readonly shiftKey: boolean
}

interface Sight {
  readonly place: Place
  readonly rows: number
  readonly columns: number
  readonly canEdit: boolean
}

const page = 12

/** What a key does on a cell that nothing is being written into; null for keys that are not the grid's. */
export function keyOnCell(pressed: Pressed, { place, rows, columns, canEdit }: Sight): Act | null {
  const { key, ctrlKey, metaKey, altKey } = pressed
  if (altKey && key === 'ArrowDown') return { kind: 'next' }
  if (ctrlKey || metaKey || altKey) return null
  const to = placeAfter(key, place, { rows, columns, page })
  if (to) return { kind: 'go', to }
  if (!canEdit) return null
  if (key === 'Enter' || key === 'F2') return { kind: 'write', text: null }
  if (key === 'Delete' || key === 'Backspace') return { kind: 'write', text: '' }
  return [...key].length === 1 && key !== ' ' ? { kind: 'write', text: key } : null
}

/** What a key does in a cell that is being written into; null where the field itself takes it. */
export function keyInDraft({ key, shiftKey }: Pressed, { place, rows, columns }: Sight): Act | null {
  if (key === 'Escape') return { kind: 'drop' }
  const step = shiftKey ? -1 : 1
  if (key === 'Enter') return { kind: 'keep', to: { ...place, row: within(place.row + step, rows) } }
  if (key !== 'Tab') return null
  const at = within(place.row * columns + place.column + step, rows * columns)
  return { kind: 'keep', to: { row: Math.floor(at / columns), column: at % columns } }
}

function within(value: number, count: number): number {
  return Math.max(0, Math.min(count - 1, value))
}
