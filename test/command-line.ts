import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

const program = join(import.meta.dirname, '../tools/baton.mjs')

export const ownerPassword = 'correct horse battery staple'

/** How a command ended: its exit code, what it printed, and what it said on the side. */
export interface Ended {
  readonly code: number | null
  readonly out: string
  readonly said: string
}

export interface Running {
  readonly child: ChildProcess
  readonly ended: Promise<Ended>
  readonly said: () => string
}

/** Starts the command line in a process of its own, without a terminal. */
export function run(args: readonly string[], environment: Record<string, string> = {}, input = ''): Running {
  const child = spawn(process.execPath, [program, ...args], {
    env: {
      PATH: process.env['PATH'] ?? '',
      HOME: process.env['HOME'] ?? '',
      BATON_CONSOLE: 'off',
      ...environment,
    },
    stdio: ['pipe', 'pipe', 'pipe'],
  })
  let out = ''
  let said = ''
  child.stdout.setEncoding('utf8').on('data', (part: string) => {
    out += part
  })
  child.stderr.setEncoding('utf8').on('data', (part: string) => {
    said += part
  })
  child.stdin.end(input)
  const ended = new Promise<Ended>((resolve) => child.on('close', (code) => resolve({ code, out, said })))
  return { child, ended, said: () => said }
}

/** Waits until a question has an answer. */
export async function until<T>(what: string, ask: () => T | undefined | Promise<T | undefined>): Promise<T> {
  const end = performance.now() + 60_000
  for (;;) {
    const found = await ask()
    if (found !== undefined) return found
    if (performance.now() > end) throw new Error(`no ${what} in time`)
    await sleep(50)
  }
}

export async function addressOf(server: Running): Promise<string> {
  return until('address', () => /ready: (http:\S+)/.exec(server.said())?.[1])
}

/** A Baton in a process of its own, with a company, and its command line. */
export interface Installation {
  readonly folder: string
  readonly address: string
  /** File with the Owner's API token. */
  readonly tokenFile: string
  /** Gives a command as the operator of the machine. */
  baton(args: readonly string[], environment?: Record<string, string>): Running
  /** Asks the API as the Owner; fails unless it is done. */
  // biome-ignore lint/suspicious/noExplicitAny: a test reads the parts it names, whatever the route
  api(method: string, path: string, body?: object): Promise<any>
  stop(): Promise<void>
}

export async function openInstallation(): Promise<Installation> {
  const folder = await mkdtemp(join(tmpdir(), 'baton-cli-'))
  const environment = { BATON_DATA: join(folder, 'data'), PORT: '0', TZ: 'Asia/Shanghai' }
  const server = run(['start'], environment)
  const address = await addressOf(server)
  const passwordFile = join(folder, 'password')
  await writeFile(passwordFile, ownerPassword, { mode: 0o600 })
  const company = ['--company', 'Acme', '--owner', '王芳', '--owner-email', 'wang@example.com']
  const made = await run(['setup', ...company, '--password-file', passwordFile, '--json'], environment).ended
  const { token } = JSON.parse(made.out)
  const tokenFile = join(folder, 'token')
  await writeFile(tokenFile, token, { mode: 0o600 })
  return {
    folder,
    address,
    tokenFile,
    baton: (args, more) => run(args, { ...environment, ...more }),
    async api(method, path, body) {
      const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' }
      const answer = await fetch(address + path, {
        method,
        headers,
        ...(body ? { body: JSON.stringify(body) } : {}),
      })
      if (!answer.ok) throw new Error(`status ${answer.status}: ${await answer.text()}`)
      return answer.json()
    },
    async stop() {
      server.child.kill('SIGTERM')
      await server.ended
      await rm(folder, { recursive: true, force: true })
    },
  }
}
