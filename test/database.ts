import { randomBytes } from 'node:crypto'
import pg from 'pg'
import { inject } from 'vitest'
import type { Connection } from '../src/platform/db/pool.ts'

export interface TestDatabase {
  readonly connection: Connection
  drop(): Promise<void>
}

/** A database of its own for one test file, copied from the template. */
export async function createTestDatabase(): Promise<TestDatabase> {
  return copyOf(await databaseName(inject('connection')))
}

/** A database in which there is nothing yet, not even the schema. */
export function createEmptyDatabase(): Promise<TestDatabase> {
  return copyOf('template0')
}

async function copyOf(source: string): Promise<TestDatabase> {
  const template = inject('connection')
  const admin = inject('admin')
  const name = `baton_test_${randomBytes(6).toString('hex')}`
  await asAdmin(admin, async (client) => {
    const owner = template.user ? ` owner ${pg.escapeIdentifier(template.user)}` : ''
    await retryWhileInUse(() =>
      client.query(`create database ${name} template ${pg.escapeIdentifier(source)}${owner}`),
    )
  })
  return {
    connection: inDatabase(template, name),
    drop: () => asAdmin(admin, (client) => drop(client, name)),
  }
}

// A vacuum that the server runs by itself may not be ended by force, except by a superuser; a plain drop ends it.
async function drop(client: pg.Client, name: string): Promise<void> {
  try {
    await client.query(`drop database ${name} with (force)`)
  } catch (error) {
    if (!isOf(error, '42501')) throw error
    await retryWhileInUse(() => client.query(`drop database ${name}`))
  }
}

function inDatabase(connection: Connection, database: string): Connection {
  if (!connection.connectionString) return { ...connection, database }
  const url = new URL(connection.connectionString)
  url.pathname = `/${database}`
  return { connectionString: url.href }
}

async function databaseName(connection: Connection): Promise<string> {
  if (connection.database) return connection.database
  return decodeURIComponent(new URL(connection.connectionString ?? '').pathname.slice(1))
}

async function asAdmin(admin: Connection, work: (client: pg.Client) => Promise<void>): Promise<void> {
  // With a URL, the administrator works from the server's own database, since the template must be idle to be copied.
  const client = new pg.Client(admin.connectionString ? inDatabase(admin, 'postgres') : admin)
  await client.connect()
  try {
    await work(client)
  } finally {
    await client.end()
  }
}

// Two test files may copy the template at the same moment, and the server lets one of them at it; sessions that end
// count for a moment more.
async function retryWhileInUse(work: () => Promise<unknown>): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      await work()
      return
    } catch (error) {
      if (!isOf(error, '55006') || attempt === 100) throw error
      await new Promise((resolve) => setTimeout(resolve, 50))
    }
  }
}

function isOf(error: unknown, code: string): boolean {
  return error instanceof pg.DatabaseError && error.code === code
}
