const sameSignalMs = 500

/**
 * Resolves when the process is asked to stop (Ctrl-C, SIGTERM, a closed terminal). A second request calls `force`; npm
 * passes on a Ctrl-C that the terminal has sent already, so two in quick succession count as one.
 */
export function untilStopped(force: () => void): Promise<NodeJS.Signals> {
  return new Promise((resolve) => {
    let first: number | undefined
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
      process.on(signal, () => {
        if (first === undefined) {
          first = performance.now()
          resolve(signal)
        } else if (performance.now() - first > sameSignalMs) force()
      })
    }
  })
}
