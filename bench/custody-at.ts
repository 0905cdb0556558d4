// P5: who held a number at some moment, over a million stretches of custody, beside a select by primary key.
import type pg from 'pg'
import { readCustody } from '../src/features/numbers/views.ts'
import { systemCaller } from '../src/kernel/caller.ts'
import { systemClock } from '../src/platform/clock/clock.ts'
import { createAnnouncer } from '../src/platform/db/announce.ts'
import { createDatabase } from '../src/platform/db/database.ts'
import { servingPool } from '../src/platform/db/pool.ts'
import type { Tx } from '../src/platform/db/tx.ts'
import type { DurableCluster } from './cluster.ts'
import { median } from './statistics.ts'

export const goal = 1.5

const numbers = 1_000
const stretches = 1_000
const rounds = 20
const perRound = 1_000

export interface CustodyAtFigures {
  /** Time of a look-up at a moment ÷ of a select by primary key, both by the same driver; the median of the rounds. */
  readonly ratio: number
  readonly lookUpMs: number
  readonly primaryKeyMs: number
  readonly assignments: number
}

/** Measures P5 on a cluster that has Baton's schema and a company. */
export async function measureCustodyAt(
  cluster: DurableCluster,
  companyId: string,
): Promise<CustodyAtFigures> {
  await fill(cluster.superuser, companyId)
  const pool = servingPool({ connectionString: cluster.url }, 1)
  const enqueue = () => ({ sent: Promise.resolve(), done: Promise.resolve() })
  const database = createDatabase({ pool, clock: systemClock, announcer: createAnnouncer(), enqueue })
  try {
    const runs: { lookUp: number; primaryKey: number }[] = []
    for (let round = 0; round < rounds; round++) {
      const run = await database.inRealmOf(systemCaller(companyId, 'bench'), async (tx) => ({
        lookUp: await timeOf((number, at) => readCustody(tx, number, at)),
        primaryKey: await timeOf((number, at) => byPrimaryKey(tx, number, at)),
      }))
      // The first fills the caches of both.
      if (round > 0) runs.push(run)
    }
    return {
      ratio: median(runs.map((run) => run.lookUp / run.primaryKey)),
      lookUpMs: median(runs.map((run) => run.lookUp)) / perRound,
      primaryKeyMs: median(runs.map((run) => run.primaryKey)) / perRound,
      assignments: numbers * stretches,
    }
  } finally {
    await pool.end()
  }
}

async function timeOf(ask: (numberId: string, at: string) => Promise<unknown[]>): Promise<number> {
  const from = performance.now()
  for (let turn = 0; turn < perRound; turn++) {
    const number = Math.floor(Math.random() * numbers) + 1
    const hour = Math.floor(Math.random() * stretches)
    const rows = await ask(idOf(number), new Date(Date.UTC(2020, 0, 1, hour)).toISOString())
    if (rows.length !== 1) throw new Error('a moment without custody')
  }
  return performance.now() - from
}

// The same row by its whole key, with as many columns; without the holder's name, which the look-up adds.
function byPrimaryKey(tx: Tx, numberId: string, at: string): Promise<unknown[]> {
  return tx.query({
    name: 'bench-by-key',
    text: `select a.state, a.holder_id, a.held_from, a.held_to, a.cause, a.moved_by from assignments a
      where a.company_id = $1 and a.number_id = $2 and a.held_from = $3`,
    values: [tx.companyId, numberId, at],
  })
}

function idOf(number: number): string {
  return `0e000001-0000-7000-8000-${String(number).padStart(12, '0')}`
}

async function fill(superuser: pg.Client, companyId: string): Promise<void> {
  const id = `('0e000001-0000-7000-8000-' || lpad(i::text, 12, '0'))::uuid`
  const hour = (offset: string) => `timestamptz '2020-01-01 00:00Z' + (h + ${offset}) * interval '1 hour'`
  const holder = '(select member_id from members where company_id = $1 limit 1)'
  await superuser.query('begin')
  await superuser.query(
    `insert into numbers (company_id, number_id, e164, country, type, state, holder_id, held_from, visible_from, licensed, created_at)
     select $1, ${id}, '+49309' || lpad(i::text, 7, '0'), 'DE', 'landline', 'held', ${holder}, now(), now(), true, now()
     from generate_series(1, ${numbers}) i`,
    [companyId],
  )
  await superuser.query(
    `insert into assignments (company_id, number_id, held_from, held_to, state, holder_id, visible_from, cause, moved_by)
     select $1, ${id}, ${hour('0')}, case when h < ${stretches} - 1 then ${hour('1')} end, 'held', ${holder}, ${hour('0')}, 'reassigned', 'bench'
     from generate_series(1, ${numbers}) i, generate_series(0, ${stretches} - 1) h`,
    [companyId],
  )
  await superuser.query('commit')
  await superuser.query('vacuum (analyze)')
}
