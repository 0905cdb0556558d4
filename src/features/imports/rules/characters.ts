// Spaces that are not the usual one, marks without width, and directions of writing. Joiners stay: emoji need them.
const unusual =
  /[\u00a0\u00ad\u1680\u180e\u2000-\u200b\u200e\u200f\u2028-\u202f\u205f-\u2064\u2066-\u206f\u3000\ufeff]/
const unusualSpaces = /[\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+/g
const withoutWidth = /[\u00ad\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff]/g
const joiners = /\u200c|\u200d/
const control = /\p{Cc}/u
const controls = /\p{Cc}+/gu
const controlButBreaks = /[^\P{Cc}\n\r\t]/u
const controlsButBreaks = /[^\P{Cc}\n\r\t]+/gu
const fullWidth = /[\uff01-\uff5e\uffe0-\uffe6]/
const edgeSpaces = /^ +| +$/g
const severalSpaces = / {2,}/g
const spaceBetweenHan = /(?<=\p{Script=Han}) +(?=\p{Script=Han})/gu

/** Whether a text has characters that nobody sees: unusual spaces, marks without width. */
export function hasUnusual(text: string): boolean {
  return unusual.test(text)
}

/** The same for words made of letters and digits, where joiners have no place either. */
export function hasUnusualInCode(text: string): boolean {
  return unusual.test(text) || joiners.test(text) || control.test(text)
}

/** Whether a line has characters that no text may have, such as line breaks, or half of a character. */
export function hasControls(text: string, isParagraph: boolean): boolean {
  return (isParagraph ? controlButBreaks : control).test(text) || !text.isWellFormed()
}

/** The text as it was meant: usual spaces, none at the ends, nothing without width; between Chinese characters none. */
export function withoutUnusual(text: string, isParagraph = false): string {
  const plain = text
    .replace(withoutWidth, '')
    .replace(isParagraph ? controlsButBreaks : controls, ' ')
    .toWellFormed()
    .replaceAll('\ufffd', '')
  return plain
    .replace(unusualSpaces, ' ')
    .replace(severalSpaces, ' ')
    .replace(spaceBetweenHan, '')
    .replace(edgeSpaces, '')
}

/** The same for a code or a number, which has no spaces at all. */
export function withoutSpaces(text: string): string {
  return text.replace(withoutWidth, '').replace(/\u200c|\u200d|\s|\p{Cc}/gu, '')
}

export function hasFullWidth(text: string): boolean {
  return fullWidth.test(text)
}

/** Full-width letters, digits and marks in their usual form. */
export function toHalfWidth(text: string): string {
  return text.normalize('NFKC')
}

/** A text without the usual spaces at its ends. */
export function trimmed(text: string): string {
  const first = text.charCodeAt(0)
  const last = text.charCodeAt(text.length - 1)
  return first === 32 || last === 32 ? text.replace(edgeSpaces, '') : text
}
