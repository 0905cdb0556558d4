import pg from 'pg'
import { startPostgres } from '../tools/postgres-cluster.ts'
import type { Leftovers } from './leftovers.ts'

/** A throwaway PostgreSQL that keeps what it acknowledged, with the database `baton` in it. */
export interface DurableCluster {
  /** For Baton and pgbench: the owner role `baton`, no superuser. */
  readonly url: string
  /** Past row-level security: looks at rows and tidies up between measurements, never measured itself. */
  readonly superuser: pg.Client
  readonly version: string
  /** The server process that is the parent of all others. */
  readonly pid: number
  /** Where `pgbench` is. */
  readonly programs: string
}

// What `initdb` sets by itself; the cluster of the tests turns it off.
const durable = ['fsync', 'full_page_writes', 'synchronous_commit']

/** Starts it, or null where the machine has no PostgreSQL 15 or later. */
export async function startDurableCluster(leftovers: Leftovers): Promise<DurableCluster | null> {
  const cluster = await startPostgres()
  if (cluster === null) return null
  leftovers.add(() => cluster.stop())
  const superuser = new pg.Client({ connectionString: cluster.url.replace('//baton@', '//postgres@') })
  superuser.on('error', () => undefined)
  await superuser.connect()
  leftovers.add(() => superuser.end())
  for (const name of durable) await superuser.query(`alter system set ${name} = on`)
  await superuser.query('select pg_reload_conf()')
  await requireDurable(superuser)
  const { rows } = await superuser.query<{ programs: string; pid: string }>(
    `select (select setting from pg_config where name = 'BINDIR') as programs, split_part(pg_read_file('postmaster.pid'), E'\\n', 1) as pid`,
  )
  const { programs = '', pid } = rows[0] ?? {}
  return { url: cluster.url, superuser, version: cluster.version, pid: Number(pid), programs }
}

// The servers of a cluster take up new settings on their own, some milliseconds later.
async function requireDurable(superuser: pg.Client): Promise<void> {
  for (let attempt = 0; attempt < 100; attempt++) {
    const { rows } = await superuser.query(
      'select 1 from pg_settings where name = any($1) and setting <> $2',
      [durable, 'on'],
    )
    if (rows.length === 0) return
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  throw new Error('the throwaway cluster would not keep what it acknowledges')
}
