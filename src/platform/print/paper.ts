import { setImmediate as turn } from 'node:timers/promises'
import PDFDocument from 'pdfkit'
import { composePrintFont } from '../fonts/print-font.ts'

/** Lengths are in points (1/72 inch), colours in CSS hex. */
export const ink = {
  text: '#1b1d22',
  soft: '#5c6270',
  line: '#9aa0ac',
  fill: '#eef0f4',
  warn: '#8a4b00',
} as const

const page = { width: 595.28, height: 841.89 }
const margin = { side: 42, top: 46, bottom: 54 }

export interface PaperFacts {
  readonly title: string
  readonly author: string
  readonly madeAt: Date
  /** BCP 47, for readers that speak. */
  readonly language: string
  /** Every character that will be written: a PDF carries its letters. */
  readonly text: string
  /** What stands at the foot of each page beside its number. */
  readonly foot: string
  /** "page 2 of 3" in words. */
  pageNumber(at: number, of: number): string
}

export interface Style {
  readonly size?: number
  readonly bold?: boolean
  readonly color?: string
  readonly align?: 'left' | 'center' | 'right'
}

export interface Cell extends Style {
  readonly text: string
  readonly fill?: string
  /** How many columns it covers. */
  readonly span?: number
}

export interface Place {
  readonly x: number
  readonly y: number
  readonly width: number
}

const plain = { size: 9, bold: false, color: ink.text, align: 'left' } as const
const cellInset = { side: 5, edge: 3.5 }

/** A4 sheets written from top to bottom; `y` is where the next line goes. */
export class Paper {
  readonly left = margin.side
  readonly width = page.width - 2 * margin.side
  /** Characters that no font here has; they are printed as an empty box. */
  readonly missing: readonly string[]
  y = margin.top
  readonly #document: PDFKit.PDFDocument
  readonly #facts: PaperFacts
  #onNewPage: (() => void) | null = null

  constructor(facts: PaperFacts) {
    const { title, author, madeAt, language, text, foot } = facts
    const everything = `${text}${foot}${facts.pageNumber(1234567890, 1234567890)}`
    const regular = composePrintFont(everything, 400)
    this.missing = regular.missing
    this.#facts = facts
    this.#document = new PDFDocument({
      size: 'A4',
      margin: 0,
      bufferPages: true,
      pdfVersion: '1.7',
      lang: language,
      displayTitle: true,
      // No standard font: what is not embedded looks different on each machine.
      font: regular.bytes as unknown as string,
      info: { Title: title, Author: author, CreationDate: madeAt, ModDate: madeAt },
    })
    this.#document.registerFont('regular', regular.bytes)
    this.#document.registerFont('bold', composePrintFont(everything, 600).bytes)
  }

  /** Writes a paragraph over the whole width. */
  paragraph(text: string, style: Style = {}): void {
    this.room(this.heightOf(text, this.width, style))
    this.write(text, { x: this.left, y: this.y, width: this.width }, style)
    this.y += this.heightOf(text, this.width, style)
  }

  /** Writes text at a place, without moving on. */
  write(text: string, { x, y, width }: Place, style: Style = {}): void {
    const { size, bold, color, align } = { ...plain, ...style }
    this.#document
      .font(bold ? 'bold' : 'regular', size)
      .fillColor(color)
      .text(text, x, y, { width, align, lineGap: 0 })
  }

  heightOf(text: string, width: number, style: Style = {}): number {
    const { size, bold } = { ...plain, ...style }
    return this.#document.font(bold ? 'bold' : 'regular', size).heightOfString(text, { width, lineGap: 0 })
  }

  line({ x, y, width }: Place, color: string = ink.line): void {
    this.#document
      .lineWidth(0.6)
      .strokeColor(color)
      .moveTo(x, y)
      .lineTo(x + width, y)
      .stroke()
  }

  /** Begins a new page unless so much is left of this one. */
  room(height: number): void {
    if (this.y + height <= page.height - margin.bottom) return
    this.#document.addPage()
    this.y = margin.top
    this.#onNewPage?.()
  }

  /** Draws a row of cells between lines; widths are parts of the whole width. */
  row(parts: readonly number[], cells: readonly Cell[]): void {
    const height = this.#rowHeight(parts, cells)
    this.room(height)
    const total = parts.reduce((sum, part) => sum + part, 0)
    let column = 0
    let x = this.left
    for (const cell of cells) {
      const width = (this.width * partOf(parts, column, cell)) / total
      this.#drawCell(cell, { x, y: this.y, width }, height)
      column += cell.span ?? 1
      x += width
    }
    this.y += height
  }

  /** Draws rows below a heading that is repeated on each page; `keep` points stay together with the heading. */
  async rows(
    parts: readonly number[],
    heading: readonly Cell[],
    rows: readonly (readonly Cell[])[],
  ): Promise<void> {
    const [first = []] = rows
    this.room(this.#rowHeight(parts, heading) + this.#rowHeight(parts, first))
    this.row(parts, heading)
    this.#onNewPage = () => this.row(parts, heading)
    for (const [at, row] of rows.entries()) {
      this.row(parts, row)
      // Long tables must not hold up whoever else waits.
      if (at % 50 === 49) await turn()
    }
    this.#onNewPage = null
  }

  /** Numbers the pages and resolves to the file. */
  async end(): Promise<Buffer> {
    const { count } = this.#document.bufferedPageRange()
    for (let at = 0; at < count; at += 1) {
      this.#document.switchToPage(at)
      const y = page.height - margin.bottom + 16
      this.line({ x: this.left, y: y - 5, width: this.width })
      const number = this.#facts.pageNumber(at + 1, count)
      this.write(this.#facts.foot, { x: this.left, y, width: this.width - 110 }, { size: 7, color: ink.soft })
      const place = { x: this.left + this.width - 110, y, width: 110 }
      this.write(number, place, { size: 7, color: ink.soft, align: 'right' })
    }
    const pieces: Buffer[] = []
    this.#document.end()
    for await (const piece of this.#document) pieces.push(piece as Buffer)
    return Buffer.concat(pieces)
  }

  #rowHeight(parts: readonly number[], cells: readonly Cell[]): number {
    const total = parts.reduce((sum, part) => sum + part, 0)
    let column = 0
    let highest = 0
    for (const cell of cells) {
      const width = (this.width * partOf(parts, column, cell)) / total - 2 * cellInset.side
      highest = Math.max(highest, this.heightOf(cell.text, width, cell))
      column += cell.span ?? 1
    }
    return highest + 2 * cellInset.edge
  }

  #drawCell(cell: Cell, { x, y, width }: Place, height: number): void {
    if (cell.fill) this.#document.rect(x, y, width, height).fill(cell.fill)
    this.#document.lineWidth(0.6).strokeColor(ink.line).rect(x, y, width, height).stroke()
    const inner = { x: x + cellInset.side, y: y + cellInset.edge, width: width - 2 * cellInset.side }
    this.write(cell.text, inner, cell)
  }
}

function partOf(parts: readonly number[], column: number, { span = 1 }: Cell): number {
  return parts.slice(column, column + span).reduce((sum, part) => sum + part, 0)
}
