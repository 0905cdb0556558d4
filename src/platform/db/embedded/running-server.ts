import { open, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { DataFolderError } from './data-folder-error.ts'
import {
  findProcess,
  hasProcessTable,
  isPostgresOf,
  postgresProcessesOf,
  signalProcess,
  waitUntil,
} from './process-table.ts'

/** What postmaster.pid tells about a server (its line order is PostgreSQL's pidfile.h). */
export interface PostmasterFile {
  readonly pid: number
  readonly port: number
  readonly socketDirectory: string
  /** `starting · ready · stopping · standby`; empty in the first instants. */
  readonly status: string
}

const fastShutdownSeconds = 60
const orphanSeconds = 10
const settleSeconds = 600

/** Reads postmaster.pid; undefined when there is none. */
export async function readPostmasterFile(clusterDirectory: string): Promise<PostmasterFile | undefined> {
  const text = await readFile(join(clusterDirectory, 'postmaster.pid'), 'utf8').catch(() => undefined)
  if (text === undefined) return undefined
  const lines = text.split('\n').map((line) => line.trim())
  return {
    pid: Number(lines[0]),
    port: Number(lines[3]),
    socketDirectory: lines[4] ?? '',
    status: lines[7] ?? '',
  }
}

/**
 * Looks for a server left over by an earlier Baton and waits until it is settled: returns it when it is ready, else clears
 * the way for a new one. A zombie, another program under a reused id, or a dead server count as gone.
 * @throws DataFolderError `data-folder.cannot-start` when one neither becomes ready nor ends
 */
export async function settleFormerServer(clusterDirectory: string): Promise<PostmasterFile | undefined> {
  let ready: PostmasterFile | undefined
  const settled = await waitUntil(
    async () => {
      const file = await readPostmasterFile(clusterDirectory)
      ready = undefined
      if (file === undefined || !(await isPostgresOf(file.pid, clusterDirectory))) return true
      if (file.status === 'ready') ready = file
      return ready !== undefined
    },
    { limitSeconds: settleSeconds, everyMilliseconds: 25 },
  )
  if (!settled) throw stuck(clusterDirectory)
  if (ready === undefined) await clearLeftovers(clusterDirectory)
  return ready
}

/**
 * Removes what a dead server left, which would keep a new one from starting.
 * @throws DataFolderError `data-folder.cannot-start` when processes of the dead server do not end
 */
async function clearLeftovers(clusterDirectory: string): Promise<void> {
  // Without the process table nobody can tell a dead server from a slow one; PostgreSQL judges for itself.
  if (!hasProcessTable) return
  // The file is what guards against two servers on the same data, so it goes only when no process of the old one is left.
  const none = async () => (await postgresProcessesOf(clusterDirectory)).length === 0
  if (!(await waitUntil(none, { limitSeconds: orphanSeconds, everyMilliseconds: 25 }))) {
    for (const pid of await postgresProcessesOf(clusterDirectory)) signalProcess(pid, 'SIGQUIT')
    if (!(await waitUntil(none, { limitSeconds: orphanSeconds, everyMilliseconds: 25 })))
      throw stuck(clusterDirectory)
  }
  const file = await readPostmasterFile(clusterDirectory)
  if (file === undefined) return
  if (file.socketDirectory !== '' && Number.isSafeInteger(file.port)) {
    const socket = join(file.socketDirectory, `.s.PGSQL.${file.port}`)
    await rm(socket, { force: true })
    await rm(`${socket}.lock`, { force: true })
  }
  await rm(join(clusterDirectory, 'postmaster.pid'), { force: true })
}

function stuck(clusterDirectory: string): DataFolderError {
  return new DataFolderError('data-folder.cannot-start', {
    message: `An earlier PostgreSQL still works on ${clusterDirectory} and neither becomes ready nor ends.`,
    next: 'Look into postgres.log in the data folder; end that PostgreSQL (its id is the first line of postgres/postmaster.pid), then start again.',
  })
}

/** Stops a server by a fast shutdown and waits for its end; after a minute by an immediate one, which loses nothing either. */
export async function stopServer(pid: number, clusterDirectory: string): Promise<void> {
  if (!(await isPostgresOf(pid, clusterDirectory))) return
  // A process that is ending has no folder any more, so its end is told by its id and start time.
  const startedTicks = (await findProcess(pid))?.startedTicks
  const gone = async () => {
    const now = await findProcess(pid)
    return now === undefined || now.startedTicks !== startedTicks
  }
  signalProcess(pid, 'SIGINT')
  if (await waitUntil(gone, { limitSeconds: fastShutdownSeconds, everyMilliseconds: 10 })) return
  signalProcess(pid, 'SIGQUIT')
  if (!(await waitUntil(gone, { limitSeconds: orphanSeconds, everyMilliseconds: 10 })))
    throw stuck(clusterDirectory)
}

/** Whether the running server was started by exactly this program with these settings. */
export async function runsWith(
  clusterDirectory: string,
  program: string,
  args: readonly string[],
): Promise<boolean> {
  const used = await readFile(join(clusterDirectory, 'postmaster.opts'), 'utf8').catch(() => '')
  return used
    .trimEnd()
    .endsWith(`${program.slice(program.lastIndexOf('/'))}${args.map((arg) => ` "${arg}"`).join('')}`)
}

/** Waits until the server with this process id is ready; false when it ended before. */
export async function waitForReady(clusterDirectory: string, pid: number): Promise<boolean> {
  const end = performance.now() + settleSeconds * 1000
  while ((await findProcess(pid)) !== undefined) {
    const file = await readPostmasterFile(clusterDirectory)
    if (file?.pid === pid && file.status === 'ready') return true
    if (performance.now() > end) throw stuck(clusterDirectory)
    await sleep(10)
  }
  return false
}

/** What a file holds from a position on; empty when it cannot be read. */
export async function readFrom(path: string, position: number): Promise<string> {
  const file = await open(path, 'r').catch(() => undefined)
  if (file === undefined) return ''
  try {
    const { size } = await file.stat()
    const { buffer, bytesRead } = await file.read(Buffer.alloc(Math.max(0, size - position)), { position })
    return buffer.subarray(0, bytesRead).toString()
  } finally {
    await file.close()
  }
}
