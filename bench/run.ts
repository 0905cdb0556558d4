// `npm run bench [P1] [P7] [P11]`: the figures against their goals; one JSON line each on stdout, progress on stderr.
import { mkdtemp, rm } from 'node:fs/promises'
import { cpus, release, tmpdir, totalmem } from 'node:os'
import path from 'node:path'
import { createCompany } from './company.ts'
import { goalMs, measureCustodyEnd } from './custody-end.ts'
import { Leftovers } from './leftovers.ts'
import { measureReassign, goal as reassignGoal } from './reassign.ts'
import { BenchServer } from './server.ts'
import { goalSeconds, measureWarmStart } from './warm-start.ts'

/** One measurement; null where the machine lacks what it needs. */
type Measure = (leftovers: Leftovers) => Promise<Readonly<Record<string, number>> | null>

const figures: Readonly<Record<string, Measure>> = { P1: reassign, P7: custodyEnd, P11: warmStart }

async function reassign(leftovers: Leftovers): ReturnType<Measure> {
  const measured = await measureReassign(leftovers, say)
  if (measured === null) return null
  const { ratio, bare, ...others } = measured
  judge(`P1: ${ratio.toFixed(3)} of pgbench; the goal is at least ${reassignGoal}`, ratio >= reassignGoal)
  return { ratio, pgbench: bare, ...others }
}

async function custodyEnd(leftovers: Leftovers): ReturnType<Measure> {
  const server = await BenchServer.start({ dataDirectory: await temporaryFolder(leftovers) })
  leftovers.add(() => server.stop())
  const company = await createCompany(server, { members: 2, numbers: 2 })
  const measured = await measureCustodyEnd(server, company)
  judge(`P7: p99 ${measured.ms.toFixed(1)} ms; the goal is at most ${goalMs} ms`, measured.ms <= goalMs)
  return { ...measured }
}

async function warmStart(leftovers: Leftovers): ReturnType<Measure> {
  const dataDirectory = await temporaryFolder(leftovers)
  const server = await BenchServer.start({ dataDirectory })
  leftovers.add(() => server.stop())
  await createCompany(server, { members: 2, numbers: 2 })
  await server.stop()
  const { seconds, slowestSeconds } = await measureWarmStart(dataDirectory, say)
  judge(`P11: ${seconds.toFixed(2)} s; the goal is at most ${goalSeconds} s`, seconds <= goalSeconds)
  return { s: seconds, slowest: slowestSeconds }
}

async function temporaryFolder(leftovers: Leftovers): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), 'baton-bench-'))
  leftovers.add(() => rm(folder, { recursive: true, force: true }))
  return folder
}

function judge(sentence: string, isMet: boolean): void {
  say(`${sentence}: ${isMet ? 'met' : 'MISSED'}`)
}

function say(line: string): void {
  console.error(line)
}

function describeMachine(): string {
  const all = cpus()
  const memory = Math.round(totalmem() / 2 ** 30)
  return `${all.length} processors (${all[0]?.model ?? 'unknown'}), ${memory} GiB, Linux ${release()}, Node.js ${process.versions.node}`
}

async function main(asked: readonly string[]): Promise<void> {
  const names = Object.keys(figures)
  const unknown = asked.find((id) => !names.includes(id))
  if (unknown !== undefined) throw new Error(`There is no figure ${unknown}; there are ${names.join(', ')}.`)
  say(describeMachine())
  const leftovers = new Leftovers()
  leftovers.endOnSignals()
  for (const [id, measure] of Object.entries(figures)) {
    if (asked.length > 0 && !asked.includes(id)) continue
    try {
      const measured = await measure(leftovers)
      if (measured === null) say(`${id}: left out, this machine has no PostgreSQL 15 or later`)
      else console.log(JSON.stringify({ id, ...rounded(measured) }))
    } finally {
      await leftovers.end()
    }
  }
}

function rounded(values: Readonly<Record<string, number>>): Record<string, number> {
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => [name, Number(value.toPrecision(4))]),
  )
}

await main(process.argv.slice(2))
