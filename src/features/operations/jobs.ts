import { systemCaller } from '../../kernel/caller.ts'
import type { Announcer } from '../../platform/db/announce.ts'
import type { Database } from '../../platform/db/database.ts'
import { createBackoff } from '../../platform/jobs/backoff.ts'
import type { DueTask } from '../../platform/jobs/sweeper.ts'
import { runSlice } from './service/run-slice.ts'

const runnerName = 'operations.run'
const atOnce = 20
const sweep = { kind: 'installation', id: 'sweeper' } as const

interface DueOperation {
  readonly company_id: string
  readonly operation_id: string
  readonly created_by: string
}

/**
 * Runs the slices that are due, of each operation one and then of the next, so that a long one keeps no other waiting.
 * What fails rests and is tried again; a crash loses the slice that was under way and nothing else.
 */
export function operationDueTasks(parts: {
  readonly database: Database
  readonly announcer: Announcer
}): readonly DueTask[] {
  const { database, announcer } = parts
  const backoff = createBackoff()
  return [
    {
      name: runnerName,
      everyMs: 1000,
      wakeOn: (wake) =>
        announcer.listen((announcement) => {
          if (announcement.kind === 'operations-due') wake()
        }),
      async run() {
        let ran = 0
        for (let turn = await runDue(); turn > 0; turn = await runDue()) ran += turn
        return ran
      },
    },
  ]

  async function runDue(): Promise<number> {
    const { found, nowMs } = await database.asSteward(sweep, async (tx) => ({
      found: await tx.query<DueOperation>({
        name: 'operations-due',
        text: `select company_id, operation_id, created_by from operations
          where state = 'running' and due_at <= $1 and operation_id <> all($2::uuid[]) order by due_at, operation_id limit ${atOnce}`,
        values: [tx.now, backoff.resting(Date.parse(tx.now))],
      }),
      nowMs: Date.parse(tx.now),
    }))
    const failures: unknown[] = []
    let ran = 0
    for (const due of found) {
      try {
        const caller = systemCaller(due.company_id, runnerName, due.created_by)
        if (await database.inRealmOf(caller, (tx) => runSlice(tx, due.operation_id))) ran += 1
        backoff.succeeded(due.operation_id)
      } catch (error) {
        backoff.failed(due.operation_id, nowMs)
        failures.push(error)
      }
    }
    if (failures.length > 0)
      throw new AggregateError(failures, `${failures.length} of ${found.length} operations failed`)
    return ran
  }
}
