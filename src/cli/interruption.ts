import { exitCode } from './failure.ts'
import { untilStopped } from './running/until-stopped.ts'

/** Aborts at the first Ctrl-C, so that a command can say what goes on without it; a second one ends it at once. */
export function abortOnInterruption(): AbortSignal {
  const interruption = new AbortController()
  void untilStopped(() => process.exit(exitCode.interrupted)).then(() => interruption.abort())
  return interruption.signal
}
