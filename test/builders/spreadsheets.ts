import { type CellObject, read } from '@e965/xlsx'

/** The sheets of a workbook with their rows, from column A on; empty cells are null, dates as the sheet shows them. */
export function sheetsOf(bytes: Buffer): Record<string, (string | number | boolean | null)[][]> {
  const book = read(bytes, { cellNF: true, dense: true })
  return Object.fromEntries(
    book.SheetNames.map((name) => {
      const rows = book.Sheets[name]?.['!data'] ?? []
      return [name, Array.from(rows, (row) => Array.from(row ?? [], shownIn))]
    }),
  )
}

function shownIn(cell: CellObject | undefined): string | number | boolean | null {
  const { t, v, w, z } = cell ?? {}
  if (t === 'n' && String(z).includes('yy')) return w ?? null
  return v === undefined || v instanceof Date ? null : v
}
