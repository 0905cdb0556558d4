// Builds the console when its sources changed since the last time, and never in two processes at once.
import { mkdirSync, readdirSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { root, runQuietly } from '../run.ts'
import { takeLock } from './lock.ts'
import { contentHash, newestBuild, readsOf, stampOf } from './stamp.ts'

/** Where the builds are, each in a folder named by what it was built from; `current` names the last. */
const buildsFolder = path.join(root, '.cache/console')
/** A Baton that runs serves the build it was started with, also after the next one. */
const keptBuilds = 2

/** The console cannot be built; says what is wrong and what to do. */
export class ConsoleBuildError extends Error {
  readonly next: string
  constructor(message: string, { next, cause }: { next: string; cause?: unknown }) {
    super(message, { cause })
    this.name = 'ConsoleBuildError'
    this.next = next
  }
}

/**
 * Answers with the folder of a console that is built from the sources as they are.
 * @throws ConsoleBuildError when it has to be built and that fails
 */
export async function ensureConsole(say: (text: string) => void): Promise<string> {
  const fresh = freshBuild()
  if (fresh !== null) return fresh
  try {
    mkdirSync(buildsFolder, { recursive: true })
    const lock = await takeLock(path.join(buildsFolder, 'lock'), () =>
      say('Another process is building the console; waiting for it …\n'),
    )
    try {
      return freshBuild() ?? (await build(say))
    } finally {
      lock.release()
    }
  } catch (error) {
    if (error instanceof ConsoleBuildError) throw error
    throw new ConsoleBuildError(
      `The console cannot be built into ${buildsFolder}: ${error instanceof Error ? error.message : error}`,
      {
        next: 'Let the user of this process write there, or run "npm run build:console" as the owner of the folder.',
        cause: error,
      },
    )
  }
}

function freshBuild(): string | null {
  const name = newestBuild(buildsFolder)
  if (name === null) return null
  const folder = path.join(buildsFolder, name)
  return stampOf(contentHash(), readsOf(folder)) === name ? folder : null
}

async function build(say: (text: string) => void): Promise<string> {
  const begun = performance.now()
  say('Building the console, since its sources changed …')
  // What changes while it is built belongs to the next build.
  const sources = contentHash()
  const place = path.join(buildsFolder, `building-${process.pid}`)
  rmSync(place, { recursive: true, force: true })
  const script = path.join(root, 'tools/console/build-into.ts')
  const { code, output } = await runQuietly(process.execPath, ['--import', 'tsx', script, place])
  if (code !== 0) {
    rmSync(place, { recursive: true, force: true })
    say(' failed\n')
    throw new ConsoleBuildError(`The console could not be built:\n${output.trim()}`, {
      next: 'Correct what is named above; BATON_CONSOLE=off starts Baton without its console.',
    })
  }
  const name = stampOf(sources, readsOf(place))
  const folder = path.join(buildsFolder, name)
  rmSync(folder, { recursive: true, force: true })
  renameSync(place, folder)
  writeFileSync(path.join(buildsFolder, 'current.new'), `${name}\n`)
  renameSync(path.join(buildsFolder, 'current.new'), path.join(buildsFolder, 'current'))
  removeOldBuilds()
  say(` ${((performance.now() - begun) / 1000).toFixed(1)} s\n`)
  return folder
}

function removeOldBuilds(): void {
  const folders = readdirSync(buildsFolder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => path.join(buildsFolder, entry.name))
    .sort((one, other) => statSync(other).mtimeMs - statSync(one).mtimeMs)
  for (const folder of folders.slice(keptBuilds)) rmSync(folder, { recursive: true, force: true })
}
