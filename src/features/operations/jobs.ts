import type { Announcer } from '../../platform/db/announce.ts'
import type { Database } from '../../platform/db/database.ts'
import { createSliceRunner } from '../../platform/jobs/due-slices.ts'
import type { DueTask } from '../../platform/jobs/sweeper.ts'
import { runSlice } from './service/run-slice.ts'

/** Runs the slices of operations that are due. */
export function operationDueTasks(parts: {
  readonly database: Database
  readonly announcer: Announcer
}): readonly DueTask[] {
  return [
    createSliceRunner(parts, {
      name: 'operations.run',
      things: 'operations',
      wakesOn: 'operations-due',
      due: `select company_id, operation_id as work_id, created_by as decided_by from operations
        where state = 'running' and due_at <= $1 and operation_id <> all($2::uuid[]) order by due_at, operation_id`,
      runSlice,
    }),
  ]
}
