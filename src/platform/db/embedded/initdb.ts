import { spawn } from 'node:child_process'
import { chown, lchown, mkdtemp, readdir, rename, rm, rmdir, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { DataFolderError, noSpace, systemCode } from './data-folder-error.ts'
import { commandAs, ownerOf, type RunAs } from './os-user.ts'
import { bareEnvironment, type Site } from './site.ts'

const temporaryPrefix = 'postgres.initdb-'

/**
 * Makes a new cluster: built beside its place and renamed, so that an interrupted attempt leaves nothing that looks whole.
 * @throws DataFolderError `data-folder.no-space`, `data-folder.cannot-start`
 */
export async function createCluster(site: Site): Promise<void> {
  const { dataDirectory, clusterDirectory } = site
  const temporary = await mkdtemp(join(dataDirectory, temporaryPrefix))
  try {
    const owner = ownerOf(site.runAs)
    if (owner !== undefined) await chown(temporary, owner.uid, owner.gid)
    await runInitdb(site, temporary)
    await writeFile(
      join(temporary, 'pg_hba.conf'),
      '# Only who may enter the socket folder gets here.\nlocal all all trust\n',
    )
    await rmdir(clusterDirectory).catch((error: unknown) => {
      if (systemCode(error) !== 'ENOENT') throw error
    })
    await rename(temporary, clusterDirectory)
  } catch (error) {
    await rm(temporary, { recursive: true, force: true })
    throw error
  }
}

/** Removes what interrupted attempts to make a cluster left behind. */
export async function removeInterruptedClusters(dataDirectory: string): Promise<number> {
  const left = (await readdir(dataDirectory)).filter((name) => name.startsWith(temporaryPrefix))
  for (const name of left) {
    await rm(join(dataDirectory, name), { recursive: true, force: true, maxRetries: 5, retryDelay: 50 })
  }
  return left.length
}

// The ctype must be UTF-8 for trigrams of Chinese words; systems without C.UTF-8 have one of the others.
const ctypes = ['C.UTF-8', 'C.utf8', 'en_US.UTF-8']

async function runInitdb(site: Site, directory: string): Promise<void> {
  let output = ''
  for (const ctype of ctypes) {
    const result = await collect(site, initdbArguments(directory, ctype, site.durable))
    if (result.ok) return
    output = result.output
    if (/No space left on device|Disk quota exceeded/i.test(output)) throw noSpace(site.dataDirectory, output)
    if (!/invalid locale/i.test(output)) break
  }
  throw new DataFolderError('data-folder.cannot-start', {
    message: `PostgreSQL could not make a new database in ${site.dataDirectory}: ${lastLines(output)}`,
    next: 'Solve what the message names, then start again; nothing half-made is left behind.',
  })
}

function initdbArguments(directory: string, ctype: string, durable: boolean): string[] {
  return [
    ...['-D', directory, '-U', 'postgres', '-E', 'UTF8', '--auth-local=trust', '--auth-host=reject'],
    ...[
      '--locale=C',
      '--locale-provider=builtin',
      '--builtin-locale=C.UTF-8',
      `--lc-ctype=${ctype}`,
      '--lc-collate=C',
    ],
    ...['--data-checksums', '--no-instructions', ...(durable ? [] : ['--no-sync'])],
  ]
}

function collect(site: Site, argv: string[]): Promise<{ ok: boolean; output: string }> {
  const { command, args, identity } = commandAs(site.runAs, site.binaries.initdb, argv)
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      ...identity,
      cwd: '/',
      env: bareEnvironment,
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    let output = ''
    const keep = (chunk: Buffer) => {
      output += chunk.toString()
    }
    child.stdout.on('data', keep)
    child.stderr.on('data', keep)
    child.on('error', (error) => resolve({ ok: false, output: `${output}${error.message}` }))
    child.on('close', (code) => resolve({ ok: code === 0, output }))
  })
}

/** The last lines of a program's output, for a message. */
export function lastLines(output: string): string {
  return output.trim().split('\n').slice(-6).join('\n')
}

/** Gives the whole cluster to the user who runs it; the folder itself comes last, so an interrupted run is repeated. */
export async function giveClusterTo(clusterDirectory: string, runAs: RunAs): Promise<void> {
  const owner = ownerOf(runAs)
  if (owner === undefined || (await stat(clusterDirectory)).uid === owner.uid) return
  for (const entry of await readdir(clusterDirectory, { recursive: true })) {
    await lchown(join(clusterDirectory, entry), owner.uid, owner.gid)
  }
  await chown(clusterDirectory, owner.uid, owner.gid)
}
