import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { fileURLToPath } from 'node:url'

/** The files of the sample company, which ship with Baton. */
export interface ExampleFiles {
  read(name: string): Promise<Buffer>
}

const shipped = fileURLToPath(new URL('../../../examples', import.meta.url))

export function createExampleFiles(folder: string = shipped): ExampleFiles {
  return { read: (name) => readFile(path.join(folder, path.basename(name))) }
}
