// P1: reassignments over HTTP beside the same row writes done by pgbench, in turns on one cluster.
import { spawn } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { text } from 'node:stream/consumers'
import { setTimeout as sleep } from 'node:timers/promises'
import { root } from '../tools/run.ts'
import { type DurableCluster, startDurableCluster } from './cluster.ts'
import { type BenchCompany, createCompany } from './company.ts'
import type { Leftovers } from './leftovers.ts'
import { type LoadOrder, LoadResult } from './load.ts'
import { runBare } from './pgbench.ts'
import { processorSeconds } from './processor-time.ts'
import { waitUntilSealed } from './quiet.ts'
import { BenchServer } from './server.ts'
import { median } from './statistics.ts'

export const goal = 0.6

const connections = 8
const members = 200
const numbers = 1_000
const pairs = 5
const seconds = 6
const warmSeconds = 3
// Chance alone gives a member more numbers than the tier allows once in some ten thousand moves.
const mostRefused = 0.001

interface Bench {
  readonly cluster: DurableCluster
  readonly server: BenchServer
  readonly company: BenchCompany
  readonly folder: string
}

export interface ReassignFigures {
  /** Reassignments per second over HTTP ÷ transactions per second of pgbench; the median of the pairs. */
  readonly ratio: number
  readonly http: number
  readonly bare: number
  readonly p99Ms: number
  /** Processor milliseconds for one reassignment: of Baton with its background work, and of PostgreSQL. */
  readonly serverMs: number
  readonly databaseMs: number
  /** Processor milliseconds of PostgreSQL for one transaction of pgbench. */
  readonly bareDatabaseMs: number
}

interface Pair {
  readonly load: LoadResult & { readonly serverMs: number; readonly databaseMs: number }
  readonly bare: { readonly perSecond: number; readonly databaseMs: number }
}

/** Measures P1; null where the machine has no PostgreSQL 15 or later with pgbench. */
export async function measureReassign(leftovers: Leftovers, say: Say): Promise<ReassignFigures | null> {
  const cluster = await startDurableCluster(leftovers)
  if (cluster === null) return null
  const folder = await mkdtemp(path.join(tmpdir(), 'baton-bench-'))
  leftovers.add(() => rm(folder, { recursive: true, force: true }))
  const server = await BenchServer.start({ dataDirectory: folder, env: { DATABASE_URL: cluster.url } })
  leftovers.add(() => server.stop())
  const company = await createCompany(server, { members, numbers })
  say(
    `P1: PostgreSQL ${cluster.version}, ${numbers} numbers of ${members} members, ${connections} connections each`,
  )
  return await measurePairs({ cluster, server, company, folder }, say)
}

type Say = (line: string) => void

async function measurePairs(bench: Bench, say: Say): Promise<ReassignFigures> {
  await overHttp(bench, warmSeconds)
  await bare(bench, warmSeconds)
  const runs: Pair[] = []
  for (let pair = 1; pair <= pairs; pair++) {
    // Each side goes first in turn, so that what one leaves behind falls on both.
    const isHttpFirst = pair % 2 === 1
    const early = isHttpFirst ? await overHttp(bench, seconds) : null
    const beside = await bare(bench, seconds)
    const run = { load: early ?? (await overHttp(bench, seconds)), bare: beside }
    runs.push(run)
    say(`P1 pair ${pair}/${pairs}: ${inWords(run)}`)
  }
  return {
    ratio: median(runs.map(ratioOf)),
    http: median(runs.map((run) => run.load.perSecond)),
    bare: median(runs.map((run) => run.bare.perSecond)),
    p99Ms: median(runs.map((run) => run.load.p99)),
    serverMs: median(runs.map((run) => run.load.serverMs)),
    databaseMs: median(runs.map((run) => run.load.databaseMs)),
    bareDatabaseMs: median(runs.map((run) => run.bare.databaseMs)),
  }
}

function ratioOf({ load, bare }: Pair): number {
  return load.perSecond / bare.perSecond
}

function inWords(pair: Pair): string {
  const { load, bare } = pair
  const times = `p50 ${load.p50.toFixed(1)} ms, p99 ${load.p99.toFixed(1)} ms`
  const processor = `processor ${load.serverMs.toFixed(2)} + ${load.databaseMs.toFixed(2)} ms`
  const beside = `pgbench ${bare.perSecond.toFixed(0)}/s (processor ${bare.databaseMs.toFixed(2)} ms)`
  return `HTTP ${load.perSecond.toFixed(0)}/s (${times}; ${processor}), ${beside}, ratio ${ratioOf(pair).toFixed(3)}`
}

async function overHttp(bench: Bench, seconds: number): Promise<Pair['load']> {
  await tidyUp(bench)
  const order = await orderFor(bench, seconds)
  const before = usedBy(bench)
  const result = await runLoad(order)
  const after = usedBy(bench)
  const refused = Object.values(result.refused).reduce((sum, count) => sum + count, 0)
  if (refused > result.done * mostRefused) throw new Error(`refused: ${JSON.stringify(result.refused)}`)
  return {
    ...result,
    serverMs: ((after.server - before.server) / result.done) * 1000,
    databaseMs: ((after.database - before.database) / result.done) * 1000,
  }
}

async function bare(bench: Bench, seconds: number): Promise<Pair['bare']> {
  await tidyUp(bench)
  bench.server.pause()
  try {
    const before = usedBy(bench).database
    const perSecond = await runBare({ ...bench, clients: connections }, seconds)
    // What a session used is counted when its process is gone.
    await sleep(300)
    return { perSecond, databaseMs: ((usedBy(bench).database - before) / (perSecond * seconds)) * 1000 }
  } finally {
    bench.server.resume()
  }
}

function usedBy({ server, cluster }: Bench): { readonly server: number; readonly database: number } {
  return { server: processorSeconds(server.pid), database: processorSeconds(cluster.pid) }
}

/** Lets the ledger be sealed, takes the jobs away that nobody waits for, and gives each run a fresh start on the disk. */
async function tidyUp({ cluster: { superuser } }: Bench): Promise<void> {
  await waitUntilSealed(superuser)
  await superuser.query(`delete from pgboss.job_common where state = 'created'`)
  await superuser.query('vacuum (analyze)')
  await superuser.query('checkpoint')
}

async function orderFor({ cluster, server, company }: Bench, seconds: number): Promise<LoadOrder> {
  const { rows } = await cluster.superuser.query<LoadOrder['numbers'][number][number]>(
    'select number_id as "numberId", holder_id as "holderId" from numbers where company_id = $1 order by number_id',
    [company.companyId],
  )
  const shares = Array.from({ length: connections }, (_, share) =>
    rows.filter((_, index) => index % connections === share),
  )
  return {
    url: server.url,
    token: company.token,
    seconds,
    memberIds: [...company.memberIds],
    numbers: shares,
  }
}

async function runLoad(order: LoadOrder): Promise<LoadResult> {
  const child = spawn(process.execPath, ['--import', 'tsx', path.join(root, 'bench/load.ts')], {
    cwd: root,
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  child.stdin.end(JSON.stringify(order))
  return LoadResult.parse(JSON.parse(await text(child.stdout)))
}
