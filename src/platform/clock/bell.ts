/** Lets one waiter sleep until something happens; a ring before the wait is not lost. */
export interface Bell {
  ring(): void
  /** Waits for a ring, at most `withinMs`; `signal` ends the wait. */
  heard(withinMs: number, signal: AbortSignal): Promise<'rung' | 'quiet' | 'aborted'>
}

export function createBell(): Bell {
  let rung = false
  let wake: (() => void) | undefined

  function sleep(withinMs: number, signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      function finish(): void {
        clearTimeout(timer)
        signal.removeEventListener('abort', finish)
        wake = undefined
        resolve()
      }
      const timer = setTimeout(finish, withinMs)
      signal.addEventListener('abort', finish)
      wake = finish
    })
  }

  return {
    ring() {
      rung = true
      wake?.()
    },
    async heard(withinMs, signal) {
      if (!rung && !signal.aborted) await sleep(withinMs, signal)
      if (signal.aborted) return 'aborted'
      const answer = rung ? 'rung' : 'quiet'
      rung = false
      return answer
    },
  }
}

/** Gathers bursts: `work` runs once, `afterMs` after the first call of a burst. */
export function gather(
  afterMs: number,
  work: () => void,
): { readonly call: () => void; readonly cancel: () => void } {
  let timer: NodeJS.Timeout | undefined
  return {
    call() {
      timer ??= setTimeout(() => {
        timer = undefined
        work()
      }, afterMs)
    },
    cancel() {
      clearTimeout(timer)
      timer = undefined
    },
  }
}
