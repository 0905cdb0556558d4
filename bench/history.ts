// P4: passing on a number with ten million records beside one with none.
import type pg from 'pg'
import { startInstallation } from './installation.ts'
import { KeptConnection } from './kept-connection.ts'
import type { Leftovers } from './leftovers.ts'
import { waitUntilSealed } from './quiet.ts'
import { median } from './statistics.ts'

export const goal = 1.1

const wanted = 10_000_000
const atOnce = 250_000
const patienceSeconds = 600
const months = 24
const rounds = 400

export interface HistoryFigures {
  /** Median time of a reassignment of the number with records ÷ of the one without. */
  readonly ratio: number
  readonly records: number
  readonly loadSeconds: number
  readonly withMs: number
  readonly withoutMs: number
}

/** Measures P4; null where the machine has no PostgreSQL 15 or later. */
export async function measureHistory(
  leftovers: Leftovers,
  say: (line: string) => void,
): Promise<HistoryFigures | null> {
  const found = await startInstallation(leftovers, { members: 2, numbers: 2 })
  if (found === null) return null
  const { cluster, server, company } = found
  const [full, empty] = company.numberIds
  if (!full || !empty) throw new Error('the company is too small')
  const loaded = await load(cluster.superuser, { companyId: company.companyId, numberId: full })
  say(`P4: ${loaded.records} records over ${months} months, loaded in ${loaded.seconds.toFixed(0)} s`)
  await cluster.superuser.query('vacuum (analyze)')
  await cluster.superuser.query('checkpoint')
  await waitUntilSealed(cluster.superuser)
  const connection = new KeptConnection(server.url)
  const times = { full: [] as number[], empty: [] as number[] }
  const holder = new Map([full, empty].map((numberId, index) => [numberId, index]))
  try {
    for (let round = 0; round < rounds * 2; round++) {
      const numberId = round % 2 === 0 ? full : empty
      const to = 1 - (holder.get(numberId) ?? 0)
      const body = JSON.stringify({
        toMemberId: company.memberIds[to],
        history: round % 4 < 2 ? 'keep' : 'hide',
      })
      const from = performance.now()
      const answer = await connection.send({
        method: 'POST',
        path: `/v1/numbers/${numberId}/reassign`,
        token: company.token,
        body,
      })
      const ms = performance.now() - from
      if (answer.status !== 200) throw new Error(`a move was answered with ${answer.status}: ${answer.body}`)
      holder.set(numberId, to)
      times[numberId === full ? 'full' : 'empty'].push(ms)
    }
  } finally {
    connection.end()
  }
  const [withMs, withoutMs] = [median(times.full), median(times.empty)]
  return {
    ratio: withMs / withoutMs,
    records: loaded.records,
    loadSeconds: loaded.seconds,
    withMs,
    withoutMs,
  }
}

interface Line {
  readonly companyId: string
  readonly numberId: string
}

/** Fills a number's records as ingesting them would leave them, until there are enough or the time is over. */
async function load(
  superuser: pg.Client,
  { companyId, numberId }: Line,
): Promise<{ records: number; seconds: number }> {
  for (let month = 0; month < months; month++)
    await superuser.query(
      `select baton_open_record_month(timestamptz '2025-01-15' + make_interval(months => $1))`,
      [month],
    )
  const from = performance.now()
  const seconds = () => (performance.now() - from) / 1000
  let records = 0
  while (records < wanted && seconds() < patienceSeconds) {
    await superuser.query(
      `with made as (
         insert into records (company_id, number_id, occurred_at, record_id, kind, direction, other_party, body, source, source_id, received_at)
         select $1, $2, timestamptz '2025-01-01' + i * interval '6 seconds', gen_random_uuid(), 'message',
           case i % 2 when 0 then 'inbound' else 'outbound' end, '+86139' || lpad((i % 50000)::text, 8, '0'),
           'Message number ' || i, 'bench', i::text, now()
         from generate_series($3::integer, $4::integer) i returning record_id, source, source_id)
       insert into record_sources (company_id, source, source_id, record_id) select $1, source, source_id, record_id from made`,
      [companyId, numberId, records, records + atOnce - 1],
    )
    records += atOnce
  }
  return { records, seconds: seconds() }
}
