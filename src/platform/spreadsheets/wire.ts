import type { Cell, ReadReport, SheetInfo, SheetRow } from './cell.ts'
import type { FaultPlace, ReadLimits, SpreadsheetFault } from './fault.ts'
import { JsonBytes } from './json-bytes.ts'

/** What the reading process is asked. */
export interface ReadTask {
  readonly file: string
  readonly limits: ReadLimits
}

/**
 * A cell as it travels: plain texts, numbers that are written as JavaScript writes them, and booleans go as themselves; a
 * date as its text and its serial number.
 */
export type WireCell = string | number | boolean | null | WireDate | Cell

export type WireDate = readonly [text: string, serial: number | null]

/** The number of the row, 1 if it is hidden, its cells. */
export type WireRow = readonly [row: number, hidden: 0 | 1, cells: readonly WireCell[]]

export interface ReadUsage {
  /** Most memory the reading process had resident; null where the system does not say. */
  readonly peakBytes: number | null
  readonly seconds: number
}

/** What the reading process says, one after another; the last is `end`, `fault` or `bug`. */
export type Message =
  | { readonly kind: 'rows'; readonly sheet: number; readonly rows: readonly WireRow[] }
  | { readonly kind: 'sheet'; readonly sheet: SheetInfo }
  | { readonly kind: 'end'; readonly report: ReadReport; readonly usage: ReadUsage }
  | {
      readonly kind: 'fault'
      readonly fault: SpreadsheetFault
      readonly where: FaultPlace
      readonly usage: ReadUsage
    }
  | { readonly kind: 'bug'; readonly message: string }

export function isDate(cell: WireCell): cell is WireDate {
  return Array.isArray(cell)
}

export function rowOf([row, hidden, cells]: WireRow): SheetRow {
  return { row, hidden: hidden === 1, cells: cells.map(cellOf) }
}

function cellOf(cell: WireCell): Cell | null {
  if (typeof cell === 'string') return { kind: 'text', text: cell }
  if (typeof cell === 'number') return { kind: 'number', value: cell, text: String(cell) }
  if (typeof cell === 'boolean') return { kind: 'boolean', value: cell, text: cell ? 'TRUE' : 'FALSE' }
  if (isDate(cell)) return { kind: 'date', text: cell[0], serial: cell[1] }
  return cell
}

const headBytes = 4
const openBracket = 0x5b
const closeBracket = 0x5d
const comma = 0x2c
// A row of 64 cells of 4,096 characters, each six bytes as JSON, and a batch of rows before it.
const mostFrameBytes = 16 * 1024 * 1024

/** Cells of a row whose JSON is there already, by column: their places in a table of texts, -1 for a cell that is none. */
export interface SharedCells {
  readonly places: Int32Array
  write(place: number, json: JsonBytes): void
}

/** Makes messages with their length before them in one buffer; a message is there until the next is begun. */
export class FrameWriter {
  readonly #json = new JsonBytes(256 * 1024)

  /** Bytes of the message so far. */
  get length(): number {
    return this.#json.length
  }

  whole(message: Exclude<Message, { kind: 'rows' }>): Buffer {
    this.#begin()
    this.#json.raw(JSON.stringify(message))
    return this.#end()
  }

  beginRows(sheet: number): void {
    this.#begin()
    this.#json.raw(`{"kind":"rows","sheet":${sheet},"rows":[`)
  }

  row([row, hidden, cells]: WireRow, shared?: SharedCells): void {
    const json = this.#json
    json.byte(openBracket)
    json.number(row)
    json.byte(comma)
    json.number(hidden)
    json.byte(comma)
    json.byte(openBracket)
    for (let column = 0; column < cells.length; column++) {
      const place = shared === undefined ? -1 : (shared.places[column] ?? -1)
      if (place === -1) writeCell(cells[column] ?? null, json)
      else shared?.write(place, json)
      json.byte(comma)
    }
    // The last comma gives way.
    json.length -= cells.length > 0 ? 1 : 0
    json.byte(closeBracket)
    json.byte(closeBracket)
    json.byte(comma)
  }

  endRows(): Buffer {
    this.#json.length -= 1
    this.#json.raw(']}')
    return this.#end()
  }

  #begin(): void {
    this.#json.length = 0
    this.#json.reserve(headBytes)
    this.#json.length = headBytes
  }

  #end(): Buffer {
    const { bytes, length } = this.#json
    bytes.writeUInt32LE(length - headBytes)
    return bytes.subarray(0, length)
  }
}

function writeDate([text, serial]: WireDate, json: JsonBytes): void {
  json.byte(openBracket)
  json.text(text)
  json.byte(comma)
  if (serial === null) json.raw('null')
  else json.number(serial)
  json.byte(closeBracket)
}

function writeCell(cell: WireCell, json: JsonBytes): void {
  if (typeof cell === 'string') json.text(cell)
  else if (typeof cell === 'number') json.number(cell)
  else if (cell === null || !isDate(cell)) json.raw(JSON.stringify(cell))
  else writeDate(cell, json)
}

/** Puts messages together from the pieces in which they arrive. */
export class FrameReader {
  #pieces: Buffer[] = []
  #bytes = 0
  #wanted = headBytes
  #isBody = false

  push(piece: Buffer): Message[] {
    const messages: Message[] = []
    this.#pieces.push(piece)
    this.#bytes += piece.length
    while (this.#bytes >= this.#wanted) {
      const all = this.#pieces.length === 1 && this.#pieces[0] ? this.#pieces[0] : Buffer.concat(this.#pieces)
      const part = all.subarray(0, this.#wanted)
      this.#pieces = [all.subarray(this.#wanted)]
      this.#bytes -= this.#wanted
      const message = this.#read(part)
      if (message !== null) messages.push(message)
    }
    return messages
  }

  #read(part: Buffer): Message | null {
    this.#isBody = !this.#isBody
    if (!this.#isBody) {
      this.#wanted = headBytes
      return JSON.parse(part.toString('utf8')) as Message
    }
    this.#wanted = part.readUInt32LE()
    if (this.#wanted > mostFrameBytes) throw new Error('the reading process sent no message')
    return null
  }
}
