// Tells by content, not by time, whether the console that was built is the one that the sources say.
import { createHash, type Hash } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { filesBelow, root } from '../run.ts'

const stampLength = 20
const besides = ['package-lock.json', 'tsconfig.json', 'tools/console/build-into.ts']

/** A hash of everything that a build reads, without the files of src/. */
export function contentHash(): string {
  const hash = createHash('sha256')
  const sources = filesBelow(root, 'console').filter((file) => !/[.]test[.]tsx?$/.test(file))
  for (const file of [...besides, ...sources]) addFile(hash, file)
  return hash.digest('hex')
}

/** The name of a build: by its sources in console/ and by what it took from src/. */
export function stampOf(sources: string, reads: readonly string[]): string {
  const hash = createHash('sha256').update(sources)
  for (const file of reads) addFile(hash, file)
  return hash.digest('hex').slice(0, stampLength)
}

function addFile(hash: Hash, file: string): void {
  const at = path.join(root, file)
  hash.update(`\0${file}\0`)
  if (existsSync(at)) hash.update(readFileSync(at))
}

/** The files of src/ that went into a build. */
export function readsOf(folder: string): string[] {
  const { reads } = JSON.parse(readFileSync(path.join(folder, 'built.json'), 'utf8')) as { reads: string[] }
  return reads
}

/** The name of the build that was finished last; null where there is none. */
export function newestBuild(buildsFolder: string): string | null {
  const pointer = path.join(buildsFolder, 'current')
  if (!existsSync(pointer)) return null
  const name = readFileSync(pointer, 'utf8').trim()
  return existsSync(path.join(buildsFolder, name, 'built.json')) ? name : null
}
