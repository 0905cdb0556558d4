import { readFile } from 'node:fs/promises'
import type { Settings } from '../../platform/config/settings.ts'
import { acquireDataFolder, type DataFolder } from '../../platform/db/embedded/data-folder.ts'
import { misuse } from '../failure.ts'
import { type Closing, createClosing } from './closing.ts'
import { type DatabaseSource, openEmbedded, openExternal } from './database-source.ts'
import type { BatonOptions } from './options.ts'

export interface RunningBaton {
  /** Where people reach it; null without TCP. */
  readonly url: string | null
  readonly databaseName: string
  /** Whether there is a company already. */
  readonly isSetUp: boolean
  /** Whether the address answers with the console, or with the API alone. */
  readonly hasConsole: boolean
  /** Takes no more work, finishes what runs, then lets everything go. Safe to call twice. */
  stop(): Promise<void>
}

/**
 * Starts Baton: data folder, database, changes, queue, HTTP, background work. What was started is let go again when a
 * later step fails.
 * @throws Failure, DataFolderError, ChangeError with what is wrong and what to do
 */
export async function startBaton(options: BatonOptions): Promise<RunningBaton> {
  const closing = createClosing(options.log)
  try {
    if (options.purpose === 'work') requireExternal(options.settings)
    const tls = await readTls(options.settings)
    // The heavy modules load while the database starts.
    const loading = import('./assemble.ts')
    loading.catch(() => {})
    const folder = options.purpose === 'work' ? null : await takeFolder(options.settings, closing)
    const source = await openSource(options, folder)
    closing.add('the database server', () => source.stop())
    const { assemble } = await loading
    const assembled = await assemble({ ...options, folder, source, closing, tls })
    return { ...assembled, databaseName: source.name, stop: closing.close }
  } catch (error) {
    await closing.close()
    throw error
  }
}

async function takeFolder(settings: Settings, closing: Closing): Promise<DataFolder> {
  const folder = await acquireDataFolder(settings.dataDirectory)
  closing.add('the data folder', () => folder.release())
  return folder
}

async function openSource(
  { settings, log }: BatonOptions,
  folder: DataFolder | null,
): Promise<DatabaseSource> {
  return folder === null || settings.databaseUrl !== undefined
    ? openExternal(settings.databaseUrl ?? '', log)
    : openEmbedded(folder, log)
}

function requireExternal({ databaseUrl }: Settings): void {
  if (databaseUrl !== undefined) return
  throw misuse(
    'A worker of its own needs DATABASE_URL: the embedded database serves one Baton only.',
    'Leave it to "baton start", which does the background work itself, or name your own PostgreSQL in DATABASE_URL.',
  )
}

async function readTls({ tlsCert, tlsKey }: Settings): Promise<{ cert: Buffer; key: Buffer } | null> {
  if (tlsCert === undefined || tlsKey === undefined) return null
  const [cert, key] = await Promise.all([
    readPem('BATON_TLS_CERT', tlsCert),
    readPem('BATON_TLS_KEY', tlsKey),
  ])
  return { cert, key }
}

async function readPem(name: string, path: string): Promise<Buffer> {
  const content = await readFile(path).catch((error: Error) => {
    throw misuse(
      `The file in ${name} cannot be read: ${error.message}.`,
      'Correct the path or the rights of the file.',
    )
  })
  if (content.includes('-----BEGIN ')) return content
  throw misuse(
    `The file in ${name}, ${path}, is not in PEM form.`,
    'Name the file that begins with "-----BEGIN".',
  )
}
