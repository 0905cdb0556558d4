import { addHours, instantOf } from '../../../kernel/instant.ts'
import type { Clock } from '../../../platform/clock/clock.ts'
import type { ReceivedFiles } from '../../../platform/files/received-files.ts'

export interface LeftFileParts {
  readonly receivedFiles: ReceivedFiles
  readonly clock: Clock
}

// Receiving and reading a file takes a minute or two at most.
const leftAfterHours = 1

/** Drops files that nobody can be reading any more; resolves to how many it were. */
export function dropLeftFiles({ receivedFiles, clock }: LeftFileParts): Promise<number> {
  return receivedFiles.dropLeft(new Date(addHours(instantOf(clock.now()), -leftAfterHours)))
}
