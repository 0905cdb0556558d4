import type { RawCell } from '../model/cell.ts'
import type { ReadingKind } from '../model/column.ts'

/** What the cells of a column look like; null for nothing in particular. */
export interface Sniffed {
  readonly kind: ReadingKind
  /** How many of the cells do, 0 to 1. */
  readonly share: number
}

const enough = 0.8
const looks: readonly (readonly [ReadingKind, (cell: RawCell) => boolean])[] = [
  ['email', ({ text }) => /^[^\s@]{1,64}@[^\s@]{1,190}\.[a-z]{2,}$/i.test(text.trim())],
  ['instant', ({ kind, text }) => kind === 'date' || /^\d{4}[-/年.]\d{1,2}[-/月.]\d{1,2}/.test(text)],
  ['phone', ({ kind, text }) => kind !== 'date' && looksLikePhone(text)],
  ['departments', ({ text }) => /^[^/\s:]{1,60}(?:\/[^/\s:]{1,60}){1,14}(?:；.*)?$/.test(text)],
]

function looksLikePhone(text: string): boolean {
  const compact = text.replace(/[\s()-]/g, '')
  return /^\+?\d{7,15}$/.test(compact)
}

/** What most of the cells look like. */
export function sniff(cells: readonly RawCell[]): Sniffed | null {
  if (cells.length === 0) return null
  for (const [kind, isLike] of looks) {
    const share = cells.filter(isLike).length / cells.length
    if (share >= enough) return { kind, share }
  }
  return null
}
