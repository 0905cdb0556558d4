import { readdir, readFile, readlink } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { systemCode } from './data-folder-error.ts'

interface ProcessEntry {
  /** The kernel's short name, such as `postgres`; empty where /proc is missing. */
  readonly name: string
  /** Ticks from boot to the start of the process (proc(5) stat field 22); empty where /proc is missing. */
  readonly startedTicks: string
}

/** True on Linux, where /proc tells names, start times and working directories. Elsewhere only signals are asked; untested there. */
export const hasProcessTable = process.platform === 'linux'

/** Looks up a running process by its id; undefined when it is gone or dead but not yet reaped (a zombie). */
export async function findProcess(pid: number): Promise<ProcessEntry | undefined> {
  if (!Number.isSafeInteger(pid) || pid <= 0) return undefined
  if (!hasProcessTable) return answersSignal(pid) ? { name: '', startedTicks: '' } : undefined
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => undefined)
  if (stat === undefined) return undefined
  // The name may hold spaces and brackets itself, so the fields are counted from the last bracket.
  const nameEnd = stat.lastIndexOf(')')
  const fields = stat.slice(nameEnd + 2).split(' ')
  if (fields[0] === 'Z' || fields[0] === 'X') return undefined
  return { name: stat.slice(stat.indexOf('(') + 1, nameEnd), startedTicks: fields[19] ?? '' }
}

function answersSignal(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return systemCode(error) === 'EPERM'
  }
}

/** Whether a running process is a PostgreSQL process that works in the given database folder (an absolute, real path). */
export async function isPostgresOf(pid: number, clusterDirectory: string): Promise<boolean> {
  const entry = await findProcess(pid)
  if (entry === undefined) return false
  if (!hasProcessTable) return true
  if (entry.name !== 'postgres') return false
  return (await readlink(`/proc/${pid}/cwd`).catch(() => '')) === clusterDirectory
}

/** Ids of all PostgreSQL processes that work in the given database folder; empty where /proc is missing. */
export async function postgresProcessesOf(clusterDirectory: string): Promise<number[]> {
  if (!hasProcessTable) return []
  const pids = (await readdir('/proc')).map(Number).filter((pid) => Number.isSafeInteger(pid) && pid > 0)
  const inFolder: number[] = []
  for (const pid of pids) {
    const cwd = await readlink(join('/proc', String(pid), 'cwd')).catch(() => '')
    if (cwd === clusterDirectory && (await isPostgresOf(pid, clusterDirectory))) inFolder.push(pid)
  }
  return inFolder
}

/** Sends a signal; a process that is gone already is no error. */
export function signalProcess(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal)
  } catch (error) {
    if (systemCode(error) !== 'ESRCH') throw error
  }
}

/** Asks `done` every `everyMilliseconds` until it says true (returns true) or the time is over (returns false). */
export async function waitUntil(
  done: () => Promise<boolean>,
  limits: { limitSeconds: number; everyMilliseconds: number },
): Promise<boolean> {
  const end = performance.now() + limits.limitSeconds * 1000
  while (!(await done())) {
    if (performance.now() > end) return false
    await sleep(limits.everyMilliseconds)
  }
  return true
}
