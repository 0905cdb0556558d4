import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createLineSplitter, type Line } from './lines.ts'

const limitBytes = 64

function split(bytes: Buffer, pieceBytes = bytes.length || 1): Line[] {
  const splitter = createLineSplitter(limitBytes)
  const lines: Line[] = []
  for (let from = 0; from < bytes.length; from += pieceBytes) {
    lines.push(...splitter.push(bytes.subarray(from, from + pieceBytes)))
  }
  return [...lines, ...splitter.end()]
}

function shown(lines: Line[]): unknown[] {
  return lines.map(({ number, text, fault, isOpen }) => [number, fault ?? text, ...(isOpen ? ['open'] : [])])
}

describe('lines of a stream', () => {
  it.each([
    ['nothing', '', []],
    ['one line', 'a\n', [[1, 'a']]],
    [
      'a last line that nothing ends',
      'a\nb',
      [
        [1, 'a'],
        [2, 'b', 'open'],
      ],
    ],
    [
      'CRLF',
      'a\r\nb\r\n',
      [
        [1, 'a'],
        [2, 'b'],
      ],
    ],
    ['blank lines, which count', '\n \n\t\r\na\n\n', [[4, 'a']]],
    [
      'a byte order mark',
      '\ufeffa\n\ufeffb\n',
      [
        [1, 'a'],
        [2, '\ufeffb'],
      ],
    ],
    ['nothing but a byte order mark', '\ufeff', []],
    [
      'a line at the limit',
      `${'x'.repeat(64)}\r\ny\n`,
      [
        [1, 'x'.repeat(64)],
        [2, 'y'],
      ],
    ],
    [
      'a line above it',
      `${'x'.repeat(65)}\ny\n`,
      [
        [1, 'too_long'],
        [2, 'y'],
      ],
    ],
    [
      'a line far above it',
      `${'x'.repeat(10_000)}\r\ny\n`,
      [
        [1, 'too_long'],
        [2, 'y'],
      ],
    ],
    ['an open line above it', 'x'.repeat(10_000), [[1, 'too_long', 'open']]],
  ])('%s', (_, text, expected) => {
    const bytes = Buffer.from(text)
    for (const pieceBytes of [1, 2, 3, 7, 100_000]) expect(shown(split(bytes, pieceBytes))).toEqual(expected)
  })

  it('that are no UTF-8 are told apart from the others', () => {
    const bytes = Buffer.concat([Buffer.from('a\n'), Buffer.from([0xc3, 0x28, 0x0a]), Buffer.from('号\n')])
    expect(shown(split(bytes, 1))).toEqual([
      [1, 'a'],
      [2, 'not_utf8'],
      [3, '号'],
    ])
  })

  it('are the same however the bytes are cut', () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom('a', '号', '\n', '\r\n', '\ufeff', ' ', 'x'.repeat(40)), { maxLength: 30 }),
        fc.integer({ min: 1, max: 50 }),
        (parts, pieceBytes) => {
          const bytes = Buffer.from(parts.join(''))
          expect(split(bytes, pieceBytes)).toEqual(split(bytes))
        },
      ),
    )
  })
})
