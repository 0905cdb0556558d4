const blockBytes = 512
const nameBytes = 100
const largestSize = 0o77777777777

/** One file of an archive; `body` must be read to its end before the next one is asked for. */
export interface Entry {
  readonly name: string
  readonly size: number
  readonly body: AsyncIterable<Buffer>
}

/** The header of a plain file in an archive (POSIX ustar). */
export function headerOf(name: string, size: number, mode = 0o600): Buffer {
  if (Buffer.byteLength(name) > nameBytes || size > largestSize)
    throw new RangeError(`${name} does not fit into an archive`)
  const header = Buffer.alloc(blockBytes)
  header.write(name, 0, 'utf8')
  const octal = (value: number, at: number, digits: number) =>
    header.write(value.toString(8).padStart(digits, '0'), at, 'latin1')
  octal(mode, 100, 7)
  octal(0, 108, 7)
  octal(0, 116, 7)
  octal(size, 124, 11)
  octal(0, 136, 11)
  header.write('0', 156, 'latin1')
  header.write('ustar\u000000', 257, 'latin1')
  header.write(`${checksumOf(header).toString(8).padStart(6, '0')}\u0000 `, 148, 'latin1')
  return header
}

/** What follows a file of this size up to the next header. */
export function paddingOf(size: number): Buffer {
  return Buffer.alloc((blockBytes - (size % blockBytes)) % blockBytes)
}

/** What ends an archive. */
export const archiveEnd = Buffer.alloc(2 * blockBytes)

// The checksum counts its own eight bytes as spaces.
function checksumOf(header: Buffer): number {
  let sum = 8 * 0x20
  for (const [at, byte] of header.entries()) if (at < 148 || at >= 156) sum += byte
  return sum
}

/**
 * The files of an archive that `headerOf` wrote, in their order.
 * @throws RangeError where it is none
 */
export async function* entriesOf(chunks: AsyncIterable<Buffer>): AsyncGenerator<Entry> {
  const source = new Source(chunks)
  for (;;) {
    const header = await source.exactly(blockBytes)
    if (header.equals(archiveEnd.subarray(0, blockBytes))) break
    const name = header.toString('utf8', 0, header.indexOf(0))
    const size = Number.parseInt(header.toString('latin1', 124, 135), 8)
    if (!Number.isSafeInteger(size) || !headerOf(name, size).equals(header))
      throw new RangeError('a header of the archive cannot be read')
    yield { name, size, body: source.next(size) }
    await source.exactly(paddingOf(size).length)
  }
  await source.exactly(blockBytes)
  if (!(await source.isAtEnd())) throw new RangeError('the archive goes on after its end')
}

/** Bytes asked for by number, out of chunks as they come. */
class Source {
  readonly #chunks: AsyncIterator<Buffer>
  #held: Buffer = Buffer.alloc(0)

  constructor(chunks: AsyncIterable<Buffer>) {
    this.#chunks = chunks[Symbol.asyncIterator]()
  }

  async exactly(count: number): Promise<Buffer> {
    const parts: Buffer[] = []
    for await (const part of this.next(count)) parts.push(part)
    return Buffer.concat(parts)
  }

  async *next(count: number): AsyncGenerator<Buffer> {
    let left = count
    while (left > 0) {
      if (await this.isAtEnd()) throw new RangeError('the archive ends too early')
      const part = this.#held.subarray(0, left)
      this.#held = this.#held.subarray(part.length)
      left -= part.length
      yield part
    }
  }

  async isAtEnd(): Promise<boolean> {
    while (this.#held.length === 0) {
      const { value, done } = await this.#chunks.next()
      if (done) return true
      this.#held = value
    }
    return false
  }
}
