import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import pg from 'pg'
import type { Settings } from '../../platform/config/settings.ts'
import { restoreNotFinished, unfinishedRestore } from '../../platform/db/changes.ts'
import { locateBinaries } from '../../platform/db/embedded/binaries.ts'
import { inspectCluster } from '../../platform/db/embedded/cluster.ts'
import { DataFolderError, systemCode } from '../../platform/db/embedded/data-folder-error.ts'
import { ownerConnection } from '../../platform/db/embedded/owner-database.ts'
import { socketPlace, socketPort } from '../../platform/db/embedded/socket-directory.ts'
import { createCheckpointFiles } from '../../platform/files/checkpoint-files.ts'
import { addressWithoutSecrets } from '../running/database-source.ts'
import { changesDirectory } from '../running/place.ts'
import { type Finding, fail, ok, warn } from './finding.ts'

const tolerableSeconds = 5
const lateMinutes = 10

/** The database: whether it answers, its version, its changes, its clock. */
export async function checkDatabase(settings: Settings, now: () => Date): Promise<Finding[]> {
  const isOwn = settings.databaseUrl !== undefined
  const client = new pg.Client({ ...connectionOf(settings), connectionTimeoutMillis: 5_000 })
  client.on('error', () => undefined)
  try {
    await client.connect()
    const seen = [await checkVersion(client), await checkChanges(client), await checkClock(client, now)]
    return [...seen, ...(await checkUnsent(client))]
  } catch (error) {
    return [isOwn ? unreachable(settings, error) : await checkCluster(settings)]
  } finally {
    await client.end().catch(() => undefined)
  }
}

function connectionOf({ databaseUrl, dataDirectory }: Settings): pg.ClientConfig {
  if (databaseUrl !== undefined) return { connectionString: databaseUrl }
  return { ...ownerConnection(socketPlace(dataDirectory).directory, socketPort) }
}

function unreachable({ databaseUrl = '' }: Settings, error: unknown): Finding {
  const reason = error instanceof Error && error.message ? error.message : (systemCode(error) ?? 'no answer')
  return fail(
    'Database',
    `PostgreSQL at ${addressWithoutSecrets(databaseUrl)} cannot be used: ${reason}`,
    'Check that it runs, and host, user and password in DATABASE_URL.',
  )
}

// The embedded server does not run without Baton, so its files are looked at.
async function checkCluster({ dataDirectory }: Settings): Promise<Finding> {
  try {
    const { major, version } = await locateBinaries()
    const state = await inspectCluster(join(dataDirectory, 'postgres'), major)
    const says = state === 'missing' ? 'is made at the first start' : 'is there and starts with Baton'
    return ok('Database', `the embedded PostgreSQL ${version} ${says}`)
  } catch (error) {
    if (error instanceof DataFolderError) return fail('Database', error.message, error.next)
    return fail(
      'Database',
      `its files cannot be read: ${error instanceof Error ? error.message : 'unknown'}`,
      'Run this as the user who runs Baton.',
    )
  }
}

async function checkVersion(client: pg.Client): Promise<Finding> {
  const { rows } = await client.query<{ version: string; number: number }>(
    `select current_setting('server_version') as version, current_setting('server_version_num')::int as number`,
  )
  const server = rows[0]
  if (server && server.number >= 150_000) return ok('Database', `PostgreSQL ${server.version} answers`)
  return fail(
    'Database',
    `PostgreSQL ${server?.version ?? '?'} is too old`,
    'Use 15 or newer, or leave DATABASE_URL out.',
  )
}

async function checkChanges(client: pg.Client): Promise<Finding> {
  const known = (await readdir(changesDirectory)).filter((name) => name.endsWith('.sql'))
  const { rows } = await client
    .query<{ name: string }>('select name from applied_changes')
    .catch(() => ({ rows: [] as { name: string }[] }))
  const applied = rows.map((row) => row.name)
  if (applied.includes(unfinishedRestore)) {
    const { message, next } = restoreNotFinished()
    return fail('Changes', message, next)
  }
  const missing = known.filter((name) => !applied.includes(name))
  const foreign = applied.filter((name) => !known.includes(name))
  if (foreign.length > 0)
    return fail(
      'Changes',
      `the database was used by a newer Baton (${foreign.join(', ')})`,
      'Start that version, or restore a backup that this version made.',
    )
  if (missing.length > 0)
    return warn('Changes', `${missing.length} are not applied yet`, 'Start Baton: it applies them.')
  return ok('Changes', `all ${known.length} are applied`)
}

async function checkClock(client: pg.Client, now: () => Date): Promise<Finding> {
  const before = now().getTime()
  const { rows } = await client.query<{ at: Date }>('select clock_timestamp() as at')
  const middle = (before + now().getTime()) / 2
  const seconds = Math.round(((rows[0]?.at.getTime() ?? middle) - middle) / 1000)
  const says = `${Math.abs(seconds)} s apart from the database's`
  if (Math.abs(seconds) <= tolerableSeconds)
    return ok('Clock', seconds === 0 ? 'agrees with the database' : says)
  return warn('Clock', says, 'Set both by a time server (NTP): instants in the ledger come from here.')
}

// Before the first start there is no such table yet.
async function checkUnsent(client: pg.Client): Promise<Finding[]> {
  const { rows } = await client
    .query<{ failure: string; times: number }>(
      `select coalesce(failure, '') as failure, count(*)::int as times from messages
        where state = 'failed' and ended_at > now() - interval '1 day' group by 1 order by 2 desc, 1 limit 1`,
    )
    .catch(() => ({ rows: [] as { failure: string; times: number }[] }))
  return rows.map(({ failure, times }) =>
    warn(
      'Unsent',
      `${times} messages of the last day were given up: ${failure}`,
      'Correct what it says; who waits for a code asks for a new one.',
    ),
  )
}

/** The signed checkpoints that are kept outside the database. */
export async function checkCheckpoints({ dataDirectory }: Settings, now: Date): Promise<Finding> {
  const folder = join(dataDirectory, 'checkpoints')
  const names = await readdir(folder).catch(() => [])
  const companies = names.filter((name) => name.endsWith('.log')).map((name) => name.slice(0, -'.log'.length))
  if (companies.length === 0) return ok('Checkpoints', 'none yet; the first follows the first decision')
  const files = createCheckpointFiles(folder)
  const notes = await Promise.all(companies.map((companyId) => files.lastNote(companyId)))
  const times = notes.flatMap((note) => /^time (\S+)$/m.exec(note ?? '')?.[1] ?? []).sort()
  const last = times.at(-1)
  if (last === undefined)
    return fail(
      'Checkpoints',
      `the files in ${folder} hold none`,
      'Restore them from a backup; see what "baton audit verify" says.',
    )
  const minutes = Math.round((now.getTime() - new Date(last).getTime()) / 60_000)
  if (minutes < -lateMinutes)
    return warn(
      'Checkpoints',
      `the last one is from the future (${last})`,
      'Set the clock by a time server (NTP).',
    )
  return ok(
    'Checkpoints',
    `last one at ${last}, ${companies.length} ${companies.length === 1 ? 'company' : 'companies'}`,
  )
}
