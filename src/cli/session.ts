import { lstat, readFile } from 'node:fs/promises'
import net from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import type { z } from 'zod'
import { accountsContract } from '../features/accounts/contract.ts'
import type { Access } from '../kernel/permission.ts'
import type { RouteContract } from '../kernel/route.ts'
import { readSettings, type Settings } from '../platform/config/settings.ts'
import { DataFolderError, systemCode } from '../platform/db/embedded/data-folder-error.ts'
import { createLogger } from '../platform/log/logger.ts'
import { isLoopback } from '../platform/net/loopback.ts'
import { type Call, type Door, receiveStream, sendCall, sendStream, type Upload } from './api.ts'
import { Failure, misuse } from './failure.ts'
import type { Output } from './output.ts'
import { commandSocket } from './running/place.ts'
import type { RunningBaton } from './running/start-baton.ts'

/** What every command may be told. */
export interface GlobalOptions {
  readonly json?: boolean
  readonly quiet?: boolean
  readonly color?: boolean
  readonly company?: string
  readonly tokenFile?: string
}

/** What a route is asked with; the API checks it. */
export interface Question {
  readonly params?: Readonly<Record<string, string>>
  readonly query?: Readonly<Record<string, string | number | undefined>>
  readonly body?: object
}

/** What a route answers with. */
export type ResponseOf<Route extends RouteContract> = z.output<NonNullable<Route['response']>>

export interface Reply<Route extends RouteContract> {
  readonly body: ResponseOf<Route>
  /** True when the work was accepted and still waits. */
  readonly waits: boolean
}

/** A command's way to the API. */
export interface Session {
  readonly settings: Settings
  /** Whether the Baton that answers goes on when the command has ended; one that was started for it does not. */
  readonly serverStays: boolean
  /** Calls a route, in the company that was named or the only one there is; routes of no company go without. */
  ask<Route extends RouteContract>(route: Route, question?: Question): Promise<Reply<Route>>
  /** Sends a stream of bytes to a route. */
  upload<Route extends RouteContract>(route: Route, upload: Upload): Promise<ResponseOf<Route>>
  /** Reads a stream of bytes from a route; it throws when the connection breaks off. */
  download(route: RouteContract, question: Question): Promise<AsyncIterable<Buffer>>
  /** The id of the company that was named, or of the only one. */
  companyId(): Promise<string>
}

/**
 * Finds the API and runs `work` with it: at BATON_URL when there is a token, else on the socket of the Baton that runs
 * on the data folder, else on that of a Baton started for this command.
 */
export async function withSession<T>(
  options: GlobalOptions,
  output: Output,
  work: (session: Session) => Promise<T>,
): Promise<T> {
  const settings = readSettings(process.env)
  const found = await findDoor(settings, options, output)
  try {
    return await work(createSession(settings, options, found))
  } finally {
    await found.stop()
  }
}

function createSession(settings: Settings, options: GlobalOptions, { door, stays }: OpenDoor): Session {
  const named = options.company ?? settings.company
  let only: Promise<string> | undefined

  async function callOf(route: RouteContract, question: Question): Promise<Call> {
    const path = route.path.replace(/\{(\w+)\}/g, (_, name: string) =>
      encodeURIComponent(question.params?.[name] ?? ''),
    )
    const { query, body } = question
    return { method: route.method, path, query, body, company: await companyFor(route) }
  }
  async function companies(): Promise<ListedCompany[]> {
    const { body } = await ask(accountsContract.listCompanies, { query: { limit: 200 } })
    return body.items
  }
  // A token carries its company.
  async function companyFor(route: RouteContract): Promise<string | undefined> {
    if (companyless.has(route.access)) return undefined
    if (named !== undefined || door.token !== null) return named
    only ??= companies().then(onlyOne)
    return only
  }
  async function ask<Route extends RouteContract>(
    route: Route,
    question: Question = {},
  ): Promise<Reply<Route>> {
    const { status, body } = await sendCall(door, await callOf(route, question))
    return { body: route.response?.parse(body) as ResponseOf<Route>, waits: status === 202 }
  }
  return {
    settings,
    serverStays: stays,
    ask,
    async upload(route, upload) {
      const { body } = await sendStream(door, await callOf(route, {}), upload)
      return route.response?.parse(body) as ResponseOf<typeof route>
    },
    download: async (route, question) => receiveStream(door, await callOf(route, question)),
    async companyId() {
      const all = await companies()
      if (named === undefined) return onlyOne(all)
      const found = all.find((company) => company.companyId === named || company.slug === named)
      if (found) return found.companyId
      throw new Failure({
        title: `There is no company "${named}" here.`,
        next: 'See them all with: npx baton company list',
      })
    },
  }
}

type ListedCompany = ResponseOf<typeof accountsContract.listCompanies>['items'][number]

const companyless: ReadonlySet<Access> = new Set(['public', 'account', 'operator'])

function onlyOne(companies: readonly ListedCompany[]): string {
  const [first, ...others] = companies
  if (first === undefined) {
    throw new Failure({
      title: 'There is no company here yet.',
      next: 'Make the first one: npx baton setup --company "Acme" --owner "Wang Fang" --owner-email you@example.com',
      problem: { code: 'company.none' },
    })
  }
  if (others.length === 0) return first.companyId
  const slugs = companies.slice(0, 10).map((company) => company.slug)
  throw misuse(
    'There are several companies here.',
    `Name one with --company: ${slugs.join(', ')}${others.length > 9 ? ' …' : ''}`,
  )
}

interface OpenDoor {
  readonly door: Door
  readonly stays: boolean
  stop(): Promise<void>
}

async function noStop(): Promise<void> {}

async function findDoor(settings: Settings, options: GlobalOptions, output: Output): Promise<OpenDoor> {
  const token = await readToken(options.tokenFile ?? settings.tokenFile)
  if (settings.publicUrl !== undefined && token !== null) {
    warnOfPlainToken(settings.publicUrl, output)
    return { door: { kind: 'address', url: settings.publicUrl, token }, stays: true, stop: noStop }
  }
  const path = commandSocket(settings.dataDirectory)
  const door: Door = { kind: 'socket', path, token }
  const end = performance.now() + 15_000
  for (;;) {
    if (await answers(path)) return { door, stays: true, stop: noStop }
    const started = await startOwn(settings, output)
    if (started instanceof DataFolderError) {
      // Another Baton holds the folder: it is starting or stopping, so its socket appears or the folder comes free.
      if (performance.now() > end) throw started
      await sleep(200)
      continue
    }
    return { door, stays: false, stop: () => started.stop() }
  }
}

async function startOwn(settings: Settings, output: Output): Promise<RunningBaton | DataFolderError> {
  const { startBaton } = await import('./running/start-baton.ts')
  const level = process.env['BATON_LOG_LEVEL'] ? settings.logLevel : 'error'
  const log = createLogger({ level, target: process.stderr, isTerminal: process.stderr.isTTY })
  if (process.stderr.isTTY) output.say('No Baton runs on this data folder; starting one for this command …')
  try {
    return await startBaton({ settings, log, purpose: 'command' })
  } catch (error) {
    if (error instanceof DataFolderError && error.code === 'data-folder.in-use') return error
    throw error
  }
}

async function answers(path: string): Promise<boolean> {
  if (!(await lstat(path).catch(() => undefined))) return false
  return new Promise((resolve, reject) => {
    const socket = net.connect(path)
    socket.once('connect', () => {
      socket.destroy()
      resolve(true)
    })
    socket.once('error', (error) => {
      if (systemCode(error) !== 'EACCES' && systemCode(error) !== 'EPERM') return resolve(false)
      reject(
        new Failure({
          title: `You may not use the Baton of this machine (${path}).`,
          next: 'Run the command as the user who runs Baton, or use an API token: BATON_URL and --token-file.',
        }),
      )
    })
  })
}

async function readToken(path: string | undefined): Promise<string | null> {
  if (path === undefined) return null
  const text = await readFile(path, 'utf8').catch((error: Error) => {
    throw misuse(
      `The token file cannot be read: ${error.message}.`,
      'Correct --token-file or BATON_TOKEN_FILE.',
    )
  })
  const token = text.trim()
  if (/^baton_\S{40,200}$/.test(token)) return token
  throw misuse(
    `The file ${path} holds no API token of Baton.`,
    'A token begins with "baton_"; make one with: npx baton token create',
  )
}

function warnOfPlainToken(url: string, output: Output): void {
  const { protocol, hostname } = new URL(url)
  if (protocol === 'http:' && !isLoopback(hostname)) {
    output.warn(`The token goes to ${hostname} unprotected: ${url} is plain HTTP.`)
  }
}
