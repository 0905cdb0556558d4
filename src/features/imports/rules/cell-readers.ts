import type { CellValue, DepartmentPath, Reading, ReadingKind } from '../model/column.ts'
import {
  hasControls,
  hasFullWidth,
  hasUnusual,
  hasUnusualInCode,
  toHalfWidth,
  withoutSpaces,
  withoutUnusual,
} from './characters.ts'
import { choiceOf, yesOrNo } from './choices.ts'
import { readPaths } from './department-paths.ts'
import { digitsOfText } from './digits.ts'
import { type CellInput, type CellReader, fail } from './read-context.ts'
import { fromSerial } from './times.ts'

type ReadingOf<Kind extends ReadingKind> = Extract<Reading, { kind: Kind }>
type Readers = {
  readonly [Kind in ReadingKind]: (input: CellInput, reads: ReadingOf<Kind>) => CellValue | undefined
}

const staffCode = /^[\p{L}\p{N}][\p{L}\p{N}._@-]*$/u
const email =
  /^(?:[A-Za-z0-9_'+-]+\.)*[A-Za-z0-9_'+-]*[A-Za-z0-9_+-]@(?:[A-Za-z0-9][A-Za-z0-9-]*\.)+[A-Za-z]{2,}$/
const sipUri =
  /^sips?:(?:(?:[\w.!~*'()&=+$,;/-]|%(?![01]|7f)[\da-f]{2})+@)?(?:[a-z\d](?:[a-z\d.-]*[a-z\d])?|\[[\da-f:.]+\])(?::\d{1,5})?(?:;[\w.!~*'()/:&+$[\]-]+(?:=[\w.!~*'()/:&+$[\]-]+)?)*$/i
const webAddress = /^https?:\/\/[^\s/$.?#][^\s]*$/i
const quoted = /"(?:[^"]|"")*"/g
const fewestDigits = 7

const readers: Readers = {
  text: (input, { max }) => readText(input, max, false),
  paragraph: (input, { max }) => readText(input, max, true),
  staff_code: readStaffCode,
  phone: readPhone,
  email: (input, { max }) => readEmail(input, max),
  destination: (input, { max }) => readDestination(input, max),
  departments: readDepartments,
  department_ids: readDepartmentIds,
  flags: readFlags,
  choice: (input, { choices }) => readPlain(input, (text) => choiceOf(choices, text), 'choice_unknown'),
  yes_no: (input) => readPlain(input, yesOrNo, 'choice_unknown'),
  integer: readInteger,
  instant: readInstant,
  url: (input, { max }) => {
    if (input.text.length > max) return tooLong(input, input.text, max)
    return readPlain(input, (text) => (webAddress.test(text) ? text : undefined), 'link_invalid')
  },
}

/** The reader of a column, by how the column says that it is read. */
export function readerOf(reads: Reading): CellReader {
  // Each reader takes the readings of its own kind, which is the kind it stands under.
  const reader = readers[reads.kind] as (input: CellInput, reads: Reading) => CellValue | undefined
  return (input) => reader(input, reads)
}

function readText(input: CellInput, max: number, isParagraph: boolean): string | undefined {
  const { text } = input
  if (hasControls(text, isParagraph)) {
    return fail(input, 'hidden_characters', { suggestion: withoutUnusual(text, isParagraph) })
  }
  const value = text.trim()
  if (hasUnusual(text)) {
    const suggestion = withoutUnusual(text, isParagraph)
    fail(input, 'unusual_spaces', { suggestion })
    if (value === '') return undefined
  }
  return value.length > max ? tooLong(input, value, max) : value
}

function tooLong(input: CellInput, text: string, max: number): undefined {
  return fail(input, 'too_long', { params: { length: text.length, max } })
}

/** Whether a word of letters and digits has what a spreadsheet or a web page did to it; if so, that is noted. */
function isDamaged(input: CellInput): boolean {
  const { text } = input
  if (hasUnusualInCode(text))
    fail(input, 'hidden_characters', { suggestion: toHalfWidth(withoutSpaces(text)) })
  else if (hasFullWidth(text)) fail(input, 'full_width', { suggestion: toHalfWidth(text) })
  else return false
  return true
}

/** Whether the digits of a text are in scientific notation; if so, that is noted. */
function isScientific(input: CellInput): boolean {
  const digits = digitsOfText(input.text)
  if (digits === null || digits.kind === 'plain') return false
  if (digits.kind === 'lost') fail(input, 'digits_lost')
  else fail(input, 'scientific', { suggestion: digits.text })
  return true
}

function readPlain<Value extends CellValue>(
  input: CellInput,
  read: (text: string) => Value | undefined,
  code: string,
): Value | undefined {
  const value = read(input.text)
  if (value !== undefined) return value
  return isDamaged(input) ? undefined : fail(input, code)
}

function readStaffCode(input: CellInput, { max, renames }: ReadingOf<'staff_code'>): string | undefined {
  const { text } = input
  // A code may well be 1E5; with a sign, as programs write it, none is.
  if (isDamaged(input) || (text.includes('+') && isScientific(input))) return undefined
  const codes = renames ? text.split(':') : [text]
  if (codes.length > 2 || !codes.every((code) => staffCode.test(code)))
    return fail(input, 'staff_code_invalid')
  const longest = codes.find((code) => code.length > max)
  return longest === undefined ? text : tooLong(input, longest, max)
}

function readPhone(input: CellInput): string | undefined {
  const { text, context } = input
  if (isDamaged(input) || isScientific(input)) return undefined
  const country = context.options.defaultCountry
  const digits = /^\d+$/.test(text) && text.length >= fewestDigits ? text : null
  const phone = context.parsePhone(text, country)
  if (phone && (digits === null || phone.e164 !== `+${digits}`)) return phone.e164
  if (digits !== null && context.parsePhone(`+${digits}`, country)) {
    return fail(input, 'phone_lost_plus', { suggestion: `+${digits}` })
  }
  if (digits !== null && input.isNumber && context.parsePhone(`0${digits}`, country)) {
    return fail(input, 'leading_zero_lost', { suggestion: `0${digits}` })
  }
  return fail(input, 'phone_invalid')
}

function readEmail(input: CellInput, max: number): string | undefined {
  const { text } = input
  if (text.length > max) return tooLong(input, text, max)
  if (email.test(text)) {
    const lower = text.toLowerCase()
    if (lower !== text) fail(input, 'email_uppercase', { suggestion: lower })
    return lower
  }
  if (isDamaged(input)) return undefined
  const meant = withoutSpaces(text)
    .replace(/[。、]/g, '.')
    .replace(/^mailto:|[;,.]+$/gi, '')
    .replace(/^.*<([^<>]+)>$/, '$1')
  if (meant !== text && email.test(meant)) return fail(input, 'email_marks', { suggestion: meant })
  return fail(input, 'email_invalid')
}

function readDestination(input: CellInput, max: number): string | undefined {
  const { text } = input
  if (/^sips?:/i.test(text)) {
    if (text.length > max) return tooLong(input, text, max)
    return readPlain(input, (one) => (sipUri.test(one) ? one : undefined), 'destination_invalid')
  }
  const before = input.problems.length
  const phone = readPhone(input)
  if (phone !== undefined) return phone
  const last = input.problems.at(-1)
  if (input.problems.length > before && last?.code === 'phone_invalid') {
    input.problems[input.problems.length - 1] = { ...last, code: 'destination_invalid' }
  }
  return undefined
}

function readDepartments(input: CellInput, reads: ReadingOf<'departments'>): CellValue | undefined {
  const { text } = input
  const bare = text.includes('"') ? text.replace(quoted, '') : text
  if (hasUnusual(bare)) {
    const lines = text.split(/\r\n|\n/).map((line) => withoutUnusual(line))
    return fail(input, 'hidden_characters', { suggestion: lines.join('\n') })
  }
  let read = input.paths.get(text)
  if (!read) {
    read = readPaths(text)
    input.paths.set(text, read)
  }
  if (read.kind === 'paths') return checkPaths(input, reads, read.paths)
  if (read.kind === 'open_quote') return fail(input, 'department_quote_open')
  if (read.kind === 'untidy') return fail(input, 'departments_untidy', { suggestion: read.suggestion })
  const mark = read.mark.trim() === '' ? '↵' : read.mark
  return fail(input, 'departments_separator', { params: { mark }, suggestion: read.suggestion })
}

function checkPaths(
  input: CellInput,
  reads: ReadingOf<'departments'>,
  paths: readonly DepartmentPath[],
): CellValue | undefined {
  if (paths.length > reads.most) return tooLong(input, input.text, reads.most)
  const deepest = Math.max(...paths.map(({ names }) => names.length))
  if (deepest > reads.mostLevels) {
    return fail(input, 'department_too_deep', { params: { levels: deepest, max: reads.mostLevels } })
  }
  for (const name of paths.flatMap(({ names }) => names)) {
    if (name.length > reads.max) return tooLong(input, name, reads.max)
    const most = mostForWecom(name, reads.wecomMax)
    if (name.length > most) fail(input, 'department_name_long', { params: { value: name, max: most } })
  }
  return paths
}

function mostForWecom(name: string, max: number | null): number {
  if (max === null) return Number.POSITIVE_INFINITY
  return /^[ -~]*$/.test(name) ? max * 2 : max
}

function readDepartmentIds(input: CellInput, { most }: ReadingOf<'department_ids'>): CellValue | undefined {
  const { text } = input
  if (!/^\d{1,12}(?:[;；]\d{1,12})*[;；]?$/.test(text)) {
    return isDamaged(input) ? undefined : fail(input, 'department_ids_invalid')
  }
  const ids = [...new Set(text.split(/[;；]/).filter((id) => id !== ''))]
  return ids.length > most ? tooLong(input, text, most) : ids
}

function readFlags(input: CellInput, { most }: ReadingOf<'flags'>): CellValue | undefined {
  const { text } = input
  if (!/^[01](?:[;；][01])*[;；]?$/.test(text))
    return isDamaged(input) ? undefined : fail(input, 'flags_invalid')
  const flags = text.split(/[;；]/).filter((flag) => flag !== '')
  return flags.length > most ? fail(input, 'flags_invalid') : flags.map((flag) => flag === '1')
}

function readInteger(input: CellInput, { min, max }: ReadingOf<'integer'>): number | undefined {
  const { text } = input
  const value = Number(text)
  if (/^-?\d{1,15}$/.test(text) && value >= min && value <= max) return value
  if (isDamaged(input)) return undefined
  return fail(input, 'not_a_whole_number', { params: { min, max } })
}

function readInstant(input: CellInput): string | undefined {
  const { text } = input
  const instant = input.times.read(text)
  if (instant !== null) return instant
  const local = /^\d{5}(?:\.\d+)?$/.test(text) ? fromSerial(Number(text)) : null
  if (local !== null) return fail(input, 'date_serial', { suggestion: local })
  return isDamaged(input) ? undefined : fail(input, 'time_unreadable')
}
