import type { Instant } from './fields.ts'
import { instantOf, normaliseInstant } from './instant.ts'

const withOffset = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,6})?)?(Z|[+-]\d{2}:\d{2})$/
const local = /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2})?)?$/

/**
 * Reads an instant with offset, or a local date or date-time in a time zone; a date is its first moment.
 * A local time that happens twice (clocks set back) means the first; one that is skipped does not exist.
 * @returns null when the text is no time, or none that exists there
 */
export function readTime(text: string, timeZone: string): Instant | null {
  if (withOffset.test(text)) return Number.isNaN(Date.parse(text)) ? null : normaliseInstant(text)
  if (!local.test(text)) return null
  const wanted = Date.parse(`${text.length === 10 ? `${text}T00:00` : text}Z`)
  if (Number.isNaN(wanted) || !new Date(wanted).toISOString().startsWith(text.slice(0, 10))) return null
  const found = [wanted - 86_400_000, wanted + 86_400_000]
    .map((moment) => wanted - offsetMs(moment, timeZone))
    .filter((moment) => moment + offsetMs(moment, timeZone) === wanted)
    .sort((one, other) => one - other)
  const [first] = found
  if (first !== undefined) return instantOf(new Date(first))
  return text.length === 10 ? firstMomentAfter(wanted, timeZone) : null
}

// Some zones set their clocks forward at midnight, so that a date begins at 01:00.
function firstMomentAfter(wanted: number, timeZone: string): Instant {
  return instantOf(new Date(wanted - offsetMs(wanted - 86_400_000, timeZone)))
}

/** A clock of a time zone: what it shows at an instant, `2026-01-31T09:00:00`. */
export function localClock(timeZone: string): (instant: Instant) => string {
  const format = clockFormat(timeZone)
  return (instant) => new Date(shownMs(format, Date.parse(instant))).toISOString().slice(0, 19)
}

function offsetMs(moment: number, timeZone: string): number {
  return shownMs(clockFormat(timeZone), moment) - Math.floor(moment / 1000) * 1000
}

function clockFormat(timeZone: string): Intl.DateTimeFormat {
  return new Intl.DateTimeFormat('en-US', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  })
}

// What the clock shows, as if it were UTC.
function shownMs(format: Intl.DateTimeFormat, moment: number): number {
  const parts = format.formatToParts(moment)
  const read = (type: string) => Number(parts.find((part) => part.type === type)?.value)
  return Date.UTC(read('year'), read('month') - 1, read('day'), read('hour'), read('minute'), read('second'))
}
