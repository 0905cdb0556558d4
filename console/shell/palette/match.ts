/** Whether every word of `wanted` begins a word of the text; case and accents do not count. */
export function matches(text: string, wanted: string): boolean {
  const words = plain(text).split(/\s+/)
  return plain(wanted)
    .split(/\s+/)
    .every((word) => words.some((candidate) => candidate.startsWith(word)) || isWithin(text, word))
}

/** The numbers that end in the digits that were typed, then the others, each in their order. */
export function endingFirst<Line extends { readonly e164: string }>(
  lines: readonly Line[],
  wanted: string,
): readonly Line[] {
  const digits = wanted.replace(/\D/g, '')
  if (digits === '') return lines
  const rank = ({ e164 }: Line) => (e164.endsWith(digits) ? 0 : 1)
  return lines.toSorted((one, other) => rank(one) - rank(other))
}

// Chinese is written without spaces, so a word may begin anywhere.
function isWithin(text: string, word: string): boolean {
  return /\p{Script=Han}/u.test(word) && text.includes(word)
}

function plain(text: string): string {
  return text
    .normalize('NFD')
    .replace(/\p{Mn}/gu, '')
    .toLowerCase()
    .trim()
}
