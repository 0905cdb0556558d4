import { harmless } from './text.ts'

const moments = new Intl.DateTimeFormat('sv-SE', { dateStyle: 'short', timeStyle: 'short' })

/** An instant in the time zone of this machine: `2026-11-22 09:30`. */
export function moment(instant: string | null): string {
  return instant === null ? '' : moments.format(new Date(instant))
}

/** Lines of `name  value`; what is empty is left out. */
export function facts(pairs: readonly (readonly [string, string | number | null | undefined])[]): string {
  const given = pairs.filter(([, value]) => value !== null && value !== undefined && value !== '')
  const width = Math.max(...given.map(([name]) => name.length))
  return given.map(([name, value]) => `${name.padEnd(width)}  ${harmless(String(value))}`).join('\n')
}
