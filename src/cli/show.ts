import { harmless } from './text.ts'

const moments = new Intl.DateTimeFormat('sv-SE', { dateStyle: 'short', timeStyle: 'short' })

/** An instant in the time zone of this machine: `2026-11-22 09:30`. */
export function moment(instant: string | null): string {
  return instant === null ? '' : moments.format(new Date(instant))
}

const clock = new Intl.DateTimeFormat('sv-SE', { timeStyle: 'medium' })

/** An instant to the second; the day is left out where it is that of `now`: `14:32:05`. */
export function secondOf(instant: string, now: Date): string {
  const at = new Date(instant)
  const day = at.toDateString() === now.toDateString() ? '' : `${moment(instant).slice(0, 10)} `
  return `${day}${clock.format(at)}`
}

/** `1,240` */
export function count(items: number): string {
  return items.toLocaleString('en')
}

/** `1 row`, `1,240 rows`; the plural is given where it is not the noun with an s. */
export function counted(items: number, noun: string, plural = `${noun}s`): string {
  return `${count(items)} ${items === 1 ? noun : plural}`
}

/** Lines of `name  value`; what is empty is left out. */
export function facts(pairs: readonly (readonly [string, string | number | null | undefined])[]): string {
  const given = pairs.filter(([, value]) => value !== null && value !== undefined && value !== '')
  const width = Math.max(...given.map(([name]) => name.length))
  return given.map(([name, value]) => `${name.padEnd(width)}  ${harmless(String(value))}`).join('\n')
}
