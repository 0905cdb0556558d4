import { readFile } from 'node:fs/promises'
import { setTimeout as sleep } from 'node:timers/promises'
import XLSX from '@e965/xlsx'
import ExcelJS from 'exceljs'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readFileWhole, textsOf, Uploads } from '../../../test/spreadsheets/read-all.ts'
import { parts, sheetOf, type WorkbookWish, workbookOf } from '../../../test/spreadsheets/workbook-file.ts'
import { type Cell, hasLostDigits } from './cell.ts'
import { SpreadsheetError } from './fault.ts'
import { readSpreadsheet } from './read.ts'

let uploads: Uploads
beforeAll(async () => {
  uploads = await Uploads.open()
})
afterAll(() => uploads.close())

const realFile = new URL('../../../test/fixtures/spreadsheets/wecom-import-template.xlsx', import.meta.url)

/** The cells of the first row. */
async function cellsOf(wish: WorkbookWish): Promise<readonly (Cell | null)[]> {
  const { sheets } = await uploads.readHere(workbookOf(wish))
  return sheets[0]?.rows[0]?.cells ?? []
}

async function faultOf(reading: Promise<unknown>): Promise<SpreadsheetError> {
  try {
    await reading
  } catch (error) {
    if (error instanceof SpreadsheetError) return error
    throw error
  }
  throw new Error('it was read')
}

describe('the template that WeCom hands out', () => {
  it('is read with its notes, header and example', async () => {
    const file = await readFileWhole(realFile.pathname)
    expect(file.report).toMatchObject({
      format: 'xlsx',
      rows: 10,
      mergedRanges: 8,
      formulas: 0,
      hiddenRows: 0,
    })
    expect(file.sheets.map(({ name, hidden }) => [name, hidden])).toEqual([['成员列表', false]])
    const texts = textsOf(file)
    expect(texts[8]).toEqual([
      9,
      '姓名',
      '帐号',
      '别名',
      '职务',
      '部门',
      '性别',
      '手机',
      '座机',
      '个人邮箱',
      '地址',
      '企业简称',
    ])
    expect(texts[9]?.slice(0, 8)).toEqual([
      10,
      '张三（示例）',
      'sanzhang',
      'jackzhang',
      '产品经理',
      '腾讯公司/广州研发部',
      '男',
      '13800000000',
    ])
  })
})

describe('a cell', () => {
  const styles = { formats: ['yyyy"年"m"月"d"日"', '[h]:mm'], cellFormats: [0, 14, 31, 164, 165, 49, 22] }
  it.each<[string, string, Cell | null]>([
    [
      'a phone number as text',
      '<c t="inlineStr"><is><t>+8613800138000</t></is></c>',
      { kind: 'text', text: '+8613800138000' },
    ],
    [
      'a phone number as a number',
      '<c><v>13800138000</v></c>',
      { kind: 'number', value: 13_800_138_000, text: '13800138000' },
    ],
    [
      'a phone number that was rounded',
      '<c><v>1.38E+10</v></c>',
      { kind: 'number', value: 1.38e10, text: '1.38E+10' },
    ],
    ['digits with zeros before them', '<c><v>007</v></c>', { kind: 'number', value: 7, text: '007' }],
    ['zero', '<c><v>0</v></c>', { kind: 'number', value: 0, text: '0' }],
    ['a negative fraction', '<c><v>-1.50</v></c>', { kind: 'number', value: -1.5, text: '-1.50' }],
    ['no number after all', '<c><v>12 34</v></c>', { kind: 'text', text: '12 34' }],
    ['a number beyond all numbers', '<c><v>1e999</v></c>', { kind: 'text', text: '1e999' }],
    ['a date', '<c s="1"><v>45292</v></c>', { kind: 'date', text: '2024-01-01', serial: 45_292 }],
    [
      'a date of Chinese Excel',
      '<c s="2"><v>45292</v></c>',
      { kind: 'date', text: '2024-01-01', serial: 45_292 },
    ],
    [
      'a date by a format of its own',
      '<c s="3"><v>45292.5</v></c>',
      { kind: 'date', text: '2024-01-01T12:00:00', serial: 45_292.5 },
    ],
    ['a time of day', '<c s="6"><v>0.25</v></c>', { kind: 'date', text: '06:00:00', serial: 0.25 }],
    ['a duration', '<c s="4"><v>1.5</v></c>', { kind: 'number', value: 1.5, text: '1.5' }],
    [
      'a number that is shown as text',
      '<c s="5"><v>45292</v></c>',
      { kind: 'number', value: 45_292, text: '45292' },
    ],
    [
      'a date as ISO 8601',
      '<c t="d"><v>2024-01-31T08:30:00</v></c>',
      { kind: 'date', text: '2024-01-31T08:30:00', serial: null },
    ],
    ['true', '<c t="b"><v>1</v></c>', { kind: 'boolean', value: true, text: 'TRUE' }],
    ['false', '<c t="b"><v>0</v></c>', { kind: 'boolean', value: false, text: 'FALSE' }],
    ['an error', '<c t="e"><v>#N/A</v></c>', { kind: 'error', text: '#N/A' }],
    ['a formula', '<c><f>1+1</f><v>2</v></c>', { kind: 'number', value: 2, text: '2', formula: true }],
    [
      'a formula of text',
      '<c t="str"><f>A1&amp;"x"</f><v>a_x000D_</v></c>',
      { kind: 'text', text: 'a\r', formula: true },
    ],
    [
      'a formula that failed',
      '<c t="e"><f>1/0</f><v>#DIV/0!</v></c>',
      { kind: 'error', text: '#DIV/0!', formula: true },
    ],
    ['a formula without its value', '<c><f>1+1</f></c>', null],
    [
      'rich text without its phonetic part',
      '<c t="inlineStr"><is><r><t>东</t></r><r><rPr/><t xml:space="preserve"> 京</t></r><rPh sb="0" eb="1"><t>ト</t></rPh></is></c>',
      { kind: 'text', text: '东 京' },
    ],
    ['a line end', '<c t="inlineStr"><is><t>a_x000D_\r\nb</t></is></c>', { kind: 'text', text: 'a\r\nb' }],
    [
      'spaces around, of every kind',
      '<c t="inlineStr"><is><t> \u3000a\u00a0</t></is></c>',
      { kind: 'text', text: ' \u3000a\u00a0' },
    ],
    [
      'CDATA, comments and references',
      '<c t="inlineStr"><is><t>a<!-- -->&amp;<![CDATA[<b>]]>&#x4e2d;</t></is></c>',
      { kind: 'text', text: 'a&<b>中' },
    ],
    ['a shared text', '<c t="s"><v>1</v></c>', { kind: 'text', text: '李雷' }],
    [
      'a shared text, its number in two pieces',
      '<c t="s"><v>0<!-- -->1</v></c>',
      { kind: 'text', text: '李雷' },
    ],
    ['a shared text that is empty', '<c t="s"><v>0</v></c>', null],
    ['nothing but a format', '<c s="1"/>', null],
    ['an empty value', '<c><v></v></c>', null],
    ['an unknown kind', '<c t="new"><v>x</v></c>', { kind: 'text', text: 'x' }],
  ])('may hold %s', async (_, xml, expected) => {
    const strings = '<si><t/></si><si><r><t>李</t></r><r><t>雷</t></r><rPh sb="0" eb="1"><t>x</t></rPh></si>'
    // The last cell is always there, so that the row is.
    const cells = await cellsOf({ ...styles, strings, rows: `<row r="1">${xml}<c r="C1"><v>9</v></c></row>` })
    expect(cells).toEqual([expected, null, { kind: 'number', value: 9, text: '9' }])
  })

  it('counts its days from 1904 where the workbook does', async () => {
    const rows = '<row><c s="0"><v>43830</v></c></row>'
    expect(await cellsOf({ rows, cellFormats: [14], properties: 'date1904="1"' })).toEqual([
      { kind: 'date', text: '2024-01-01', serial: 43_830 },
    ])
  })

  it('says that digits are lost from sixteen on', async () => {
    const rows = '<row><c><v>999999999999999</v></c><c><v>1.10101199003071E17</v></c></row>'
    const cells = await cellsOf({ rows })
    expect(cells.map((cell) => cell !== null && hasLostDigits(cell))).toEqual([false, true])
  })
})

describe('a workbook', () => {
  it('is read where its rows and cells do not say where they stand', async () => {
    const rows = '<row><c><v>1</v></c><c><v>2</v></c></row><row/><row><c/><c><v>3</v></c></row>'
    expect(textsOf(await uploads.readHere(workbookOf({ rows })))).toEqual([
      [1, '1', '2'],
      [3, '', '3'],
    ])
  })

  it('is read where every name has a prefix', async () => {
    const prefixed = (xml: string) =>
      xml
        .replace(/<(\/?)(?!\?)(\w)/g, '<$1x:$2')
        .replaceAll('xmlns=', 'xmlns:x=')
        .replace('r:id', 'rel:id')
        .replace('xmlns:r=', 'xmlns:rel=')
    const rows = '<row r="2"><c r="B2" t="s"><v>0</v></c><c r="D2" t="inlineStr"><is><t>b</t></is></c></row>'
    const plain = { rows, strings: '<si><t>a</t></si>' }
    const file = await uploads.readHere(
      workbookOf({
        ...plain,
        parts: {
          [parts.sheet]: prefixed(sheetOf(plain)),
          [parts.strings]: prefixed('<sst xmlns="u"><si><t>a</t></si></sst>'),
          [parts.workbook]: prefixed(
            '<workbook xmlns="u" xmlns:r="v"><sheets><sheet name="S" r:id="rId1"/></sheets></workbook>',
          ),
        },
      }),
    )
    expect(textsOf(file)).toEqual([[2, '', 'a', '', 'b']])
    expect(file.report.sheets).toEqual([{ index: 0, name: 'S', hidden: false }])
  })

  it('is read where its parts are in UTF-16, or begin with a mark', async () => {
    const sheet = sheetOf({ rows: '<row><c t="inlineStr"><is><t>号</t></is></c></row>' })
    const wide = sheet.replace('UTF-8', 'UTF-16')
    for (const part of [
      Buffer.from(`\ufeff${wide}`, 'utf16le'),
      Buffer.from(`\ufeff${wide}`, 'utf16le').swap16(),
      Buffer.from(wide, 'utf16le'),
      Buffer.from(`\ufeff${sheet}`),
    ])
      expect(textsOf(await uploads.readHere(workbookOf({ parts: { [parts.sheet]: part } })))).toEqual([
        [1, '号'],
      ])
    const gbk = await faultOf(
      uploads.readHere(workbookOf({ parts: { [parts.sheet]: sheet.replace('UTF-8', 'GBK') } })),
    )
    expect(gbk).toMatchObject({ fault: 'damaged', where: { part: parts.sheet } })
  })

  it('reports what is hidden, merged, computed or wrong', async () => {
    const { sheets, report } = await uploads.readHere(
      workbookOf({
        sheets:
          '<sheet name="A &amp; B" sheetId="1" r:id="rId1"/><sheet name="hidden" sheetId="2" state="hidden" r:id="rId1"/><sheet name="very" sheetId="3" state="veryHidden" r:id="rId1"/>',
        before: '<cols><col min="2" max="2" hidden="1"/><col min="4" max="16384" hidden="true"/></cols>',
        rows: '<row r="1"><c r="A1"><v>1</v></c><c r="B1"><f>A1</f><v>1</v></c></row><row r="2" hidden="1"><c r="A2" t="e"><v>#REF!</v></c><c r="C2"><f>A1</f></c></row>',
        after: '<mergeCells count="2"><mergeCell ref="A1:XFD1048576"/><mergeCell ref="A2:B2"/></mergeCells>',
      }),
    )
    expect(sheets.map(({ name, hidden, rows }) => [name, hidden, rows.length])).toEqual([
      ['A & B', false, 2],
      ['hidden', true, 2],
      ['very', true, 2],
    ])
    expect(sheets[0]?.rows.map(({ row, hidden }) => [row, hidden])).toEqual([
      [1, false],
      [2, true],
    ])
    const once = {
      rows: 2,
      hiddenRows: 1,
      hiddenColumns: 1,
      formulas: 2,
      formulasWithoutValue: 1,
      mergedRanges: 2,
      errorCells: 1,
    }
    expect(report).toMatchObject(
      Object.fromEntries(Object.entries(once).map(([key, count]) => [key, count * 3])),
    )
  })

  it('hides its rows where the sheet says so of all', async () => {
    const rows = '<row><c><v>1</v></c></row><row hidden="0"><c><v>1</v></c></row>'
    const before = '<sheetFormatPr zeroHeight="1"/>'
    const { sheets } = await uploads.readHere(workbookOf({ rows, before }))
    expect(sheets[0]?.rows.map(({ hidden }) => hidden)).toEqual([true, false])
  })

  it('leaves charts out, which have a sheet of their own', async () => {
    const relations =
      '<Relationships><Relationship Id="rId1" Type="u/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="u/chartsheet" Target="c.xml"/></Relationships>'
    const sheets = '<sheet name="chart" r:id="rId2"/><sheet name="list" r:id="rId1"/>'
    const file = await uploads.readHere(
      workbookOf({ sheets, rows: '<row><c><v>1</v></c></row>', parts: { [parts.relations]: relations } }),
    )
    expect(file.report.sheets).toEqual([{ index: 0, name: 'list', hidden: false }])
  })

  it('keeps a header by any name', async () => {
    const rows =
      '<row><c t="inlineStr"><is><t>__proto__</t></is></c><c t="inlineStr"><is><t>constructor</t></is></c></row>'
    expect(textsOf(await uploads.read(workbookOf({ rows })))).toEqual([[1, '__proto__', 'constructor']])
  })
})

describe('a workbook that another program wrote', () => {
  const text = fc
    .array(
      fc.constantFrom('a', '号', '𠮷', ' ', '\u00a0', '&', '<', '"', '\n', '+86', '=1', '1.38E+10', "'"),
      { minLength: 1, maxLength: 5 },
    )
    .map((pieces) => pieces.join(''))
  const cell = fc.oneof(
    text,
    fc.integer(),
    fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e300, max: 1e300 }),
    fc.boolean(),
    fc.constant(null),
  )
  const sheet = fc.array(fc.array(cell, { minLength: 1, maxLength: 8 }), { minLength: 1, maxLength: 12 })

  it('is read as it was written: by SheetJS', async () => {
    await fc.assert(
      fc.asyncProperty(sheet, fc.boolean(), async (rows, compression) => {
        const book = XLSX.utils.book_new()
        XLSX.utils.book_append_sheet(book, XLSX.utils.aoa_to_sheet(rows), 'a')
        const bytes: Buffer = XLSX.write(book, { type: 'buffer', bookType: 'xlsx', compression })
        const { sheets } = await uploads.readHere(bytes)
        const oracle = XLSX.utils.sheet_to_json<unknown[]>(XLSX.read(bytes).Sheets['a'] ?? {}, {
          header: 1,
          raw: true,
          blankrows: false,
        })
        expect(sheets[0]?.rows.map(({ cells }) => cells.map(plain))).toEqual(
          oracle.map((row) => Array.from(row, (value) => value ?? null)),
        )
      }),
      { numRuns: 150 },
    )
  })

  it('is read as it was written: by ExcelJS', async () => {
    const book = new ExcelJS.Workbook()
    const written = book.addWorksheet('成员')
    written.addRow(['姓名', '入职', '启用', '备注', '合计'])
    written.addRow([
      '李雷',
      new Date('2024-01-31T00:00:00Z'),
      true,
      { richText: [{ text: 'a' }, { font: { bold: true }, text: 'b' }] },
      { formula: 'SUM(1,2)', result: 3 },
    ])
    written.getColumn(4).hidden = true
    book.addWorksheet('x', { state: 'veryHidden' })
    const file = await uploads.readHere(Buffer.from(await book.xlsx.writeBuffer()))
    expect(textsOf(file)).toEqual([
      [1, '姓名', '入职', '启用', '备注', '合计'],
      [2, '李雷', '2024-01-31', 'TRUE', 'ab', '3'],
    ])
    expect(file.report).toMatchObject({ hiddenColumns: 1, formulas: 1, rows: 2 })
    expect(file.sheets[1]).toMatchObject({ name: 'x', hidden: true, rows: [] })
  })
})

function plain(cell: Cell | null): unknown {
  if (cell === null) return null
  return cell.kind === 'number' || cell.kind === 'boolean' ? cell.value : cell.text
}

describe('a file of CSV', () => {
  const text = '姓名;手机\r\n李雷;+4930100\r\n;;\r\n"韩;梅";\r\n'
  it.each([
    ['UTF-8', Buffer.from(text), 'utf-8'],
    ['UTF-8 with a mark', Buffer.from(`\ufeff${text}`), 'utf-8'],
    ['UTF-16', Buffer.from(`\ufeff${text}`, 'utf16le'), 'utf-16le'],
    ['UTF-16 of the other order', Buffer.from(text, 'utf16le').swap16(), 'utf-16be'],
    [
      'GB18030',
      Buffer.from('d0d5c3fb3bcad6bbfa0d0ac0eec0d73b2b343933303130300d0a3b3b0d0a22baab3bc3b7223b0d0a', 'hex'),
      'gb18030',
    ],
  ] as const)('is read in %s, without what is empty', async (_, bytes, encoding) => {
    const file = await uploads.read(bytes)
    expect(textsOf(file)).toEqual([
      [1, '姓名', '手机'],
      [2, '李雷', '+4930100'],
      [4, '韩;梅'],
    ])
    expect(file.report).toMatchObject({
      format: 'csv',
      encoding,
      separator: ';',
      rows: 3,
      sheets: [{ index: 0, name: '', hidden: false }],
    })
  })

  it('may have one column, and no separator', async () => {
    const { report } = await uploads.readHere('号码\n+4930100\n')
    expect(report).toMatchObject({ separator: null, rows: 2 })
  })
})

describe('the reading process', () => {
  const many = Array.from(
    { length: 20_000 },
    (_, index) => `<row><c t="inlineStr"><is><t>${'x'.repeat(200)}${index}</t></is></c></row>`,
  ).join('')

  it('does not run ahead of who takes the rows', async () => {
    const file = await uploads.fileOf(workbookOf({ rows: many }))
    let seconds = 0
    const reading = readSpreadsheet(file, { onUsage: (usage) => (seconds = usage.seconds) })
    await reading.next()
    await sleep(700)
    let rows = 0
    for await (const event of reading) if (event.kind === 'rows') rows += event.rows.length
    expect(rows).toBe(20_000)
    expect(seconds).toBeGreaterThan(0.7)
  })

  it('ends with the loop that reads', async () => {
    const file = await uploads.fileOf(workbookOf({ rows: many }))
    for await (const event of readSpreadsheet(file)) if (event.kind === 'rows') break
    expect(await childrenReading(file)).toEqual([])
  })

  it('ends with the signal, whose reason is thrown', async () => {
    const file = await uploads.fileOf(workbookOf({ rows: many }))
    const abort = new AbortController()
    const reading = readSpreadsheet(file, { signal: abort.signal })
    await reading.next()
    abort.abort(new Error('the browser was closed'))
    await expect(async () => {
      for await (const _ of reading);
    }).rejects.toThrow('the browser was closed')
    await expect(readSpreadsheet(file, { signal: abort.signal }).next()).rejects.toThrow(
      'the browser was closed',
    )
  })

  it('is ended when it takes too long, and what its reader takes does not count', async () => {
    const file = await uploads.fileOf(workbookOf({ rows: many }))
    expect(await faultOf(readFileWhole(file, { limits: { seconds: 0.01 } }))).toMatchObject({
      fault: 'too_slow',
    })
    let rows = 0
    for await (const event of readSpreadsheet(file, { limits: { seconds: 5 } })) {
      if (event.kind === 'rows') rows += event.rows.length
      if (event.kind === 'sheet') await sleep(5500)
    }
    expect(rows).toBe(20_000)
  })

  it('ends by itself at the limit of its memory', async () => {
    const strings = Array.from(
      { length: 200_000 },
      (_, index) => `<si><t>${'长'.repeat(40)}${index}</t></si>`,
    ).join('')
    const bytes = workbookOf({ strings, rows: '<row><c><v>1</v></c></row>' })
    expect(await faultOf(uploads.read(bytes, { limits: { heapMegabytes: 16 } }))).toMatchObject({
      fault: 'out_of_memory',
    })
    expect((await uploads.read(bytes)).report.rows).toBe(1)
  })

  it('gives the rows before a fault, then the fault with its place', async () => {
    const rows = `<row><c><v>1</v></c></row><row r="7"><c r="B7" t="s"><v>9</v></c></row>`
    const file = await uploads.fileOf(workbookOf({ rows }))
    const seen: number[] = []
    const reading = (async () => {
      for await (const event of readSpreadsheet(file))
        if (event.kind === 'rows') seen.push(...event.rows.map(({ row }) => row))
    })()
    expect(await faultOf(reading)).toMatchObject({
      fault: 'damaged',
      where: { sheet: '成员列表', row: 7, column: 1 },
    })
    expect(seen).toEqual([1])
  })

  it('is not started for a file that is not there', async () => {
    await expect(readSpreadsheet('/nowhere/list.xlsx').next()).rejects.toThrow('ENOENT')
  })

  it('knows nothing of the settings of Baton', async () => {
    const secret = 'BATON_READER_TEST_SECRET'
    process.env[secret] = 'x'
    const file = await uploads.fileOf(workbookOf({ rows: many }))
    const reading = readSpreadsheet(file)
    await reading.next()
    const [child] = await childrenReading(file)
    expect(await readFile(`/proc/${child}/environ`, 'utf8')).not.toContain(secret)
    await reading.return()
    delete process.env[secret]
  })
})

/** The processes that have the file in their command line. */
async function childrenReading(file: string): Promise<string[]> {
  const children = await readFile(`/proc/self/task/${process.pid}/children`, 'utf8')
  const found: string[] = []
  for (const child of children.trim().split(' ').filter(Boolean)) {
    const command = await readFile(`/proc/${child}/cmdline`, 'utf8').catch(() => '')
    if (command.includes(file)) found.push(child)
  }
  return found
}
