import type { Readable } from 'node:stream'
import { crc32, createInflateRaw } from 'node:zlib'
import { type Entry, openPromise, type ZipFile } from 'yauzl'
import { damaged, type ReadLimits, SpreadsheetError } from '../fault.ts'

const deflated = 8
const stored = 0
const localHeaderBytes = 30
const pieceBytes = 256 * 1024
// Inflating runs on a thread beside the scanner as long as it may be this far ahead.
const inflateOptions = { chunkSize: pieceBytes, readableHighWaterMark: 512 * 1024 }
// Below it a ratio says nothing: an empty sheet is mostly one line that repeats.
const ratioFromBytes = 1024 * 1024

/** The files within a workbook, found by their names without regard to case. */
export class Container {
  readonly #zip: ZipFile
  readonly #entries: ReadonlyMap<string, Entry>
  readonly #limits: ReadLimits
  #inflatedBytes = 0

  private constructor(zip: ZipFile, entries: ReadonlyMap<string, Entry>, limits: ReadLimits) {
    this.#zip = zip
    this.#entries = entries
    this.#limits = limits
  }

  /** @throws SpreadsheetError `damaged`, `too_many_entries`, `overlapping_entries`, `encrypted` */
  static async open(file: string, limits: ReadLimits): Promise<Container> {
    const zip = await sound(openPromise(file, { autoClose: false }))
    if (zip.entryCount > limits.entries) throw new SpreadsheetError('too_many_entries')
    const all: Entry[] = []
    const named = new Map<string, Entry>()
    await sound(
      (async () => {
        for await (const entry of zip.eachEntry()) {
          all.push(entry)
          if (!entry.fileName.endsWith('/')) named.set(keyOf(entry.fileName), entry)
        }
      })(),
    )
    // Of two files by one name each program would read another.
    if (named.size < all.filter(({ fileName }) => !fileName.endsWith('/')).length)
      throw new SpreadsheetError('damaged')
    if (all.some((entry) => entry.isEncrypted())) throw new SpreadsheetError('encrypted')
    if (overlap(all)) throw new SpreadsheetError('overlapping_entries')
    return new Container(zip, named, limits)
  }

  close(): void {
    this.#zip.close()
  }

  get names(): string[] {
    return [...this.#entries.keys()]
  }

  has(part: string): boolean {
    return this.#entries.has(keyOf(part))
  }

  /**
   * The bytes of a file within, counted as they are inflated: what its header claims decides nothing.
   * @throws SpreadsheetError `inflated_too_large`, `ratio`, `damaged`
   */
  async *read(part: string): AsyncGenerator<Buffer, void, undefined> {
    const entry = this.#entries.get(keyOf(part))
    if (entry === undefined) throw new SpreadsheetError('damaged', { part })
    if (entry.compressionMethod !== deflated && entry.compressionMethod !== stored)
      throw new SpreadsheetError('damaged', { part })
    let bytes = 0
    let sum = 0
    for await (const piece of pieces(this.#zip, entry, part)) {
      bytes += piece.length
      this.#inflatedBytes += piece.length
      if (this.#inflatedBytes > this.#limits.inflatedBytes)
        throw new SpreadsheetError('inflated_too_large', { part })
      if (bytes > ratioFromBytes && bytes > entry.compressedSize * this.#limits.ratio)
        throw new SpreadsheetError('ratio', { part })
      sum = crc32(piece, sum)
      yield piece
    }
    if (bytes !== entry.uncompressedSize || sum !== entry.crc32)
      throw new SpreadsheetError('damaged', { part })
  }
}

async function* pieces(zip: ZipFile, entry: Entry, part: string): AsyncGenerator<Buffer> {
  const raw = await sound(zip.openReadStreamPromise(entry, { decodeFileData: false }))
  const source: Readable = entry.compressionMethod === stored ? raw : inflated(raw)
  try {
    for await (const piece of source) yield piece
  } catch (cause) {
    throw damaged({ part }, cause)
  } finally {
    raw.destroy()
    source.destroy()
  }
}

function inflated(raw: Readable): Readable {
  const inflate = createInflateRaw(inflateOptions)
  raw.on('error', (error) => inflate.destroy(error))
  return raw.pipe(inflate)
}

function keyOf(name: string): string {
  return name.replace(/^\/+/, '').toLowerCase()
}

/** What a file claims to take, laid side by side: two that share bytes inflate the same ones again and again. */
function overlap(entries: readonly Entry[]): boolean {
  const ranges = entries
    .map(({ relativeOffsetOfLocalHeader: start, fileNameRaw, compressedSize }) => ({
      start,
      end: start + localHeaderBytes + fileNameRaw.length + compressedSize,
    }))
    .sort((one, other) => one.start - other.start)
  return ranges.some(({ start }, index) => start < (ranges[index - 1]?.end ?? 0))
}

async function sound<T>(read: Promise<T>): Promise<T> {
  try {
    return await read
  } catch (cause) {
    throw damaged({}, cause)
  }
}
