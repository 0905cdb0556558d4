import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { Readable } from 'node:stream'
import type { FastifyInstance, InjectOptions } from 'fastify'
import pg from 'pg'
import pino from 'pino'
import { inject } from 'vitest'
import { type App, type AppParts, createApp, jobNames } from '../src/app.ts'
import { systemClock } from '../src/platform/clock/clock.ts'
import { createKeyRing } from '../src/platform/crypto/key-ring.ts'
import { openVault } from '../src/platform/crypto/vault.ts'
import { createAnnouncer } from '../src/platform/db/announce.ts'
import { createDatabase } from '../src/platform/db/database.ts'
import { type Connection, ownerPool, servingPool } from '../src/platform/db/pool.ts'
import { createCheckpointFiles } from '../src/platform/files/checkpoint-files.ts'
import { createErasureJournal } from '../src/platform/files/erasure-journal.ts'
import { createMediaFiles } from '../src/platform/files/media-files.ts'
import { createReceivedFiles } from '../src/platform/files/received-files.ts'
import { startQueue } from '../src/platform/jobs/queue.ts'
import type { OutgoingMessage } from '../src/platform/messages/senders.ts'
import { createOauthProviders } from '../src/platform/oauth/create-providers.ts'
import { TestClock } from './clock.ts'
import { createTestDatabase, type TestDatabase } from './database.ts'

/** What came back: status, parsed body, headers. */
export interface Answer {
  readonly status: number
  // biome-ignore lint/suspicious/noExplicitAny: a test reads the parts it names, whatever the route
  readonly body: any
  readonly headers: Record<string, string | string[] | number | undefined>
}

/** A caller of the API: everything a test does goes through here. */
export class Client {
  readonly #http: FastifyInstance
  readonly #headers: Record<string, string>

  constructor(http: FastifyInstance, headers: Record<string, string>) {
    this.#http = http
    this.#headers = headers
  }

  /** The same caller with other headers, e.g. `Idempotency-Key`. */
  with(headers: Record<string, string>): Client {
    return new Client(this.#http, { ...this.#headers, ...headers })
  }

  get = (url: string) => this.#send({ method: 'GET', url })
  post = (url: string, payload: object = {}) => this.#send({ method: 'POST', url, payload })
  patch = (url: string, payload: object) => this.#send({ method: 'PATCH', url, payload })
  delete = (url: string) => this.#send({ method: 'DELETE', url })
  /** Sends bytes as they are; without a type none is declared. */
  upload = (url: string, payload: Buffer | string | Readable, contentType?: string) =>
    this.#send({
      method: 'POST',
      url,
      payload,
      ...(contentType === undefined ? {} : { headers: { 'content-type': contentType } }),
    })
  /** Reads bytes as they are. */
  async download(url: string): Promise<{ status: number; bytes: Buffer; headers: Answer['headers'] }> {
    const answer = await this.#http.inject({ method: 'GET', url, headers: this.#headers })
    return { status: answer.statusCode, bytes: answer.rawPayload, headers: answer.headers }
  }

  async #send(options: InjectOptions): Promise<Answer> {
    const answer = await this.#http.inject({
      ...options,
      headers: { ...options.headers, ...this.#headers },
    })
    const isJson = /\bjson\b/.test(String(answer.headers['content-type']))
    return { status: answer.statusCode, body: isJson ? answer.json() : answer.body, headers: answer.headers }
  }
}

/** One Baton on a database of its own, in this process, with a clock that tests move. */
export interface World {
  readonly app: App
  readonly clock: TestClock
  /** The operator of the machine, on the local socket. */
  readonly operator: Client
  readonly anonymous: Client
  client(headers: Record<string, string>): Client
  /** Keys and outside checkpoints of this world. */
  readonly dataFolder: string
  /** Where this world's database is, as the role that owns it. */
  readonly connection: Connection
  /** The wiring that routes and tasks share, for a second process beside this one. */
  readonly parts: AppParts
  /** SQL as a superuser of the database, past row-level security: what only someone who tampers can do. */
  tamper(sql: string, values?: unknown[]): Promise<pg.QueryResult>
  /** Messages that left, the oldest first; `runDueWork` lets them leave. */
  readonly sent: readonly OutgoingMessage[]
  /** Does everything that is due now: schedules, returns, erasures, sealing. */
  runDueWork(): Promise<void>
  close(): Promise<void>
}

/** A database and a data folder that are there already; the world takes both away in the end. */
export interface Found {
  readonly database: TestDatabase
  readonly dataFolder: string
}

/**
 * Starts a world for a test file: `const world = await openWorld()` in `beforeAll`, `world.close()` in `afterAll`.
 * `changed` puts other parts in, such as a sender that fails.
 */
export async function openWorld(found?: Found, changed: Partial<AppParts> = {}): Promise<World> {
  const own = found?.database ?? (await createTestDatabase())
  const owner = ownerPool(own.connection, 3)
  const queue = await startQueue({ pool: owner, names: jobNames, onError: () => {} })
  const clock = new TestClock()
  const announcer = createAnnouncer()
  const pool = servingPool(own.connection, 10)
  const database = createDatabase({ pool, clock, announcer, enqueue: queue.enqueue })
  const sent: OutgoingMessage[] = []
  const recorder = { send: async (message: OutgoingMessage) => void sent.push(message) }
  const stop = new AbortController()
  const dataFolder = found?.dataFolder ?? (await mkdtemp(path.join(tmpdir(), 'baton-world-')))
  const parts: AppParts = {
    database,
    clock,
    announcer,
    keys: createKeyRing(path.join(dataFolder, 'keys')),
    vault: await openVault(path.join(dataFolder, 'keys')),
    senders: { email: recorder, sms: recorder, robot: recorder },
    outbox: false,
    oauth: createOauthProviders({}, systemClock),
    publicUrl: 'https://baton.test',
    checkpointFiles: createCheckpointFiles(path.join(dataFolder, 'checkpoints')),
    mediaFiles: createMediaFiles(path.join(dataFolder, 'media')),
    mediaMaxMb: 1,
    receivedFiles: createReceivedFiles(path.join(dataFolder, 'received')),
    erasureJournal: createErasureJournal(path.join(dataFolder, 'erasures')),
    log: pino({ level: process.env['BATON_TEST_LOG'] ?? 'silent' }),
    version: 'test',
    trustProxy: false,
    requestsPerMinute: 1_000_000,
    draining: stop.signal,
    ...changed,
  }
  const app = await createApp(parts)
  return {
    app,
    dataFolder,
    parts,
    sent,
    connection: own.connection,
    tamper: (sql, values) => asSuperuser(own.connection, (client) => client.query(sql, values)),
    clock,
    operator: new Client(app.localHttp, { 'baton-operator': 'tester' }),
    anonymous: new Client(app.http, {}),
    client: (headers) => new Client(app.http, headers),
    async runDueWork() {
      for (const task of app.dueTasks) while ((await task.run()) > 0) {}
    },
    async close() {
      stop.abort()
      await app.http.close()
      await app.localHttp.close()
      await queue.stop()
      await pool.end()
      await owner.end()
      await own.drop()
      await rm(dataFolder, { recursive: true, force: true })
    },
  }
}

async function asSuperuser<T>(connection: Connection, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const admin = inject('admin')
  const client = new pg.Client(
    admin.connectionString ? connection : { ...admin, database: connection.database },
  )
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.end()
  }
}
