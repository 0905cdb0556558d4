import type { ReadReport } from './cell.ts'
import { type FaultPlace, type ReadLimits, SpreadsheetError } from './fault.ts'
import { isDate, type SharedCells, type WireCell, type WireRow } from './wire.ts'

/** Where rows go that were read. */
export interface RowSink {
  row(row: WireRow, shared?: SharedCells): void
}

type Counted = Pick<
  ReadReport,
  | 'rows'
  | 'hiddenRows'
  | 'hiddenColumns'
  | 'formulas'
  | 'formulasWithoutValue'
  | 'mergedRanges'
  | 'errorCells'
>

/** Counts what is read of a file over all its sheets, and stops it at the limits. */
export class Tally {
  readonly limits: ReadLimits
  readonly counts: { -readonly [Key in keyof Counted]: number } = {
    rows: 0,
    hiddenRows: 0,
    hiddenColumns: 0,
    formulas: 0,
    formulasWithoutValue: 0,
    mergedRanges: 0,
    errorCells: 0,
  }
  #characters = 0

  constructor(limits: ReadLimits) {
    this.limits = limits
  }

  /** @throws SpreadsheetError `too_many_rows`, `too_much_text` */
  countRow(row: WireRow, characters: number, where: FaultPlace): void {
    this.counts.rows += 1
    if (row[1] === 1) this.counts.hiddenRows += 1
    if (this.counts.rows > this.limits.rows) throw new SpreadsheetError('too_many_rows', where)
    this.#characters += characters
    if (this.#characters > this.limits.textCharacters) throw new SpreadsheetError('too_much_text', where)
  }
}

export function charactersOf(cell: WireCell): number {
  if (typeof cell === 'string') return cell.length
  if (typeof cell !== 'object' || cell === null) return 1
  return isDate(cell) ? cell[0].length : cell.text.length
}
