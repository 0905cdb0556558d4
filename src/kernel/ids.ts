/**
 * Makes a source of UUIDv7 (RFC 9562): 48 bits of milliseconds, a 12-bit counter, 62 random bits. Ids of one source
 * sort in the order in which they were made, also within a millisecond.
 * @param random gives as many bytes of cryptographic randomness as it is asked for
 */
export function createIdSource(now: () => Date, random: (byteCount: number) => Uint8Array): () => string {
  let lastMilliseconds = 0
  let counter = 0
  return () => {
    const milliseconds = now().getTime()
    if (milliseconds > lastMilliseconds) {
      lastMilliseconds = milliseconds
      counter = 0
    } else if (++counter > maxCounter) {
      // The counter is full: borrow from the next millisecond rather than repeat or go back.
      lastMilliseconds += 1
      counter = 0
    }
    return format({ milliseconds: lastMilliseconds, counter, random: random(8) })
  }
}

/**
 * A UUIDv7 of a moment of one's choosing, in milliseconds since 1970, so that what has a time is found by its id alone.
 * Ids of one millisecond sort as chance will have it.
 * @param random ten bytes of cryptographic randomness
 */
export function idAt(milliseconds: number, random: Uint8Array): string {
  const [high = 0, low = 0, ...rest] = random
  return format({ milliseconds, counter: ((high & 0xf) << 8) | low, random: Uint8Array.from(rest) })
}

/** The moment in a UUIDv7, in milliseconds since 1970. */
export function millisecondsOf(id: string): number {
  return Number.parseInt(`${id.slice(0, 8)}${id.slice(9, 13)}`, 16)
}

const maxCounter = 0xfff
const hexOf = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'))

interface IdParts {
  readonly milliseconds: number
  readonly counter: number
  readonly random: Uint8Array
}

function format({ milliseconds, counter, random }: IdParts): string {
  const time = milliseconds.toString(16).padStart(12, '0')
  let tail = ''
  for (const byte of random) tail += hexOf[byte]
  const variant = (0x8 | (Number.parseInt(tail[0] ?? '0', 16) & 0x3)).toString(16)
  return `${time.slice(0, 8)}-${time.slice(8)}-7${counter.toString(16).padStart(3, '0')}-${variant}${tail.slice(1, 4)}-${tail.slice(4, 16)}`
}
