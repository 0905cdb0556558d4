import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { type FileHandle, open, rename, rm, stat } from 'node:fs/promises'
import path from 'node:path'
import { createGzip, type Gzip } from 'node:zlib'
import { withFile } from '../files/durable.ts'
import { BackupError } from './backup-error.ts'
import { formatVersion, headOf, tailOf } from './envelope.ts'
import { archiveEnd, headerOf, paddingOf } from './tar.ts'

/** A backup that is being written. */
export interface Archive {
  /** Adds a file whose content is there. */
  add(name: string, content: Buffer): Promise<void>
  /** Adds a file of exactly `size` bytes as they come. */
  addStream(name: string, size: number, chunks: AsyncIterable<Buffer>): Promise<void>
}

export interface Written {
  readonly bytes: number
  /** Hex, of all but the seal at the end, which names it. */
  readonly sha256: string
}

// Level 6 would take four times as long for a tenth less.
const level = 2

/**
 * Writes a backup beside its target and renames it once the disk has all of it, so that a file of that name is whole.
 * @throws BackupError when the place cannot be written to
 */
export async function writeArchive(
  target: string,
  fill: (archive: Archive) => Promise<void>,
): Promise<Written> {
  const unfinished = `${target}.${process.pid}.unfinished`
  const handle = await open(unfinished, 'wx', 0o600).catch((error: unknown) => {
    throw explainWrite(target, error)
  })
  try {
    const written = await writeAll(handle, fill).finally(() => handle.close())
    await rename(unfinished, target)
    await withFile(path.dirname(target), 'r', (folder) => folder.sync())
    return written
  } catch (error) {
    await rm(unfinished, { force: true })
    throw explainWrite(target, error)
  }
}

/** Refuses a target that is there already. */
export async function requireNoFile(target: string): Promise<void> {
  if ((await stat(target).catch(() => undefined)) === undefined) return
  throw new BackupError(
    `${target} is there already.`,
    'Name another file, or overwrite this one with --force.',
  )
}

async function writeAll(handle: FileHandle, fill: (archive: Archive) => Promise<void>): Promise<Written> {
  const digest = createHash('sha256')
  let bytes = 0
  async function write(chunk: Buffer): Promise<void> {
    digest.update(chunk)
    bytes += chunk.length
    await handle.appendFile(chunk)
  }
  await write(headOf(formatVersion))
  const gzip = createGzip({ level, chunkSize: 256 * 1024 })
  const draining = drain(gzip, write)
  draining.catch((error: Error) => gzip.destroy(error))
  try {
    await fill(archiveOn(gzip))
    await push(gzip, archiveEnd)
    gzip.end()
  } catch (error) {
    // What broke the file is the cause, rather than that nothing more can be written to it.
    gzip.destroy(error instanceof Error ? error : new Error(String(error)))
    await draining
    throw error
  }
  await draining
  const sha256 = digest.digest('hex')
  const tail = tailOf(sha256)
  await handle.appendFile(tail)
  await handle.sync()
  return { bytes: bytes + tail.length, sha256 }
}

async function drain(gzip: Gzip, write: (chunk: Buffer) => Promise<void>): Promise<void> {
  for await (const chunk of gzip as AsyncIterable<Buffer>) await write(chunk)
}

async function push(gzip: Gzip, chunk: Buffer): Promise<void> {
  if (gzip.errored) throw gzip.errored
  if (!gzip.write(chunk)) await once(gzip, 'drain')
}

function archiveOn(gzip: Gzip): Archive {
  async function addStream(name: string, size: number, chunks: AsyncIterable<Buffer>): Promise<void> {
    await push(gzip, headerOf(name, size))
    let left = size
    for await (const chunk of chunks) {
      left -= chunk.length
      if (left < 0) break
      await push(gzip, chunk)
    }
    if (left !== 0) throw new Error(`${name} changed its size while it was read`)
    await push(gzip, paddingOf(size))
  }
  async function* only(content: Buffer) {
    yield content
  }
  return { addStream, add: (name, content) => addStream(name, content.length, only(content)) }
}

const places: Readonly<Record<string, string>> = {
  ENOENT: 'its folder is not there',
  ENOTDIR: 'its folder is not there',
  EACCES: 'you may not write there',
  EPERM: 'you may not write there',
  EROFS: 'the disk is read-only',
  ENOSPC: 'the disk is full',
  EDQUOT: 'the disk is full',
  EISDIR: 'it is a folder',
}

function explainWrite(target: string, error: unknown): unknown {
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  const reason = places[code]
  if (reason === undefined || !(error instanceof Error && 'syscall' in error)) return error
  return new BackupError(
    `${target} cannot be written: ${reason}.`,
    'Name a file in a folder that you may write to, on a disk with enough room.',
    { cause: error },
  )
}
