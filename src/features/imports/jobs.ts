import type { DueTask } from '../../platform/jobs/sweeper.ts'
import { dropLeftFiles, type LeftFileParts } from './service/left-files.ts'

/** Takes away the files that a crash has left behind in the middle of being read. */
export function importDueTasks(parts: LeftFileParts): readonly DueTask[] {
  return [{ name: 'imports.left-files', everyMs: 600_000, run: () => dropLeftFiles(parts) }]
}
