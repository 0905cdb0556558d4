import { type Language, usePreferences, useTimeZone } from './preferences.ts'

const minuteMs = 60_000
const hourMs = 60 * minuteMs
const dayMs = 24 * hourMs

/** Writes dates, numbers and durations in the reader's language and time zone. */
export interface Format {
  /** `22 Nov 2026, 14:32` */
  dateTime(instant: string): string
  /** With seconds and the name of the time zone, where it has to be exact. */
  exact(instant: string): string
  date(instant: string): string
  /** `14:32` */
  time(instant: string): string
  /** `in 5 minutes`, `3 days ago` */
  relative(instant: string, now?: number): string
  number(value: number): string
  percent(share: number): string
  bytes(count: number): string
  /** `3:07` of seconds */
  duration(seconds: number): string
  list(words: readonly string[]): string
  /** Sentences after one another: Chinese has no space between them. */
  sentences(...sentences: readonly string[]): string
  readonly language: Language
  readonly timeZone: string
}

/** The formatters for who is reading now. */
export function useFormat(): Format {
  const { language } = usePreferences()
  return formatOf(language, useTimeZone())
}

const made = new Map<string, Format>()

// Each row of a list asks, and formatters are slow to make.
function formatOf(language: Language, timeZone: string): Format {
  const key = `${language} ${timeZone}`
  const known = made.get(key) ?? createFormat(language, timeZone)
  made.set(key, known)
  return known
}

export function createFormat(language: Language, timeZone: string): Format {
  const locale = language === 'en' ? 'en-GB' : language
  const dates = (options: Intl.DateTimeFormatOptions) => {
    const format = new Intl.DateTimeFormat(locale, { timeZone, hourCycle: 'h23', ...options })
    return (instant: string) => format.format(new Date(instant))
  }
  const toTheSecond = dates({
    year: 'numeric',
    month: 'short',
    day: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  })
  // Beside a time, Chinese would put the zone before it.
  const zones = new Intl.DateTimeFormat(locale, { timeZone, timeZoneName: 'short' })
  const zoneOf = (instant: string) =>
    zones.formatToParts(new Date(instant)).find(({ type }) => type === 'timeZoneName')?.value ?? timeZone
  const numbers = new Intl.NumberFormat(locale)
  const relatives = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' })
  return {
    dateTime: dates({ dateStyle: 'medium', timeStyle: 'short' }),
    exact: (instant) => `${toTheSecond(instant)} ${zoneOf(instant)}`,
    date: dates({ dateStyle: 'medium' }),
    time: dates({ timeStyle: 'short' }),
    relative: (instant, now = Date.now()) => relative(relatives, Date.parse(instant) - now),
    number: (value) => numbers.format(value),
    percent: (share) => new Intl.NumberFormat(locale, { style: 'percent' }).format(share),
    bytes: (count) => bytes(locale, count),
    duration: (seconds) => `${Math.floor(seconds / 60)}:${String(Math.floor(seconds % 60)).padStart(2, '0')}`,
    list: (words) => new Intl.ListFormat(locale).format(words),
    sentences: (...sentences) => sentences.filter(Boolean).join(language === 'en' ? ' ' : ''),
    language,
    timeZone,
  }
}

function relative(format: Intl.RelativeTimeFormat, difference: number): string {
  const size = Math.abs(difference)
  if (size < minuteMs) return format.format(Math.round(difference / 1000), 'second')
  if (size < hourMs) return format.format(Math.round(difference / minuteMs), 'minute')
  if (size < dayMs) return format.format(Math.round(difference / hourMs), 'hour')
  if (size < 60 * dayMs) return format.format(Math.round(difference / dayMs), 'day')
  if (size < 730 * dayMs) return format.format(Math.round(difference / (30.44 * dayMs)), 'month')
  return format.format(Math.round(difference / (365.25 * dayMs)), 'year')
}

function bytes(locale: string, count: number): string {
  const units = ['byte', 'kilobyte', 'megabyte', 'gigabyte'] as const
  const power = Math.min(units.length - 1, Math.floor(Math.log10(Math.max(1, count)) / 3))
  return new Intl.NumberFormat(locale, {
    style: 'unit',
    unit: units[power] ?? 'byte',
    unitDisplay: 'short',
    maximumFractionDigits: 1,
  }).format(count / 1000 ** power)
}
