import { mkdir } from 'node:fs/promises'
import path from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import pg from 'pg'
import copyStreams from 'pg-copy-streams'
import type { Connection } from '../db/pool.ts'
import { withFile } from '../files/durable.ts'
import { type Part, readArchive } from './archive-reader.ts'
import { BackupError, damaged } from './backup-error.ts'
import type { CarriedTable, Ending, Manifest } from './manifest.ts'
import { carriedTables, copyClient, copyTarget, type SchemaTable } from './tables.ts'
import type { Progress } from './take.ts'

export interface LoadParts {
  readonly connection: Connection
  readonly dataDirectory: string
  readonly file: string
  /** Of the file as it was verified: what is loaded is that, or nothing. */
  readonly sha256: string
  onProgress(progress: Progress): void
}

/**
 * Loads a backup into an empty database that has exactly its changes, all of it in one transaction, and puts the files
 * back into the data folder.
 * @throws BackupError when the file is not the one that was verified, or a row does not fit
 */
export async function loadBackup(parts: LoadParts): Promise<void> {
  const client = await copyClient(parts.connection)
  try {
    await client.query('begin')
    let loaded: Loaded | undefined
    for await (const part of readArchive(parts.file)) {
      if (part.kind === 'manifest') loaded = await begin(client, part.manifest)
      else if (loaded) await take(client, parts, { part, loaded })
    }
    if (loaded?.ending === undefined) throw damaged(parts.file)
    await conclude(client, loaded.tables, loaded.ending)
    await client.query('commit')
    await client.query('analyze')
  } finally {
    await client.end().catch(() => {})
  }
}

interface Loaded {
  readonly tables: readonly SchemaTable[]
  readonly folders: Set<string>
  readonly progress: { rows: number; bytes: number }
  ending?: Ending
}

async function begin(client: pg.Client, manifest: Manifest): Promise<Loaded> {
  const tables = await carriedTables(client)
  requireSameShape(tables, manifest)
  for (const month of manifest.recordMonths) await client.query('select baton_open_record_month($1)', [month])
  // COPY takes no rows under row-level security, and the owner is under it as well where it is forced.
  await alterAll(client, tables, 'no force')
  // What one table's rows say of each other is judged at the end of its COPY.
  await client.query('set constraints all immediate')
  return { tables, folders: new Set(), progress: { rows: 0, bytes: 0 } }
}

async function take(
  client: pg.Client,
  parts: LoadParts,
  { part, loaded }: { part: Part; loaded: Loaded },
): Promise<void> {
  const { progress } = loaded
  if (part.kind === 'table') {
    progress.rows += await loadTable(client, part.table, counted(part, parts, progress))
  } else if (part.kind === 'file') {
    const file = path.join(parts.dataDirectory, part.name)
    loaded.folders.add(path.dirname(file))
    await putBack(file, counted(part, parts, progress))
  } else if (part.kind === 'end') {
    if (part.sha256 !== parts.sha256) throw damaged(parts.file)
    for (const folder of loaded.folders) await withFile(folder, 'r', (handle) => handle.sync())
    loaded.ending = part.ending
  }
}

async function* counted(
  part: Extract<Part, { kind: 'table' | 'file' }>,
  { onProgress }: LoadParts,
  progress: Loaded['progress'],
): AsyncGenerator<Buffer> {
  for await (const chunk of part.chunks) {
    progress.bytes += chunk.length
    onProgress({ at: part.kind === 'table' ? part.table.name : 'files', ...progress })
    yield chunk
  }
}

async function loadTable(
  client: pg.Client,
  target: CarriedTable,
  chunks: AsyncIterable<Buffer>,
): Promise<number> {
  const { table, columns } = copyTarget(target)
  const copy = client.query(copyStreams.from(`copy ${table} (${columns}) from stdin`))
  try {
    await pipeline(Readable.from(chunks, { objectMode: false }), copy)
  } catch (error) {
    throw error instanceof pg.DatabaseError ? misfit(target.name, error) : error
  }
  return copy.rowCount
}

function misfit(table: string, cause: Error): BackupError {
  return new BackupError(
    `The rows of ${table} do not fit together: ${cause.message}.`,
    'The backup was made of a database that had been altered by hand; take another one.',
    { cause },
  )
}

async function putBack(file: string, chunks: AsyncIterable<Buffer>): Promise<void> {
  await mkdir(path.dirname(file), { recursive: true, mode: 0o700 })
  await withFile(file, 'wx', async (handle) => {
    for await (const chunk of chunks) await handle.appendFile(chunk)
    await handle.sync()
  })
}

// As the steward, so that it also shows that row-level security is whole again and lets the steward see everything.
async function conclude(client: pg.Client, tables: readonly SchemaTable[], ending: Ending): Promise<void> {
  await alterAll(client, tables, 'force')
  await client.query('set local role baton_steward')
  for (const { name, columns } of tables) {
    const { rows } = await client.query<{ count: string }>(
      `select count(*) from ${copyTarget({ name, columns }).table}`,
    )
    const [found, wanted] = [Number(rows[0]?.count), ending.tables[name]?.rows]
    if (found !== wanted) throw new Error(`${name} has ${found} rows after the restore instead of ${wanted}`)
  }
  await client.query('reset role')
}

async function alterAll(
  client: pg.Client,
  tables: readonly SchemaTable[],
  how: 'force' | 'no force',
): Promise<void> {
  for (const table of tables.filter((one) => one.isForced))
    await client.query(`alter table ${copyTarget(table).table} ${how} row level security`)
}

function requireSameShape(tables: readonly SchemaTable[], manifest: Manifest): void {
  const shapeOf = (all: readonly Pick<SchemaTable, 'name' | 'columns'>[]) =>
    all.map(({ name, columns }) => `${name} (${[...columns].sort().join(', ')})`).sort()
  const [here, there] = [shapeOf(tables), shapeOf(manifest.tables)]
  const odd = there.find((table) => !here.includes(table)) ?? here.find((table) => !there.includes(table))
  if (odd === undefined) return
  throw new BackupError(
    `The backup's schema is not the one that its changes make: ${odd}.`,
    'Something was altered by hand in the database that it was taken from. Alter this one alike, or ask for help.',
  )
}
