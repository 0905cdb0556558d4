import { readdir, readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { DataFolderError, systemCode } from './data-folder-error.ts'

type ClusterState = 'missing' | 'usable'

/**
 * Tells whether the data folder holds a database cluster that these programs can run.
 * @throws DataFolderError `data-folder.newer-version`, `data-folder.older-version`, `data-folder.damaged`
 */
export async function inspectCluster(clusterDirectory: string, major: number): Promise<ClusterState> {
  const found = await readFile(join(clusterDirectory, 'PG_VERSION'), 'utf8').catch((error: unknown) => {
    if (systemCode(error) === 'ENOENT') return undefined
    throw error
  })
  if (found === undefined) {
    const names = await readdir(clusterDirectory).catch((error: unknown) => {
      if (systemCode(error) === 'ENOENT') return []
      throw error
    })
    if (names.length === 0) return 'missing'
    throw damaged(clusterDirectory)
  }
  const wrote = Number.parseInt(found, 10)
  if (wrote !== major) throw otherVersion(clusterDirectory, wrote, major)
  if ((await stat(join(clusterDirectory, 'global', 'pg_control')).catch(() => undefined)) === undefined) {
    throw damaged(clusterDirectory)
  }
  return 'usable'
}

function damaged(clusterDirectory: string): DataFolderError {
  return new DataFolderError('data-folder.damaged', {
    message: `The folder ${clusterDirectory} is not empty, but what is in it is not a whole database.`,
    next: 'Restore this folder from a backup. If it never held data of Baton, move it away or name another folder in BATON_DATA.',
  })
}

function otherVersion(clusterDirectory: string, wrote: number, own: number): DataFolderError {
  const newer = !(wrote < own)
  return new DataFolderError(newer ? 'data-folder.newer-version' : 'data-folder.older-version', {
    message: `The database in ${clusterDirectory} was written by PostgreSQL ${wrote}, this Baton brings PostgreSQL ${own}.`,
    next: newer
      ? 'Start the newer Baton that wrote it, or restore a backup made with this version into another folder (BATON_DATA).'
      : `Export the data with the Baton that wrote it and import it into a new folder, or run pg_upgrade from ${wrote} to ${own} on it.`,
  })
}
