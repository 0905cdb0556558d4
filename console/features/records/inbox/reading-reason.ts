import { useCallback, useSyncExternalStore } from 'react'
import { useApi } from '../../../api/company.tsx'

interface GivenReason {
  readonly reason: string
  readonly until: number
}

const hourMs = 3_600_000
// Kept in memory only: whoever loads the console anew says anew why they read.
const given = new Map<string, GivenReason>()
const listeners = new Set<() => void>()

function tell(): void {
  for (const listener of listeners) listener()
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

// A device that slept runs its timers late.
function stillGiven(key: string): string | undefined {
  const one = given.get(key)
  return one && one.until > Date.now() ? one.reason : undefined
}

/** Why this reader reads the contents of a number that is not theirs; asked for again after an hour. */
export interface ReadingReason {
  readonly reason: string | undefined
  give(reason: string): void
  forget(): void
}

export function useReadingReason(numberId: string): ReadingReason {
  const { company } = useApi()
  const key = `${company} ${numberId}`
  const read = useCallback(() => stillGiven(key), [key])
  const reason = useSyncExternalStore(subscribe, read)
  const give = useCallback(
    (words: string) => {
      const until = Date.now() + hourMs
      given.set(key, { reason: words, until })
      window.setTimeout(() => {
        if (given.get(key)?.until === until) given.delete(key)
        tell()
      }, hourMs)
      tell()
    },
    [key],
  )
  const forget = useCallback(() => {
    given.delete(key)
    tell()
  }, [key])
  return { reason, give, forget }
}
