/** Remembers which due rows failed lately, so that they rest and do not keep the others waiting. */
export interface Backoff {
  /** The rows that are not to be tried yet at this moment, in milliseconds since 1970. */
  resting(nowMs: number): string[]
  /** @returns how often in a row it has failed by now */
  failed(id: string, nowMs: number): number
  succeeded(id: string): void
}

interface Rest {
  readonly failures: number
  readonly untilMs: number
}

const firstRestMs = 1_000
const longestRestMs = 600_000

/** Each failure in a row doubles the rest, from one second to ten minutes; kept in this process only. */
export function createBackoff(): Backoff {
  const rests = new Map<string, Rest>()
  return {
    resting(nowMs) {
      // What was not tried for so long is no longer due: someone else has done it.
      for (const [id, rest] of rests) if (rest.untilMs + longestRestMs < nowMs) rests.delete(id)
      return [...rests].filter(([, rest]) => rest.untilMs > nowMs).map(([id]) => id)
    },
    failed(id, nowMs) {
      const failures = (rests.get(id)?.failures ?? 0) + 1
      const restMs = Math.min(firstRestMs * 2 ** (failures - 1), longestRestMs)
      rests.set(id, { failures, untilMs: nowMs + restMs })
      return failures
    },
    succeeded: (id) => void rests.delete(id),
  }
}
