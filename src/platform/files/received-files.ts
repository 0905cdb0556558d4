import { randomBytes } from 'node:crypto'
import { opendir, rm, stat } from 'node:fs/promises'
import path from 'node:path'
import { type ReceivedMedia, receiveInto } from './media-files.ts'

export type ReceivedFile = ReceivedMedia

/** Where files lie that are only read: taken in, read, and dropped. */
export interface ReceivedFiles {
  /** Takes bytes in; what goes wrong on the way, also in `bytes`, leaves nothing. */
  receive(bytes: AsyncIterable<Buffer>): Promise<ReceivedFile>
  drop(file: ReceivedFile): Promise<void>
  /** Takes away what a crash has left behind before `before`; resolves to how many files it were. */
  dropLeft(before: Date): Promise<number>
}

const received = '.received'

/** Files received into a folder of their own. */
export function createReceivedFiles(folder: string): ReceivedFiles {
  return {
    receive: (bytes) =>
      receiveInto(path.join(folder, `${randomBytes(12).toString('hex')}${received}`), bytes),
    drop: (file) => rm(file.path, { force: true }),
    dropLeft: (before) => dropLeft(folder, before),
  }
}

async function dropLeft(folder: string, before: Date): Promise<number> {
  const open = await opendir(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null
    throw error
  })
  if (open === null) return 0
  let dropped = 0
  for await (const { name } of open) {
    const file = path.join(folder, name)
    const found = name.endsWith(received) ? await stat(file).catch(() => null) : null
    if (!found || found.mtime >= before) continue
    await rm(file, { force: true })
    dropped += 1
  }
  return dropped
}
