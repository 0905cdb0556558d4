import type { Announcer } from '../../platform/db/announce.ts'
import type { Database } from '../../platform/db/database.ts'
import { createSliceRunner } from '../../platform/jobs/due-slices.ts'
import type { DueTask } from '../../platform/jobs/sweeper.ts'
import { freeStuck } from './service/free-stuck.ts'
import { runSlice } from './service/run-slice.ts'

/** Runs the slices of handovers that are due: their start, run, undo and end (HAN-4). */
export function handoverDueTasks(parts: {
  readonly database: Database
  readonly announcer: Announcer
}): readonly DueTask[] {
  return [
    createSliceRunner(parts, {
      name: 'handovers.run',
      things: 'handovers',
      wakesOn: 'handovers-due',
      due: `select company_id, handover_id as work_id, coalesce(undo_by, ordered_by, planned_by) as decided_by from handovers
        where due_at <= $1 and handover_id <> all($2::uuid[]) order by due_at, handover_id`,
      runSlice: (tx, handoverId) => runSlice(tx, handoverId),
      freeStuck,
    }),
  ]
}
