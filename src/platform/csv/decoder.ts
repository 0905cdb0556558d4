import { isUtf8 } from 'node:buffer'
import { TextDecoder } from 'node:util'
import { markedEncoding, type TextEncodingName } from './encoding.ts'

export interface Decoded {
  /** All of it up to the fault, if there is one. */
  readonly text: string
  readonly fault: 'workbook' | 'unknown_encoding' | 'nul' | null
}

const workbooks: readonly (readonly number[])[] = [
  [0x50, 0x4b, 0x03, 0x04],
  [0xd0, 0xcf, 0x11, 0xe0],
]
const longestBeginning = 4

/** Turns bytes into text, however they are cut into pieces, up to the first that cannot be. */
export class Decoder {
  #encoding: TextEncodingName
  #rest: Buffer = Buffer.alloc(0)
  #isBeginning = true
  #stream: TextDecoder | null = null

  /** @param encoding of a text without byte order mark */
  constructor(encoding: TextEncodingName) {
    this.#encoding = encoding
  }

  push(piece: Buffer): Decoded {
    const bytes = this.#rest.length === 0 ? piece : Buffer.concat([this.#rest, piece])
    if (this.#isBeginning && bytes.length < longestBeginning) {
      this.#rest = Buffer.from(bytes)
      return { text: '', fault: null }
    }
    return this.#decode(bytes, false)
  }

  end(): Decoded {
    return this.#decode(this.#rest, true)
  }

  #decode(bytes: Buffer, isEnd: boolean): Decoded {
    const begun = this.#isBeginning ? this.#begin(bytes) : bytes
    if (begun === null) return { text: '', fault: 'workbook' }
    if (this.#stream !== null) {
      this.#rest = Buffer.alloc(0)
      return decodeStream(this.#stream, begun, isEnd)
    }
    const end = isEnd ? begun.length : wholeCharacters(begun)
    this.#rest = Buffer.from(begun.subarray(end))
    return decodeUtf8(begun.subarray(0, end))
  }

  /** What follows the mark; null for a workbook. */
  #begin(bytes: Buffer): Buffer | null {
    this.#isBeginning = false
    if (workbooks.some((beginning) => beginning.every((byte, at) => bytes[at] === byte))) return null
    const marked = markedEncoding(bytes)
    if (marked !== null) this.#encoding = marked.encoding
    if (this.#encoding !== 'utf-8')
      this.#stream = new TextDecoder(this.#encoding, { fatal: true, ignoreBOM: true })
    return bytes.subarray(marked?.markBytes ?? 0)
  }
}

function decodeStream(decoder: TextDecoder, bytes: Buffer, isEnd: boolean): Decoded {
  try {
    return untilNul(decoder.decode(bytes, { stream: !isEnd }))
  } catch {
    return { text: '', fault: 'unknown_encoding' }
  }
}

function decodeUtf8(bytes: Buffer): Decoded {
  const text = bytes.toString('utf8')
  if (!isUtf8(bytes)) return { text: text.slice(0, text.indexOf('\ufffd')), fault: 'unknown_encoding' }
  return untilNul(text)
}

function untilNul(text: string): Decoded {
  const nul = text.indexOf('\0')
  return nul === -1 ? { text, fault: null } : { text: text.slice(0, nul), fault: 'nul' }
}

/** How many bytes there are without a character at the end that is cut in two. */
function wholeCharacters(bytes: Buffer): number {
  for (let back = 1; back <= Math.min(3, bytes.length); back++) {
    const byte = bytes[bytes.length - back] ?? 0
    if ((byte & 0b1100_0000) === 0b1000_0000) continue
    return byte >= 0b1100_0000 && bytesOf(byte) > back ? bytes.length - back : bytes.length
  }
  return bytes.length
}

function bytesOf(lead: number): number {
  if (lead >= 0b1111_0000) return 4
  return lead >= 0b1110_0000 ? 3 : 2
}
