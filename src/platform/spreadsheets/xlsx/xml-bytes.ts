/** What stands before and behind the text of the only element within another. */
export interface LeafMarks {
  readonly begin: Uint8Array
  readonly end: Uint8Array
}

export function leafMarks(outer: string, inner: string): LeafMarks {
  return { begin: Buffer.from(`<${inner}>`), end: Buffer.from(`</${inner}></${outer}>`) }
}

export function isLetter(byte: number): boolean {
  return byte >= 0x61 && byte <= 0x7a
}

export function isAt(bytes: Uint8Array, at: number, mark: Uint8Array): boolean {
  for (let index = 0; index < mark.length; index++) if (bytes[at + index] !== mark[index]) return false
  return true
}

/** A number of at most 15 digits and nothing else; -1 when it is none, or begins with a zero. */
export function digitsIn(bytes: Uint8Array, start: number, end: number): number {
  const length = end - start
  if (length === 0 || length > 15 || (bytes[start] === 0x30 && length > 1)) return -1
  let value = 0
  for (let at = start; at < end; at++) {
    const digit = (bytes[at] ?? 0) - 0x30
    if (digit < 0 || digit > 9) return -1
    value = value * 10 + digit
  }
  return value
}
