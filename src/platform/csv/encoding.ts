export type TextEncodingName = 'utf-8' | 'utf-16le' | 'utf-16be' | 'gb18030'

const marks: readonly (readonly [TextEncodingName, readonly number[]])[] = [
  ['utf-8', [0xef, 0xbb, 0xbf]],
  ['utf-16le', [0xff, 0xfe]],
  ['utf-16be', [0xfe, 0xff]],
]
const sniffedBytes = 64 * 1024

/** The encoding that a byte order mark at the beginning names, and the length of the mark; null without one. */
export function markedEncoding(bytes: Buffer): { encoding: TextEncodingName; markBytes: number } | null {
  const found = marks.find(([, mark]) => mark.every((byte, at) => bytes[at] === byte))
  return found === undefined ? null : { encoding: found[0], markBytes: found[1].length }
}

/**
 * In which encoding a text is: what its mark says; without one UTF-16 where every other byte of Latin letters is zero,
 * else UTF-8 when all of it is valid, else GB18030 (and with it GBK and GB2312) when all of it is. Null when it is none.
 * @param open begins the text anew; it is read up to twice
 */
export async function detectEncoding(
  open: () => AsyncIterable<Buffer> | Iterable<Buffer>,
): Promise<TextEncodingName | null> {
  const head = await headOf(open())
  const marked = markedEncoding(head)
  if (marked !== null) return marked.encoding
  const wide = wideEncoding(head)
  if (wide !== null) return wide
  if (await isAll('utf-8', open())) return 'utf-8'
  return (await isAll('gb18030', open())) ? 'gb18030' : null
}

async function headOf(pieces: AsyncIterable<Buffer> | Iterable<Buffer>): Promise<Buffer> {
  const taken: Buffer[] = []
  let bytes = 0
  for await (const piece of pieces) {
    taken.push(piece)
    bytes += piece.length
    if (bytes >= sniffedBytes) break
  }
  return Buffer.concat(taken).subarray(0, sniffedBytes)
}

// Separators and line ends are Latin in any language, so that a text in UTF-16 has zeros, all on one side.
function wideEncoding(head: Buffer): TextEncodingName | null {
  const zeros = [0, 0]
  for (let at = head.indexOf(0); at !== -1; at = head.indexOf(0, at + 1))
    zeros[at % 2] = (zeros[at % 2] ?? 0) + 1
  const [even = 0, odd = 0] = zeros
  if (odd > 0 && even === 0) return 'utf-16le'
  return even > 0 && odd === 0 ? 'utf-16be' : null
}

async function isAll(
  encoding: TextEncodingName,
  pieces: AsyncIterable<Buffer> | Iterable<Buffer>,
): Promise<boolean> {
  const decoder = new TextDecoder(encoding, { fatal: true })
  try {
    for await (const piece of pieces) decoder.decode(piece, { stream: true })
    decoder.decode()
    return true
  } catch (error) {
    if (error instanceof TypeError) return false
    throw error
  }
}
