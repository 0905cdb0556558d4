import type { RawCell } from '../model/cell.ts'

/** A cell as it is stored: a plain text as itself, anything else whole. */
export type PackedCell = string | RawCell | null

/** Cells as they are stored, without the empty ones at the end. */
export function packCells(cells: readonly (RawCell | null)[]): PackedCell[] {
  const packed = cells.map(packCell)
  while (packed.length > 0 && packed.at(-1) === null) packed.pop()
  return packed
}

// PostgreSQL's texts have no NUL, and halves of a character are no UTF-8.
function packCell(cell: RawCell | null): PackedCell {
  if (cell === null) return null
  if (cell.kind !== 'text') return cell
  const text = cell.text.replaceAll('\0', '').toWellFormed()
  return cell.formula ? { ...cell, text } : text
}

/** The same the other way round. */
export function unpackCells(packed: readonly PackedCell[]): (RawCell | null)[] {
  return packed.map((cell) => (typeof cell === 'string' ? { kind: 'text', text: cell } : cell))
}
