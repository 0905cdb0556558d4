import type { Database } from '../../platform/db/database.ts'
import { createBackoff } from '../../platform/jobs/backoff.ts'
import type { DueTask } from '../../platform/jobs/sweeper.ts'
import { type DueParts, eraseDueAccounts, eraseFormerMembers, tellOfCancelled } from './service/due.ts'

const everyMs = 5_000

/** Erases accounts whose time has come and what companies have of their persons, and tells who kept an account. */
export function deletionDueTasks(
  parts: Omit<DueParts, 'backoff'> & { readonly database: Database },
): readonly DueTask[] {
  const accounts = createBackoff()
  const members = createBackoff()
  return [
    { name: 'deletions.due', everyMs, run: () => eraseDueAccounts({ ...parts, backoff: accounts }) },
    { name: 'deletions.members', everyMs, run: () => eraseFormerMembers({ ...parts, backoff: members }) },
    { name: 'deletions.cancelled', everyMs, run: () => tellOfCancelled(parts) },
  ]
}
