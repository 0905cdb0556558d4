import type { Instant } from '../../../kernel/fields.ts'

/** Whole minutes between two instants, as messages say them. */
export function minutesBetween(from: Instant, to: Instant): string {
  return String(Math.round((new Date(to).getTime() - new Date(from).getTime()) / 60_000))
}

/** An instant as messages say it: `2026-11-25 16:05 UTC`. */
export function inUtc(instant: Instant): string {
  return `${instant.slice(0, 10)} ${instant.slice(11, 16)} UTC`
}
