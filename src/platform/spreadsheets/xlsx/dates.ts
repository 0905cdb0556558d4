// Formats that every workbook has without writing them down: ECMA-376 part 1 §18.8.30, with those of Chinese Excel
// (27 to 36 and 50 to 58) and Thai Excel (71 to 81). 46 is a duration.
const builtIn = [
  [14, 22],
  [27, 36],
  [45, 45],
  [47, 47],
  [50, 58],
  [71, 81],
] as const

/** Whether the built-in format shows a date or a time. */
export function isBuiltInDate(format: number): boolean {
  return builtIn.some(([from, to]) => format >= from && format <= to)
}

/** Whether a format shows a date or a time; durations (`[h]:mm`) are numbers. */
export function isDateFormat(format: string): boolean {
  const first =
    format
      .slice(0, 255)
      .replace(/"[^"]*"?|[\\_*]./g, '')
      .split(';')[0] ?? ''
  if (/\[(?:h+|m+|s+)\]/i.test(first)) return false
  return /[ymdhs]|a{3}|g{2,3}e/i.test(first.replace(/\[[^\]]*\]?/g, ''))
}

const secondsPerDay = 86_400
const firstDay1904 = 1462
// 31 December 9999.
const lastDay = 2_958_465
// Excel counts 29 February 1900, which never was; days before it are one nearer to the beginning.
const phantomDay = 60
// Days repeat in a column; to write one down takes as long as to read ten cells.
const knownDays = new Map<number, string>()
const mostKnownDays = 20_000
const epoch = Date.UTC(1899, 11, 30)

/**
 * The date of a serial number: `2024-01-31`, `2024-01-31T08:30:00`, or `08:30:00` below one day; null where a
 * spreadsheet program shows no date.
 */
export function dateText(serial: number, is1904: boolean): string | null {
  const seconds = Math.round(serial * secondsPerDay)
  const day = Math.floor(seconds / secondsPerDay)
  const rest = seconds - day * secondsPerDay
  if (serial < 0) return null
  if (day === 0 && !is1904) return timeText(rest)
  const counted = is1904 ? day + firstDay1904 : day
  if (counted > lastDay) return null
  const text = dayText(counted)
  return rest === 0 ? text : `${text}T${timeText(rest)}`
}

function dayText(counted: number): string {
  if (counted === phantomDay) return '1900-02-29'
  const found = knownDays.get(counted)
  if (found !== undefined) return found
  const day = counted < phantomDay ? counted + 1 : counted
  const text = new Date(epoch + day * secondsPerDay * 1000).toISOString().slice(0, 10)
  if (knownDays.size >= mostKnownDays) knownDays.clear()
  knownDays.set(counted, text)
  return text
}

function timeText(seconds: number): string {
  const two = (value: number) => String(value).padStart(2, '0')
  return `${two(Math.floor(seconds / 3600))}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`
}

/** A date as ISO 8601 in the form that cells have; null when it is none. */
export function isoDateText(text: string): string | null {
  const found = /^(\d{4}-\d{2}-\d{2})(?:T(\d{2}:\d{2}:\d{2})(?:\.\d+)?Z?)?$/.exec(text)
  if (found === null) return /^\d{2}:\d{2}:\d{2}$/.test(text) ? text : null
  const [, day = '', time] = found
  return time === undefined || time === '00:00:00' ? day : `${day}T${time}`
}
