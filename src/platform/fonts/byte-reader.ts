/** Reads big-endian values one after the other out of a font's bytes. @throws RangeError past the end */
export class ByteReader {
  readonly #bytes: Buffer
  place: number

  constructor(bytes: Buffer, place = 0) {
    this.#bytes = bytes
    this.place = place
  }

  u8(): number {
    this.place += 1
    return this.#bytes.readUInt8(this.place - 1)
  }

  u16(): number {
    this.place += 2
    return this.#bytes.readUInt16BE(this.place - 2)
  }

  i8(): number {
    this.place += 1
    return this.#bytes.readInt8(this.place - 1)
  }

  i16(): number {
    this.place += 2
    return this.#bytes.readInt16BE(this.place - 2)
  }

  u32(): number {
    this.place += 4
    return this.#bytes.readUInt32BE(this.place - 4)
  }

  /** A number with 14 binary places (F2DOT14). */
  fraction(): number {
    return this.i16() / 16_384
  }

  /** WOFF2 §4.1: seven bits a byte, the last one without the high bit. */
  base128(): number {
    let value = 0
    for (let count = 0; count < 5; count += 1) {
      const byte = this.u8()
      value = value * 128 + (byte & 0x7f)
      if ((byte & 0x80) === 0) return value
    }
    throw new RangeError('a length of the font is too long')
  }

  /** WOFF2 §4.1: a count that is mostly below 253. */
  count255(): number {
    const code = this.u8()
    if (code === 253) return this.u16()
    if (code === 254) return this.u8() + 506
    if (code === 255) return this.u8() + 253
    return code
  }

  slice(length: number): Buffer {
    this.place += length
    return this.#bytes.subarray(this.place - length, this.place)
  }
}
