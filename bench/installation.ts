import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { type DurableCluster, startDurableCluster } from './cluster.ts'
import { type BenchCompany, createCompany } from './company.ts'
import type { Leftovers } from './leftovers.ts'
import { BenchServer } from './server.ts'

/** Baton on a cluster that keeps what it acknowledges, with a company. */
export interface BenchInstallation {
  readonly cluster: DurableCluster
  readonly server: BenchServer
  readonly company: BenchCompany
}

/** Starts it, or null where the machine has no PostgreSQL 15 or later. */
export async function startInstallation(
  leftovers: Leftovers,
  size: { readonly members: number; readonly numbers: number },
): Promise<BenchInstallation | null> {
  const cluster = await startDurableCluster(leftovers)
  if (cluster === null) return null
  const dataDirectory = await temporaryFolder(leftovers)
  const server = await BenchServer.start({ dataDirectory, env: { DATABASE_URL: cluster.url } })
  leftovers.add(() => server.stop())
  return { cluster, server, company: await createCompany(server, size) }
}

/** A folder that is gone afterwards. */
export async function temporaryFolder(leftovers: Leftovers): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), 'baton-bench-'))
  leftovers.add(() => rm(folder, { recursive: true, force: true }))
  return folder
}
