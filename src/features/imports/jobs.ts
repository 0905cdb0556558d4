import type { Database } from '../../platform/db/database.ts'
import type { DueTask } from '../../platform/jobs/sweeper.ts'
import { clearEndedRows } from './service/clear-rows.ts'
import { dropLeftFiles, type LeftFileParts } from './service/left-files.ts'

const everyMs = 600_000
const caller = { kind: 'installation', id: 'sweeper' } as const

/** Takes away the files that a crash has left behind in the middle of being read, and the rows of imports long past. */
export function importDueTasks(parts: LeftFileParts & { readonly database: Database }): readonly DueTask[] {
  return [
    { name: 'imports.left-files', everyMs, run: () => dropLeftFiles(parts) },
    { name: 'imports.old-rows', everyMs, run: () => parts.database.asSteward(caller, clearEndedRows) },
  ]
}
