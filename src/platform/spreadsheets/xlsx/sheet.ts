import { type FaultPlace, SpreadsheetError, type SpreadsheetFault } from '../fault.ts'
import { charactersOf, type RowSink, type Tally } from '../tally.ts'
import type { SharedCells, WireCell, WireRow } from '../wire.ts'
import { type CellType, cellTypeOf, computed, readValue } from './cell-value.ts'
import { RichText, type TextTable } from './text-table.ts'
import { isTrue, type Worksheet } from './workbook.ts'
import { leafMarks } from './xml-bytes.ts'
import { nameCode, type XmlScanner } from './xml-scanner.ts'

const sheetData = nameCode('sheetData')
const rowElement = nameCode('row')
const cellElement = nameCode('c')
const value = nameCode('v')
const inline = nameCode('is')
const cellMarks = leafMarks('c', 'v')
const formula = nameCode('f')
const merge = nameCode('mergeCell')
const columnElement = nameCode('col')
const formatProperties = nameCode('sheetFormatPr')
const reference = nameCode('r')
const styleAttribute = nameCode('s')
const typeAttribute = nameCode('t')
const hiddenAttribute = nameCode('hidden')
const zeroHeight = nameCode('zeroHeight')
const from = nameCode('min')
const until = nameCode('max')

const lastRow = 1_048_576
const lastColumn = 16_384

export interface SheetFacts {
  readonly sharedStrings: TextTable
  /** Of each cell format. */
  readonly isDate: readonly boolean[]
  readonly is1904: boolean
}

/** Takes the tokens of one sheet and hands its rows on as they end. */
export class SheetReader {
  readonly #sheet: Worksheet
  readonly #facts: SheetFacts
  readonly #tally: Tally
  readonly #sink: RowSink
  readonly #rich: RichText
  readonly #hiddenColumns = new Set<number>()
  readonly #usedColumns = new Set<number>()
  #hidesRows = false
  #isInData = false
  #isInRow = false
  #row = 0
  #isHidden = false
  #cells: WireCell[] = []
  /** Of the cells of the row, those that are shared texts and nothing more. */
  readonly #sharedCells: SharedCells
  #characters = 0
  #isInCell = false
  #column = -1
  #type: CellType = 'n'
  #style = 0
  #hasFormula = false
  #isValue = false
  #isInline = false
  #hasInline = false
  #raw = ''
  /** The value as digits alone; -1 while it is none, or has to be read as text. */
  #digits = -1

  constructor(sheet: Worksheet, facts: SheetFacts, { tally, sink }: { tally: Tally; sink: RowSink }) {
    this.#sheet = sheet
    this.#facts = facts
    this.#tally = tally
    this.#sink = sink
    this.#rich = new RichText(tally.limits.cellCharacters)
    const places = new Int32Array(tally.limits.columns).fill(-1)
    this.#sharedCells = { places, write: (place, json) => facts.sharedStrings.write(place, json) }
  }

  take(scanner: XmlScanner): void {
    if (this.#isInline) this.#takeInline(scanner)
    else if (scanner.token === 'open') this.#open(scanner)
    else if (scanner.token === 'close') this.#close(scanner.name)
    else if (this.#isValue) this.#addValue(scanner)
  }

  /** Counts what only the whole sheet shows. */
  end(): void {
    for (const column of this.#hiddenColumns)
      if (this.#usedColumns.has(column)) this.#tally.counts.hiddenColumns += 1
  }

  #takeInline(scanner: XmlScanner): void {
    if (scanner.token === 'close' && scanner.name === inline) this.#isInline = false
    else this.#rich.take(scanner)
  }

  #open(scanner: XmlScanner): void {
    const { name } = scanner
    if (this.#isInCell) this.#openInCell(name)
    else if (this.#isInRow) {
      if (name === cellElement) this.#takeCell(scanner)
    } else if (this.#isInData) {
      if (name === rowElement) this.#beginRow(scanner)
    } else if (name === sheetData) this.#isInData = true
    else if (name === columnElement) this.#noteColumn(scanner)
    else if (name === merge) this.#tally.counts.mergedRanges += 1
    else if (name === formatProperties) this.#hidesRows = isTrue(scanner.attribute(zeroHeight))
  }

  #takeCell(scanner: XmlScanner): void {
    this.#beginCell(scanner)
    if (!scanner.passLeaf(cellMarks)) return
    this.#addValue(scanner)
    this.#endCell()
  }

  #openInCell(name: number): void {
    if (name === value) this.#isValue = true
    else if (name === formula) this.#hasFormula = true
    else if (name === inline) {
      this.#isInline = true
      this.#hasInline = true
      this.#rich.begin()
    }
  }

  #close(name: number): void {
    if (name === value) this.#isValue = false
    else if (name === cellElement && this.#isInCell) this.#endCell()
    else if (name === rowElement && this.#isInRow) this.#endRow()
    else if (name === sheetData) this.#isInData = false
  }

  #noteColumn(scanner: XmlScanner): void {
    if (!isTrue(scanner.attribute(hiddenAttribute))) return
    const first = Number(scanner.attribute(from))
    const last = Math.min(Number(scanner.attribute(until)), this.#tally.limits.columns)
    for (let column = Math.max(first, 1); column <= last; column++) this.#hiddenColumns.add(column - 1)
  }

  #beginRow(scanner: XmlScanner): void {
    const before = this.#row
    this.#row += 1
    this.#isHidden = this.#hidesRows
    for (let index = 0; index < scanner.attributeCount; index++) {
      const name = scanner.attributeNames[index]
      if (name === reference) this.#row = scanner.attributeDigits(index)
      else if (name === hiddenAttribute) this.#isHidden = isTrue(scanner.attributeAt(index))
    }
    // Two rows by one number cannot be told apart in a report.
    if (this.#row <= before || this.#row > lastRow) throw this.#fault('damaged')
    this.#isInRow = true
    this.#column = -1
    this.#cells.length = 0
    this.#characters = 0
  }

  #beginCell(scanner: XmlScanner): void {
    this.#isInCell = true
    this.#column += 1
    this.#type = 'n'
    this.#style = 0
    this.#hasFormula = false
    this.#hasInline = false
    this.#raw = ''
    this.#digits = -1
    for (let index = 0; index < scanner.attributeCount; index++) {
      const name = scanner.attributeNames[index]
      if (name === reference) this.#column = this.#columnOf(scanner, index)
      else if (name === typeAttribute) this.#type = typeOf(scanner, index)
      else if (name === styleAttribute) this.#style = scanner.attributeDigits(index)
    }
  }

  #columnOf(scanner: XmlScanner, index: number): number {
    let column = 0
    for (let offset = 0; offset < 4; offset++) {
      const letter = scanner.attributeByte(index, offset) & 0b1101_1111
      if (letter < 0x41 || letter > 0x5a) break
      column = column * 26 + letter - 0x40
    }
    if (column === 0 || column > lastColumn) throw this.#fault('damaged')
    return column - 1
  }

  #addValue(scanner: XmlScanner): void {
    const isFirst = this.#raw === '' && this.#digits === -1
    if (isFirst && (this.#type === 's' || this.#type === 'n')) {
      this.#digits = scanner.textDigits()
      if (this.#digits !== -1) return
    }
    if (this.#digits !== -1) this.#raw = String(this.#digits)
    this.#digits = -1
    this.#raw += scanner.text()
    // An escape is seven characters for one.
    if (this.#raw.length > this.#tally.limits.cellCharacters * 7) throw this.#fault('cell_too_long')
  }

  #endCell(): void {
    if (this.#type === 's' && this.#digits !== -1 && !this.#hasFormula) {
      this.#placeShared(this.#digits)
      this.#isInCell = false
      return
    }
    const cell = this.#value()
    if (this.#hasFormula) {
      this.#tally.counts.formulas += 1
      if (cell === null && this.#raw === '' && !this.#hasInline && this.#type !== 'str')
        this.#tally.counts.formulasWithoutValue += 1
    }
    if (cell !== null) this.#place(this.#hasFormula ? computed(cell) : cell)
    this.#isInCell = false
  }

  #value(): WireCell {
    if (this.#type === 's') return this.#shared()
    if (this.#hasInline) {
      if (this.#rich.isTooLong) throw this.#fault('cell_too_long')
      return this.#rich.text === '' ? null : this.#rich.text
    }
    const isDate = this.#facts.isDate[this.#style] === true
    if (this.#digits !== -1 && !isDate) return this.#digits
    const raw = this.#digits === -1 ? this.#raw : String(this.#digits)
    if (raw === '') return null
    if (this.#type === 'e') this.#tally.counts.errorCells += 1
    return readValue(raw, this.#type, { isDate, is1904: this.#facts.is1904 })
  }

  #shared(): WireCell {
    const index = this.#digits === -1 ? Number(this.#raw.trim() || Number.NaN) : this.#digits
    if (this.#digits === -1 && this.#raw.trim() === '') return null
    return this.#charactersOfShared(index) === 0 ? null : this.#facts.sharedStrings.textAt(index)
  }

  #charactersOfShared(index: number): number {
    const characters = this.#facts.sharedStrings.charactersAt(index)
    if (characters === null) throw this.#fault('damaged')
    if (characters > this.#tally.limits.cellCharacters) throw this.#fault('cell_too_long')
    return characters
  }

  #placeShared(index: number): void {
    const characters = this.#charactersOfShared(index)
    if (characters === 0) return
    this.#placeCell(null, characters)
    this.#sharedCells.places[this.#column] = index
  }

  #place(cell: WireCell): void {
    const characters = charactersOf(cell)
    if (this.#column < this.#tally.limits.columns && characters > this.#tally.limits.cellCharacters)
      throw this.#fault('cell_too_long')
    this.#placeCell(cell, characters)
    this.#sharedCells.places[this.#column] = -1
  }

  #placeCell(cell: WireCell, characters: number): void {
    if (this.#column >= this.#tally.limits.columns) throw this.#fault('too_many_columns')
    while (this.#cells.length < this.#column) this.#cells.push(null)
    this.#cells[this.#column] = cell
    this.#characters += characters
    if (this.#hiddenColumns.size > 0) this.#usedColumns.add(this.#column)
  }

  #endRow(): void {
    this.#isInRow = false
    if (this.#cells.length === 0) return
    const row: WireRow = [this.#row, this.#isHidden ? 1 : 0, this.#cells]
    this.#tally.countRow(row, this.#characters, { sheet: this.#sheet.name, row: this.#row })
    this.#sink.row(row, this.#sharedCells)
    this.#sharedCells.places.fill(-1, 0, this.#cells.length)
  }

  #fault(fault: SpreadsheetFault): SpreadsheetError {
    const where: FaultPlace = { sheet: this.#sheet.name, row: this.#row }
    return new SpreadsheetError(fault, this.#isInCell ? { ...where, column: this.#column } : where)
  }
}

function typeOf(scanner: XmlScanner, index: number): CellType {
  if (scanner.attributeLength(index) === 1 && scanner.attributeByte(index, 0) === 0x73) return 's'
  return cellTypeOf(scanner.attributeAt(index))
}
