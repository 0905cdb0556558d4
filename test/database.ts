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
    await retryWhileCopied(() =>
      client.query(`create database ${name} template ${pg.escapeIdentifier(source)}${owner}`),
    )
  })
  return {
    connection: inDatabase(template, name),
    drop: () =>
      asAdmin(admin, async (client) => void (await client.query(`drop database ${name} with (force)`))),
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

// Two test files may copy the template at the same moment; the server lets one of them at it.
async function retryWhileCopied(copy: () => Promise<unknown>): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      await copy()
      return
    } catch (error) {
      if ((error as { code?: string }).code !== '55006' || attempt === 100) throw error
      await new Promise((resolve) => setTimeout(resolve, 50))
    }
  }
}
