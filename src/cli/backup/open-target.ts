import { readdir } from 'node:fs/promises'
import pg from 'pg'
import { BackupError } from '../../platform/backup/backup-error.ts'
import type { Settings } from '../../platform/config/settings.ts'
import { appliedChanges, restoreNotFinished, unfinishedRestore } from '../../platform/db/changes.ts'
import { acquireDataFolder } from '../../platform/db/embedded/data-folder.ts'
import { systemCode } from '../../platform/db/embedded/data-folder-error.ts'
import type { Connection } from '../../platform/db/pool.ts'
import type { Logger } from '../../platform/log/logger.ts'
import { openExternal } from '../running/database-source.ts'
import { type OpenDatabase, openIn } from './open-source.ts'

/** What an installation keeps in the data folder and a restore would mix with its own. */
const kept = ['checkpoints', 'media']

/**
 * An empty database and data folder to restore into, held against any other Baton.
 * @throws BackupError when something is there already; DataFolderError, Failure when it cannot be reached
 */
export async function openTarget(settings: Settings, log: Logger): Promise<OpenDatabase> {
  const { databaseUrl, dataDirectory } = settings
  // With an embedded database in it the folder was used before; what became of that, the database itself tells.
  const wasUsed = databaseUrl === undefined && (await namesIn(dataDirectory)).includes('postgres')
  if (!wasUsed) await requireFreshFolder(dataDirectory)
  const folder = await acquireDataFolder(dataDirectory)
  if (databaseUrl === undefined) return openIn(folder, log)
  try {
    const { connection } = await openExternal(databaseUrl, log)
    return { connection, stop: () => folder.release() }
  } catch (error) {
    await folder.release()
    throw error
  }
}

async function namesIn(folder: string): Promise<readonly string[]> {
  return readdir(folder).catch((error: unknown) => {
    if (systemCode(error) === 'ENOENT') return []
    throw error
  })
}

async function requireFreshFolder(dataDirectory: string): Promise<void> {
  const names = await namesIn(dataDirectory)
  const found = kept.filter((name) => names.includes(name))
  if (found.length === 0) return
  throw new BackupError(
    `The data folder ${dataDirectory} holds ${found.map((name) => `${name}/`).join(' and ')} of an installation.`,
    'Name a fresh folder in BATON_DATA; "keys" and "erasures" of the old one may be copied into it before.',
  )
}

/**
 * Makes sure that a restore would mix with nothing: no table, and nobody else who works there.
 * @throws BackupError, ChangeError
 */
export async function requireEmpty(connection: Connection, dataDirectory: string): Promise<void> {
  const client = new pg.Client({ ...connection, connectionTimeoutMillis: 10_000 })
  client.on('error', () => undefined)
  await client.connect()
  try {
    if ((await appliedChanges(client)).has(unfinishedRestore)) throw restoreNotFinished()
    const { rows } = await client.query<{ things: number; others: number }>(
      `select (select count(*)::int from pg_class where relnamespace in (select oid from pg_namespace where nspname in ('public', 'pgboss'))
           and relkind in ('r', 'p', 'v', 'm', 'S', 'f')) as things,
         (select count(*)::int from pg_stat_activity
           where datname = current_database() and usesysid is not null and pid <> pg_backend_pid()) as others`,
    )
    const { things = 0, others = 0 } = rows[0] ?? {}
    if (things > 0) throw notEmpty()
    if (others > 0) throw inUse(others)
    await requireFreshFolder(dataDirectory)
  } finally {
    await client.end().catch(() => undefined)
  }
}

function notEmpty(): BackupError {
  return new BackupError(
    'There is something in this installation already: a backup is restored into an empty one only.',
    'Name a fresh folder in BATON_DATA (with DATABASE_URL: an empty database too). Nothing was changed here.',
  )
}

function inUse(others: number): BackupError {
  return new BackupError(
    `Others are at work in this database: ${others} ${others === 1 ? 'connection' : 'connections'}.`,
    'Stop every Baton that has it in DATABASE_URL, then restore again.',
  )
}
