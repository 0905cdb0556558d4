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

const maxCounter = 0xfff

interface IdParts {
  readonly milliseconds: number
  readonly counter: number
  readonly random: Uint8Array
}

function format({ milliseconds, counter, random }: IdParts): string {
  const time = milliseconds.toString(16).padStart(12, '0')
  const tail = Array.from(random, (byte) => byte.toString(16).padStart(2, '0')).join('')
  const variant = (0x8 | (Number.parseInt(tail[0] ?? '0', 16) & 0x3)).toString(16)
  return `${time.slice(0, 8)}-${time.slice(8)}-7${counter.toString(16).padStart(3, '0')}-${variant}${tail.slice(1, 4)}-${tail.slice(4, 16)}`
}
