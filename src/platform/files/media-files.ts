import { createHash, randomBytes } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { mkdir, opendir, rename, rm, stat } from 'node:fs/promises'
import path from 'node:path'
import type { Readable } from 'node:stream'
import { syncFolder, withFile } from './durable.ts'

export interface MediaPlace {
  readonly companyId: string
  readonly mediaId: string
}

/** Bytes that were taken in and lie under a name of their own until they are kept or dropped. */
export interface ReceivedMedia {
  readonly path: string
  readonly byteCount: number
  readonly sha256: Buffer
}

/** A file of the media folder, as a look around finds it. `mediaId` is null for what was never kept. */
export interface FoundMedia {
  readonly companyId: string
  readonly mediaId: string | null
  readonly path: string
  readonly changedAt: Date
}

/** Where the bytes of media lie, outside the database. */
export interface MediaFiles {
  /** Takes bytes in, with their hash; what goes wrong on the way, also in `bytes`, leaves nothing. */
  receive(companyId: string, bytes: AsyncIterable<Buffer>): Promise<ReceivedMedia>
  /** Gives received bytes their name; once this resolves, they survive a power cut. */
  keep(received: ReceivedMedia, place: MediaPlace): Promise<void>
  drop(received: ReceivedMedia): Promise<void>
  /** The bytes from `start` to `end`, both included; null when the file is not there. */
  open(place: MediaPlace, range: { start: number; end: number }): Promise<Readable | null>
  /** Takes a file away; one that is not there is no fault. */
  remove(place: MediaPlace): Promise<void>
  /** Every file there is, one after another. */
  all(): AsyncIterable<FoundMedia>
  removeFound(found: FoundMedia): Promise<void>
}

const unfinished = '.unfinished'
const idForm = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

/**
 * The name of a file in the media folder, `<companyId>/<two hex digits>/<mediaId>`; the digits are the last of the id,
 * which are random.
 */
export function mediaNameOf({ companyId, mediaId }: MediaPlace): string {
  if (!idForm.test(companyId) || !idForm.test(mediaId)) throw new TypeError('media are named by ids only')
  return `${companyId}/${mediaId.slice(-2)}/${mediaId}`
}

/** Media below a folder, each under its `mediaNameOf`. */
export function createMediaFiles(folder: string): MediaFiles {
  const pathOf = (place: MediaPlace) => path.join(folder, mediaNameOf(place))
  return {
    receive(companyId, bytes) {
      if (!idForm.test(companyId)) throw new TypeError('media are named by ids only')
      return receiveInto(
        path.join(folder, companyId, `${randomBytes(12).toString('hex')}${unfinished}`),
        bytes,
      )
    },
    async keep(received, place) {
      const target = pathOf(place)
      await mkdir(path.dirname(target), { recursive: true, mode: 0o700 })
      await rename(received.path, target)
      await syncFolder(path.dirname(target))
      await syncFolder(path.dirname(path.dirname(target)))
    },
    drop: (received) => rm(received.path, { force: true }),
    async open(place, range) {
      const file = pathOf(place)
      const isThere = await stat(file).then(
        (found) => found.isFile(),
        () => false,
      )
      return isThere ? createReadStream(file, range) : null
    },
    remove: (place) => rm(pathOf(place), { force: true }),
    all: () => allBelow(folder),
    removeFound: (found) => rm(found.path, { force: true }),
  }
}

/** Writes bytes to a new file, with their hash; what goes wrong on the way leaves nothing. */
export async function receiveInto(file: string, bytes: AsyncIterable<Buffer>): Promise<ReceivedMedia> {
  await mkdir(path.dirname(file), { recursive: true, mode: 0o700 })
  const hash = createHash('sha256')
  let byteCount = 0
  try {
    await withFile(file, 'wx', async (handle) => {
      for await (const piece of bytes) {
        hash.update(piece)
        byteCount += piece.length
        await handle.writeFile(piece)
      }
      await handle.sync()
    })
  } catch (error) {
    await rm(file, { force: true })
    throw error
  }
  return { path: file, byteCount, sha256: hash.digest() }
}

async function* allBelow(folder: string): AsyncGenerator<FoundMedia> {
  for await (const company of entriesOf(folder)) {
    if (!idForm.test(company)) continue
    for await (const name of entriesOf(path.join(folder, company))) {
      const inner = path.join(folder, company, name)
      if (name.endsWith(unfinished)) yield* foundAt(inner, { companyId: company, mediaId: null })
      else yield* mediaIn(inner, company)
    }
  }
}

async function* mediaIn(folder: string, companyId: string): AsyncGenerator<FoundMedia> {
  for await (const name of entriesOf(folder)) {
    if (idForm.test(name)) yield* foundAt(path.join(folder, name), { companyId, mediaId: name })
  }
}

async function* foundAt(
  file: string,
  whose: Pick<FoundMedia, 'companyId' | 'mediaId'>,
): AsyncGenerator<FoundMedia> {
  const found = await stat(file).catch(() => null)
  if (found?.isFile()) yield { ...whose, path: file, changedAt: found.mtime }
}

// What is no folder, or gone by now, has no entries.
async function* entriesOf(folder: string): AsyncGenerator<string> {
  const open = await opendir(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return null
    throw error
  })
  if (open === null) return
  for await (const entry of open) yield entry.name
}
