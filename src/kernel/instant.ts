import type { Instant } from './fields.ts'

const minuteMilliseconds = 60_000

/** Writes an instant with six fractional digits in UTC, so that instants compare as strings. */
export function instantOf(date: Date): Instant {
  return `${date.toISOString().slice(0, -1)}000Z`
}

/** Brings any ISO instant with offset to the comparable form, keeping microseconds. */
export function normaliseInstant(text: string): Instant {
  const fraction = /\.(\d+)/.exec(text)?.[1] ?? ''
  const whole = new Date(text.replace(/\.\d+/, ''))
  return `${whole.toISOString().slice(0, 19)}.${fraction.slice(0, 6).padEnd(6, '0')}Z`
}

export function addMinutes(instant: Instant, minutes: number): Instant {
  return shift(instant, minutes * minuteMilliseconds)
}

export function addHours(instant: Instant, hours: number): Instant {
  return shift(instant, hours * 60 * minuteMilliseconds)
}

function shift(instant: Instant, milliseconds: number): Instant {
  const moved = new Date(new Date(instant).getTime() + milliseconds).toISOString()
  return `${moved.slice(0, 23)}${instant.slice(23)}`
}

/** The next instant that PostgreSQL can tell apart: one microsecond later. */
export function nextMicrosecond(instant: Instant): Instant {
  const micros = Number(instant.slice(20, 26)) + 1
  if (micros < 1_000_000) return `${instant.slice(0, 20)}${String(micros).padStart(6, '0')}Z`
  const second = new Date(new Date(`${instant.slice(0, 19)}Z`).getTime() + 1000)
  return `${second.toISOString().slice(0, 19)}.000000Z`
}

export function laterOf(one: Instant, other: Instant): Instant {
  return one > other ? one : other
}
