import { isUtf8 } from 'node:buffer'

const named: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" }

/** The text of XML in UTF-8, its references resolved where asked; null when it is no such text. */
export function decodeXml(bytes: Buffer, hasReferences: boolean): string | null {
  if (!isUtf8(bytes)) return null
  const raw = bytes.toString('utf8')
  if (raw.includes('\0')) return null
  // XML 1.0 §2.11: a line ends with a line feed, however the file has it.
  const text = raw.includes('\r') ? raw.replace(/\r\n?/g, '\n') : raw
  return hasReferences && text.includes('&') ? resolve(text) : text
}

function resolve(text: string): string | null {
  let isKnown = true
  const resolved = text.replace(/&([^;&]{0,12}(?:;|$)?)/g, (_, reference: string) => {
    const found = reference.endsWith(';') ? characterOf(reference.slice(0, -1)) : null
    if (found === null) isKnown = false
    return found ?? ''
  })
  return isKnown ? resolved : null
}

function characterOf(reference: string): string | null {
  if (Object.hasOwn(named, reference)) return named[reference] ?? null
  const digits = /^#(?:x([0-9a-fA-F]{1,8})|([0-9]{1,8}))$/.exec(reference)
  if (digits === null) return null
  const point = digits[1] === undefined ? Number(digits[2]) : Number.parseInt(digits[1], 16)
  const isCharacter = point > 0 && point <= 0x10ffff && !(point >= 0xd800 && point <= 0xdfff)
  return isCharacter ? String.fromCodePoint(point) : null
}

/**
 * A text of a workbook without its escapes (`_x000D_`, ECMA-376 part 1 §22.9.2.19). What no database keeps, a NUL or
 * half of a pair, becomes U+FFFD.
 */
export function unescapeText(text: string): string {
  if (!text.includes('_x')) return text
  return text
    .replace(/_x([0-9a-fA-F]{4})_/g, (_, digits: string) => String.fromCharCode(Number.parseInt(digits, 16)))
    .replaceAll('\0', '\ufffd')
    .toWellFormed()
}
