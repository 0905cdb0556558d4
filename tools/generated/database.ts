import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type pg from 'pg'
import { applyChanges } from '../../src/platform/db/changes.ts'
import { startEmbeddedDatabase } from '../../src/platform/db/embedded/launcher.ts'
import { ownerPool } from '../../src/platform/db/pool.ts'
import { root } from '../run.ts'

/** Gives `work` a throwaway database that has every file of db/changes. */
export async function withSchema<Result>(work: (client: pg.ClientBase) => Promise<Result>): Promise<Result> {
  const folder = await mkdtemp(path.join(tmpdir(), 'baton-schema-'))
  try {
    const server = await startEmbeddedDatabase({ dataDirectory: folder, log: () => {}, durable: false })
    const pool = ownerPool(server.connection, 2)
    try {
      await applyChanges(pool, path.join(root, 'db/changes'))
      const client = await pool.connect()
      try {
        return await work(client)
      } finally {
        client.release()
      }
    } finally {
      await pool.end()
      await server.stop()
    }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}
