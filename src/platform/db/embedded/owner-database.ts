import pg from 'pg'
import { systemCode } from './data-folder-error.ts'

/** node-postgres options of a server behind a Unix socket; `host` is the socket's folder. */
export interface SocketConnection {
  readonly host: string
  readonly port: number
  readonly user: string
  readonly database: string
}

const connectTimeoutMilliseconds = 10_000

/** The options for the role `baton`, which owns the database `baton` and is no superuser. */
export function ownerConnection(host: string, port: number): SocketConnection {
  return { host, port, user: 'baton', database: 'baton' }
}

/** Connects as the owner, making role and database where they are missing; returns the server's version (`18.4`). */
export async function openOwnerDatabase(connection: SocketConnection): Promise<string> {
  try {
    return await readVersion(connection)
  } catch (error) {
    // 28000: no such role; 3D000: no such database (PostgreSQL, Appendix A).
    const code = systemCode(error)
    if (code !== '28000' && code !== '3D000') throw error
    await createOwnerDatabase(connection)
    return await readVersion(connection)
  }
}

function readVersion(connection: SocketConnection): Promise<string> {
  return withClient(connection, async (client) => {
    const { rows } = await client.query<{ version: string }>(
      `select current_setting('server_version') as version`,
    )
    return rows[0]?.version ?? ''
  })
}

/** Makes the role `baton` and its database `baton` where they are missing. */
export function createOwnerDatabase(connection: SocketConnection): Promise<void> {
  return withClient({ ...connection, user: 'postgres', database: 'postgres' }, async (client) => {
    const roles = await client.query(`select from pg_roles where rolname = 'baton'`)
    if (roles.rowCount === 0) await client.query('create role baton login createrole nosuperuser')
    const databases = await client.query(`select from pg_database where datname = 'baton'`)
    if (databases.rowCount === 0) await client.query('create database baton owner baton')
  })
}

async function withClient<T>(
  connection: SocketConnection,
  use: (client: pg.Client) => Promise<T>,
): Promise<T> {
  const client = new pg.Client({ ...connection, connectionTimeoutMillis: connectTimeoutMilliseconds })
  // A connection lost between two queries must not end the process; the next query reports it.
  client.on('error', () => undefined)
  try {
    await client.connect()
    return await use(client)
  } finally {
    await client.end().catch(() => undefined)
  }
}
