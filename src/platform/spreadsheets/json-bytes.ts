const quotation = 0x22
const backslash = 0x5c
const mostCopiedByHand = 64

/** JSON in UTF-8, written value after value into one buffer that is used again. */
export class JsonBytes {
  bytes: Buffer
  length = 0

  constructor(capacity: number) {
    this.bytes = Buffer.allocUnsafeSlow(capacity)
  }

  /** Makes room for so many bytes more. */
  reserve(more: number): void {
    if (this.length + more <= this.bytes.length) return
    const larger = Buffer.allocUnsafeSlow(Math.max(this.length + more, this.bytes.length * 2))
    this.bytes.copy(larger, 0, 0, this.length)
    this.bytes = larger
  }

  byte(byte: number): void {
    this.reserve(1)
    this.bytes[this.length] = byte
    this.length += 1
  }

  /** What is JSON already. */
  raw(json: string): void {
    this.reserve(json.length * 3)
    this.length += this.bytes.write(json, this.length, 'utf8')
  }

  copy(source: Uint8Array, from: number, count: number): void {
    this.reserve(count)
    const { bytes, length } = this
    if (count > mostCopiedByHand) bytes.set(source.subarray(from, from + count), length)
    else for (let index = 0; index < count; index++) bytes[length + index] = source[from + index] ?? 0
    this.length = length + count
  }

  number(value: number): void {
    if (Number.isSafeInteger(value) && value >= 0) this.#whole(value)
    else this.raw(String(value))
  }

  #whole(value: number): void {
    this.reserve(16)
    let digits = 1
    for (let power = 10; power <= value; power *= 10) digits += 1
    let rest = value
    for (let at = this.length + digits - 1; at >= this.length; at--) {
      const next = Math.floor(rest / 10)
      this.bytes[at] = 0x30 + rest - next * 10
      rest = next
    }
    this.length += digits
  }

  text(text: string): void {
    // Beyond some characters a call of JSON.stringify costs less than the loop.
    if (text.length > mostCopiedByHand || !this.#plain(text)) this.raw(JSON.stringify(text))
  }

  /** Writes a text that needs no escape; false, and nothing written, where it needs one. */
  #plain(text: string): boolean {
    this.reserve(text.length * 3 + 2)
    const { bytes } = this
    let at = this.length
    bytes[at++] = quotation
    for (let index = 0; index < text.length; index++) {
      const unit = text.charCodeAt(index)
      if (unit < 0x80) {
        if (unit < 0x20 || unit === quotation || unit === backslash) return false
        bytes[at++] = unit
        continue
      }
      if (unit >= 0xd800 && unit <= 0xdfff) return false
      if (unit < 0x800) bytes[at++] = 0xc0 | (unit >> 6)
      else {
        bytes[at++] = 0xe0 | (unit >> 12)
        bytes[at++] = 0x80 | ((unit >> 6) & 0x3f)
      }
      bytes[at++] = 0x80 | (unit & 0x3f)
    }
    bytes[at++] = quotation
    this.length = at
    return true
  }
}
