import { text } from 'node:stream/consumers'
import { describe, expect, it } from 'vitest'
import { writeCsv } from './write-csv.ts'

const columns = [{ header: '姓名', isRequired: true }, { header: 'Mobile' }]

describe('a sheet as CSV', () => {
  it('has a mark, the header, typed values as they are read, and no notes', async () => {
    const rows = [
      ['张三', '+8613800138000'],
      [7, true],
      [null, { date: '2026-11-22' }],
      ['', { problem: '1.38E+10' }],
    ]
    expect(await text(writeCsv({ name: 'x', notes: ['Read me'], columns, rows }))).toBe(
      '姓名,Mobile\r\n张三,+8613800138000\r\n7,true\r\n,2026-11-22\r\n,1.38E+10\r\n',
    )
    const [first] = await writeCsv({ name: 'x', columns, rows: [] }).toArray()
    expect(Buffer.from(first).subarray(0, 3)).toEqual(Buffer.from([0xef, 0xbb, 0xbf]))
  })

  it('has no cell that a program would run (ASVS 1.2.10)', async () => {
    const file = await text(
      writeCsv({
        name: 'x',
        columns,
        rows: [
          ['=1+1', '@SUM(A1)'],
          ['-2', '+1+1'],
        ],
      }),
    )
    expect(file.split('\r\n').slice(1, 3)).toEqual(["'=1+1,'@SUM(A1)", "'-2,'+1+1"])
  })

  it('has all rows of a long one', async () => {
    const rows = Array.from({ length: 10_000 }, (_, at) => [`member ${at}`, at])
    expect((await text(writeCsv({ name: 'x', columns, rows }))).split('\r\n')).toHaveLength(10_002)
  })
})
