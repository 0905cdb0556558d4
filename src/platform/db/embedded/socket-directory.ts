import { createHash } from 'node:crypto'
import { chmod, chown, lstat, mkdir } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { DataFolderError, systemCode } from './data-folder-error.ts'

/** The port only names the socket file; no TCP port is opened. */
export const socketPort = 5432

const pathLimitBytes = process.platform === 'linux' ? 107 : 103

export interface SocketPlace {
  readonly directory: string
  /** An existing folder, in or above which the directory is made. */
  readonly parent: string
  /** True in a folder for temporary files, where anybody could have made the directory before. */
  readonly shared: boolean
}

/** Where the socket goes: `socket/` in the data folder, or a short folder for temporary files when that path is too long for a socket. */
export function socketPlace(dataDirectory: string): SocketPlace {
  const inside = join(dataDirectory, 'socket')
  if (fits(inside)) return { directory: inside, parent: dataDirectory, shared: false }
  const hash = createHash('sha256').update(dataDirectory).digest('hex').slice(0, 16)
  const name = `baton-${process.getuid?.() ?? 'user'}-${hash}`
  const directory = [tmpdir(), '/tmp'].map((parent) => join(parent, name)).find(fits) ?? join('/tmp', name)
  return { directory, parent: dirname(directory), shared: true }
}

function fits(directory: string): boolean {
  return Buffer.byteLength(join(directory, `.s.PGSQL.${socketPort}`)) < pathLimitBytes
}

/**
 * Makes the socket folder, open to its owner only; whoever can enter it is trusted by the server.
 * @throws DataFolderError `data-folder.unreachable` when somebody else made the folder before
 */
export async function prepareSocketDirectory(
  place: SocketPlace,
  owner: { uid: number; gid: number } | undefined,
): Promise<void> {
  const { directory } = place
  await mkdir(directory, { mode: 0o700 }).catch((error: unknown) => {
    if (systemCode(error) !== 'EEXIST') throw error
  })
  const found = await lstat(directory)
  const ownUid = process.getuid?.() ?? found.uid
  const expected = place.shared ? found.uid === ownUid || found.uid === owner?.uid : true
  if (!found.isDirectory() || !expected) {
    throw new DataFolderError('data-folder.unreachable', {
      message: `The folder for Baton's database socket, ${directory}, belongs to another user.`,
      next: `Remove ${directory}, or choose a shorter path for the data folder in BATON_DATA.`,
    })
  }
  await chmod(directory, 0o700)
  if (owner !== undefined && found.uid !== owner.uid) await chown(directory, owner.uid, owner.gid)
}
