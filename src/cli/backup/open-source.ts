import { realpath } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { BackupError } from '../../platform/backup/backup-error.ts'
import type { Settings } from '../../platform/config/settings.ts'
import { locateBinaries } from '../../platform/db/embedded/binaries.ts'
import { inspectCluster } from '../../platform/db/embedded/cluster.ts'
import { acquireDataFolder, type DataFolder } from '../../platform/db/embedded/data-folder.ts'
import { DataFolderError } from '../../platform/db/embedded/data-folder-error.ts'
import { ownerConnection } from '../../platform/db/embedded/owner-database.ts'
import { socketPlace, socketPort } from '../../platform/db/embedded/socket-directory.ts'
import type { Connection } from '../../platform/db/pool.ts'
import type { Logger } from '../../platform/log/logger.ts'
import { openEmbedded, openExternal } from '../running/database-source.ts'

/** A database that answers. */
export interface OpenDatabase {
  readonly connection: Connection
  stop(): Promise<void>
}

const patienceMs = 15_000

/**
 * The database of an installation to be read: that of DATABASE_URL, else the embedded one, whether a Baton runs on the
 * data folder or not.
 * @throws BackupError when the data folder holds none; DataFolderError, Failure when it cannot be reached
 */
export async function openSource(settings: Settings, log: Logger): Promise<OpenDatabase> {
  if (settings.databaseUrl !== undefined) return openExternal(settings.databaseUrl, log)
  // The server names its socket by the real path.
  const { directory } = socketPlace(
    await realpath(settings.dataDirectory).catch(() => settings.dataDirectory),
  )
  const connection = ownerConnection(directory, socketPort)
  const end = performance.now() + patienceMs
  for (;;) {
    if (await answers(connection)) return { connection, stop: async () => {} }
    await requireCluster(settings.dataDirectory)
    const started = await startOwn(settings.dataDirectory, log)
    if (!(started instanceof DataFolderError)) return started
    // Another Baton is starting or stopping: its database answers soon, or the folder comes free.
    if (performance.now() > end) throw started
    await sleep(200)
  }
}

async function answers(connection: pg.ClientConfig): Promise<boolean> {
  const client = new pg.Client({ ...connection, connectionTimeoutMillis: 5_000 })
  client.on('error', () => undefined)
  try {
    await client.connect()
    return true
  } catch {
    return false
  } finally {
    await client.end().catch(() => undefined)
  }
}

async function requireCluster(dataDirectory: string): Promise<void> {
  const { major } = await locateBinaries()
  if ((await inspectCluster(join(dataDirectory, 'postgres'), major)) === 'usable') return
  throw new BackupError(
    `The data folder ${dataDirectory} holds no installation of Baton.`,
    'Name the folder of the installation in BATON_DATA, or its database in DATABASE_URL.',
  )
}

async function startOwn(dataDirectory: string, log: Logger): Promise<OpenDatabase | DataFolderError> {
  const folder = await acquireDataFolder(dataDirectory).catch((error: unknown) => {
    if (error instanceof DataFolderError && error.code === 'data-folder.in-use') return error
    throw error
  })
  return folder instanceof DataFolderError ? folder : openIn(folder, log)
}

/** Starts the embedded database in a data folder that this process holds; `stop` gives both back. */
export async function openIn(folder: DataFolder, log: Logger): Promise<OpenDatabase> {
  try {
    const server = await openEmbedded(folder, log)
    return {
      connection: server.connection,
      async stop() {
        await server.stop()
        await folder.release()
      },
    }
  } catch (error) {
    await folder.release()
    throw error
  }
}
