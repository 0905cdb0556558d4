import { type ChildProcess, spawn } from 'node:child_process'
import { open, rename, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { DataFolderError, noSpace } from './data-folder-error.ts'
import { lastLines } from './initdb.ts'
import { commandAs } from './os-user.ts'
import { readFrom, waitForReady } from './running-server.ts'
import { bareEnvironment, type Site } from './site.ts'
import { socketPort } from './socket-directory.ts'

const logLimitBytes = 10 * 1024 * 1024

/** The server's command line: settings for a small machine, a socket only, no TCP port. */
export function serverArguments(site: Omit<Site, 'runAs'>, socketDirectory: string): string[] {
  const settings: Record<string, string> = {
    listen_addresses: '',
    // A list, in which commas and spaces of a path are kept by quotes.
    unix_socket_directories: `"${socketDirectory.replaceAll('"', '""')}"`,
    unix_socket_permissions: '0700',
    port: String(socketPort),
    max_connections: '60',
    shared_buffers: '128MB',
    jit: 'off',
    wal_level: 'replica',
    timezone: 'UTC',
    log_timezone: 'UTC',
    log_line_prefix: '%m [%p] ',
    logging_collector: 'off',
    ...durability(site.durable),
  }
  return [
    '-D',
    site.clusterDirectory,
    ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]),
  ]
}

function durability(durable: boolean): Record<string, string> {
  const value = durable ? 'on' : 'off'
  return { fsync: value, synchronous_commit: value, full_page_writes: value }
}

/**
 * Starts the server in a process group of its own, so that neither Ctrl-C nor the end of Baton ends it, and waits until it
 * is ready. Its messages go to `postgres.log` in the data folder.
 * @returns the server's process id
 * @throws DataFolderError `data-folder.no-space`, `data-folder.cannot-start`
 */
export async function launchServer(
  site: Site,
  args: readonly string[],
): Promise<ChildProcess & { pid: number }> {
  const logPath = join(site.dataDirectory, 'postgres.log')
  await rotateLog(logPath)
  const log = await open(logPath, 'a', 0o600)
  try {
    const before = (await log.stat()).size
    const { command, args: argv, identity } = commandAs(site.runAs, site.binaries.postgres, args)
    const child = spawn(command, argv, {
      ...identity,
      cwd: '/',
      env: bareEnvironment,
      detached: true,
      stdio: ['ignore', log.fd, log.fd],
    })
    let failure: Error | undefined
    child.on('error', (error) => {
      failure = error
    })
    child.unref()
    if (hasPid(child) && (await waitForReady(site.clusterDirectory, child.pid))) return child
    throw cannotStart(site, `${await readFrom(logPath, before)}${failure?.message ?? ''}`)
  } finally {
    await log.close()
  }
}

function hasPid(child: ChildProcess): child is ChildProcess & { pid: number } {
  return child.pid !== undefined
}

async function rotateLog(logPath: string): Promise<void> {
  const size = (await stat(logPath).catch(() => undefined))?.size ?? 0
  if (size > logLimitBytes) await rename(logPath, `${logPath}.1`)
}

function cannotStart(site: Site, output: string): DataFolderError {
  if (/No space left on device|Disk quota exceeded/i.test(output)) return noSpace(site.dataDirectory, output)
  return new DataFolderError('data-folder.cannot-start', {
    message: `PostgreSQL did not start on ${site.clusterDirectory}: ${lastLines(output)}`,
    next: `Solve what the message names, then start again; the whole log is ${join(site.dataDirectory, 'postgres.log')}.`,
  })
}
