import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { buffer } from 'node:stream/consumers'
import { setTimeout as sleep } from 'node:timers/promises'
import { read, type WorkBook } from '@e965/xlsx'
import ExcelJS from 'exceljs'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Cell } from './cell.ts'
import { readSpreadsheet } from './read.ts'
import { type WritingLimits, type WrittenCell, type WrittenSheet, writeSpreadsheet } from './write.ts'

async function written(sheets: WrittenSheet[], limits: Partial<WritingLimits> = {}): Promise<Buffer> {
  return buffer(writeSpreadsheet(sheets, limits))
}

function sheetOf(rows: Iterable<WrittenCell[]>, count = 3): WrittenSheet {
  const columns = Array.from({ length: count }, (_, at) => ({ header: `Column ${at + 1}` }))
  return { name: 'Sheet', columns, rows }
}

function sheetJs(file: Buffer): WorkBook {
  return read(file, { cellNF: true, cellStyles: true, UTC: true, cellDates: true })
}

// SheetJS makes one character of the two that end a line in Windows.
function seenBySheetJs(texts: readonly string[]): string[][] {
  return texts.map((text) => [text.replaceAll('\r\n', '\n')])
}

function textsOf(book: WorkBook, name: string): unknown[][] {
  const rows: unknown[][] = []
  for (const [place, cell] of Object.entries(book.Sheets[name] ?? {})) {
    const found = /^([A-Z]+)(\d+)$/.exec(place)
    if (!found) continue
    const row = Number(found[2]) - 1
    rows[row] ??= []
    const line = rows[row]
    line[(found[1] ?? 'A').charCodeAt(0) - 65] = (cell as { v: unknown }).v
  }
  return rows
}

async function excelJs(file: Buffer): Promise<ExcelJS.Workbook> {
  const book = new ExcelJS.Workbook()
  await book.xlsx.load(file as never)
  return book
}

const awkward = [
  '+8613800138000',
  '007',
  '1.38E+10',
  '=HYPERLINK("http://evil")',
  '@SUM(A1)',
  ' spaces at both ends ',
  'two\nlines',
  'with\ttab',
  '<b>&"\'</b>',
  '_x000D_',
  '_x005F_x000D_x000D_',
  'a\r\nb',
  '\u0000\u0001\u001f',
  '_x0041\u0001',
  '\ufffe\uffff',
  '中文 🙂',
  '\u00a0\u200b',
]

function plain(cell: Cell | null): unknown {
  return cell === null ? null : cell.kind === 'number' || cell.kind === 'boolean' ? cell.value : cell.text
}

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'baton-write-'))
})
afterAll(() => rm(folder, { recursive: true }))

describe('a workbook that is written', () => {
  it.each([
    ['with texts that its cells share', {}],
    ['with texts in its cells', { sharedTexts: 0 }],
  ])('gives every text back to other programs, %s', async (_, limits) => {
    const file = await written([sheetOf(awkward.map((text) => [text]))], limits)
    expect(textsOf(sheetJs(file), 'Sheet').slice(1)).toEqual(seenBySheetJs(awkward))
    const sheet = (await excelJs(file)).worksheets[0]
    const seen = awkward.map((text, at) => [text, sheet?.getCell(at + 2, 1).value])
    // ExcelJS leaves the escapes as they are.
    const plain = seen.filter(([text]) => !/_x|[^\P{Cc}\n\t]|\ufffe/u.test(String(text)))
    for (const [text, value] of plain) expect(value).toBe(text)
  })

  it('gives back whatever text there is', async () => {
    const unit = fc.oneof(
      fc.constantFrom(
        '_',
        'x',
        '0',
        '4',
        'D',
        '\r',
        '\n',
        ' ',
        '\u0000',
        '\u001f',
        '&',
        '<',
        ']]>',
        '🙂',
        '号',
      ),
      fc.string({ unit: 'binary', maxLength: 3 }),
    )
    const text = fc.array(unit, { minLength: 1, maxLength: 10 }).map((parts) => parts.join(''))
    const wanted = text.filter((one) => one !== '')
    await fc.assert(
      fc.asyncProperty(
        fc.array(wanted, { minLength: 1, maxLength: 20 }),
        fc.boolean(),
        async (texts, isShared) => {
          const file = await written([sheetOf(texts.map((one) => [one]))], isShared ? {} : { sharedTexts: 0 })
          expect(textsOf(sheetJs(file), 'Sheet').slice(1)).toEqual(seenBySheetJs(texts))
        },
      ),
    )
  })

  // What no database holds is read as the character that stands for it.
  it('is read back exactly by Baton, typed, at its place, through the process that reads', async () => {
    const rows: WrittenCell[][] = [
      ...awkward.map((text) => [text, null, text.length]),
      ['\ud800 half', true, { date: '2026-11-22T09:30:15' }],
      [null, 1.5e-7, { date: '2024-02-29' }],
    ]
    const file = path.join(folder, 'all.xlsx')
    await writeFile(
      file,
      await written([{ ...sheetOf(rows), notes: ['Above.'], name: '成员' }], { sharedTexts: 5 }),
    )
    const found: unknown[] = []
    for await (const event of readSpreadsheet(file)) {
      if (event.kind === 'sheet') found.push(event.sheet.name)
      if (event.kind === 'rows') found.push(...event.rows.map(({ row, cells }) => [row, ...cells.map(plain)]))
    }
    expect(found).toEqual([
      '成员',
      [1, 'Above.'],
      [2, 'Column 1', 'Column 2', 'Column 3'],
      ...awkward.map((text, at) => [at + 3, text.replaceAll('\0', '\ufffd'), null, text.length]),
      [awkward.length + 3, '\ufffd half', true, '2026-11-22T09:30:15'],
      [awkward.length + 4, null, 1.5e-7, '2024-02-29'],
    ])
  })

  it('keeps texts as texts and types what is none', async () => {
    const rows: WrittenCell[][] = [
      ['+8613800138000', 7, true],
      ['007', 1.5e-7, false],
      ['x', { date: '2024-02-29' }, { date: '2026-11-22T09:30:15' }],
      ['y', { date: '2023-02-29' }, { date: '1899-12-31' }],
      [null, '', 0],
    ]
    const file = await written([sheetOf(rows)])
    const sheet = sheetJs(file).Sheets['Sheet'] ?? {}
    expect(sheet['A2']).toMatchObject({ t: 's', v: '+8613800138000', z: '@' })
    expect(sheet['A3']).toMatchObject({ t: 's', v: '007', z: '@' })
    expect([sheet['B2'].v, sheet['B3'].v, sheet['C2'].v, sheet['C3'].v]).toEqual([7, 1.5e-7, true, false])
    expect(sheet['B4']).toMatchObject({ v: new Date('2024-02-29T00:00:00Z') })
    expect(sheet['C4']).toMatchObject({ v: new Date('2026-11-22T09:30:15Z') })
    expect([sheet['B5'].v, sheet['C5'].v]).toEqual(['2023-02-29', '1899-12-31'])
    expect([sheet['A6'], sheet['B6'], sheet['C6'].v]).toEqual([undefined, undefined, 0])
  })

  it('A13 has no formula, whatever its cells say (ASVS 1.2.10)', async () => {
    const starts = ['=', '+', '-', '@', '\t', '\r', '＝', '＋', '－', '＠', '|']
    const cells = starts.map((start) => [`${start}cmd|' /C calc'!A0`])
    const file = await written([sheetOf(cells)])
    for (const cell of Object.values(sheetJs(file).Sheets['Sheet'] ?? {})) {
      expect((cell as { f?: string }).f).toBeUndefined()
    }
    const sheet = (await excelJs(file)).worksheets[0]
    expect(sheet?.getCell('A2').type).toBe(ExcelJS.ValueType.String)
  })

  it('has notes across all columns, a header whose required columns are red, widths and colours of problems', async () => {
    const file = await written([
      {
        name: '成员列表',
        notes: ['填写须知：', 'One.\nTwo.'],
        columns: [{ header: '姓名', width: 30, isRequired: true }, { header: '手机' }],
        rows: [
          ['张三', { problem: '1.38E+10' }],
          ['李四', { problem: null }],
        ],
      },
    ])
    const sheet = (await excelJs(file)).getWorksheet('成员列表')
    expect(sheet?.getCell('A1').value).toBe('填写须知：')
    expect(sheet?.getCell('B2').master.address).toBe('A2')
    expect(sheet?.getRow(2).height).toBe(30)
    expect(sheet?.getCell('A3').font).toMatchObject({ bold: true, color: { argb: 'FFFF0000' } })
    expect(sheet?.getCell('B3').font).toMatchObject({ bold: true })
    expect(sheet?.getCell('B3').font.color).toBeUndefined()
    expect([sheet?.getColumn(1).width, sheet?.getColumn(2).width]).toEqual([30, 18])
    expect(sheet?.getColumn(1).numFmt).toBe('@')
    expect(sheet?.views).toMatchObject([{ state: 'frozen', ySplit: 3 }])
    const colour = { fgColor: { argb: 'FFFFE1E1' } }
    expect(sheet?.getCell('B4')).toMatchObject({ value: '1.38E+10', fill: colour, numFmt: '@' })
    expect(sheet?.getCell('B5')).toMatchObject({ value: null, fill: colour })
    expect(sheet?.getCell('A4').fill).not.toMatchObject(colour)
  })

  it('does not freeze a screen full of notes', async () => {
    const file = await written([{ ...sheetOf([]), notes: Array.from({ length: 8 }, () => 'A note.') }])
    expect((await excelJs(file)).worksheets[0]?.views[0]?.state).not.toBe('frozen')
  })

  it('has several sheets, whose names every program takes', async () => {
    const names = ['A/B [1]', "'quoted'", 'a'.repeat(40), 'A'.repeat(40), '', `${'号'.repeat(30)}🙂`]
    const file = await written(names.map((name) => ({ ...sheetOf([[name]]), name })))
    const expected = ['A B  1', 'quoted', 'a'.repeat(31), `${'A'.repeat(27)} (2)`, 'Sheet', '号'.repeat(30)]
    expect(sheetJs(file).SheetNames).toEqual(expected)
    expect((await excelJs(file)).worksheets.map(({ name }) => name)).toEqual(expected)
  })

  it('goes on in a further sheet where one is full', async () => {
    const rows = Array.from({ length: 7 }, (_, at) => [at])
    const book = sheetJs(
      await written([sheetOf(rows), { ...sheetOf([['last']]), name: 'End' }], { sheetRows: 4 }),
    )
    expect(book.SheetNames).toEqual(['Sheet', 'Sheet (2)', 'Sheet (3)', 'End'])
    const numbers = ['Sheet', 'Sheet (2)', 'Sheet (3)'].map((name) => textsOf(book, name).slice(1).flat())
    expect(numbers).toEqual([[0, 1, 2], [3, 4, 5], [6]])
    expect(textsOf(book, 'Sheet (3)')[0]).toEqual(['Column 1', 'Column 2', 'Column 3'])
  })

  it('is the same file for the same rows', async () => {
    const made = () => written([sheetOf([['a', 1, { date: '2026-11-22' }]])])
    expect((await made()).equals(await made())).toBe(true)
  })
})

/** A count once it has not changed for a quarter of a second. */
async function settled(count: () => number): Promise<number> {
  for (let looks = 0; looks < 40; looks++) {
    const before = count()
    await sleep(250)
    if (count() === before) return before
  }
  throw new Error('it never came to rest')
}

describe('writing a workbook', () => {
  it('asks for rows as fast as the file is taken, and stops asking when it is left', async () => {
    const asked = { rows: 0, isClosed: false }
    async function* endless() {
      try {
        for (;;) {
          asked.rows += 1
          yield [`member ${asked.rows}`, '+8613800138000', '号码'.repeat(100)]
        }
      } finally {
        asked.isClosed = true
      }
    }
    const file = writeSpreadsheet([{ ...sheetOf([]), rows: endless() }])
    await file[Symbol.asyncIterator]().next()
    const waiting = await settled(() => asked.rows)
    expect(waiting).toBeLessThan(20_000)
    file.destroy()
    await expect.poll(() => asked.isClosed, { timeout: 5_000 }).toBe(true)
  })

  it('fails with its rows, so that nobody takes half a file for a whole one', async () => {
    async function* broken() {
      yield ['first']
      throw new Error('the database went away')
    }
    await expect(buffer(writeSpreadsheet([{ ...sheetOf([]), rows: broken() }]))).rejects.toThrow('went away')
  })

  it.each([
    ['a text that no cell holds', 'x'.repeat(32_768)],
    ['a number that is none', Number.NaN],
    ['an endless number', Number.POSITIVE_INFINITY],
  ])('refuses %s', async (_, cell) => {
    await expect(written([sheetOf([[cell]])])).rejects.toThrow(RangeError)
  })
})
