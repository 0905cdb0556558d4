import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import path from 'node:path'
import type pg from 'pg'
import { ensureRoles } from './roles.ts'

const changesLock = 4_400_002
const fileName = /^\d{4}-[a-z0-9-]+\.sql$/
const oldestServerVersion = 150_000

/** A database that Baton cannot work on; the message says why, `next` what to do. */
export class ChangeError extends Error {
  readonly next: string
  constructor(message: string, next: string) {
    super(message)
    this.name = 'ChangeError'
    this.next = next
  }
}

interface Change {
  readonly name: string
  readonly sql: string
  readonly hash: string
}

/**
 * Brings the schema up to the files in `directory`: each once, in order, in a transaction of its own, under a lock.
 * @returns the names of the files that were applied now
 * @throws {ChangeError} on an edited or missing file, a database of a newer Baton, or PostgreSQL below 15
 */
export async function applyChanges(pool: pg.Pool, directory: string): Promise<string[]> {
  const changes = await readChanges(directory)
  const client = await pool.connect()
  try {
    await requireServer(client)
    await ensureRoles(client)
    await client.query('select pg_advisory_lock($1)', [changesLock])
    try {
      return await applyMissing(client, changes)
    } finally {
      await client.query('select pg_advisory_unlock($1)', [changesLock])
    }
  } finally {
    client.release()
  }
}

async function readChanges(directory: string): Promise<Change[]> {
  const names = (await readdir(directory)).filter((name) => name.endsWith('.sql')).sort()
  return Promise.all(
    names.map(async (name) => {
      if (!fileName.test(name)) {
        throw new ChangeError(`The change file ${name} is misnamed.`, 'Name it like 0012-what-it-does.sql.')
      }
      const sql = await readFile(path.join(directory, name), 'utf8')
      return { name, sql, hash: createHash('sha256').update(sql).digest('hex') }
    }),
  )
}

async function requireServer(client: pg.ClientBase): Promise<void> {
  const { rows } = await client.query<{ version: number; encoding: string }>(
    "select current_setting('server_version_num')::int as version, current_setting('server_encoding') as encoding",
  )
  const server = rows[0]
  if (!server || server.version < oldestServerVersion) {
    throw new ChangeError(
      `The database server is PostgreSQL ${Math.floor((server?.version ?? 0) / 10_000)}; Baton needs 15 or newer.`,
      'Upgrade the server, or leave DATABASE_URL unset to use the embedded database.',
    )
  }
  if (server.encoding !== 'UTF8') {
    throw new ChangeError(
      `The database is encoded as ${server.encoding}; names in Chinese need UTF8.`,
      "Create it anew: create database baton encoding 'UTF8' template template0",
    )
  }
}

async function applyMissing(client: pg.ClientBase, changes: readonly Change[]): Promise<string[]> {
  await client.query(`create table if not exists applied_changes (
    name text primary key, hash text not null, applied_at timestamptz not null default now())`)
  await client.query("comment on table applied_changes is 'Which files of db/changes this database has.'")
  const { rows } = await client.query<{ name: string; hash: string }>(
    'select name, hash from applied_changes',
  )
  const applied = new Map(rows.map((row) => [row.name, row.hash]))
  refuseForeign(applied, changes)
  const missing = changes.filter((change) => !applied.has(change.name))
  for (const change of missing) await applyOne(client, change)
  return missing.map((change) => change.name)
}

function refuseForeign(applied: ReadonlyMap<string, string>, changes: readonly Change[]): void {
  const known = new Map(changes.map((change) => [change.name, change.hash]))
  for (const [name, hash] of applied) {
    const file = known.get(name)
    if (file === undefined) {
      throw new ChangeError(
        `The database has the change ${name}, which this Baton does not know: it was last used by a newer Baton.`,
        'Start the newer version, or restore a backup that this version made.',
      )
    }
    if (file !== hash) {
      throw new ChangeError(
        `The file db/changes/${name} was edited after it had been applied.`,
        'Put the original file back and write what you want to alter as a new change.',
      )
    }
  }
}

async function applyOne(client: pg.ClientBase, change: Change): Promise<void> {
  try {
    await client.query(`begin; set local lock_timeout = '30s'`)
    await client.query(change.sql)
    await client.query('insert into applied_changes (name, hash) values ($1, $2)', [change.name, change.hash])
    await client.query('commit')
  } catch (error) {
    await client.query('rollback')
    throw new Error(`The change ${change.name} could not be applied; nothing of it was kept.`, {
      cause: error,
    })
  }
}
