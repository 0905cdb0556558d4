import { ApiProblem, unreachableCode } from './problem.ts'

/** The idempotency key of what is sent, for as long as nobody knows whether it was done (ALL-4). */
export interface RetryKey {
  /** The key to send these words with. */
  for(words: string): string
  /** Notes what became of them; null where they were answered well. */
  settle(words: string, error: unknown): void
}

// Whoever sends the same words much later has looked meanwhile, and wants them done again.
const keptMs = 600_000

/** Makes sure that the same words sent again after no answer came are done once. */
export function createRetryKey(now: () => number, newKey: () => string): RetryKey {
  let unanswered: { readonly words: string; readonly key: string; readonly since: number } | null = null
  return {
    for(words) {
      const isAgain = unanswered?.words === words && now() - unanswered.since < keptMs
      if (!isAgain || unanswered === null) unanswered = { words, key: newKey(), since: now() }
      return unanswered.key
    },
    settle(words, error) {
      if (unanswered?.words === words && !isUnanswered(error)) unanswered = null
    },
  }
}

// 502 and 504 come from a proxy that heard nothing from Baton.
const unansweredStatuses: readonly number[] = [502, 503, 504]

function isUnanswered(error: unknown): boolean {
  return (
    error instanceof ApiProblem &&
    (error.code === unreachableCode || unansweredStatuses.includes(error.status))
  )
}
