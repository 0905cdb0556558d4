import type { Cell, ReadReport, SheetInfo, SheetRow } from './cell.ts'
import type { FaultPlace, ReadLimits, SpreadsheetFault } from './fault.ts'

/** What the reading process is asked. */
export interface ReadTask {
  readonly file: string
  readonly limits: ReadLimits
}

/** A cell as it travels: plain texts, numbers that are written as JavaScript writes them, and booleans go as themselves. */
export type WireCell = string | number | boolean | null | Cell

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

export function rowOf([row, hidden, cells]: WireRow): SheetRow {
  return { row, hidden: hidden === 1, cells: cells.map(cellOf) }
}

function cellOf(cell: WireCell): Cell | null {
  if (typeof cell === 'string') return { kind: 'text', text: cell }
  if (typeof cell === 'number') return { kind: 'number', value: cell, text: String(cell) }
  if (typeof cell === 'boolean') return { kind: 'boolean', value: cell, text: cell ? 'TRUE' : 'FALSE' }
  return cell
}

const headBytes = 4
// A row of 64 cells of 4,096 characters, each six bytes as JSON, and a batch of rows before it.
const mostFrameBytes = 16 * 1024 * 1024

/** A message with its length before it. */
export function frame(message: Message): Buffer {
  const body = Buffer.from(JSON.stringify(message))
  const head = Buffer.alloc(headBytes)
  head.writeUInt32LE(body.length)
  return Buffer.concat([head, body])
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
