// Starts one throwaway database server for the whole run and prepares the template that each test file copies.
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { TestProject } from 'vitest/node'
import { jobNames } from '../src/app.ts'
import { applyChanges } from '../src/platform/db/changes.ts'
import { startEmbeddedDatabase } from '../src/platform/db/embedded/launcher.ts'
import { type Connection, ownerPool } from '../src/platform/db/pool.ts'
import { startQueue } from '../src/platform/jobs/queue.ts'

declare module 'vitest' {
  export interface ProvidedContext {
    /** The template database, as the role that owns it. */
    connection: Connection
    /** The same server, as a role that may create databases. */
    admin: Connection
  }
}

/** `BATON_TEST_DATABASE_URL` names a server to use instead; its role must be able to create databases and roles. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const url = process.env['BATON_TEST_DATABASE_URL']
  if (url) {
    await prepareTemplate({ connectionString: url })
    project.provide('connection', { connectionString: url })
    project.provide('admin', { connectionString: url })
    return async () => {}
  }
  const folder = await mkdtemp(path.join(tmpdir(), 'baton-test-'))
  const server = await startEmbeddedDatabase({ dataDirectory: folder, log: () => {}, durable: false })
  const { host, port, user, database } = server.connection
  const connection = { host, port, user, database }
  await prepareTemplate(connection)
  project.provide('connection', connection)
  project.provide('admin', { ...connection, user: 'postgres', database: 'postgres' })
  return async () => {
    await server.stop()
    await rm(folder, { recursive: true, force: true })
  }
}

async function prepareTemplate(connection: Connection): Promise<void> {
  const pool = ownerPool(connection, 4)
  await applyChanges(pool, path.join(import.meta.dirname, '../db/changes'))
  const queue = await startQueue({ pool, names: jobNames, onError: () => {} })
  await queue.stop()
  await pool.end()
}
