import { SpreadsheetError } from '../fault.ts'
import { digitsIn, isAt, isLetter, type LeafMarks } from './xml-bytes.ts'
import { decodeXml } from './xml-text.ts'

const lessThan = 0x3c
const greaterThan = 0x3e
const slash = 0x2f
const colon = 0x3a
const equals = 0x3d
const ampersand = 0x26
const exclamation = 0x21
const question = 0x3f
const quotation = 0x22
const apostrophe = 0x27

const mostTokenBytes = 256 * 1024
const mostAttributes = 64
const mostDepth = 64
// NULs behind the bytes: who looks for the end of a token looks no further, and no read is out of bounds, which is slow.
const padding = 16
const tokenRoom = 4096

const plainSeed = 7
const prefixedSeed = 11

/** What the scanner has of an element's name, or of an attribute's without a prefix; of an element the prefix does not count. */
export function nameCode(name: string): number {
  return hashOf(plainSeed, name)
}

/** The same of an attribute with any prefix, e.g. `id` for `r:id`. */
export function prefixedCode(name: string): number {
  return hashOf(prefixedSeed, name)
}

function hashOf(seed: number, name: string): number {
  let hash = seed
  for (let at = 0; at < name.length; at++) hash = (Math.imul(hash, 31) + name.charCodeAt(at)) | 0
  return hash
}

const endsName = new Uint8Array(256)
const isSpace = new Uint8Array(256)
for (const byte of [0x20, 0x09, 0x0a, 0x0d]) {
  endsName[byte] = 1
  isSpace[byte] = 1
}
for (const byte of [slash, greaterThan, equals, lessThan]) endsName[byte] = 1

const isEntity = 1
const isWide = 2

/**
 * Cuts XML in UTF-8 into tokens, however its bytes come in pieces: elements with attributes, text and CDATA; comments and
 * processing instructions are passed over. Holds one piece and one token; it builds no value that is not asked for.
 */
export class XmlScanner {
  token: 'open' | 'close' | 'text' = 'text'
  /** Of the element that opens or closes. */
  name = 0
  attributeCount = 0
  readonly attributeNames = new Int32Array(mostAttributes)
  readonly #starts = new Int32Array(mostAttributes)
  readonly #ends = new Int32Array(mostAttributes)
  readonly #part: string
  #bytes: Buffer = Buffer.alloc(padding)
  #end = 0
  #at = 0
  #textStart = 0
  #textEnd = 0
  #textFlags = 0
  #closesItself = false
  #depth = 0
  readonly #open = new Int32Array(mostDepth)
  #hasRoot = false

  /** @param part is named when the XML is damaged */
  constructor(part: string) {
    this.#part = part
  }

  push(piece: Buffer): void {
    const rest = this.#end - this.#at
    if (rest > mostTokenBytes) throw this.#tooLong()
    const length = rest + piece.length
    const before = this.#bytes
    if (length + padding > before.length) this.#bytes = Buffer.allocUnsafeSlow(length + padding + tokenRoom)
    before.copy(this.#bytes, 0, this.#at, this.#end)
    piece.copy(this.#bytes, rest)
    this.#bytes.fill(0, length, length + padding)
    this.#at = 0
    this.#end = length
  }

  /** @throws SpreadsheetError `damaged` when elements are open, or there was none */
  end(): void {
    if (this.#depth > 0 || !this.#hasRoot) throw this.damaged()
    for (let at = this.#at; at < this.#end; at++)
      if (isSpace[this.#bytes[at] ?? 0] === 0) throw this.damaged()
  }

  #isEnd(at: number): boolean {
    return at >= this.#end
  }

  #tooLong(): SpreadsheetError {
    if (this.#bytes[this.#at] === lessThan) return this.damaged()
    return new SpreadsheetError('cell_too_long', { part: this.#part })
  }

  damaged(): SpreadsheetError {
    return new SpreadsheetError('damaged', { part: this.#part })
  }

  /**
   * Goes to the next token; false when the pieces so far have no further one.
   * @throws SpreadsheetError `doctype`, `damaged`
   */
  next(): boolean {
    if (this.#closesItself) {
      this.#closesItself = false
      return this.#close(this.name)
    }
    while (this.#at < this.#end) {
      if (this.#bytes[this.#at] !== lessThan) return this.#readText()
      const found = this.#readMarkup()
      if (found !== null) return found
    }
    return false
  }

  /** As `next`, from `<` on; null where what begins there is passed over. */
  #readMarkup(): boolean | null {
    if (this.#isEnd(this.#at + 1)) return false
    const second = this.#bytes[this.#at + 1] ?? 0
    if (second === slash) return this.#readClose()
    return second === exclamation || second === question ? this.#pass(second) : this.#readOpen()
  }

  /**
   * Passes over all of the element that has just opened, where it holds one element with a text and these names alone,
   * as nearly all do: the token is that text then. False, and nothing is passed over, where it holds anything else.
   */
  passLeaf({ begin, end }: LeafMarks): boolean {
    const bytes = this.#bytes
    const start = this.#at + begin.length
    if (this.#closesItself || this.#depth >= mostDepth || !isAt(bytes, this.#at, begin)) return false
    let flags = 0
    let at = start
    for (; ; at++) {
      const byte = bytes[at] ?? 0
      if (byte === lessThan) break
      if (byte === 0 && this.#isEnd(at)) return false
      if (byte === ampersand) flags |= isEntity
      else if (byte >= 0x80 || byte < 0x20) flags |= isWide
    }
    if (!isAt(bytes, at, end)) return false
    this.#at = start
    this.#depth -= 1
    return this.#take(at, at + end.length, flags)
  }

  /** The text of the token. */
  text(): string {
    return this.#decode(this.#textStart, this.#textEnd, this.#textFlags)
  }

  /** The text of the token as a number of at most 15 digits and nothing else; -1 when it is none, or begins with a zero. */
  textDigits(): number {
    return digitsIn(this.#bytes, this.#textStart, this.#textEnd)
  }

  get textBytes(): number {
    return this.#textEnd - this.#textStart
  }

  /** The value of the attribute; null where the element has none. */
  attribute(code: number): string | null {
    for (let index = 0; index < this.attributeCount; index++)
      if (this.attributeNames[index] === code) return this.attributeAt(index)
    return null
  }

  attributeAt(index: number): string {
    return this.#decode(this.#starts[index] ?? 0, this.#ends[index] ?? 0, isEntity | isWide)
  }

  /** As `textDigits`, of an attribute by its place; `0` counts as a number. */
  attributeDigits(index: number): number {
    return digitsIn(this.#bytes, this.#starts[index] ?? 0, this.#ends[index] ?? 0)
  }

  attributeLength(index: number): number {
    return (this.#ends[index] ?? 0) - (this.#starts[index] ?? 0)
  }

  attributeByte(index: number, offset: number): number {
    const at = (this.#starts[index] ?? 0) + offset
    return at < (this.#ends[index] ?? 0) ? (this.#bytes[at] ?? 0) : 0
  }

  #decode(start: number, end: number, flags: number): string {
    if (flags === 0) return this.#bytes.toString('latin1', start, end)
    const text = decodeXml(this.#bytes.subarray(start, end), (flags & isEntity) !== 0)
    if (text === null) throw this.damaged()
    return text
  }

  #readText(): boolean {
    const bytes = this.#bytes
    let flags = 0
    for (let at = this.#at; at < this.#end; at++) {
      const byte = bytes[at] ?? 0
      if (byte === lessThan) return this.#take(at, at, flags)
      if (byte === ampersand) flags |= isEntity
      else if (byte >= 0x80 || byte < 0x20) flags |= isWide
    }
    return false
  }

  #take(end: number, next: number, flags: number): boolean {
    this.#textStart = this.#at
    this.#textEnd = end
    this.#textFlags = flags
    this.#at = next
    this.token = 'text'
    return true
  }

  #readClose(): boolean {
    const bytes = this.#bytes
    let name = plainSeed
    let at = this.#at + 2
    for (; ; at++) {
      const byte = bytes[at] ?? 0
      if (byte === 0 && this.#isEnd(at)) return false
      if (byte === colon) name = plainSeed
      else if (endsName[byte] === 1) break
      else name = (Math.imul(name, 31) + byte) | 0
    }
    while (isSpace[bytes[at] ?? 0] === 1) at += 1
    if (at >= this.#end) return false
    if (bytes[at] !== greaterThan) throw this.damaged()
    this.#at = at + 1
    return this.#close(name)
  }

  #close(name: number): boolean {
    this.#depth -= 1
    if (this.#depth < 0 || this.#open[this.#depth] !== name) throw this.damaged()
    this.name = name
    this.token = 'close'
    return true
  }

  #readOpen(): boolean {
    const bytes = this.#bytes
    let name = plainSeed
    let at = this.#at + 1
    for (; ; at++) {
      const byte = bytes[at] ?? 0
      if (byte === 0 && this.#isEnd(at)) return false
      if (byte === colon) name = plainSeed
      else if (endsName[byte] === 1) break
      else name = (Math.imul(name, 31) + byte) | 0
    }
    if (name === plainSeed) throw this.damaged()
    at = this.#readAttributes(at)
    if (at === -1) return false
    this.#closesItself = bytes[at] === slash
    this.#enter(name)
    this.#at = this.#closesItself ? at + 2 : at + 1
    this.name = name
    this.token = 'open'
    return true
  }

  #enter(name: number): void {
    if (this.#depth >= mostDepth) throw this.damaged()
    if (this.#depth === 0 && this.#hasRoot) throw this.damaged()
    this.#hasRoot = true
    this.#open[this.#depth] = name
    this.#depth += 1
  }

  /** Where `>` or `/>` stands; -1 when that is still to come. */
  #readAttributes(from: number): number {
    const bytes = this.#bytes
    this.attributeCount = 0
    let at = from
    for (;;) {
      while (isSpace[bytes[at] ?? 0] === 1) at += 1
      const byte = bytes[at] ?? 0
      if (byte === greaterThan) return at
      if (byte === slash) return this.#readSlash(at)
      at = at >= this.#end ? -1 : this.#readAttribute(at)
      if (at === -1) return -1
    }
  }

  #readSlash(at: number): number {
    if (at + 1 >= this.#end) return -1
    const after = this.#bytes[at + 1]
    if (after !== greaterThan) throw this.damaged()
    return at
  }

  #readAttribute(from: number): number {
    const bytes = this.#bytes
    const first = bytes[from] ?? 0
    // Most names are one letter.
    if (bytes[from + 1] === equals && bytes[from + 2] === quotation && isLetter(first))
      return this.#keepAttribute((plainSeed * 31 + first) | 0, from + 3, quotation)
    let name = plainSeed
    let at = from
    for (; ; at++) {
      const byte = bytes[at] ?? 0
      if (byte === 0 && this.#isEnd(at)) return -1
      if (byte === colon) name = prefixedSeed
      else if (endsName[byte] === 1) break
      else name = (Math.imul(name, 31) + byte) | 0
    }
    at = this.#readQuote(at)
    return at === -1 ? -1 : this.#keepAttribute(name, at + 1, bytes[at] ?? 0)
  }

  /** Where the quotation mark stands that begins the value. */
  #readQuote(from: number): number {
    const bytes = this.#bytes
    let at = from
    while (isSpace[bytes[at] ?? 0] === 1) at += 1
    if (at >= this.#end) return -1
    if (bytes[at] !== equals) throw this.damaged()
    at += 1
    while (isSpace[bytes[at] ?? 0] === 1) at += 1
    if (at >= this.#end) return -1
    const quote = bytes[at]
    if (quote !== quotation && quote !== apostrophe) throw this.damaged()
    return at
  }

  #keepAttribute(name: number, start: number, quote: number): number {
    const bytes = this.#bytes
    let end = start
    for (let byte = bytes[end] ?? 0; byte !== quote; byte = bytes[end] ?? 0) {
      if (byte === 0 && this.#isEnd(end)) return -1
      if (byte === lessThan) throw this.damaged()
      end += 1
    }
    if (this.attributeCount >= mostAttributes) throw this.damaged()
    this.attributeNames[this.attributeCount] = name
    this.#starts[this.attributeCount] = start
    this.#ends[this.attributeCount] = end
    this.attributeCount += 1
    return end + 1
  }

  /** What begins with `<!` or `<?`: true for a CDATA text, false when its end is still to come, null when it is passed over. */
  #pass(second: number): boolean | null {
    if (second === question) return this.#passUntil('?>', 2)
    const head = this.#bytes.toString('latin1', this.#at, Math.min(this.#at + 9, this.#end))
    if (head.startsWith('<!--')) return this.#passUntil('-->', 4)
    if (head === '<![CDATA[') return this.#readCdata()
    if ('<!--'.startsWith(head) || '<![CDATA['.startsWith(head)) return false
    // Entities are declared there and nowhere else; a workbook has none.
    throw new SpreadsheetError('doctype', { part: this.#part })
  }

  #passUntil(mark: string, headLength: number): false | null {
    const end = this.#bytes.indexOf(mark, this.#at + headLength, 'latin1')
    if (end === -1 || end >= this.#end) return false
    this.#at = end + mark.length
    return null
  }

  #readCdata(): boolean {
    const end = this.#bytes.indexOf(']]>', this.#at + 9, 'latin1')
    if (end === -1 || end >= this.#end) return false
    this.#at += 9
    return this.#take(end, end + 3, isWide)
  }
}
