import { createHash } from 'node:crypto'
import { type FileHandle, open, readdir, stat } from 'node:fs/promises'
import path from 'node:path'
import type pg from 'pg'
import copyStreams from 'pg-copy-streams'
import { appliedChanges, changesLock, unfinishedRestore } from '../db/changes.ts'
import { systemCode } from '../db/embedded/data-folder-error.ts'
import type { Connection } from '../db/pool.ts'
import { withFile } from '../files/durable.ts'
import { mediaNameOf } from '../files/media-files.ts'
import { type Archive, requireNoFile, type Written, writeArchive } from './archive-writer.ts'
import { BackupError } from './backup-error.ts'
import {
  type Ending,
  endingName,
  isFolderFile,
  type Manifest,
  manifestName,
  partName,
  type TableSum,
  Tally,
} from './manifest.ts'
import { carriedTables, copyClient, copyTarget, type SchemaTable } from './tables.ts'

export interface BackupParts {
  readonly connection: Connection
  readonly dataDirectory: string
  readonly target: string
  /** Overwrites a file that is there. */
  readonly force: boolean
  readonly batonVersion: string
  readonly signal: AbortSignal
  onProgress(progress: Progress): void
}

export interface Progress {
  /** The table or `files` that is at work. */
  readonly at: string
  readonly rows: number
  /** Before compression. */
  readonly bytes: number
}

export interface BackupSummary extends Written {
  readonly takenAt: string
  readonly tables: number
  readonly rows: number
  readonly files: number
  readonly mediaMissing: number
}

const partBytes = 4 * 1024 * 1024
const mediaAtOnce = 500

/** Tables whose rows name files of the media folder. */
const mediaTables = ['record_media', 'task_evidence'] as const
const readBytes = 256 * 1024

/**
 * Writes all that the installation holds into one file, as it was at one instant, while others go on working. The
 * steward reads (row-level security shows the owner nothing); `leftOut` says what stays behind.
 * @throws BackupError when the target is there, cannot be written, or the database is none of Baton's
 */
export async function takeBackup(parts: BackupParts): Promise<BackupSummary> {
  if (!parts.force) await requireNoFile(parts.target)
  const client = await copyClient(parts.connection)
  // Ends a statement at work as well.
  const stop = () => void client.end().catch(() => {})
  parts.signal.addEventListener('abort', stop)
  try {
    return await takeOn(client, parts)
  } catch (error) {
    throw parts.signal.aborted ? stopped(error) : error
  } finally {
    parts.signal.removeEventListener('abort', stop)
    await client.end().catch(() => {})
  }
}

function stopped(cause: unknown): BackupError {
  return new BackupError('The backup was stopped; no file was left.', 'Start it again.', { cause })
}

interface Notes {
  readonly name: string
  readonly size: number
}

async function takeOn(client: pg.Client, parts: BackupParts): Promise<BackupSummary> {
  // Nobody changes the schema while its tables are found and locked.
  await client.query('select pg_advisory_lock_shared($1)', [changesLock])
  await requireInstallation(client)
  const tables = await carriedTables(client)
  requireReadable(tables)
  // Before the snapshot: a checkpoint outside of what the ledger does not have yet would prove a database set back.
  const notes = await checkpointFiles(parts.dataDirectory)
  await client.query('begin transaction isolation level repeatable read, read only')
  await client.query(
    `lock table ${tables.map((table) => copyTarget(table).table).join(', ')} in access share mode`,
  )
  const manifest = await readManifest(client, tables, parts.batonVersion)
  await client.query('select pg_advisory_unlock_shared($1)', [changesLock])
  await client.query('set local role baton_steward')
  let ending: Ending | undefined
  const written = await writeArchive(parts.target, async (archive) => {
    ending = await fill({ client, parts, archive, manifest, notes, progress: { rows: 0, bytes: 0 } })
  })
  if (!ending) throw new Error('a backup was written without its end')
  const sums = Object.values(ending.tables)
  return {
    ...written,
    takenAt: manifest.takenAt,
    tables: sums.length,
    rows: sums.reduce((total, sum) => total + sum.rows, 0),
    files: ending.files.count,
    mediaMissing: ending.mediaMissing,
  }
}

async function requireInstallation(client: pg.Client): Promise<void> {
  const changes = await appliedChanges(client)
  if (changes.size === 0)
    throw new BackupError(
      'There is no installation of Baton in this database.',
      'Check BATON_DATA or DATABASE_URL: a backup needs the ones that Baton runs with.',
    )
  if (changes.has(unfinishedRestore))
    throw new BackupError(
      'This database holds a restore that was not finished.',
      'Restore the backup into an empty one first.',
    )
}

function requireReadable(tables: readonly SchemaTable[]): void {
  const foreign = tables.filter((table) => !table.isOpenToSteward).map((table) => table.name)
  if (foreign.length === 0) return
  throw new BackupError(
    `The schema "public" has tables that are not Baton's: ${foreign.join(', ')}.`,
    'Move them to another schema or database: a backup that left something out would be none.',
  )
}

async function readManifest(
  client: pg.Client,
  tables: readonly SchemaTable[],
  batonVersion: string,
): Promise<Manifest> {
  const changes = await appliedChanges(client)
  const { rows } = await client.query<{ taken: string; months: string[] }>(
    `select to_char(now() at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as taken,
       array(select to_char(to_date(right(c.relname, 7), 'YYYY_MM'), 'YYYY-MM-DD"T00:00:00Z"') from pg_inherits i
         join pg_class c on c.oid = i.inhrelid
         where i.inhparent = to_regclass('public.records') and c.relname ~ '^records_\\d{4}_\\d\\d$' order by c.relname) as months`,
  )
  return {
    batonVersion,
    takenAt: rows[0]?.taken ?? '',
    changes: [...changes].map(([name, hash]) => ({ name, hash })),
    recordMonths: rows[0]?.months ?? [],
    tables: tables.map(({ name, columns }) => ({ name, columns: [...columns] })),
  }
}

interface Filling {
  readonly client: pg.Client
  readonly parts: BackupParts
  readonly archive: Archive
  readonly manifest: Manifest
  readonly notes: readonly Notes[]
  readonly progress: { rows: number; bytes: number }
}

async function fill(filling: Filling): Promise<Ending> {
  const { archive, manifest, parts, notes } = filling
  await archive.add(manifestName, Buffer.from(`${JSON.stringify(manifest, null, 2)}\n`))
  const sums: Record<string, TableSum> = {}
  for (const table of manifest.tables) sums[table.name] = await addTable(filling, table)
  const files = { count: 0, bytes: 0 }
  const add = async (name: string, size: number, chunks: AsyncIterable<Buffer>) => {
    parts.signal.throwIfAborted()
    await archive.addStream(name, size, chunks)
    files.count += 1
    files.bytes += size
    filling.progress.bytes += size
    parts.onProgress({ at: 'files', ...filling.progress })
  }
  for (const { name, size } of notes)
    await withFile(path.join(parts.dataDirectory, name), 'r', (handle) =>
      add(name, size, readUpTo(handle, size)),
    )
  const sources = mediaTables.filter((name) => manifest.tables.some((table) => table.name === name))
  const mediaMissing = sources.length > 0 ? await addMedia(filling, sources, add) : 0
  const ending: Ending = { tables: sums, files, mediaMissing }
  await archive.add(endingName, Buffer.from(`${JSON.stringify(ending, null, 2)}\n`))
  return ending
}

async function addTable(filling: Filling, source: Manifest['tables'][number]): Promise<TableSum> {
  const { client, archive, parts, progress } = filling
  const tally = new Tally()
  const { table, columns } = copyTarget(source)
  const rows = client.query(copyStreams.to(`copy (select ${columns} from ${table}) to stdout`))
  const held: Buffer[] = []
  let heldBytes = 0
  let part = 0
  const flush = async () => {
    part += 1
    await archive.add(partName(source.name, part), Buffer.concat(held))
    held.length = 0
    heldBytes = 0
    parts.onProgress({
      at: source.name,
      rows: progress.rows + tally.rows,
      bytes: progress.bytes + tally.bytes,
    })
  }
  for await (const chunk of rows as AsyncIterable<Buffer>) {
    tally.add(chunk)
    held.push(chunk)
    heldBytes += chunk.length
    if (heldBytes >= partBytes) await flush()
  }
  if (heldBytes > 0) await flush()
  progress.rows += tally.rows
  progress.bytes += tally.bytes
  return tally.sum()
}

async function checkpointFiles(dataDirectory: string): Promise<Notes[]> {
  const found = await readdir(path.join(dataDirectory, 'checkpoints')).catch(() => [])
  const names = found.map((name) => `checkpoints/${name}`).filter(isFolderFile)
  return Promise.all(
    names.sort().map(async (name) => ({ name, size: (await stat(path.join(dataDirectory, name))).size })),
  )
}

async function* readUpTo(handle: FileHandle, size: number): AsyncGenerator<Buffer> {
  for (let position = 0; position < size; ) {
    const wanted = Math.min(readBytes, size - position)
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(wanted), 0, wanted, position)
    if (bytesRead === 0) return
    position += bytesRead
    yield buffer.subarray(0, bytesRead)
  }
}

interface MediaRow {
  readonly company_id: string
  readonly media_id: string
  readonly byte_count: string
  readonly sha256: Buffer
}

type AddFile = (name: string, size: number, chunks: AsyncIterable<Buffer>) => Promise<void>

// A file that went after the snapshot was erased: its row will be erased again at the restore.
async function addMedia(
  { client, parts }: Filling,
  sources: readonly string[],
  add: AddFile,
): Promise<number> {
  let missing = 0
  await client.query(
    `declare media no scroll cursor for ${sources
      .map((table) => `select company_id, media_id, byte_count, sha256 from ${table}`)
      .join(' union all ')}`,
  )
  for (;;) {
    const { rows } = await client.query<MediaRow>(`fetch ${mediaAtOnce} from media`)
    for (const row of rows) if (!(await addMedium(parts.dataDirectory, row, add))) missing += 1
    if (rows.length < mediaAtOnce) return missing
  }
}

async function addMedium(dataDirectory: string, row: MediaRow, add: AddFile): Promise<boolean> {
  const name = `media/${mediaNameOf({ companyId: row.company_id, mediaId: row.media_id })}`
  const size = Number(row.byte_count)
  const handle = await open(path.join(dataDirectory, name)).catch((error: unknown) => {
    if (systemCode(error) === 'ENOENT') return undefined
    throw error
  })
  if (handle === undefined) return false
  // Through one handle, so that a file which goes meanwhile is still read to its end.
  try {
    if (!(await isAsReceived(handle, size, row.sha256))) return false
    await add(name, size, readUpTo(handle, size))
    return true
  } finally {
    await handle.close()
  }
}

async function isAsReceived(handle: FileHandle, size: number, sha256: Buffer): Promise<boolean> {
  if ((await handle.stat()).size !== size) return false
  const digest = createHash('sha256')
  for await (const chunk of readUpTo(handle, size)) digest.update(chunk)
  return digest.digest().equals(sha256)
}
