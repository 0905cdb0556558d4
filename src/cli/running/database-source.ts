import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import type { DataFolder } from '../../platform/db/embedded/data-folder.ts'
import { systemCode } from '../../platform/db/embedded/data-folder-error.ts'
import type { Connection } from '../../platform/db/pool.ts'
import type { Logger } from '../../platform/log/logger.ts'
import { Failure } from '../failure.ts'

/** Where the database is, and what keeps it alive. */
export interface DatabaseSource {
  readonly connection: Connection
  /** For people: `the embedded PostgreSQL 18.4`, `PostgreSQL at db.example.com:5432/baton`. */
  readonly name: string
  /** Starts the embedded server again when it has died; leaves any other alone. */
  revive(): Promise<void>
  stop(): Promise<void>
}

/** Starts the embedded database in the data folder. */
export async function openEmbedded(folder: DataFolder, log: Logger): Promise<DatabaseSource> {
  const { startEmbeddedDatabase } = await import('../../platform/db/embedded/launcher.ts')
  const options = {
    dataDirectory: folder.path,
    folder,
    log: (message: string, fields?: object) => log.info({ ...fields }, message),
  }
  let server = await startEmbeddedDatabase(options)
  const { host, port, user, database } = server.connection
  return {
    connection: { host, port, user, database },
    name: `the embedded PostgreSQL ${server.serverVersion}`,
    async revive() {
      server = await startEmbeddedDatabase(options)
    },
    stop: () => server.stop(),
  }
}

const defaultPatienceMs = 15_000
const pauseMs = 500

// Worth waiting for: nobody listens (yet), the name is not known (yet), the server is starting or stopping, it is full.
const passing = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ENOENT',
  'ENOTFOUND',
  'EAI_AGAIN',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  '57P01',
  '57P03',
  '53300',
])

/**
 * Waits for the PostgreSQL of DATABASE_URL.
 * @throws Failure with what was tried, the password left out, when it does not answer in time or refuses
 */
export async function openExternal(
  url: string,
  log: Pick<Logger, 'warn'>,
  patienceMs: number = defaultPatienceMs,
): Promise<DatabaseSource> {
  const name = `PostgreSQL at ${addressWithoutSecrets(url)}`
  const end = performance.now() + patienceMs
  for (let attempt = 1; ; attempt++) {
    const error = await tryConnect(url)
    if (error === undefined)
      return { connection: { connectionString: url }, name, revive: async () => {}, stop: async () => {} }
    const code = systemCode(error)
    const isPassing = code === undefined ? /timeout/i.test(error.message) : passing.has(code)
    if (!isPassing || performance.now() > end) throw unreachable(name, error, attempt)
    if (attempt === 1) log.warn({ database: name, code }, 'the database does not answer yet; trying on')
    await sleep(pauseMs)
  }
}

async function tryConnect(connectionString: string): Promise<Error | undefined> {
  const client = new pg.Client({ connectionString, connectionTimeoutMillis: 5_000 })
  client.on('error', () => undefined)
  try {
    await client.connect()
    await client.query('select 1')
    return undefined
  } catch (error) {
    return firstOf(error)
  } finally {
    await client.end().catch(() => undefined)
  }
}

// A host with several addresses fails with all their errors at once.
function firstOf(error: unknown): Error {
  if (error instanceof AggregateError && error.errors[0] instanceof Error) return error.errors[0]
  return error instanceof Error ? error : new Error(String(error))
}

function unreachable(name: string, error: Error, attempts: number): Failure {
  const code = systemCode(error)
  const tried = attempts === 1 ? '' : ` after ${attempts} attempts`
  return new Failure({
    title: `Baton cannot use ${name}${tried}: ${error.message || code || 'no answer'}.`,
    next: nextFor(code),
    problem: { code: 'database.unreachable' },
  })
}

function nextFor(code: string | undefined): string {
  if (code === '28P01' || code === '28000')
    return 'Correct the user and password in DATABASE_URL, or what pg_hba.conf allows on the server.'
  if (code === '3D000')
    return 'Create the database ("create database baton encoding \'UTF8\' template template0"), or name another one in DATABASE_URL.'
  return 'Check that the server runs and can be reached from here, and the host and port in DATABASE_URL; without DATABASE_URL Baton uses its embedded database.'
}

/** Host, port and database of an address, without user, password and parameters. */
export function addressWithoutSecrets(url: string): string {
  // A server behind a socket has its folder in `host` instead of a name.
  const parsed = URL.parse(url.replace(/^(\w+:\/\/(?:[^/@]*@)?)\//, '$1localhost/'))
  if (!parsed) return 'an address that cannot be read'
  const host = parsed.searchParams.get('host') || parsed.hostname
  return `${host}:${parsed.port || '5432'}${parsed.pathname}`
}
