import { type RawSheet, textOfCell } from '../model/cell.ts'
import { headerWord } from './headers.ts'

// As the export of custody writes them, in both languages or in one.
const headers = [
  ['号码', 'Number'],
  ['状态', 'State'],
  ['持有人', 'Holder'],
  ['工号', 'Staff code'],
  ['自', 'From'],
  ['至', 'To'],
  ['原因', 'Cause'],
  ['操作人', 'Moved by'],
] as const
const rowsLookedAt = 10

/** Whether a file is what Baton exports about custody: a past that nobody can import, though its headers look like numbers. */
export function isCustodyExport(sheets: readonly RawSheet[]): boolean {
  return sheets.some(({ rows }) =>
    rows.slice(0, rowsLookedAt).some(({ cells }) => {
      const words = new Set(cells.map((cell) => headerWord(textOfCell(cell))))
      return headers.every(([zh, en]) =>
        [zh, en, `${zh} ${en}`].some((header) => words.has(headerWord(header))),
      )
    }),
  )
}
