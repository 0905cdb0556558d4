import type { Format } from './format.ts'

const instant = /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z/g
const e164 = /\+[1-9]\d{6,14}\b/g

/** A text of the API for reading: times in the reader's zone, numbers grouped. */
export function readable(
  text: string,
  format: Pick<Format, 'dateTime'>,
  phone: (e164: string) => string,
): string {
  return text.replace(instant, (at) => format.dateTime(at)).replace(e164, (number) => phone(number))
}
