import type { Instant } from '../../kernel/fields.ts'
import { instantOf } from '../../kernel/instant.ts'
import { readTime } from '../../kernel/time-zone.ts'

/** Days counted back from today, in the company's time zone; those below 0 are still to come. */
export interface Calendar {
  readonly now: Instant
  /** @param time hours, minutes and perhaps seconds of the day, `09:30` */
  at(daysAgo: number, time: string): Instant
}

const dayMs = 86_400_000

export function createCalendar(now: Instant, timeZone: string): Calendar {
  const today = Date.parse(new Intl.DateTimeFormat('sv-SE', { timeZone }).format(new Date(now)))
  const beginnings = new Map<number, number>()
  function beginningOf(daysAgo: number): number {
    const known = beginnings.get(daysAgo)
    if (known !== undefined) return known
    const date = new Date(today - daysAgo * dayMs).toISOString().slice(0, 10)
    const begins = Date.parse(readTime(date, timeZone) ?? `${date}T00:00:00Z`)
    beginnings.set(daysAgo, begins)
    return begins
  }
  return {
    now,
    at(daysAgo, time) {
      const [hours = 0, minutes = 0, seconds = 0] = time.split(':').map(Number)
      return instantOf(new Date(beginningOf(daysAgo) + ((hours * 60 + minutes) * 60 + seconds) * 1000))
    },
  }
}
