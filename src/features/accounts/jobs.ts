import type { Database } from '../../platform/db/database.ts'
import type { DueTask } from '../../platform/jobs/sweeper.ts'
import { forgetExpiredAccess } from './service/forget.ts'

const everyMs = 600_000
const caller = { kind: 'installation', id: 'sweeper' } as const

/** Forgets sessions, sign-in links and counted failures that nobody can use any more. */
export function accountDueTasks(database: Database): readonly DueTask[] {
  return [{ name: 'accounts.expired', everyMs, run: () => database.asSteward(caller, forgetExpiredAccess) }]
}
