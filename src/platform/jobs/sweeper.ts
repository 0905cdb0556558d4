/** Work that is found by looking: rows whose time has come, leaves that are not sealed yet. Safe to repeat and to race. */
export interface DueTask {
  readonly name: string
  readonly everyMs: number
  /** Does what is due now; resolves to how much it did. */
  run(): Promise<number>
  /** Listens for a reason to run before its time; returns how to stop listening. */
  wakeOn?(wake: () => void): () => void
}

/** Where failures of background work go. */
export interface FailureLog {
  error(fields: object, message: string): void
}

/**
 * Runs due tasks over and over, each never beside itself; a failure is logged and tried again at the next turn.
 * @returns stops them and waits for what is running
 */
export function startSweeper(tasks: readonly DueTask[], log: FailureLog): () => Promise<void> {
  const stops = tasks.map((task) => startOne(task, log))
  return async () => {
    await Promise.all(stops.map((stop) => stop()))
  }
}

function startOne(task: DueTask, log: FailureLog): () => Promise<void> {
  let stopped = false
  let again = false
  let running: Promise<void> | undefined
  let timer: NodeJS.Timeout | undefined

  async function turn(): Promise<void> {
    do {
      again = false
      await task
        .run()
        .catch((err: unknown) => log.error({ err, task: task.name }, 'a background task failed'))
    } while (again && !stopped)
  }
  function wake(): void {
    if (stopped) return
    if (running !== undefined) {
      again = true
      return
    }
    clearTimeout(timer)
    running = turn().finally(() => {
      running = undefined
      if (!stopped) timer = setTimeout(wake, task.everyMs)
    })
  }
  const unlisten = task.wakeOn?.(wake)
  wake()
  return async () => {
    stopped = true
    unlisten?.()
    clearTimeout(timer)
    await running
  }
}
