import { rm } from 'node:fs/promises'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import type { FastifyInstance } from 'fastify'
import type pg from 'pg'
import { type App, createApp, jobNames } from '../../app.ts'
import type { InstallationCaller } from '../../kernel/caller.ts'
import { systemClock } from '../../platform/clock/clock.ts'
import { createKeyRing } from '../../platform/crypto/key-ring.ts'
import { openVault } from '../../platform/crypto/vault.ts'
import { createAnnouncer } from '../../platform/db/announce.ts'
import { applyChanges } from '../../platform/db/changes.ts'
import { createDatabase, type Database } from '../../platform/db/database.ts'
import type { DataFolder } from '../../platform/db/embedded/data-folder.ts'
import { systemCode } from '../../platform/db/embedded/data-folder-error.ts'
import { ownerPool, servingPool } from '../../platform/db/pool.ts'
import { startRelay } from '../../platform/db/relay.ts'
import { createCheckpointFiles } from '../../platform/files/checkpoint-files.ts'
import { createErasureJournal } from '../../platform/files/erasure-journal.ts'
import { createMediaFiles } from '../../platform/files/media-files.ts'
import { createReceivedFiles } from '../../platform/files/received-files.ts'
import { addHealth } from '../../platform/http/health.ts'
import { logRequests } from '../../platform/http/request-log.ts'
import { startQueue } from '../../platform/jobs/queue.ts'
import { startSweeper } from '../../platform/jobs/sweeper.ts'
import type { Senders } from '../../platform/messages/senders.ts'
import { isLoopback } from '../../platform/net/loopback.ts'
import { createOauthProviders } from '../../platform/oauth/create-providers.ts'
import { createMetrics } from '../../platform/telemetry/metrics.ts'
import { Failure } from '../failure.ts'
import type { Closing } from './closing.ts'
import type { DatabaseSource } from './database-source.ts'
import { keepDatabase } from './keeper.ts'
import type { BatonOptions } from './options.ts'
import { oauthOf, publicUrlOf, sendersOf } from './outside.ts'
import { changesDirectory, commandSocket, findConsole, prepareCommandSocket, readVersion } from './place.ts'
import { quietWhileAway } from './quiet.ts'

export interface AssemblyParts extends BatonOptions {
  readonly folder: DataFolder | null
  readonly source: DatabaseSource
  readonly closing: Closing
  readonly tls: { readonly cert: Buffer; readonly key: Buffer } | null
}

const operator: InstallationCaller = { kind: 'installation', id: 'baton' }
const ownerConnections = 4
const drainSeconds = 10
const idleCheckMs = 50

export interface Assembled {
  readonly url: string | null
  readonly isSetUp: boolean
  readonly hasConsole: boolean
}

/** Puts Baton together on a database that answers, and starts it; what has to end is told to `closing`. */
export async function assemble(parts: AssemblyParts): Promise<Assembled> {
  const { settings, log, source, closing } = parts
  const owner = ownerPool(source.connection, ownerConnections)
  closing.add('connections of the owner', () => owner.end())
  const applied = await applyChanges(owner, changesDirectory)
  if (applied.length > 0) log.info({ applied }, 'the database was brought up to this version')
  const background = quietWhileAway(log)
  const onError = (err: Error) => background.error({ err }, 'the queue cannot work at the moment')
  const queue = await startQueue({ pool: owner, names: jobNames, onError })
  const announcer = createAnnouncer()
  const relay = startRelay({
    connection: source.connection,
    announcer,
    onError: (err) => log.debug({ err }, 'other processes cannot be heard at the moment'),
  })
  closing.add('the relay between processes', () => relay.stop())
  const pool = servingPool(source.connection, settings.databaseConnections)
  const database = createDatabase({ pool, clock: systemClock, announcer, enqueue: queue.enqueue })
  closing.add('connections for requests', () => database.close())
  // Before the connections that its jobs use.
  closing.add('the queue', () => queue.stop())
  const draining = new AbortController()
  const version = await readVersion()
  const consoleFolder = settings.console === 'on' ? await findConsole() : null
  const senders = await sendersOf(settings)
  closing.add('connections of senders', () => closeSenders(senders))
  const app = await createApp({
    database,
    clock: systemClock,
    announcer,
    keys: createKeyRing(join(settings.dataDirectory, 'keys')),
    vault: await openVault(join(settings.dataDirectory, 'keys')),
    senders,
    outbox: settings.outbox === 'on',
    oauth: createOauthProviders(await oauthOf(settings), systemClock),
    publicUrl: publicUrlOf(settings),
    checkpointFiles: createCheckpointFiles(join(settings.dataDirectory, 'checkpoints')),
    mediaFiles: createMediaFiles(join(settings.dataDirectory, 'media')),
    mediaMaxMb: settings.mediaMaxMb,
    receivedFiles: createReceivedFiles(join(settings.dataDirectory, 'received')),
    erasureJournal: createErasureJournal(join(settings.dataDirectory, 'erasures')),
    log,
    version,
    trustProxy: settings.trustProxy?.join(',') ?? false,
    requestsPerMinute: settings.requestsPerMinute,
    draining: draining.signal,
    ...(consoleFolder === null ? {} : { consoleFolder }),
    ...(parts.tls ? { tls: parts.tls } : {}),
  })
  closing.add('the watch over the database', keepDatabase(source, owner, log))
  await queue.work(app.jobs)
  closing.add('background work', startSweeper(app.dueTasks, background))
  closing.add('what would go on', () => draining.abort())
  const server = { ...parts, app, database, owner, version, draining }
  const url = parts.purpose === 'work' ? null : await serve(server)
  return { url, isSetUp: await isSetUp(database), hasConsole: consoleFolder !== null }
}

function closeSenders(senders: Senders): void {
  for (const sender of Object.values(senders)) sender.close?.()
}

interface Server extends AssemblyParts {
  readonly app: App
  readonly database: Database
  readonly owner: pg.Pool
  readonly version: string
  readonly draining: AbortController
}

async function isSetUp(database: Database): Promise<boolean> {
  const companies = await database.asSteward(operator, (tx) =>
    tx.query({ text: 'select 1 from companies limit 1' }),
  )
  return companies.length > 0
}

async function serve(server: Server): Promise<string | null> {
  const { app, settings, closing, purpose, folder } = server
  await observe(server)
  if (folder !== null) await listenForCommands(app.localHttp, folder.path)
  closing.add('the socket for commands', () => closeHttp(app.localHttp))
  const url = purpose === 'serve' ? await listenOnTcp(app.http, server) : null
  closing.add('the HTTP server', () => closeHttp(app.http))
  closing.add('live streams', () => server.draining.abort())
  if (url !== null) server.log.info({ url, data: settings.dataDirectory }, 'Baton is ready')
  return url
}

async function observe({
  app,
  database,
  owner,
  version,
  settings,
  draining,
  closing,
}: Server): Promise<void> {
  const asSteward: Parameters<typeof createMetrics>[0]['asSteward'] = (work) =>
    database.asSteward(operator, work)
  const metrics = createMetrics({ pool: database.pool, owner, asSteward, version })
  const tracing = settings.tracesUrl === undefined ? null : await startTracing(version)
  if (tracing !== null) closing.add('traces', () => tracing.stop())
  for (const [http, isLocalSocket] of [
    [app.http, false],
    [app.localHttp, true],
  ] as const) {
    logRequests(http, (finished) => metrics.countRequest(finished))
    tracing?.traceRequests(http)
    addHealth(http, {
      askDatabase: async () => void (await owner.query('select 1')),
      draining: draining.signal,
      metrics: () => metrics.read(),
      metricsFrom: settings.metricsFrom,
      trustsProxy: settings.trustProxy !== undefined,
      isLocalSocket,
    })
  }
}

// OpenTelemetry is large, so it is loaded for those who use it only.
async function startTracing(version: string) {
  const tracing = await import('../../platform/telemetry/tracing.ts')
  return tracing.startTracing(version)
}

async function listenForCommands(http: FastifyInstance, dataDirectory: string): Promise<void> {
  await prepareCommandSocket(dataDirectory)
  const path = commandSocket(dataDirectory)
  // What lies there was left by a Baton that was killed: the data folder is ours.
  await rm(path, { force: true })
  await http.ready()
  // Whoever can write to the socket is the operator, so it is never open to others, not even for an instant.
  const before = process.umask(0o177)
  try {
    await http.listen({ path, listenTextResolver: () => 'listening for commands' })
  } finally {
    process.umask(before)
  }
}

async function listenOnTcp(http: FastifyInstance, { settings, tls }: Server): Promise<string> {
  const { host, port } = settings
  try {
    await http.listen({ host, port, listenTextResolver: () => 'listening' })
  } catch (error) {
    throw listenFailure(error, host, port)
  }
  const shown = isLoopback(host) || host === '0.0.0.0' || host === '::' ? 'localhost' : host
  return `${tls ? 'https' : 'http'}://${shown.includes(':') ? `[${shown}]` : shown}:${portOf(http.server.address()) ?? port}`
}

function portOf(address: AddressInfo | string | null): number | undefined {
  return typeof address === 'object' ? address?.port : undefined
}

function listenFailure(error: unknown, host: string, port: number): unknown {
  const code = systemCode(error)
  if (code === 'EADDRINUSE') {
    return new Failure({
      title: `Port ${port} on ${host} is in use by another program.`,
      next: `Stop that program, or choose another port: PORT=${port === 65_535 ? 4400 : port + 1} npm start`,
      problem: { code: 'port.in_use' },
    })
  }
  if (code === 'EACCES') {
    return new Failure({
      title: `Baton may not listen on port ${port}.`,
      next: 'Choose a port above 1023 in PORT, with a reverse proxy in front of it.',
    })
  }
  if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND') {
    return new Failure({
      title: `${host} is no address of this machine.`,
      next: 'Correct BATON_HOST: 127.0.0.1 for this machine only, 0.0.0.0 for the network.',
    })
  }
  return error
}

// A request that never ends must not keep Baton from stopping, nor a connection that its client keeps for the next one.
async function closeHttp(http: FastifyInstance): Promise<void> {
  const idle = setInterval(() => http.server.closeIdleConnections(), idleCheckMs)
  const late = setTimeout(() => http.server.closeAllConnections(), drainSeconds * 1000)
  try {
    await http.close()
  } finally {
    clearInterval(idle)
    clearTimeout(late)
  }
}
