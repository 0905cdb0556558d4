import pg from 'pg'
import { normaliseInstant } from '../../kernel/instant.ts'

const timestamptzOid = 1184
const int8Oid = 20

/** timestamptz as a comparable ISO instant with microseconds; int8 as a number, refused where it would round. */
function parserFor(oid: number, format?: 'text' | 'binary') {
  if (oid === timestamptzOid) return readInstant
  if (oid === int8Oid) return parseWholeNumber
  return pg.types.getTypeParser(oid, format ?? 'text')
}

// Sessions speak UTC, so that the usual text only needs its fraction filled up; lists have thousands of them.
function readInstant(text: string): string {
  if (!usualInstant.test(text)) return normaliseInstant(`${text.replace(' ', 'T')}:00`)
  return `${text.slice(0, 10)}T${text.slice(11, 19)}.${text.slice(20, -3).padEnd(6, '0')}Z`
}

const usualInstant = /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(?:\.\d{1,6})?\+00$/

function parseWholeNumber(text: string): number {
  const value = Number(text)
  if (!Number.isSafeInteger(value))
    throw new RangeError(`database integer ${text} does not fit a JavaScript number`)
  return value
}

export type Connection = pg.PoolConfig

/** A pool whose sessions serve requests: the role baton_serve without a company sees nothing. */
export function servingPool(connection: Connection, size: number): pg.Pool {
  const pool = newPool(connection, size)
  pool.on('connect', (client) => {
    client
      .query("set role baton_serve; set timezone = 'UTC'; set idle_in_transaction_session_timeout = '60s'")
      .catch(() => client.end())
  })
  return pool
}

/** A small pool of the owner, for changes of the schema and the queue's own housekeeping. */
export function ownerPool(connection: Connection, size: number): pg.Pool {
  const pool = newPool(connection, size)
  pool.on('connect', (client) => {
    client.query("set timezone = 'UTC'").catch(() => client.end())
  })
  return pool
}

function newPool(connection: Connection, size: number): pg.Pool {
  const pool = new pg.Pool({
    ...connection,
    max: size,
    connectionTimeoutMillis: 10_000,
    idleTimeoutMillis: 60_000,
    types: { getTypeParser: parserFor as typeof pg.types.getTypeParser },
    ...{ pipeline: true },
  })
  // A broken idle connection is replaced by the pool; the next request reports what still fails.
  pool.on('error', () => {})
  // One that breaks at work fails its statements, which say so; without a listener it would end the process as well.
  pool.on('connect', (client) => client.on('error', () => {}))
  return pool
}
