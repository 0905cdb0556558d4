import { access, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { prepareSocketDirectory, socketPlace } from '../../platform/db/embedded/socket-directory.ts'

const home = join(import.meta.dirname, '../../..')
/** The files that make and change the schema. */
export const changesDirectory = join(home, 'db/changes')

const consoleBuilds = join(home, '.cache/console')

/** The folder of the console as it was built last; null where it never was. */
export async function findConsole(): Promise<string | null> {
  try {
    const name = (await readFile(join(consoleBuilds, 'current'), 'utf8')).trim()
    await access(join(consoleBuilds, name, 'index.html'))
    return join(consoleBuilds, name)
  } catch {
    return null
  }
}

/** The version in package.json. */
export async function readVersion(): Promise<string> {
  const text = await readFile(join(home, 'package.json'), 'utf8')
  return z.object({ version: z.string() }).parse(JSON.parse(text)).version
}

/** The socket for commands on this machine: in the data folder, elsewhere only when that path is too long for one. */
export function commandSocket(dataDirectory: string): string {
  const place = socketPlace(dataDirectory)
  return join(place.shared ? place.directory : dataDirectory, 'baton.sock')
}

/** Makes the folder of the command socket where it is not the data folder itself. */
export async function prepareCommandSocket(dataDirectory: string): Promise<void> {
  const place = socketPlace(dataDirectory)
  if (place.shared) await prepareSocketDirectory(place, undefined)
}
