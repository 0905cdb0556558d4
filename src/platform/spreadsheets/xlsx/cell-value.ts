import type { Cell } from '../cell.ts'
import { isDate as isWireDate, type WireCell } from '../wire.ts'
import { dateText, isoDateText } from './dates.ts'
import { unescapeText } from './xml-text.ts'

const cellTypes = ['n', 's', 'inlineStr', 'str', 'b', 'e', 'd'] as const
/** As `t` of a cell has it: number, shared text, rich text, text of a formula, boolean, error, date. */
export type CellType = (typeof cellTypes)[number]

/** The type that `t` names; one that no specification has is read as text. */
export function cellTypeOf(type: string): CellType {
  return cellTypes.find((one) => one === type) ?? 'str'
}

const numeral = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d{1,4})?$/

/** The value of a cell that is no shared or rich text; null when it is empty. */
export function readValue(
  raw: string,
  type: CellType,
  style: { isDate: boolean; is1904: boolean },
): WireCell {
  switch (type) {
    case 'n':
      return numberOf(raw.trim(), style)
    case 'b':
      return raw.trim() === '1' || raw.trim() === 'true'
    case 'e':
      return { kind: 'error', text: raw }
    case 'd': {
      const text = isoDateText(raw.trim())
      return text === null ? emptyless(raw) : [text, null]
    }
    default:
      return emptyless(unescapeText(raw))
  }
}

function numberOf(text: string, { isDate, is1904 }: { isDate: boolean; is1904: boolean }): WireCell {
  const value = numeral.test(text) ? Number(text) : Number.NaN
  if (!Number.isFinite(value)) return emptyless(text)
  const date = isDate ? dateText(value, is1904) : null
  if (date !== null) return [date, value]
  return String(value) === text ? value : { kind: 'number', value, text }
}

function emptyless(text: string): string | null {
  return text === '' ? null : text
}

/** The cell as the result of a formula. */
export function computed(cell: WireCell): WireCell {
  const formula = true
  if (cell === null) return null
  if (typeof cell === 'string') return { kind: 'text', text: cell, formula }
  if (typeof cell === 'number') return { kind: 'number', value: cell, text: String(cell), formula }
  if (typeof cell === 'boolean')
    return { kind: 'boolean', value: cell, text: cell ? 'TRUE' : 'FALSE', formula }
  if (isWireDate(cell)) return { kind: 'date', text: cell[0], serial: cell[1], formula }
  return { ...(cell satisfies Cell), formula }
}
