// P2: a batch of 100,000 moves beside one bare set-based statement per table that writes the same rows.
import { setTimeout as sleep } from 'node:timers/promises'
import { z } from 'zod'
import { ask } from './company.ts'
import { fillNumbers } from './fill-numbers.ts'
import { type BenchInstallation, startInstallation } from './installation.ts'
import type { Leftovers } from './leftovers.ts'
import { waitUntilSealed } from './quiet.ts'
import { median } from './statistics.ts'

export const goal = 1.5

const numbers = 100_000
const members = 10_000
const pairs = 3

export interface BatchFigures {
  /** Seconds from the request to the last move ÷ seconds of the bare statements; the median of the pairs. */
  readonly ratio: number
  readonly batchSeconds: number
  readonly bareSeconds: number
  /** Seconds until the request was answered with the operation. */
  readonly answeredSeconds: number
}

interface Pair {
  readonly batch: number
  readonly answered: number
  readonly bare: number
}

/** Measures P2; null where the machine has no PostgreSQL 15 or later. */
export async function measureBatch(
  leftovers: Leftovers,
  say: (line: string) => void,
): Promise<BatchFigures | null> {
  const bench = await startInstallation(leftovers, { members: 1, numbers: 1 })
  if (bench === null) return null
  const { cluster, company } = bench
  await fillNumbers(cluster.superuser, { companyId: company.companyId, members, numbers })
  say(`P2: PostgreSQL ${cluster.version}, ${numbers} numbers of ${members} members`)
  const runs: Pair[] = []
  for (let pair = 1; pair <= pairs; pair++) {
    const isBatchFirst = pair % 2 === 1
    const early = isBatchFirst ? await overHttp(bench) : null
    const bare = await bareStatements(bench)
    const run = { ...(early ?? (await overHttp(bench))), bare }
    runs.push(run)
    say(
      `P2 pair ${pair}/${pairs}: batch ${run.batch.toFixed(1)} s (answered after ${run.answered.toFixed(1)} s), ` +
        `bare ${bare.toFixed(1)} s, ratio ${(run.batch / bare).toFixed(2)}`,
    )
  }
  return {
    ratio: median(runs.map((run) => run.batch / run.bare)),
    batchSeconds: median(runs.map((run) => run.batch)),
    bareSeconds: median(runs.map((run) => run.bare)),
    answeredSeconds: median(runs.map((run) => run.answered)),
  }
}

// Everyone passes their numbers to the next one, so that nobody's count changes.
async function stageMoves({ cluster: { superuser }, company }: BenchInstallation): Promise<void> {
  await waitUntilSealed(superuser)
  await superuser.query('drop table if exists bench_moves')
  await superuser.query(
    'create table bench_moves (number_id uuid primary key, from_member uuid, to_member uuid)',
  )
  await superuser.query(
    `insert into bench_moves
     with ring as (select member_id, coalesce(lead(member_id) over w, first_value(member_id) over w) as next_id
       from members where company_id = $1 and staff_code like 'F%' window w as (order by member_id))
     select n.number_id, n.holder_id, r.next_id from numbers n join ring r on r.member_id = n.holder_id where n.company_id = $1`,
    [company.companyId],
  )
  await superuser.query(`delete from pgboss.job_common where state = 'created'`)
  await superuser.query('vacuum (analyze)')
  await superuser.query('checkpoint')
}

const begun = z.object({ operation: z.object({ operationId: z.string() }) })
const shown = z.object({ state: z.string(), done: z.number(), failed: z.number() })

async function overHttp(bench: BenchInstallation): Promise<{ batch: number; answered: number }> {
  await stageMoves(bench)
  const { rows } = await bench.cluster.superuser.query(
    'select number_id as "numberId", to_member as "toMemberId" from bench_moves',
  )
  const caller = { server: bench.server, token: bench.company.token }
  const from = performance.now()
  const answer = begun.parse(
    await ask(caller, { method: 'POST', path: '/v1/number-moves', body: { moves: rows } }),
  )
  const answered = (performance.now() - from) / 1000
  for (;;) {
    const state = shown.parse(
      await ask(caller, {
        method: 'GET',
        path: `/v1/operations/${answer.operation.operationId}?limit=0`,
      }),
    )
    if (state.done === numbers) return { batch: (performance.now() - from) / 1000, answered }
    if (state.state === 'done') throw new Error(`${state.failed} moves failed`)
    await sleep(50)
  }
}

/** The rows that a batch leaves behind, written by one statement for each table and kind of write, in one transaction. */
async function bareStatements(bench: BenchInstallation): Promise<number> {
  await stageMoves(bench)
  const { superuser } = bench.cluster
  bench.server.pause()
  try {
    const from = performance.now()
    await superuser.query('begin')
    for (const statement of bareWrites) await superuser.query(statement, [bench.company.companyId])
    await superuser.query('commit')
    return (performance.now() - from) / 1000
  } catch (error) {
    await superuser.query('rollback')
    throw error
  } finally {
    bench.server.resume()
  }
}

const bareWrites = [
  `insert into operations (company_id, operation_id, kind, state, given, total, done, slices, created_by, created_at)
   select $1, gen_random_uuid(), 'bench', 'done', '{}', count(*), count(*), 1, 'bench', now() from bench_moves`,
  `insert into operation_items (company_id, operation_id, position, slice, subject_id, given, state, outcome)
   select $1, (select operation_id from operations where company_id = $1 and kind = 'bench' order by created_at desc limit 1),
     row_number() over () - 1, 0, number_id, jsonb_build_object('toMemberId', to_member, 'expectedHolderId', from_member),
     'done', jsonb_build_object('at', now()) from bench_moves`,
  `update assignments a set held_to = now() from bench_moves b
   where a.company_id = $1 and a.number_id = b.number_id and a.held_to is null`,
  `insert into assignments (company_id, number_id, held_from, state, holder_id, visible_from, assigned_at, cause, moved_by)
   select $1, b.number_id, now(), 'held', b.to_member, n.visible_from, now(), 'reassigned', 'bench'
   from bench_moves b join numbers n on n.company_id = $1 and n.number_id = b.number_id`,
  `update numbers n set holder_id = b.to_member, held_from = now(), assigned_at = now(), version = n.version + 1
   from bench_moves b where n.company_id = $1 and n.number_id = b.number_id`,
  `insert into audit_entries (company_id, entry_id, at, action, actor, subject_kind, subject_id, effect, details_digest, leaf_hash)
   select $1, gen_random_uuid(), now(), 'number.reassigned', '{"kind":"system","id":"bench","onBehalfOf":"bench"}', 'number', number_id,
     jsonb_build_object('from', from_member, 'to', to_member, 'at', now(), 'visibleFrom', now(), 'history', 'keep', 'overrode', false, 'operationId', number_id),
     encode(sha256(number_id::text::bytea), 'hex'), sha256(number_id::text::bytea) from bench_moves`,
  `insert into audit_details (company_id, entry_id, salt, details)
   select $1, e.entry_id, sha256(e.entry_id::text::bytea), jsonb_build_object('e164', '+4930123456', 'to', 'Member 12345')
   from audit_entries e where e.company_id = $1 and e.seq is null and e.actor ->> 'id' = 'bench'`,
]
