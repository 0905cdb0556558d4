import { TextDecoder } from 'node:util'
import { damaged, SpreadsheetError } from '../fault.ts'
import type { Container } from './container.ts'
import { XmlScanner } from './xml-scanner.ts'

/**
 * Reads a part of the workbook as XML, token by token; UTF-8 and UTF-16.
 * @throws SpreadsheetError `doctype`, `damaged` and those of `Container.read`
 */
export async function readPart(
  container: Container,
  part: string,
  onToken: (scanner: XmlScanner) => void,
): Promise<void> {
  const scanner = new XmlScanner(part)
  for await (const piece of inUtf8(container.read(part), part)) {
    scanner.push(piece)
    while (scanner.next()) onToken(scanner)
  }
  scanner.end()
}

const marks = [
  ['utf-16le', [0xff, 0xfe]],
  ['utf-16be', [0xfe, 0xff]],
  ['utf-16le', [0x3c, 0x00]],
  ['utf-16be', [0x00, 0x3c]],
] as const
const utf8Mark = Buffer.from([0xef, 0xbb, 0xbf])
const longestDeclaration = 200

async function* inUtf8(pieces: AsyncIterable<Buffer>, part: string): AsyncGenerator<Buffer> {
  let decoder: TextDecoder | null = null
  let isBeginning = true
  for await (const piece of pieces) {
    if (isBeginning) decoder = decoderOf(piece)
    const text = decoder === null ? piece : Buffer.from(decoded(decoder, piece, part))
    yield isBeginning ? withoutHead(text, decoder !== null, part) : text
    isBeginning = false
  }
  if (decoder !== null) decoded(decoder, null, part)
}

function decoderOf(piece: Buffer): TextDecoder | null {
  const found = marks.find(([, [first, second]]) => piece[0] === first && piece[1] === second)
  return found === undefined ? null : new TextDecoder(found[0], { fatal: true })
}

function decoded(decoder: TextDecoder, piece: Buffer | null, part: string): string {
  try {
    return piece === null ? decoder.decode() : decoder.decode(piece, { stream: true })
  } catch (cause) {
    throw damaged({ part }, cause)
  }
}

/** @throws SpreadsheetError `damaged` when the declaration names an encoding that is neither */
function withoutHead(bytes: Buffer, isUtf16: boolean, part: string): Buffer {
  const isMarked = bytes.subarray(0, utf8Mark.length).equals(utf8Mark)
  const rest = isMarked ? bytes.subarray(utf8Mark.length) : bytes
  const declaration = /^<\?xml[^>]*\sencoding\s*=\s*["']([^"']*)["']/.exec(
    rest.toString('latin1', 0, longestDeclaration),
  )
  const expected = isUtf16 ? /^utf-16(le|be)?$/i : /^(utf-?8|us-ascii)$/i
  if (declaration !== null && !expected.test(declaration[1] ?? ''))
    throw new SpreadsheetError('damaged', { part })
  return rest
}
