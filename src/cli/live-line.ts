import { clip } from './text.ts'

export interface LiveLineOptions {
  /** Whether anybody is to see it. */
  readonly isWanted: boolean
  /** A terminal, where one line is rewritten; elsewhere there is a line every few seconds. */
  readonly isTerminal: boolean
}

/** Tells how far some work is, on standard error. */
export interface LiveLine {
  show(text: string): void
  /** Takes the line away from a terminal again. */
  clear(): void
}

const everyMs = 5_000

export function createLiveLine({ isWanted, isTerminal }: LiveLineOptions): LiveLine {
  let last = Number.NEGATIVE_INFINITY
  let isShown = false
  return {
    show(text) {
      if (!isWanted) return
      if (isTerminal) {
        // The last column stays free: some terminals begin a new line there.
        process.stderr.write(`\r\u001b[K${clip(text, (process.stderr.columns ?? 80) - 1)}`)
        isShown = true
      } else if (performance.now() - last >= everyMs) {
        last = performance.now()
        process.stderr.write(`${text}\n`)
      }
    },
    clear() {
      if (isShown) process.stderr.write('\r\u001b[K')
      isShown = false
    },
  }
}
