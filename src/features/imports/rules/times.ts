import { readTime } from '../../../kernel/time-zone.ts'

const withOffset = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,6})?)?(Z|[+-]\d{2}:\d{2})$/
const written =
  /^(\d{4})(?:[-/.]|\s?年\s?)(\d{1,2})(?:[-/.]|\s?月\s?)(\d{1,2})(?:\s?日)?(?:[T ]{1,2}(\d{1,2})(?::|\s?时\s?)(\d{2})(?:\s?分|:(\d{2})(?:\.0+)?|\s?分\s?(\d{1,2})\s?秒)?)?$/
const dayMs = 86_400_000
// Of 1900: what spreadsheet programs count days from, with the leap day that never was.
const epochMs = Date.UTC(1899, 11, 30)
// 1954 to 2119: below and above it is some other number.
const firstSerial = 20_000
const lastSerial = 80_000

/** A date as spreadsheet programs count them, as local time; null for any other number. */
export function fromSerial(serial: number): string | null {
  if (!(serial >= firstSerial && serial <= lastSerial)) return null
  const moment = new Date(epochMs + Math.round(serial * 86_400) * 1000).toISOString()
  return moment.endsWith('T00:00:00.000Z') ? moment.slice(0, 10) : moment.slice(0, 19).replace('T', ' ')
}

/** Reads times of one zone; days without a change of the clocks are reckoned once. */
export interface TimeReader {
  read(text: string): string | null
}

/** A reader of instants with offset and of local times in every order that has one meaning only. */
export function timeReader(timeZone: string): TimeReader {
  const offsets = new Map<string, number | null>()
  return { read }

  function read(text: string): string | null {
    if (withOffset.test(text)) return readTime(text, timeZone)
    const local = localOf(text)
    if (local === null) return null
    const day = local.slice(0, 10)
    let offset = offsets.get(day)
    if (offset === undefined) {
      offset = offsetOfDay(day, timeZone)
      offsets.set(day, offset)
    }
    if (offset === null) return readTime(local, timeZone)
    const moment = new Date(Date.parse(`${local.length === 10 ? `${local}T00:00` : local}Z`) - offset)
    return `${moment.toISOString().slice(0, -1)}000Z`
  }
}

/** `2026-01-31` or `2026-01-31T09:00:00`; null for what is no such time. */
function localOf(text: string): string | null {
  const found = written.exec(text)
  if (!found) return null
  const [, year = '', month = '', day = '', hour, minute = '00', second, chineseSecond] = found
  const date = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`
  const isDay =
    Number(month) >= 1 && Number(month) <= 12 && Number(day) >= 1 && Number(day) <= daysIn(year, month)
  if (!isDay) return null
  if (hour === undefined) return date
  const seconds = (second ?? chineseSecond ?? '0').padStart(2, '0')
  if (Number(hour) > 23 || Number(minute) > 59 || Number(seconds) > 59) return null
  return `${date}T${hour.padStart(2, '0')}:${minute}:${seconds}`
}

function daysIn(year: string, month: string): number {
  return new Date(Date.UTC(Number(year), Number(month), 0)).getUTCDate()
}

/** Null when the clocks change around that day. */
function offsetOfDay(day: string, timeZone: string): number | null {
  const noon = Date.parse(`${day}T12:00Z`)
  const [before, after] = [noon - 2 * dayMs, noon + 2 * dayMs].map((moment) => {
    const instant = readTime(new Date(moment).toISOString().slice(0, 16), timeZone)
    return instant === null ? null : moment - Date.parse(instant)
  })
  return before === after ? (before ?? null) : null
}
