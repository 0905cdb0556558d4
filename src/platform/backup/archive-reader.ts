import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { open } from 'node:fs/promises'
import { Readable } from 'node:stream'
import { createGunzip } from 'node:zlib'
import type { z } from 'zod'
import { BackupError, damaged } from './backup-error.ts'
import { formatOf, formatVersion, headBytes, sealOf, tailBytes } from './envelope.ts'
import {
  type CarriedTable,
  Ending,
  endingName,
  isFolderFile,
  Manifest,
  manifestName,
  type TableSum,
  Tally,
  tableOfPart,
} from './manifest.ts'
import { type Entry, entriesOf } from './tar.ts'

/** What comes out of a backup, in this order; `chunks` must be read to their end before the next part is asked for. */
export type Part =
  | { readonly kind: 'manifest'; readonly manifest: Manifest }
  | { readonly kind: 'table'; readonly table: CarriedTable; readonly chunks: AsyncIterable<Buffer> }
  | { readonly kind: 'file'; readonly name: string; readonly chunks: AsyncIterable<Buffer> }
  | { readonly kind: 'end'; readonly ending: Ending; readonly sha256: string }

/** A backup that was read once from the first byte to the last, and is whole. */
export interface Verified {
  readonly manifest: Manifest
  readonly ending: Ending
  readonly sha256: string
}

const manifestLimitBytes = 64 * 1024 * 1024

/**
 * Reads a backup to its end and checks every hash; writes nothing.
 * @throws BackupError when it is no backup, of a later format, cut off or changed
 */
export async function verifyArchive(file: string, onBytes: (count: number) => void): Promise<Verified> {
  let manifest: Manifest | undefined
  for await (const part of readArchive(file)) {
    if (part.kind === 'manifest') manifest = part.manifest
    else if (part.kind === 'end') {
      if (manifest) return { manifest, ending: part.ending, sha256: part.sha256 }
    } else for await (const chunk of part.chunks) onBytes(chunk.length)
  }
  throw damaged(file)
}

/**
 * The parts of a backup; the last one comes only when all hashes were right.
 * @throws BackupError when it is no backup, of a later format, cut off or changed
 */
export async function* readArchive(file: string): AsyncGenerator<Part> {
  const { size, sha256 } = await readEnvelope(file)
  const digest = createHash('sha256')
  const raw = createReadStream(file, { end: size - tailBytes - 1, highWaterMark: 256 * 1024 })
  async function* packed() {
    let skip = headBytes
    for await (const chunk of raw as AsyncIterable<Buffer>) {
      digest.update(chunk)
      const rest = chunk.subarray(skip)
      skip -= chunk.length - rest.length
      if (rest.length > 0) yield rest
    }
  }
  const source = Readable.from(packed())
  const unpacked = createGunzip({ chunkSize: 256 * 1024 })
  source.on('error', (error) => unpacked.destroy(error))
  try {
    yield* partsOf(new Entries(entriesOf(source.pipe(unpacked))), () => {
      if (digest.digest('hex') !== sha256) throw new RangeError('the whole does not have its hash')
      return sha256
    })
  } catch (error) {
    throw isOfContent(error) ? damaged(file, error) : error
  } finally {
    source.destroy()
    unpacked.destroy()
    raw.destroy()
  }
}

async function readEnvelope(file: string): Promise<{ size: number; sha256: string }> {
  const handle = await open(file, 'r').catch((error: NodeJS.ErrnoException) => {
    throw new BackupError(
      error.code === 'ENOENT' ? `There is no file ${file}.` : `${file} cannot be read (${error.code}).`,
      'Name the file that "baton backup" wrote, as a user who may read it.',
      { cause: error },
    )
  })
  try {
    const found = await handle.stat()
    const size = found.isFile() ? found.size : 0
    const bytes = async (count: number, position: number) => {
      const { buffer, bytesRead } = await handle.read(Buffer.alloc(count), 0, count, Math.max(0, position))
      return buffer.subarray(0, bytesRead)
    }
    const format = found.isFile() ? formatOf(await bytes(headBytes, 0)) : null
    if (format === null)
      throw new BackupError(`${file} is no backup of Baton.`, 'Name the file that "baton backup" wrote.')
    if (format > formatVersion)
      throw new BackupError(
        `${file} has the form ${format} of a newer Baton; this one reads up to ${formatVersion}.`,
        'Restore it with the version of Baton that made it, or a later one.',
      )
    const sha256 = sealOf(await bytes(tailBytes, size - tailBytes))
    if (sha256 === null || size < headBytes + tailBytes) throw damaged(file)
    return { size, sha256 }
  } finally {
    await handle.close()
  }
}

// Errors of zlib, of the archive's form and of its JSON; a broken disk or pipe speaks for itself.
function isOfContent(error: unknown): boolean {
  if (error instanceof RangeError || error instanceof SyntaxError) return true
  return error instanceof Error && 'code' in error && /^(Z_|ERR_BUFFER)/.test(String(error.code))
}

/** The files of the archive, with a look at the next one. */
class Entries {
  readonly #source: AsyncIterator<Entry>
  #next: Entry | null | undefined

  constructor(source: AsyncIterable<Entry>) {
    this.#source = source[Symbol.asyncIterator]()
  }

  async peek(): Promise<Entry | null> {
    if (this.#next === undefined) {
      const { value, done } = await this.#source.next()
      this.#next = done ? null : value
    }
    return this.#next
  }

  async take(isWanted: (name: string) => boolean): Promise<Entry | null> {
    const entry = await this.peek()
    if (entry === null || !isWanted(entry.name)) return null
    this.#next = undefined
    return entry
  }

  async json<Schema extends z.ZodType>(name: string, schema: Schema): Promise<z.output<Schema>> {
    const entry = await this.take((found) => found === name)
    if (entry === null || entry.size > manifestLimitBytes) throw new RangeError(`${name} is missing`)
    const parts: Buffer[] = []
    for await (const part of entry.body) parts.push(part)
    const parsed = schema.safeParse(JSON.parse(Buffer.concat(parts).toString()))
    if (!parsed.success) throw new RangeError(`${name} cannot be understood`, { cause: parsed.error })
    return parsed.data
  }
}

async function* partsOf(entries: Entries, concludeHash: () => string): AsyncGenerator<Part> {
  const manifest = await entries.json(manifestName, Manifest)
  yield { kind: 'manifest', manifest }
  const sums: Record<string, TableSum> = {}
  for (const table of manifest.tables) {
    const tally = new Tally()
    yield { kind: 'table', table, chunks: rowsOf(entries, table.name, tally) }
    sums[table.name] = tally.sum()
  }
  const files = { count: 0, bytes: 0 }
  for (let entry = await entries.take(isFolderFile); entry; entry = await entries.take(isFolderFile)) {
    yield { kind: 'file', name: entry.name, chunks: entry.body }
    files.count += 1
    files.bytes += entry.size
  }
  const ending = await entries.json(endingName, Ending)
  if ((await entries.peek()) !== null) throw new RangeError('there is more than the manifest says')
  requireSame(ending, sums, files)
  yield { kind: 'end', ending, sha256: concludeHash() }
}

async function* rowsOf(entries: Entries, table: string, tally: Tally): AsyncGenerator<Buffer> {
  const isOfTable = (name: string) => tableOfPart(name) === table
  for (let entry = await entries.take(isOfTable); entry; entry = await entries.take(isOfTable)) {
    for await (const chunk of entry.body) {
      tally.add(chunk)
      yield chunk
    }
  }
}

function requireSame(ending: Ending, sums: Readonly<Record<string, TableSum>>, files: Ending['files']): void {
  const names = Object.keys(sums)
  const isSame = names.every((name) => {
    const [found, wanted] = [sums[name], ending.tables[name]]
    return found?.sha256 === wanted?.sha256 && found?.rows === wanted?.rows && found?.bytes === wanted?.bytes
  })
  if (!isSame || Object.keys(ending.tables).length !== names.length)
    throw new RangeError('a table does not have its hash')
  if (files.count !== ending.files.count || files.bytes !== ending.files.bytes)
    throw new RangeError('files are missing')
}
