import type { Readable } from 'node:stream'
import { describe, expect, it } from 'vitest'
import { sheetsOf } from '../../../test/builders/spreadsheets.ts'
import { type ExportPage, exportedFile, fileFormats } from './exported-file.ts'

interface Row {
  readonly text: string
  readonly count: number | null
}

const formats = fileFormats<Row>({
  columns: ['text', 'count'],
  cellsOf: ({ text, count }) => [text, count],
  objectOf: (row) => row,
})
const rows: readonly Row[] = [
  { text: '=1+1', count: 1 },
  { text: '+8613800138000', count: null },
  { text: '  你好,\n"x"', count: -2.5 },
]

/** A file of pages with one row each. */
function fileOf(format: keyof typeof formats, all: readonly Row[]) {
  function page(at: number): ExportPage<Row, number> {
    return { rows: all.slice(at, at + 1), next: at + 1 < all.length ? at + 1 : null }
  }
  return exportedFile({
    format: formats[format],
    name: `x.${format}`,
    first: page(0),
    pageAfter: (at: number) => Promise.resolve(page(at)),
  })
}

async function bytesOf(body: Readable): Promise<Buffer> {
  const pieces: Buffer[] = []
  for await (const piece of body) pieces.push(Buffer.from(piece))
  return Buffer.concat(pieces)
}

describe('a file that is written page by page', () => {
  it('as CSV has a mark, a header and no cell that would be run (ASVS 1.2.10)', async () => {
    const { body, contentType } = fileOf('csv', rows)
    expect(contentType).toBe('text/csv; charset=utf-8')
    expect((await bytesOf(body)).toString('utf8')).toBe(
      '\ufefftext,count\r\n\'=1+1,1\r\n+8613800138000,\r\n"  你好,\n""x""",\'-2.5\r\n',
    )
  })

  it('as NDJSON has a line for each row, and none for none', async () => {
    expect((await bytesOf(fileOf('ndjson', rows).body)).toString('utf8').trim().split('\n')).toEqual(
      rows.map((row) => JSON.stringify(row)),
    )
    expect(await bytesOf(fileOf('ndjson', []).body)).toHaveLength(0)
  })

  it('as a workbook has the same cells, texts as texts', async () => {
    const { body, headers } = fileOf('xlsx', rows)
    expect(headers['content-disposition']).toBe('attachment; filename="x.xlsx"')
    const cells = rows.map(({ text, count }) => (count === null ? [text] : [text, count]))
    expect(sheetsOf(await bytesOf(body))).toEqual({ Baton: [['text', 'count'], ...cells] })
  })

  it('says where a text did not fit into a cell of a workbook, and has the whole of it as CSV', async () => {
    const long = [{ text: 'x'.repeat(40_000), count: 1 }]
    const [, [cell] = []] = sheetsOf(await bytesOf(fileOf('xlsx', long).body))['Baton'] ?? []
    expect(cell).toBe(`${'x'.repeat(32_766)}…`)
    expect((await bytesOf(fileOf('csv', long).body)).toString('utf8')).toContain('x'.repeat(40_000))
  })

  it.each(['csv', 'ndjson', 'xlsx'] as const)('as %s breaks off where a page fails', async (format) => {
    const file = exportedFile({
      format: formats[format],
      name: 'x',
      first: { rows: rows.slice(0, 1), next: 1 },
      pageAfter: () => Promise.reject(new Error('may not be read any more')),
    })
    await expect(bytesOf(file.body)).rejects.toThrow('may not be read any more')
  })
})
