import type { Database } from '../../platform/db/database.ts'
import type { DueTask } from '../../platform/jobs/sweeper.ts'
import { forgetOldInvitations } from './service/forget.ts'

const everyMs = 3_600_000
const caller = { kind: 'installation', id: 'sweeper' } as const

/** Forgets where invitations went that nobody answered. */
export function invitationDueTasks(database: Database): readonly DueTask[] {
  return [{ name: 'invitations.old', everyMs, run: () => database.asSteward(caller, forgetOldInvitations) }]
}
