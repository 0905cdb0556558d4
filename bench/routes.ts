// Routing look-ups over HTTP beside the bare statement by the same driver, in turns.
import pg from 'pg'
import type { DurableCluster } from './cluster.ts'
import type { BenchCompany } from './company.ts'
import { KeptConnection } from './kept-connection.ts'
import type { BenchServer } from './server.ts'
import { median, quantile } from './statistics.ts'

const connections = 8
const pairs = 3
const seconds = 4

export interface RouteFigures {
  /** Look-ups a second over HTTP ÷ bare statements a second; the median of the pairs. */
  readonly ratio: number
  readonly http: number
  readonly bare: number
  readonly p99Ms: number
}

interface Bench {
  readonly cluster: DurableCluster
  readonly server: BenchServer
  readonly company: BenchCompany
  readonly lines: readonly string[]
}

/** Measures how many routes a company token can ask for. */
export async function measureRoutes(bench: Bench): Promise<RouteFigures> {
  await overHttp(bench, 1)
  const runs: { http: number; p99: number; bare: number }[] = []
  for (let pair = 0; pair < pairs; pair++) {
    const bare = pair % 2 === 0 ? await bareSelects(bench) : null
    const http = await overHttp(bench, seconds)
    runs.push({ http: http.perSecond, p99: http.p99, bare: bare ?? (await bareSelects(bench)) })
  }
  return {
    ratio: median(runs.map((run) => run.http / run.bare)),
    http: median(runs.map((run) => run.http)),
    bare: median(runs.map((run) => run.bare)),
    p99Ms: median(runs.map((run) => run.p99)),
  }
}

async function overHttp(
  { server, company, lines }: Bench,
  forSeconds: number,
): Promise<{ perSecond: number; p99: number }> {
  const ms: number[] = []
  const end = performance.now() + forSeconds * 1000
  await Promise.all(
    Array.from({ length: connections }, async (_, index) => {
      const connection = new KeptConnection(server.url)
      for (let turn = index; performance.now() < end; turn++) {
        const path = `/v1/routes/${encodeURIComponent(lines[turn % lines.length] ?? '')}`
        const from = performance.now()
        const answer = await connection.send({ method: 'GET', path, token: company.token })
        if (answer.status !== 200)
          throw new Error(`a route was answered with ${answer.status}: ${answer.body}`)
        ms.push(performance.now() - from)
      }
      connection.end()
    }),
  )
  return { perSecond: ms.length / forSeconds, p99: quantile(ms, 0.99) }
}

// One prepared statement in no transaction of its own, as the role and in the company of Baton.
async function bareSelects({ cluster, server, company, lines }: Bench): Promise<number> {
  server.pause()
  let asked = 0
  try {
    const end = performance.now() + seconds * 1000
    await Promise.all(
      Array.from({ length: connections }, async (_, index) => {
        const client = new pg.Client({ connectionString: cluster.url })
        await client.connect()
        await client.query(`set role baton_serve; set baton.company = '${company.companyId}'`)
        for (let turn = index; performance.now() < end; turn++) {
          const { rowCount } = await client.query({
            name: 'bench-route',
            text: `select n.state, n.held_from, m.member_id, m.destination, m.status from numbers n
              left join members m on m.company_id = n.company_id and m.member_id = n.holder_id
              where n.company_id = $1 and n.e164 = $2 and n.state <> 'released'`,
            values: [company.companyId, lines[turn % lines.length]],
          })
          if (rowCount !== 1) throw new Error('a number without a route')
          asked += 1
        }
        await client.end()
      }),
    )
  } finally {
    server.resume()
  }
  return asked / seconds
}
