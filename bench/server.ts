import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { closeSync, openSync, readFileSync } from 'node:fs'
import { createServer } from 'node:net'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { sendCall } from '../src/cli/api.ts'
import { commandSocket } from '../src/cli/running/place.ts'
import { root } from '../tools/run.ts'

export interface ServerOptions {
  readonly dataDirectory: string
  /** Settings beside the data folder. */
  readonly env?: NodeJS.ProcessEnv
  /** Options of Node.js, for a profile. */
  readonly nodeArgs?: readonly string[]
}

// As `npm start` has it.
const youngSpace = '--max-semi-space-size=64'
const patienceMs = 60_000
const pollMs = 5

/** A Baton in a process of its own, started as `npm start` does. */
export class BenchServer {
  readonly #child: ChildProcess
  readonly #dataDirectory: string
  readonly url: string

  private constructor(child: ChildProcess, dataDirectory: string, url: string) {
    this.#child = child
    this.#dataDirectory = dataDirectory
    this.url = url
  }

  /** Starts it on a free port of this machine and waits until it answers; its log goes to a file, as a service's does. */
  static async start({ dataDirectory, env = {}, nodeArgs = [] }: ServerOptions): Promise<BenchServer> {
    const port = await freePort()
    const logFile = path.join(dataDirectory, 'server.log')
    const log = openSync(logFile, 'w')
    const settings = {
      PORT: String(port),
      BATON_DATA: dataDirectory,
      BATON_CONSOLE: 'off',
      BATON_REQUESTS_PER_MINUTE: '10000000',
      ...env,
    }
    const child = spawn(process.execPath, [youngSpace, ...nodeArgs, path.join(root, 'tools/start.mjs')], {
      cwd: root,
      stdio: ['ignore', log, log],
      env: { ...process.env, ...settings },
    })
    closeSync(log)
    const server = new BenchServer(child, dataDirectory, `http://127.0.0.1:${port}`)
    const end = performance.now() + patienceMs
    while (!(await server.#isHealthy())) {
      if (child.exitCode !== null || performance.now() > end) {
        child.kill('SIGKILL')
        throw new Error(`Baton did not start:\n${readFileSync(logFile, 'utf8').slice(-2_000)}`)
      }
      await sleep(pollMs)
    }
    return server
  }

  async #isHealthy(): Promise<boolean> {
    const response = await fetch(`${this.url}/healthz`).catch(() => null)
    await response?.arrayBuffer()
    return response?.ok === true
  }

  get pid(): number {
    return this.#child.pid ?? 0
  }

  /** Asks as the operator of the machine, on the socket in the data folder. */
  async asOperator(call: { path: string; body: object; company?: string }): Promise<unknown> {
    const door = { kind: 'socket', path: commandSocket(this.#dataDirectory), token: null } as const
    return (await sendCall(door, { method: 'POST', ...call })).body
  }

  /** Takes the processor away from it, so that what runs beside it has the machine alone. */
  pause(): void {
    this.#child.kill('SIGSTOP')
  }

  resume(): void {
    this.#child.kill('SIGCONT')
  }

  async stop(): Promise<void> {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return
    const ended = once(this.#child, 'exit')
    this.resume()
    this.#child.kill('SIGTERM')
    const timer = setTimeout(() => this.#child.kill('SIGKILL'), 20_000)
    await ended
    clearTimeout(timer)
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
