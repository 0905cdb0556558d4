import { isUtf8 } from 'node:buffer'

/** What stands in one line, or why it cannot be read. */
export interface Line {
  /** 1 for the first line; blank lines count. */
  readonly number: number
  readonly text: string
  readonly fault: 'too_long' | 'not_utf8' | null
  /** Nothing ends it: the last line, which may be cut off. */
  readonly isOpen: boolean
}

/** Splits bytes into lines, however they are cut into pieces; holds no more than one line. */
export interface LineSplitter {
  /** The lines that end in this piece, without blank ones, each when it is asked for; all of them before the next piece. */
  push(piece: Buffer): Iterable<Line>
  /** The line that nothing ended, if there is one. */
  end(): Line[]
}

const lineFeed = 0x0a
const byteOrderMark = Buffer.from([0xef, 0xbb, 0xbf])

/** Lines end with LF or CRLF; a byte order mark at the beginning is taken off. What is longer than `limitBytes` is skipped to its end. */
export function createLineSplitter(limitBytes: number): LineSplitter {
  let number = 1
  let isTooLong = false
  let rest: Buffer[] = []
  let restBytes = 0

  function gather(part: Buffer): void {
    // Room for a mark and a carriage return, which do not count.
    if (restBytes + part.length > limitBytes + byteOrderMark.length + 1) {
      isTooLong = true
      rest = []
      restBytes = 0
    }
    if (isTooLong || part.length === 0) return
    rest.push(part)
    restBytes += part.length
  }

  function finish(isOpen: boolean): Line[] {
    const bytes = bare(rest.length === 1 ? (rest[0] as Buffer) : Buffer.concat(rest), number === 1)
    const line = lineOf(bytes, { number, isOpen, isTooLong: isTooLong || bytes.length > limitBytes })
    number += 1
    isTooLong = false
    rest = []
    restBytes = 0
    return line.fault === null && line.text.trim() === '' ? [] : [line]
  }

  return {
    *push(piece) {
      let from = 0
      for (let end = piece.indexOf(lineFeed); end !== -1; end = piece.indexOf(lineFeed, from)) {
        gather(piece.subarray(from, end))
        yield* finish(false)
        from = end + 1
      }
      // A copy, so that a short rest does not keep a large piece.
      gather(Buffer.from(piece.subarray(from)))
    },
    end: () => finish(true),
  }
}

// However short they are, lines are given in portions between which other work has its turn.
const linesPerTurn = 200

/** The lines of bytes that arrive piece by piece, without blank ones. */
export async function* linesOf(bytes: AsyncIterable<Buffer>, limitBytes: number): AsyncGenerator<Line> {
  const splitter = createLineSplitter(limitBytes)
  let given = 0
  for await (const piece of bytes) {
    for (const line of splitter.push(piece)) {
      yield line
      given += 1
      if (given % linesPerTurn === 0) await nextTurn()
    }
    await nextTurn()
  }
  yield* splitter.end()
}

function nextTurn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve))
}

function bare(bytes: Buffer, isFirst: boolean): Buffer {
  const isMarked = isFirst && bytes.subarray(0, byteOrderMark.length).equals(byteOrderMark)
  const start = isMarked ? byteOrderMark.length : 0
  const end = bytes.at(-1) === 0x0d ? bytes.length - 1 : bytes.length
  return bytes.subarray(start, Math.max(start, end))
}

function lineOf(
  bytes: Buffer,
  { number, isOpen, isTooLong }: { number: number; isOpen: boolean; isTooLong: boolean },
): Line {
  if (isTooLong) return { number, text: '', fault: 'too_long', isOpen }
  if (!isUtf8(bytes)) return { number, text: '', fault: 'not_utf8', isOpen }
  return { number, text: bytes.toString('utf8'), fault: null, isOpen }
}
