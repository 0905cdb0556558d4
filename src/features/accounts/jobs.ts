import type { Database } from '../../platform/db/database.ts'
import { forgetOldKeys } from '../../platform/http/idempotency.ts'
import type { DueTask } from '../../platform/jobs/sweeper.ts'
import { forgetExpired } from './store.ts'

const everyMs = 600_000
const caller = { kind: 'installation', id: 'sweeper' } as const

/**
 * Forgets what nobody can use any more: answers kept for repeated writes (ALL-4, after 24 h), sessions, sign-in links
 * and counted failures.
 */
export function accountDueTasks(database: Database): readonly DueTask[] {
  return [
    {
      name: 'accounts.expired',
      everyMs,
      run: () =>
        database.asSteward(caller, async (tx) => (await forgetOldKeys(tx)) + (await forgetExpired(tx))),
    },
  ]
}
