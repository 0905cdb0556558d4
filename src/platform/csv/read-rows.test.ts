import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { detectEncoding } from './encoding.ts'
import { CsvError, type CsvLimits, type CsvRow, type CsvSeparator, readRows } from './read-rows.ts'
import { csvRow, unescapeCell } from './safe-cell.ts'

async function read(file: string | Buffer, pieceBytes = 65_536, limits?: CsvLimits): Promise<string[][]> {
  return (await readWithLines(file, pieceBytes, limits)).map(({ cells }) => [...cells])
}

async function readWithLines(file: string | Buffer, pieceBytes = 65_536, limits?: CsvLimits) {
  const rows: CsvRow[] = []
  for await (const row of readRows(cut(Buffer.from(file), pieceBytes), limits ? { limits } : {}))
    rows.push(row)
  return rows
}

function* cut(bytes: Buffer, pieceBytes: number): Generator<Buffer> {
  for (let from = 0; from < bytes.length; from += pieceBytes) yield bytes.subarray(from, from + pieceBytes)
}

async function faultOf(file: string | Buffer, pieceBytes: number, limits: CsvLimits): Promise<unknown[]> {
  try {
    await read(file, pieceBytes, limits)
  } catch (error) {
    if (error instanceof CsvError) return [error.fault, error.line]
    throw error
  }
  return []
}

const text = fc.array(fc.constantFrom('a', '号', '🙂', '"', ',', ';', '\t', '\n', '\r', "'", '=', '+', ' '), {
  maxLength: 8,
})
const cell = text.map((parts) => parts.join(''))

describe('a file of CSV', () => {
  it('that was written is read back cell by cell, with and without a mark, however it is cut', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 2, max: 4 }),
        fc.array(fc.array(cell, { minLength: 4, maxLength: 4 }), { maxLength: 6 }),
        fc.record({ isMarked: fc.boolean(), pieceBytes: fc.integer({ min: 1, max: 40 }) }),
        async (columns, drawn, { isMarked, pieceBytes }) => {
          const rows = [['n1', 'n2', 'n3', 'n4'], ...drawn].map((row) => row.slice(0, columns))
          const file = (isMarked ? '\ufeff' : '') + rows.map((row) => csvRow(row)).join('')
          expect((await read(file, pieceBytes)).map((row) => row.map(unescapeCell))).toEqual(rows)
        },
      ),
    )
  })

  it('is read whatever separates its cells and ends its rows', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(',', ';', '\t'),
        fc.constantFrom('\n', '\r\n', '\r'),
        fc.array(fc.tuple(cell, cell), { maxLength: 6 }),
        async (separator, end, drawn) => {
          const rows = [['number', 'to'], ...drawn]
          const quoted = (one: string) => `"${one.replaceAll('"', '""')}"`
          const file = rows.map((row) => row.map(quoted).join(separator)).join(end)
          expect(await read(file, 3)).toEqual(rows)
        },
      ),
    )
  })

  it.each([
    ['nothing', '', []],
    ['a mark only', '\ufeff', []],
    [
      'blank lines, which count',
      '\r\n\na,b\n\n\nc,d',
      [
        [3, 'a|b'],
        [6, 'c|d'],
      ],
    ],
    [
      'a row over several lines',
      'a,b\n"x\ny","\r\n"\nc,d\n',
      [
        [1, 'a|b'],
        [2, 'x\ny|\r\n'],
        [5, 'c|d'],
      ],
    ],
    [
      'cells that are empty',
      'a,b\n,\n"",x\nx,',
      [
        [1, 'a|b'],
        [2, '|'],
        [3, '|x'],
        [4, 'x|'],
      ],
    ],
    [
      'other separators in its cells',
      'a;b,c;"d;e"\nx,y;z',
      [
        [1, 'a|b,c|d;e'],
        [2, 'x,y|z'],
      ],
    ],
    [
      'a title above its columns',
      'a\nb;c\nd,e;f',
      [
        [1, 'a'],
        [2, 'b|c'],
        [3, 'd,e|f'],
      ],
    ],
    [
      'a quote inside a word',
      'a,b\n5" pipe,"5"" pipe"',
      [
        [1, 'a|b'],
        [2, '5" pipe|5" pipe'],
      ],
    ],
  ])('may have %s', async (_, file, expected) => {
    for (const pieceBytes of [1, 2, 3, 65_536]) {
      const rows = await readWithLines(file, pieceBytes)
      expect(rows.map(({ line, cells }) => [line, cells.join('|')])).toEqual(expected)
    }
  })
})

const rows = [
  ['号码', '姓名'],
  ['+4930100', '张三 🙂'],
  ['+4930101', '𠮷 ä'],
]
const file = rows.map((row) => `${row.join(',')}\r\n`).join('')
// The same text: two bytes for 号, four for 🙂 and 𠮷.
const inGb18030 = Buffer.from(
  'bac5c2eb2cd0d5c3fb0d0a2b343933303130302cd5c5c8fd20953085320d0a2b343933303130312c9534b2352081308a310d0a',
  'hex',
)

describe('the encoding of a file', () => {
  it.each([
    ['UTF-8', Buffer.from(file), 'utf-8'],
    ['UTF-8 with a mark', Buffer.from(`\ufeff${file}`), 'utf-8'],
    ['UTF-16', Buffer.from(`\ufeff${file}`, 'utf16le'), 'utf-16le'],
    ['UTF-16 without a mark', Buffer.from(file, 'utf16le'), 'utf-16le'],
    ['UTF-16 of the other order', Buffer.from(`\ufeff${file}`, 'utf16le').swap16(), 'utf-16be'],
    ['UTF-16 of the other order without a mark', Buffer.from(file, 'utf16le').swap16(), 'utf-16be'],
    ['GB18030', inGb18030, 'gb18030'],
  ] as const)('is found and read: %s', async (_, bytes, expected) => {
    for (const pieceBytes of [1, 3, 65_536]) {
      const encoding = await detectEncoding(() => cut(bytes, pieceBytes))
      expect(encoding).toBe(expected)
      const found: string[][] = []
      for await (const { cells } of readRows(cut(bytes, pieceBytes), { encoding: encoding ?? 'utf-8' }))
        found.push([...cells])
      expect(found).toEqual(rows)
    }
  })

  it('is none of these for bytes that are no text', async () => {
    expect(await detectEncoding(() => [Buffer.from([0x61, 0xff, 0xff, 0x0a])])).toBeNull()
    expect(await detectEncoding(() => [Buffer.from([0x61, 0x0a, 0xba])])).toBeNull()
  })
})

describe('a first line that says the separator', () => {
  it.each([
    [',', 'sep=,\r\na;b,c\r\n', ['a;b', 'c']],
    [';', 'sep=;\na,b;c,d,e\n', ['a,b', 'c,d,e']],
    ['\t', 'sep=\t\na,b\tc', ['a,b', 'c']],
  ] as const)('is followed and left out: %j', async (separator, text, cells) => {
    const told: CsvSeparator[] = []
    const found: CsvRow[] = []
    for await (const row of readRows([Buffer.from(text)], { onSeparator: (one) => told.push(one) }))
      found.push(row)
    expect(found).toEqual([{ line: 2, cells }])
    expect(told).toEqual([separator])
  })

  it('is a row like any other further below', async () => {
    expect(await read('a,b\nsep=,\n')).toEqual([
      ['a', 'b'],
      ['sep=', ''],
    ])
  })
})

describe('a file that is no CSV', () => {
  const limits = { cellCharacters: 10, rowCharacters: 25 }

  it.each([
    ['a workbook', Buffer.from('PK\u0003\u0004xx'), ['workbook', 1]],
    ['a workbook of old', Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0]), ['workbook', 1]],
    ['text in UTF-16 without a mark', Buffer.from('number', 'utf16le'), ['nul', 1]],
    ['half a character in UTF-16', Buffer.from([0xff, 0xfe, 0x61, 0x00, 0x62]), ['unknown_encoding', 1]],
    // 号码 in GBK, as a Chinese spreadsheet program saves it.
    ['text in GBK', Buffer.from([0x61, 0x0a, 0xba, 0xc5, 0xc2, 0xeb, 0x2c]), ['unknown_encoding', 2]],
    ['a character cut off at the end', Buffer.from([0x61, 0x0a, 0x62, 0xe5, 0x8f]), ['unknown_encoding', 2]],
    ['a quote that nothing closes', 'a,b\nc,"d\ne,f\n', ['open_quote', 2]],
    ['text after a closing quote', 'a,b\n"c"d,e', ['text_after_quote', 2]],
    ['a cell beyond all measure', `a,b\n\nc,${'x'.repeat(11)}`, ['cell_too_long', 3]],
    ['a quoted cell beyond all measure', `a,b\n"${'x\n'.repeat(6)}"`, ['cell_too_long', 2]],
    ['a row beyond all measure', `a,b\n${'x,'.repeat(30)}`, ['row_too_long', 2]],
  ])('such as %s, is refused at its line', async (_, file, expected) => {
    for (const pieceBytes of [1, 65_536]) expect(await faultOf(file, pieceBytes, limits)).toEqual(expected)
  })
})
