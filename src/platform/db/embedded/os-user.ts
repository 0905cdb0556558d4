import { spawnSync } from 'node:child_process'
import { readFileSync, statSync } from 'node:fs'
import { dirname } from 'node:path'
import { DataFolderError } from './data-folder-error.ts'

/** How PostgreSQL's programs run: as this process, as another user, or as this user shown as another one inside a namespace. */
export type RunAs =
  | { readonly kind: 'self' }
  | {
      readonly kind: 'user'
      readonly name: string
      readonly uid: number
      readonly gid: number
    }
  | {
      readonly kind: 'namespace'
      readonly name: string
      readonly uid: number
      readonly gid: number
    }

/** What the user has to reach. All paths are absolute. */
interface Reach {
  /** A program to execute. */
  readonly program: string
  /** The data folder. */
  readonly dataDirectory: string
  /** The folder that holds the socket folder. */
  readonly socketParent: string
}

interface OsUser {
  readonly name: string
  readonly uid: number
  readonly gid: number
}

type Obstacle = 'none' | 'program' | 'data'

/**
 * Chooses the operating system user for PostgreSQL, which refuses to run as root: as root, the owner of the data, `baton`,
 * `postgres` or `nobody`; where none of them may pass, root itself under another user's id in a user namespace.
 * @throws DataFolderError `data-folder.unreachable` naming what blocks the way and a BATON_DATA that works
 */
export function chooseOsUser(reach: Reach, clusterDirectory: string): RunAs {
  if (process.getuid?.() !== 0) return { kind: 'self' }
  const users = unprivilegedUsers(clusterDirectory)
  for (const user of users) {
    if (obstacle({ kind: 'user', ...user }, reach) === 'none') return { kind: 'user', ...user }
  }
  for (const user of users.slice(0, 1)) {
    if (obstacle({ kind: 'namespace', ...user }, reach) === 'none') return { kind: 'namespace', ...user }
  }
  throw refuse(users, reach)
}

function unprivilegedUsers(clusterDirectory: string): OsUser[] {
  const entries = passwdEntries()
  const owner = statSync(clusterDirectory, { throwIfNoEntry: false })?.uid
  const names = ['baton', 'postgres', 'nobody']
  const chosen = entries.filter((user) => user.uid === owner || names.includes(user.name))
  const rank = (user: OsUser) => (user.uid === owner ? -1 : names.indexOf(user.name))
  return chosen.sort((a, b) => rank(a) - rank(b))
}

function passwdEntries(): OsUser[] {
  return readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .map((line) => line.split(':'))
    .map(([name = '', , uid, gid]) => ({ name, uid: Number(uid), gid: Number(gid) }))
    .filter((user) => user.name !== '' && user.uid > 0 && user.gid > 0)
}

const probe = 'test -x "$1" || exit 3; shift; for folder do cd "$folder" || exit 4; done'

function obstacle(runAs: RunAs, reach: Reach): Obstacle {
  const { program, dataDirectory, socketParent } = reach
  const argv = ['-c', probe, 'sh', program, dataDirectory, socketParent]
  const { command, args, identity } = commandAs(runAs, '/bin/sh', argv)
  const { status } = spawnSync(command, args, { ...identity, cwd: '/', stdio: 'ignore' })
  if (status === 0) return 'none'
  return status === 3 ? 'program' : 'data'
}

/** The command line and spawn options that run a program under the chosen identity. */
export function commandAs(
  runAs: RunAs,
  program: string,
  args: readonly string[],
): {
  command: string
  args: string[]
  identity: { uid?: number; gid?: number }
} {
  if (runAs.kind === 'self') return { command: program, args: [...args], identity: {} }
  if (runAs.kind === 'user') {
    return {
      command: program,
      args: [...args],
      identity: { uid: runAs.uid, gid: runAs.gid },
    }
  }
  const namespace = ['--user', `--map-user=${runAs.uid}`, `--map-group=${runAs.gid}`, '--', program, ...args]
  return { command: 'unshare', args: namespace, identity: {} }
}

/** Who must own PostgreSQL's folders; undefined when they stay as they are made. */
export function ownerOf(runAs: RunAs): { uid: number; gid: number } | undefined {
  if (runAs.kind === 'self') return undefined
  // Inside the namespace it still is root to the file system.
  return runAs.kind === 'user' ? { uid: runAs.uid, gid: runAs.gid } : { uid: 0, gid: 0 }
}

function refuse(users: readonly OsUser[], reach: Reach): DataFolderError {
  const user = users[0]
  if (user === undefined) {
    return new DataFolderError('data-folder.unreachable', {
      message:
        'Baton runs as root, but PostgreSQL must not, and this machine has no user to run it as (postgres, nobody).',
      next: 'Start Baton as an ordinary user, or add one for it: "useradd --system baton".',
    })
  }
  const runAs: RunAs = { kind: 'user', ...user }
  const blocked = obstacle(runAs, reach) === 'program' ? 'program' : 'data'
  const path = blocked === 'program' ? dirname(reach.program) : reach.dataDirectory
  const gate = firstClosedFolder(runAs, path)
  return new DataFolderError('data-folder.unreachable', {
    message: `Baton runs as root, but PostgreSQL must not. Its user "${user.name}" cannot reach ${path}, because ${gate} is closed to other users.`,
    next: blocked === 'program' ? nextForProgram(gate) : nextForData(runAs, gate),
  })
}

function nextForProgram(gate: string): string {
  return `Install Baton in a folder that every user may enter, such as /opt/baton, or open the way by "chmod o+x ${gate}", or start Baton as an ordinary user.`
}

function nextForData(runAs: RunAs, gate: string): string {
  const open = ['/var/lib', '/srv', '/opt', '/tmp'].find((parent) => canEnter(runAs, parent)) ?? '/var/lib'
  return `Keep the data where that user may go: start with BATON_DATA=${open}/baton. Or open the way by "chmod o+x ${gate}", or start Baton as an ordinary user.`
}

function canEnter(runAs: RunAs, folder: string): boolean {
  return obstacle(runAs, { program: '/bin/sh', dataDirectory: folder, socketParent: '/' }) === 'none'
}

function firstClosedFolder(runAs: RunAs, path: string): string {
  const parents = [path]
  while (parents[0] !== undefined && dirname(parents[0]) !== parents[0]) parents.unshift(dirname(parents[0]))
  return parents.find((folder) => !canEnter(runAs, folder)) ?? path
}
