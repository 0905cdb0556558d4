import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import path from 'node:path'
import type pg from 'pg'
import { ensureRoles } from './roles.ts'

/** The advisory lock that whoever changes the schema holds. */
export const changesLock = 4_400_002
/** Stands among the applied changes from the first to the last step of a restore. */
export const unfinishedRestore = 'restore not finished'
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

/** The refusal of a database that a restore has begun on. */
export function restoreNotFinished(): ChangeError {
  return new ChangeError(
    'A restore into this database was begun and not finished.',
    'Delete the data folder (with DATABASE_URL: the database too) and restore the backup again.',
  )
}

export interface Change {
  readonly name: string
  readonly sql: string
  readonly hash: string
}

/** What a restore asks for: a schema as it was, in a database that it alone works on. */
export interface RestoreChanges {
  /** Names of the files to apply; without it all. */
  readonly only?: ReadonlySet<string>
}

/**
 * Brings the schema up to the files in `directory`: each once, in order, in a transaction of its own, under a lock.
 * @returns the names of the files that were applied now
 * @throws {ChangeError} on an edited or missing file, a database of a newer Baton, a restore that was not finished, or
 *   PostgreSQL below 15
 */
export async function applyChanges(
  pool: pg.Pool,
  directory: string,
  restore?: RestoreChanges,
): Promise<string[]> {
  const changes = await readChanges(directory)
  const client = await pool.connect()
  try {
    await requireServer(client)
    await ensureRoles(client)
    await client.query('select pg_advisory_lock($1)', [changesLock])
    try {
      return await applyMissing(client, changes, restore)
    } finally {
      await client.query('select pg_advisory_unlock($1)', [changesLock])
    }
  } finally {
    client.release()
  }
}

/** The files in `directory`, in order. */
export async function readChanges(directory: string): Promise<Change[]> {
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

/** The names and hashes of what this database has; empty where it is none of Baton's. */
export async function appliedChanges(client: pg.ClientBase | pg.Pool): Promise<Map<string, string>> {
  const { rows: found } = await client.query(
    "select 1 where to_regclass('public.applied_changes') is not null",
  )
  if (found.length === 0) return new Map()
  const { rows } = await client.query<{ name: string; hash: string }>(
    'select name, hash from applied_changes order by name',
  )
  return new Map(rows.map((row) => [row.name, row.hash]))
}

/** Makes the list of applied changes in an empty database, which then says that a restore has begun. */
export async function beginRestore(pool: pg.Pool, sha256: string): Promise<void> {
  const client = await pool.connect()
  try {
    await requireServer(client)
    await makeList(client)
    await client.query('insert into applied_changes (name, hash) values ($1, $2)', [
      unfinishedRestore,
      sha256,
    ])
  } finally {
    client.release()
  }
}

/** Lets Baton start on a database that was restored to the end. */
export async function finishRestore(pool: pg.Pool): Promise<void> {
  await pool.query('delete from applied_changes where name = $1', [unfinishedRestore])
}

async function makeList(client: pg.ClientBase): Promise<void> {
  await client.query(`create table if not exists applied_changes (
    name text primary key, hash text not null, applied_at timestamptz not null default now())`)
  await client.query("comment on table applied_changes is 'Which files of db/changes this database has.'")
}

async function applyMissing(
  client: pg.ClientBase,
  changes: readonly Change[],
  restore: RestoreChanges | undefined,
): Promise<string[]> {
  await makeList(client)
  const applied = await appliedChanges(client)
  if (applied.delete(unfinishedRestore) && restore === undefined) throw restoreNotFinished()
  refuseForeign(applied, changes)
  const missing = changes.filter(
    ({ name }) => !applied.has(name) && (restore?.only === undefined || restore.only.has(name)),
  )
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
