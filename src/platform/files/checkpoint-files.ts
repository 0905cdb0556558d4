import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { appendDurably, readEnd, withFile } from './durable.ts'

/** Where checkpoints go outside the database (ALL-6). Notes are signed notes as the sealer wrote them. */
export interface CheckpointFiles {
  /** Keeps the notes; once this resolves, they survive a power cut. */
  append(companyId: string, notes: readonly string[]): Promise<void>
  /** The note that was added last; null where there is none. */
  lastNote(companyId: string): Promise<string | null>
  /** All notes, oldest first. */
  notes(companyId: string): Promise<string[]>
}

// A note ends with its signature lines; what a power cut left half written is none.
const noteForm = /^[^\n]+\n\d+\n[^\n]+\ntime [^\n]+\n\n(?:— [^\n]+\n)+/gm
const tailBytes = 8_192

/** Checkpoints in `<folder>/<companyId>.log`, one note after another, an empty line between them. */
export function createCheckpointFiles(folder: string): CheckpointFiles {
  const fileOf = (companyId: string) => path.join(folder, `${path.basename(companyId)}.log`)
  return {
    async append(companyId, notes) {
      if (notes.length > 0) await appendDurably(fileOf(companyId), notes.map((note) => `${note}\n`).join(''))
    },
    async lastNote(companyId) {
      const tail = await unlessMissing('', () =>
        withFile(fileOf(companyId), 'r', async (handle) => {
          const { size } = await handle.stat()
          return readEnd(handle, { size, bytes: tailBytes })
        }),
      )
      return notesIn(tail).at(-1) ?? null
    },
    async notes(companyId) {
      return notesIn(await unlessMissing('', () => readFile(fileOf(companyId), 'utf8')))
    },
  }
}

function notesIn(text: string): string[] {
  return text.match(noteForm) ?? []
}

async function unlessMissing<T>(otherwise: T, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return otherwise
    throw error
  }
}
