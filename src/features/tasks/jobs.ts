import { systemCaller } from '../../kernel/caller.ts'
import type { Database } from '../../platform/db/database.ts'
import { createBackoff } from '../../platform/jobs/backoff.ts'
import type { DueTask } from '../../platform/jobs/sweeper.ts'
import { remind } from './service/tell.ts'

const everyMs = 60_000
const remindedAtOnce = 200
const sweep = { kind: 'installation', id: 'sweeper' } as const

interface DueRow {
  readonly company_id: string
  readonly task_id: string
}

/** Reminds of tasks whose reminder is due, each in its company's realm. */
export function taskDueTasks(database: Database): readonly DueTask[] {
  const backoff = createBackoff()

  async function remindDue(): Promise<number> {
    const { found, nowMs } = await database.asSteward(sweep, async (tx) => {
      const now = Date.parse(tx.now)
      const rows = await tx.query<DueRow>({
        text: `select company_id, task_id from tasks
          where next_reminder_at <= $1 and task_id <> all($2::uuid[]) order by next_reminder_at, company_id, task_id limit $3`,
        values: [tx.now, backoff.resting(now), remindedAtOnce],
      })
      return { found: rows, nowMs: now }
    })
    const failures: unknown[] = []
    for (const due of found) {
      try {
        await database.inRealmOf(systemCaller(due.company_id, 'reminders'), (tx) => remind(tx, due.task_id))
        backoff.succeeded(due.task_id)
      } catch (error) {
        backoff.failed(due.task_id, nowMs)
        failures.push(error)
      }
    }
    if (failures.length > 0) throw new AggregateError(failures, `${failures.length} reminders failed`)
    return found.length
  }

  return [{ name: 'tasks.reminders', everyMs, run: remindDue }]
}
