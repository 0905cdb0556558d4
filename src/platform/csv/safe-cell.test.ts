import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { csvRow, escapeCell, unescapeCell } from './safe-cell.ts'

const dangerous = ['=', '+', '-', '@', '\t', '\r', '\0', '＝', '＋', '－', '＠']
const tricky = fc
  .tuple(fc.array(fc.constantFrom("'", '"', ',', '\n', ' ', ...dangerous), { maxLength: 4 }), fc.string())
  .map(([head, tail]) => head.join('') + tail)

describe('a cell of a spreadsheet', () => {
  it.each(dangerous)('does not begin with %j', (first) => {
    expect(escapeCell(`${first}SUM(A1)`)).toBe(`'${first}SUM(A1)`)
  })

  it('keeps a phone number as it is, and nothing that only begins like one', () => {
    expect(escapeCell('+8613800138000')).toBe('+8613800138000')
    expect(escapeCell('+8613800138000+1')).toBe("'+8613800138000+1")
    expect(escapeCell('+86 138')).toBe("'+86 138")
    expect(escapeCell('+8613800138000\n')).toBe("'+8613800138000\n")
  })

  it('gives every text back', () => {
    fc.assert(
      fc.property(tricky, (text) => {
        expect(unescapeCell(escapeCell(text))).toBe(text)
      }),
    )
  })

  it('never begins as a formula does, unless it is a phone number', () => {
    fc.assert(
      fc.property(tricky, (text) => {
        const cell = escapeCell(text)
        expect(dangerous.includes(cell.charAt(0))).toBe(/^\+[1-9]\d{3,14}$/.test(text) && cell === text)
      }),
    )
  })
})

describe('a row of CSV', () => {
  it('is quoted where it has to be (RFC 4180)', () => {
    expect(csvRow(['plain', 'a,b', 'say "hi"', 'two\r\nlines', null, 7, true])).toBe(
      'plain,"a,b","say ""hi""","two\r\nlines",,7,true\r\n',
    )
  })

  it('is read back cell by cell', () => {
    fc.assert(
      fc.property(fc.array(tricky, { minLength: 1 }), (cells) => {
        expect(readRow(csvRow(cells)).map(unescapeCell)).toEqual(cells)
      }),
    )
  })
})

// As RFC 4180 says it, for one row.
function readRow(row: string): string[] {
  const cells: string[] = []
  let rest = row
  for (;;) {
    const cell = /^(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n$)/.exec(rest)
    if (!cell) throw new Error(`not a row: ${JSON.stringify(rest)}`)
    cells.push(cell[1] === undefined ? (cell[2] ?? '') : cell[1].replaceAll('""', '"'))
    if (cell[3] !== ',') return cells
    rest = rest.slice(cell[0].length)
  }
}
