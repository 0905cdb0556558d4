import type { RawCell } from '../model/cell.ts'

// A spreadsheet program keeps 15 digits of a number and writes zeros for the others.
const digitsKept = 15
// With fewer digits than this before the exponent, what follows was cut off when the cell was shown.
const digitsShown = 7
const scientific = /^([+-]?)(\d)(?:\.(\d+))?e([+-]?\d{1,3})$/i

/** A number as the digits it was meant to have; `lost` when nobody can know them any more. */
export type Digits =
  | { readonly kind: 'plain'; readonly text: string }
  | { readonly kind: 'restored'; readonly text: string }
  | { readonly kind: 'lost' }

/** The digits of a cell that the file has as a number. */
export function digitsOfNumber(cell: Extract<RawCell, { kind: 'number' }>): Digits {
  const { text, value } = cell
  if (!/e/i.test(text)) return isKept(text) ? { kind: 'plain', text: wholeOf(text, value) } : { kind: 'lost' }
  if (!Number.isSafeInteger(value)) return { kind: 'lost' }
  const digits = String(value)
  if (digits.replace('-', '').length > digitsKept) return { kind: 'lost' }
  if (Number(text) !== value) return { kind: 'restored', text: digits }
  return mantissaDigits(text) >= Math.min(digitsShown, digits.length)
    ? { kind: 'plain', text: digits }
    : { kind: 'lost' }
}

/** The digits of a text in scientific notation; null for any other text. */
export function digitsOfText(text: string): Digits | null {
  const found = scientific.exec(text)
  if (!found) return null
  const [, sign = '', first = '', rest = '', power = ''] = found
  const places = Number(power)
  if (places < 0 || rest.length < places) return { kind: 'lost' }
  const after = rest.slice(places)
  if (/[1-9]/.test(after)) return { kind: 'lost' }
  return { kind: 'restored', text: `${sign === '-' ? '-' : ''}${first}${rest.slice(0, places)}` }
}

function isKept(text: string): boolean {
  return text.length <= digitsKept || text.replace(/\D/g, '').length <= digitsKept
}

// A whole number that is written with decimals, e.g. `7.0`.
function wholeOf(text: string, value: number): string {
  return text.includes('.') && Number.isSafeInteger(value) ? String(value) : text
}

function mantissaDigits(text: string): number {
  return text.replace(/e.*$/i, '').replace(/\D/g, '').length
}
