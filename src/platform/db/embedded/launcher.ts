import { realpath } from 'node:fs/promises'
import { join } from 'node:path'
import { locateBinaries } from './binaries.ts'
import { inspectCluster } from './cluster.ts'
import { acquireDataFolder, type DataFolder } from './data-folder.ts'
import { explainFileError } from './data-folder-error.ts'
import { createCluster, giveClusterTo, removeInterruptedClusters } from './initdb.ts'
import { chooseOsUser, ownerOf } from './os-user.ts'
import {
  createOwnerDatabase,
  openOwnerDatabase,
  ownerConnection,
  type SocketConnection,
} from './owner-database.ts'
import { type PostmasterFile, runsWith, settleFormerServer, stopServer } from './running-server.ts'
import { launchServer, serverArguments } from './server.ts'
import type { Site } from './site.ts'
import { prepareSocketDirectory, type SocketPlace, socketPlace, socketPort } from './socket-directory.ts'

type Log = (message: string, fields?: object) => void

interface EmbeddedDatabaseOptions {
  readonly dataDirectory: string
  readonly log: Log
  /** False only for tests: acknowledged writes may be lost in a power cut. Default true. */
  readonly durable?: boolean
  /** The data folder when the caller holds it already; it then stays the caller's to release. */
  readonly folder?: DataFolder
}

export interface EmbeddedDatabase {
  /** node-postgres options for the owner role `baton` (no superuser) of the database `baton`; the host is the socket's folder. */
  readonly connection: SocketConnection
  /** True when a server that was already running was adopted. */
  readonly adopted: boolean
  /** `18.4` */
  readonly serverVersion: string
  /** Fast shutdown, waits for the end, gives the data folder back; safe to call twice. */
  stop(): Promise<void>
}

interface Launched {
  readonly pid: number
  readonly adopted: boolean
  readonly connection: SocketConnection
  readonly serverVersion: string
}

/**
 * Starts Baton's own PostgreSQL in the data folder, making it at the first start and adopting a server that outlived an
 * earlier Baton.
 * @throws DataFolderError with what is wrong and what to do
 */
export async function startEmbeddedDatabase(options: EmbeddedDatabaseOptions): Promise<EmbeddedDatabase> {
  const folder = options.folder ?? (await acquireDataFolder(options.dataDirectory))
  const giveBack = async () => {
    if (options.folder === undefined) await folder.release()
  }
  try {
    const site = await prepareSite(folder.path, options.durable ?? true)
    const launched = await launch(site, options.log)
    let stopping: Promise<void> | undefined
    const stop = async () => {
      await stopServer(launched.pid, site.clusterDirectory)
      await giveBack()
      options.log('PostgreSQL stopped')
    }
    return {
      connection: launched.connection,
      adopted: launched.adopted,
      serverVersion: launched.serverVersion,
      stop: () => {
        stopping ??= stop()
        return stopping
      },
    }
  } catch (error) {
    await giveBack()
    throw explainFileError(error, folder.path)
  }
}

type PreparedSite = Omit<Site, 'runAs'> & { readonly place: SocketPlace }

async function prepareSite(dataDirectory: string, durable: boolean): Promise<PreparedSite> {
  const clusterDirectory = join(dataDirectory, 'postgres')
  return {
    dataDirectory,
    // The cluster may be a symbolic link to another disk; its processes know only the real path.
    clusterDirectory: await realpath(clusterDirectory).catch(() => clusterDirectory),
    binaries: await locateBinaries(),
    durable,
    place: socketPlace(dataDirectory),
  }
}

async function launch(site: PreparedSite, log: Log): Promise<Launched> {
  const state = await inspectCluster(site.clusterDirectory, site.binaries.major)
  const args = serverArguments(site, site.place.directory)
  if (state === 'usable') {
    const former = await settleFormerServer(site.clusterDirectory)
    const adopted = former && (await adopt(site, former, args))
    if (adopted) {
      log('PostgreSQL of an earlier start adopted', { pid: adopted.pid, version: adopted.serverVersion })
      return adopted
    }
    // It may have been dying while it still called itself ready: what it leaves behind goes as well.
    if (former) await settleFormerServer(site.clusterDirectory)
  }
  return await startAnew(site, state === 'missing', log)
}

async function adopt(
  site: PreparedSite,
  former: PostmasterFile,
  args: readonly string[],
): Promise<Launched | undefined> {
  const connection = ownerConnection(former.socketDirectory, former.port)
  const same = await runsWith(site.clusterDirectory, site.binaries.postgres, args)
  const serverVersion = same ? await openOwnerDatabase(connection).catch(() => undefined) : undefined
  if (serverVersion === site.binaries.version) {
    return { pid: former.pid, adopted: true, connection, serverVersion }
  }
  // Other settings, another version, or its socket is gone: it has to be started again.
  await stopServer(former.pid, site.clusterDirectory)
  return undefined
}

async function startAnew(prepared: PreparedSite, isNew: boolean, log: Log): Promise<Launched> {
  const started = performance.now()
  const { place, ...rest } = prepared
  const reach = {
    program: rest.binaries.postgres,
    dataDirectory: rest.dataDirectory,
    socketParent: place.parent,
  }
  const site: Site = { ...rest, runAs: chooseOsUser(reach, rest.clusterDirectory) }
  await removeInterruptedClusters(site.dataDirectory)
  if (isNew) await createCluster(site)
  await giveClusterTo(site.clusterDirectory, site.runAs)
  await prepareSocketDirectory(place, ownerOf(site.runAs))
  const child = await launchServer(site, serverArguments(site, place.directory))
  try {
    const connection = ownerConnection(place.directory, socketPort)
    if (isNew) await createOwnerDatabase(connection)
    const serverVersion = await openOwnerDatabase(connection)
    const milliseconds = Math.round(performance.now() - started)
    log('PostgreSQL started', {
      pid: child.pid,
      version: serverVersion,
      milliseconds,
      ...describe(site),
    })
    child.once('exit', (code, signal) => log('PostgreSQL ended', { pid: child.pid, code, signal }))
    return { pid: child.pid, adopted: false, connection, serverVersion }
  } catch (error) {
    await stopServer(child.pid, site.clusterDirectory)
    throw error
  }
}

function describe(site: Site): { runsAs: string } {
  if (site.runAs.kind === 'self') return { runsAs: 'the user of Baton' }
  return {
    runsAs: site.runAs.kind === 'user' ? site.runAs.name : `${site.runAs.name} in a user namespace`,
  }
}
