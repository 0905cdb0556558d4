// `npm run bench [P1] [P2] [ingest] …`: the figures against their goals; one JSON line each on stdout, progress on stderr.
import { cpus, release, totalmem } from 'node:os'
import { goal as batchGoal, measureBatch } from './batch.ts'
import { type BenchCompany, createCompany, numberLine } from './company.ts'
import { goal as custodyGoal, measureCustodyAt } from './custody-at.ts'
import { goalMs, measureCustodyEnd } from './custody-end.ts'
import { measureHandoverPlan, goalSeconds as planGoalSeconds } from './handover-plan.ts'
import { goal as historyGoal, measureHistory } from './history.ts'
import { goalPerSecond, measureIngest } from './ingest.ts'
import { startInstallation, temporaryFolder } from './installation.ts'
import { Leftovers } from './leftovers.ts'
import { measureReassign, goal as reassignGoal } from './reassign.ts'
import { measureRoutes } from './routes.ts'
import { BenchServer } from './server.ts'
import { measureReading, goals as readingGoals } from './spreadsheet-read.ts'
import { measureWriting, goals as writingGoals } from './spreadsheet-write.ts'
import { goalSeconds, measureWarmStart } from './warm-start.ts'

/** One measurement; null where the machine lacks what it needs. */
type Measure = (leftovers: Leftovers) => Promise<Readonly<Record<string, number>> | null>

const figures: Readonly<Record<string, Measure>> = {
  P1: reassign,
  P2: batch,
  'P3-read': spreadsheetReading,
  'P3-write': spreadsheetWriting,
  P4: history,
  P5: custodyAt,
  P7: custodyEnd,
  P8: handoverPlan,
  P11: warmStart,
  ingest,
  routes,
}

async function reassign(leftovers: Leftovers): ReturnType<Measure> {
  const measured = await measureReassign(leftovers, say)
  if (measured === null) return null
  const { ratio, bare, ...others } = measured
  judge(`P1: ${ratio.toFixed(3)} of pgbench; the goal is at least ${reassignGoal}`, ratio >= reassignGoal)
  return { ratio, pgbench: bare, ...others }
}

async function batch(leftovers: Leftovers): ReturnType<Measure> {
  const measured = await measureBatch(leftovers, say)
  if (measured === null) return null
  judge(
    `P2: ${measured.ratio.toFixed(2)} of bare statements; the goal is at most ${batchGoal}`,
    measured.ratio <= batchGoal,
  )
  return { ...measured }
}

async function spreadsheetReading(leftovers: Leftovers): ReturnType<Measure> {
  const measured = await measureReading(leftovers, say)
  const { ofFloor, exceljs, sheetjs, megabytes } = measured
  judge(
    `P3 read: ${ofFloor.toFixed(2)} of inflating and a bare pass; the goal is at most ${readingGoals.floor}`,
    ofFloor <= readingGoals.floor,
  )
  judge(
    `P3 read: ${exceljs.toFixed(1)} times as fast as ExcelJS, ${sheetjs.toFixed(1)} as SheetJS; the goals are ${readingGoals.exceljs} and ${readingGoals.sheetjs}`,
    exceljs >= readingGoals.exceljs && sheetjs >= readingGoals.sheetjs,
  )
  judge(
    `P3 read: ${megabytes.toFixed(0)} MB at most; the goal is at most ${readingGoals.megabytes} MB`,
    megabytes <= readingGoals.megabytes,
  )
  return { ...measured }
}

async function spreadsheetWriting(): ReturnType<Measure> {
  const measured = await measureWriting(say)
  const { ratio, stallMs } = measured
  judge(
    `P3 write: ${ratio.toFixed(2)} times as fast as ExcelJS; the goal is at least ${writingGoals.ratio}`,
    ratio >= writingGoals.ratio,
  )
  judge(
    `P3 write: the loop stood still for ${stallMs.toFixed(0)} ms; the goal is at most ${writingGoals.stallMs} ms`,
    stallMs <= writingGoals.stallMs,
  )
  return { ...measured }
}

async function history(leftovers: Leftovers): ReturnType<Measure> {
  const measured = await measureHistory(leftovers, say)
  if (measured === null) return null
  const { ratio, records } = measured
  judge(
    `P4: ${ratio.toFixed(3)} with ${records} records; the goal is at most ${historyGoal}`,
    ratio <= historyGoal,
  )
  return { ...measured }
}

async function custodyAt(leftovers: Leftovers): ReturnType<Measure> {
  const found = await startInstallation(leftovers, { members: 2, numbers: 2 })
  if (found === null) return null
  const measured = await measureCustodyAt(found.cluster, found.company.companyId)
  const { ratio } = measured
  judge(
    `P5: ${ratio.toFixed(2)} of a select by primary key; the goal is at most ${custodyGoal}`,
    ratio <= custodyGoal,
  )
  return { ...measured }
}

async function ingest(leftovers: Leftovers): ReturnType<Measure> {
  const found = await startInstallation(leftovers, { members: 20, numbers: 100 })
  if (found === null) return null
  const measured = await measureIngest(found.server, found.company, linesOf(found.company))
  const { perSecond } = measured
  judge(
    `ingest: ${perSecond.toFixed(0)} records a second; the goal is at least ${goalPerSecond}`,
    perSecond >= goalPerSecond,
  )
  return { ...measured }
}

async function routes(leftovers: Leftovers): ReturnType<Measure> {
  const found = await startInstallation(leftovers, { members: 20, numbers: 200 })
  if (found === null) return null
  const measured = await measureRoutes({ ...found, lines: linesOf(found.company) })
  say(
    `routes: ${measured.http.toFixed(0)} look-ups a second, ${measured.ratio.toFixed(3)} of the bare statement`,
  )
  return { ...measured }
}

function linesOf(company: BenchCompany): string[] {
  return company.numberIds.map((_, index) => numberLine(index))
}

async function custodyEnd(leftovers: Leftovers): ReturnType<Measure> {
  const server = await BenchServer.start({ dataDirectory: await temporaryFolder(leftovers) })
  leftovers.add(() => server.stop())
  const company = await createCompany(server, { members: 2, numbers: 2 })
  const measured = await measureCustodyEnd(server, company)
  judge(`P7: p99 ${measured.ms.toFixed(1)} ms; the goal is at most ${goalMs} ms`, measured.ms <= goalMs)
  return { ...measured }
}

async function handoverPlan(leftovers: Leftovers): ReturnType<Measure> {
  const found = await startInstallation(leftovers, { members: 2, numbers: 2 })
  if (found === null) return null
  const measured = await measureHandoverPlan(found)
  judge(
    `P8: ${measured.s.toFixed(2)} s for ${measured.items} items; the goal is at most ${planGoalSeconds} s`,
    measured.s <= planGoalSeconds,
  )
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
