import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { closeSync, openSync } from 'node:fs'
import { mkdtemp, readFile, realpath, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { sendCall } from '../../src/cli/api.ts'
import { commandSocket } from '../../src/cli/running/place.ts'
import { postgresProcessesOf, signalProcess } from '../../src/platform/db/embedded/process-table.ts'
import { readPostmasterFile } from '../../src/platform/db/embedded/running-server.ts'
import { root } from '../../tools/run.ts'

/** What `kill -9` ends: Baton alone, whose database goes on, or its database with it. */
export const victims = ['the server', 'the server and its database'] as const
export type Victim = (typeof victims)[number]

/** The commit at which it dies. */
export interface DieAt {
  readonly companyId: string
  /** A regular expression: only transactions that write to one of these tables count. */
  readonly tables: string
  /** Counted from one; null for never. */
  readonly at: number | null
  /** Right before it is sent, or right after the database has said that it is made. */
  readonly side: 'before' | 'after'
}

const patienceMs = 90_000
const pollMs = 20

/** A Baton in a process of its own, as `npm start` makes it: its own data folder, the embedded database, fsync on. */
export class BatonProcess {
  readonly #folder: string
  readonly #port: number
  readonly #isArmed: boolean
  #child: ChildProcess | undefined
  #isRemoved = false

  private constructor(parts: { readonly folder: string; readonly port: number; readonly isArmed: boolean }) {
    this.#folder = parts.folder
    this.#port = parts.port
    this.#isArmed = parts.isArmed
  }

  /** @param wish `isArmed`: it counts its commits, and can be told to die at one */
  static async create({ isArmed = false } = {}): Promise<BatonProcess> {
    const folder = await realpath(await mkdtemp(path.join(tmpdir(), 'baton-kill-')))
    return new BatonProcess({ folder, port: await freePort(), isArmed })
  }

  /** Where its data are. */
  get folder(): string {
    return this.#folder
  }

  get url(): string {
    return `http://127.0.0.1:${this.#port}`
  }

  get #logFile(): string {
    return path.join(this.#folder, 'server.log')
  }

  get #cluster(): string {
    return path.join(this.#folder, 'postgres')
  }

  /** Starts it and waits until it answers; returns what it has said meanwhile. */
  async start(): Promise<string> {
    // A test that was cut off by its time limit goes on behind it.
    if (this.#isRemoved) throw new Error('this Baton was taken away')
    const log = openSync(this.#logFile, 'w')
    // Settings of this run of tests are not its own.
    const inherited = Object.entries(process.env).filter(([name]) => !/^(BATON_|DATABASE_URL$)/.test(name))
    const before = this.#isArmed ? ['--import', path.join(root, 'test/crash/die-at.mjs')] : []
    const child = spawn(process.execPath, [...before, path.join(root, 'tools/start.mjs')], {
      cwd: root,
      stdio: this.#isArmed ? ['ignore', log, log, 'ipc'] : ['ignore', log, log],
      env: {
        ...Object.fromEntries(inherited),
        PORT: String(this.#port),
        BATON_DATA: this.#folder,
        BATON_CONSOLE: 'off',
        BATON_REQUESTS_PER_MINUTE: '10000000',
      },
    })
    closeSync(log)
    this.#child = child
    const end = performance.now() + patienceMs
    while (!(await this.#isHealthy())) {
      if (child.exitCode !== null || performance.now() > end)
        throw new Error(`Baton did not start:\n${(await this.said()).slice(-3_000)}`)
      await sleep(pollMs)
    }
    return this.said()
  }

  async #isHealthy(): Promise<boolean> {
    const response = await fetch(`${this.url}/healthz`).catch(() => null)
    await response?.arrayBuffer()
    return response?.ok === true
  }

  /** What it has said since it was started. */
  said(): Promise<string> {
    return readFile(this.#logFile, 'utf8')
  }

  /** Whether it was started and has ended since, by itself or killed. */
  get hasEnded(): boolean {
    const child = this.#child
    return child !== undefined && (child.exitCode !== null || child.signalCode !== null)
  }

  /** Waits until its process is gone; the signal that ended it. */
  async ended(): Promise<string | null> {
    const child = this.#child
    if (child && !this.hasEnded) await once(child, 'exit', { signal: AbortSignal.timeout(patienceMs) })
    return child?.signalCode ?? null
  }

  /** Counts from now on; an armed one dies at that commit. */
  async arm(order: DieAt): Promise<void> {
    await this.#tell({ order })
  }

  /** What the commits since it was armed were about, those that counted. */
  async commits(): Promise<readonly string[]> {
    return this.#tell({})
  }

  async #tell(message: { readonly order?: DieAt }): Promise<readonly string[]> {
    if (!this.#child?.connected) throw new Error('it was not armed, or has ended')
    const answered = once(this.#child, 'message', { signal: AbortSignal.timeout(patienceMs) })
    this.#child.send(message)
    const [answer] = (await answered) as [{ readonly commits: readonly string[] }]
    return answer.commits
  }

  /** `kill -9`, without warning, of processes of this data folder only. */
  async kill(victim: Victim): Promise<void> {
    const child = this.#child
    if (!child) return
    const ended =
      child.exitCode === null && child.signalCode === null ? once(child, 'exit') : Promise.resolve()
    child.kill('SIGKILL')
    if (victim === 'the server and its database') await this.#killDatabase()
    await ended
  }

  // The parent forks as long as it lives, and ends its children when one of them dies.
  async #killDatabase(): Promise<void> {
    const parent = await readPostmasterFile(this.#cluster)
    if (parent) signalProcess(parent.pid, 'SIGKILL')
    for (;;) {
      const left = await postgresProcessesOf(this.#cluster)
      if (left.length === 0) return
      for (const pid of left) signalProcess(pid, 'SIGKILL')
      await sleep(1)
    }
  }

  /** Asks as the operator of the machine, on the socket in the data folder. */
  async asOperator(call: { path: string; body: object; company?: string }): Promise<unknown> {
    const door = { kind: 'socket', path: commandSocket(this.#folder), token: null } as const
    return (await sendCall(door, { method: 'POST', ...call })).body
  }

  /** Looks at the database itself, past row-level security. */
  async asSuperuser<T>(work: (client: pg.Client) => Promise<T>): Promise<T> {
    const file = await readPostmasterFile(this.#cluster)
    if (!file) throw new Error('the database does not run')
    const { socketDirectory: host, port } = file
    const client = new pg.Client({ host, port, user: 'postgres', database: 'baton' })
    client.on('error', () => undefined)
    await client.connect()
    try {
      return await work(client)
    } finally {
      await client.end()
    }
  }

  /** Ends what is left of it and takes its folder away. */
  async remove(): Promise<void> {
    this.#isRemoved = true
    await this.kill('the server and its database')
    await this.#killDatabase()
    await rm(this.#folder, { recursive: true, force: true })
  }
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1')
  await once(probe, 'listening')
  const address = probe.address()
  probe.close()
  if (address === null || typeof address === 'string') throw new Error('this machine gives no port')
  return address.port
}

/** A source of chance that can be repeated (mulberry32): from 0 up to 1. */
export function createChance(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}
