import {
  link,
  mkdir,
  readdir,
  readFile,
  readlink,
  realpath,
  rename,
  stat,
  unlink,
  utimes,
  writeFile,
} from 'node:fs/promises'
import { hostname } from 'node:os'
import { join, resolve } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { z } from 'zod'
import { DataFolderError, explainFileError, systemCode } from './data-folder-error.ts'
import { findProcess, hasProcessTable } from './process-table.ts'

const heartbeatSeconds = 2
const silenceMeansGoneSeconds = 8
const generationsKept = 3

const holderSchema = z.object({
  pid: z.number().int(),
  startedTicks: z.string(),
  host: z.string(),
  /** The same machine over restarts. */
  machineId: z.string(),
  bootId: z.string(),
  pidNamespace: z.string(),
  since: z.string(),
  released: z.boolean(),
})
type Holder = z.infer<typeof holderSchema>

export interface DataFolder {
  /** The absolute path, symbolic links resolved. */
  readonly path: string
  /** Gives the folder back; safe to call twice. */
  release(): Promise<void>
}

/**
 * Takes the data folder for this process, making it when it is missing. `baton.lock/` holds one file per generation: the
 * highest one names the holder, and the next can be created once only, so of several starts at once exactly one wins. A
 * holder that was killed is recognised by its process id and start time and taken over.
 * @throws DataFolderError `data-folder.in-use`, `data-folder.unreachable`, `data-folder.no-space`
 */
export async function acquireDataFolder(dataDirectory: string): Promise<DataFolder> {
  try {
    return await acquire(resolve(dataDirectory))
  } catch (error) {
    throw explainFileError(error, resolve(dataDirectory))
  }
}

async function acquire(wanted: string): Promise<DataFolder> {
  // Root starts PostgreSQL as another user, who must be able to pass through.
  await mkdir(wanted, { recursive: true, mode: process.getuid?.() === 0 ? 0o711 : 0o700 })
  const path = await realpath(wanted)
  const lockDirectory = join(path, 'baton.lock')
  await mkdir(lockDirectory, { recursive: true, mode: 0o700 })
  const self = await describeSelf()
  for (;;) {
    const newest = await newestGeneration(lockDirectory)
    if (newest > 0) await refuseWhenHeld(join(lockDirectory, String(newest)), path)
    const mine = join(lockDirectory, String(newest + 1))
    if (!(await createOnce(mine, self))) continue
    if ((await newestGeneration(lockDirectory)) > newest + 1) {
      await unlink(mine).catch(() => undefined)
      continue
    }
    await removeOld(lockDirectory, newest + 1 - generationsKept)
    return held(path, mine, self)
  }
}

function held(path: string, mine: string, self: Holder): DataFolder {
  const heartbeat = setInterval(() => {
    // The file's time is compared with itself only, so the clock's truth does not matter.
    const now = (performance.timeOrigin + performance.now()) / 1000
    utimes(mine, now, now).catch(() => undefined)
  }, heartbeatSeconds * 1000)
  heartbeat.unref()
  let release: Promise<void> | undefined
  async function giveBack(): Promise<void> {
    clearInterval(heartbeat)
    const candidate = candidatePath(mine)
    await writeFile(candidate, JSON.stringify({ ...self, released: true }), { mode: 0o600 })
    // Replaced, not removed: the highest generation must never fall (see acquire).
    await rename(candidate, mine)
  }
  return {
    path,
    release: () => {
      release ??= giveBack()
      return release
    },
  }
}

async function newestGeneration(lockDirectory: string): Promise<number> {
  const names = await readdir(lockDirectory)
  return names.reduce((newest, name) => (/^\d+$/.test(name) ? Math.max(newest, Number(name)) : newest), 0)
}

function candidatePath(mine: string): string {
  return `${mine}.candidate-${process.pid}-${process.hrtime.bigint()}`
}

async function createOnce(mine: string, self: Holder): Promise<boolean> {
  const candidate = candidatePath(mine)
  await writeFile(candidate, JSON.stringify(self), { flag: 'wx', mode: 0o600 })
  try {
    // A link appears with its whole content or not at all, and only one can.
    await link(candidate, mine)
    return true
  } catch (error) {
    const code = systemCode(error)
    if (code === 'EEXIST' || code === 'ENOENT') return false
    throw error
  } finally {
    await unlink(candidate).catch(() => undefined)
  }
}

async function removeOld(lockDirectory: string, upTo: number): Promise<void> {
  for (const name of await readdir(lockDirectory)) {
    if (Number.parseInt(name, 10) <= upTo) await unlink(join(lockDirectory, name)).catch(() => undefined)
  }
}

async function refuseWhenHeld(file: string, path: string): Promise<void> {
  const holder = await readHolder(file)
  if (holder === undefined || !(await isHeld(file, holder))) return
  const { pidNamespace } = await describeSelf()
  const how =
    holder.pidNamespace === pidNamespace ? `its service, or "kill ${holder.pid}"` : 'its container or service'
  throw new DataFolderError('data-folder.in-use', {
    message: `The data folder ${path} is in use by another Baton: process ${holder.pid} on ${holder.host}, since ${holder.since}.`,
    next: `Use the Baton that is running, or stop it (${how}); to run a second one beside it, name another folder in BATON_DATA.`,
  })
}

/** A record cut short by a power failure names nobody, so it counts as free. */
async function readHolder(file: string): Promise<Holder | undefined> {
  const text = await readFile(file, 'utf8').catch(() => '')
  try {
    const holder = holderSchema.safeParse(JSON.parse(text))
    return holder.success && !holder.data.released ? holder.data : undefined
  } catch {
    return undefined
  }
}

async function isHeld(file: string, holder: Holder): Promise<boolean> {
  const self = await describeSelf()
  const sameMachine = holder.host === self.host && holder.machineId === self.machineId
  if (sameMachine && holder.bootId === self.bootId && holder.pidNamespace === self.pidNamespace) {
    const running = await findProcess(holder.pid)
    return running !== undefined && running.startedTicks === holder.startedTicks
  }
  if (sameMachine && self.machineId !== '' && holder.bootId !== self.bootId) return false
  return showsLife(file)
}

/** Another container or machine: its process ids mean nothing here, so its heartbeat is watched. */
async function showsLife(file: string): Promise<boolean> {
  const before = await stat(file).catch(() => undefined)
  if (before === undefined) return true
  for (let second = 0; second < silenceMeansGoneSeconds; second += 1) {
    await sleep(1000)
    const now = await stat(file).catch(() => undefined)
    if (now?.mtimeMs !== before.mtimeMs) return (await readHolder(file)) !== undefined
  }
  return false
}

async function describeSelf(): Promise<Holder> {
  const entry = await findProcess(process.pid)
  return {
    pid: process.pid,
    startedTicks: entry?.startedTicks ?? '',
    host: hostname(),
    machineId: await readLine('/etc/machine-id'),
    bootId: await readLine('/proc/sys/kernel/random/boot_id'),
    pidNamespace: hasProcessTable ? await readlink('/proc/self/ns/pid').catch(() => '') : '',
    since: new Date(performance.timeOrigin + performance.now()).toISOString(),
    released: false,
  }
}

async function readLine(file: string): Promise<string> {
  if (!hasProcessTable) return ''
  return (await readFile(file, 'utf8').catch(() => '')).trim()
}
