/** What a sort key of a list is; keys of another form never reach the database. */
export type CursorKey = 'text' | 'id' | 'instant' | 'number'

const maxCursorCharacters = 500

const formOf: Readonly<Record<CursorKey, RegExp>> = {
  text: /^[^\0]*$/,
  id: /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/,
  instant: /^(?!0000)\d{4}-[01]\d-[0-3]\dT[0-2]\d:[0-5]\d:[0-5]\d\.\d{6}Z$/,
  number: /^-?\d{1,15}$/,
}

/**
 * Writes the place after an entry as an opaque text, bound to one list and its order.
 * @param list names the list with its order, e.g. `members:-createdAt`
 * @param keys the sort keys of the entry as text, the unique one last
 */
export function encodeCursor(list: string, keys: readonly string[]): string {
  return toBase64Url(JSON.stringify([list, ...keys]))
}

/**
 * Reads a cursor back; null when it is not one of this list or its keys have another form. Callers answer null with
 * `page.cursor_invalid`.
 */
export function decodeCursor(list: string, text: string, forms: readonly CursorKey[]): string[] | null {
  if (text.length > maxCursorCharacters) return null
  const parsed = parse(text)
  if (!Array.isArray(parsed) || parsed.length !== forms.length + 1 || parsed[0] !== list) return null
  const keys: string[] = []
  for (const [index, form] of forms.entries()) {
    const key: unknown = parsed[index + 1]
    if (typeof key !== 'string' || !isOfForm(key, form)) return null
    keys.push(key)
  }
  return keys
}

function isOfForm(key: string, form: CursorKey): boolean {
  return formOf[form].test(key) && (form !== 'instant' || isOnCalendar(key))
}

// `Date` moves 30 February on to March; a day that exists comes back as it was.
function isOnCalendar(instant: string): boolean {
  const date = new Date(instant)
  return !Number.isNaN(date.getTime()) && date.toISOString().slice(0, 19) === instant.slice(0, 19)
}

function parse(text: string): unknown {
  try {
    return JSON.parse(fromBase64Url(text))
  } catch {
    return null
  }
}

function toBase64Url(text: string): string {
  const binary = String.fromCharCode(...new TextEncoder().encode(text))
  return btoa(binary).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '')
}

function fromBase64Url(text: string): string {
  const binary = atob(text.replaceAll('-', '+').replaceAll('_', '/'))
  return new TextDecoder('utf-8', { fatal: true }).decode(
    Uint8Array.from(binary, (character) => character.charCodeAt(0)),
  )
}
