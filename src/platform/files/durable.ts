import { type FileHandle, mkdir, open, rename } from 'node:fs/promises'
import path from 'node:path'

/** Writes a file whole or not at all, readable by its owner only, and waits until the disk has it. */
export async function writeDurably(file: string, text: string): Promise<void> {
  await mkdir(path.dirname(file), { recursive: true, mode: 0o700 })
  const unfinished = `${file}.unfinished`
  await withFile(unfinished, 'w', async (handle) => {
    await handle.writeFile(text)
    await handle.sync()
  })
  await rename(unfinished, file)
  await syncFolder(path.dirname(file))
}

/** Adds text at the end of a file in one write, on a line of its own even after a torn one, and waits for the disk. */
export async function appendDurably(file: string, text: string): Promise<void> {
  await mkdir(path.dirname(file), { recursive: true, mode: 0o700 })
  let isNew = false
  await withFile(file, 'a+', async (handle) => {
    const { size } = await handle.stat()
    isNew = size === 0
    const last = isNew ? '\n' : await readEnd(handle, { size, bytes: 1 })
    await handle.appendFile(last === '\n' ? text : `\n${text}`)
    await handle.sync()
  })
  if (isNew) await syncFolder(path.dirname(file))
}

/** The last bytes of an open file as UTF-8 text. */
export async function readEnd(
  handle: FileHandle,
  { size, bytes }: { size: number; bytes: number },
): Promise<string> {
  const length = Math.min(size, bytes)
  const { buffer, bytesRead } = await handle.read(Buffer.alloc(length), 0, length, size - length)
  return buffer.toString('utf8', 0, bytesRead)
}

export async function withFile<T>(
  file: string,
  flags: string,
  work: (handle: FileHandle) => Promise<T>,
): Promise<T> {
  const handle = await open(file, flags, 0o600)
  try {
    return await work(handle)
  } finally {
    await handle.close()
  }
}

/** Waits until the disk has the names in a folder: without it a power cut can take away that of a file whose content is there. */
export async function syncFolder(folder: string): Promise<void> {
  await withFile(folder, 'r', (handle) => handle.sync())
}
