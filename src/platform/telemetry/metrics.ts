import type pg from 'pg'
import { collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'
import type { Tx } from '../db/tx.ts'
import type { FinishedRequest } from '../http/request-log.ts'

export interface MetricsParts {
  readonly pool: pg.Pool
  /** Reads as the steward, over all companies. */
  readonly asSteward: <T>(work: (tx: Tx) => Promise<T>) => Promise<T>
  /** The owner's pool, which reads the queue. */
  readonly owner: pg.Pool
  readonly version: string
}

export interface Metrics {
  countRequest(finished: FinishedRequest): void
  read(): Promise<{ readonly contentType: string; readonly text: string }>
}

const durationBucketsSeconds = [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10]

/** The figures for Prometheus: of the process, of requests by route and status, of the queue, the ledger and the pool. */
export function createMetrics(parts: MetricsParts): Metrics {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry })
  new Gauge({
    name: 'baton_info',
    help: 'The version that runs',
    labelNames: ['version'],
    registers: [registry],
  }).set({ version: parts.version }, 1)
  const durations = new Histogram({
    name: 'baton_http_request_seconds',
    help: 'Duration of requests by method, route pattern and status',
    labelNames: ['method', 'route', 'status'],
    buckets: durationBucketsSeconds,
    registers: [registry],
  })
  addPoolGauge(registry, parts.pool)
  const refresh = addDatabaseGauges(registry, parts)
  return {
    countRequest: ({ method, route, status, ms }) => durations.observe({ method, route, status }, ms / 1000),
    async read() {
      // Without the database the other figures are needed all the more.
      await refresh().catch(() => {})
      return { contentType: registry.contentType, text: await registry.metrics() }
    },
  }
}

function addPoolGauge(registry: Registry, pool: pg.Pool): void {
  new Gauge({
    name: 'baton_pool_connections',
    help: 'Connections to the database: in use, idle, and requests that wait for one',
    labelNames: ['state'],
    registers: [registry],
    collect() {
      this.set({ state: 'used' }, pool.totalCount - pool.idleCount)
      this.set({ state: 'idle' }, pool.idleCount)
      this.set({ state: 'waiting' }, pool.waitingCount)
    },
  })
}

function addDatabaseGauges(registry: Registry, { owner, asSteward }: MetricsParts): () => Promise<void> {
  const up = new Gauge({
    name: 'baton_database_up',
    help: '1 while the database answers',
    registers: [registry],
  })
  const queue = new Gauge({
    name: 'baton_queue_jobs',
    help: 'Jobs by queue and state: created, retry, active, failed',
    labelNames: ['queue', 'state'],
    registers: [registry],
  })
  const unsealed = new Gauge({
    name: 'baton_ledger_unsealed_entries',
    help: 'Entries of the audit ledgers that are not sealed into their tree yet',
    registers: [registry],
  })
  return async () => {
    up.set(0)
    queue.reset()
    unsealed.reset()
    const { rows } = await owner.query<{ name: string; state: string; jobs: number }>(
      `select name, state::text as state, count(*)::int as jobs from pgboss.job
       where state in ('created', 'retry', 'active', 'failed') group by name, state`,
    )
    for (const { name, state, jobs } of rows) queue.set({ queue: name, state }, jobs)
    const [entries] = await asSteward((tx) =>
      tx.query<{ count: number }>({
        text: 'select count(*)::int as count from audit_entries where seq is null',
      }),
    )
    unsealed.set(entries?.count ?? 0)
    up.set(1)
  }
}
