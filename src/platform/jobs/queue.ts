import type pg from 'pg'
import { PgBoss } from 'pg-boss'
import type { Enqueue, Enqueued } from '../db/database.ts'

const schema = 'pgboss'

/** A job as a feature defines it: safe to repeat, with ids as its only data. */
export interface JobDefinition {
  readonly name: string
  run(ids: Readonly<Record<string, string>>): Promise<void>
}

/** The queue of due work, on the same database (pg-boss). */
export interface Queue {
  readonly enqueue: Enqueue
  /** Takes jobs from now on; only worker processes do. */
  work(definitions: readonly JobDefinition[]): Promise<void>
  stop(): Promise<void>
}

export interface QueueParts {
  /** The owner's pool: the queue keeps its own tables in order. */
  readonly pool: pg.Pool
  readonly names: readonly string[]
  readonly onError: (error: Error) => void
}

/** Starts the queue and makes its queues known; nothing is worked on yet. */
export async function startQueue({ pool, names, onError }: QueueParts): Promise<Queue> {
  const executor = (client: pg.Pool | pg.ClientBase) => ({
    executeSql: async (text: string, values?: unknown[]) => client.query(text, values ?? []),
  })
  const boss = new PgBoss({ db: executor(pool), schema })
  boss.on('error', onError)
  await boss.start()
  for (const name of names) await boss.createQueue(name, { retryLimit: 8, retryBackoff: true, retryDelay: 1 })
  await pool.query(`grant usage on schema ${schema} to baton_serve, baton_steward`)
  await pool.query(`grant select, insert on all tables in schema ${schema} to baton_serve, baton_steward`)
  return {
    enqueue: (client, job, ids) => send(boss, client, { job, ids }),
    async work(definitions) {
      for (const definition of definitions) {
        await boss.work<Record<string, string>>(
          definition.name,
          { batchSize: 400, pollingIntervalSeconds: 0.5 },
          async (jobs) => {
            for (const job of jobs) await definition.run(job.data)
          },
        )
      }
    },
    stop: () => boss.stop({ graceful: true, timeout: 5_000 }),
  }
}

interface NewJob {
  readonly job: string
  readonly ids: Readonly<Record<string, string>>
}

function send(boss: PgBoss, client: pg.ClientBase, { job, ids }: NewJob): Enqueued {
  let leaves: () => void = () => {}
  const left = new Promise<void>((resolve) => {
    leaves = resolve
  })
  const db = {
    executeSql(text: string, values: unknown[] = []) {
      // Its statement is large: named, it is parsed and planned once per connection instead of at every job.
      const answer = client.query({ name: `send ${job}`, text, values })
      leaves()
      return answer
    },
  }
  const done = boss.send(job, ids, { db }).then(() => {})
  return { sent: Promise.race([left, done]), done }
}
