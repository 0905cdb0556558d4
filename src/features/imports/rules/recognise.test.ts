import { describe, expect, it } from 'vitest'
import type { RawRow, RawSheet } from '../model/cell.ts'
import { templates } from '../model/templates/all.ts'
import { chooseColumns } from './map-columns.ts'
import { recognise } from './recognise.ts'

type Texts = readonly (string | number | null)[]

function sheetOf(rows: readonly Texts[], wish: Partial<RawSheet> = {}): RawSheet {
  return { index: 0, name: '', hidden: false, rows: rows.map(rowOf), ...wish }
}

function rowOf(texts: Texts, index: number): RawRow {
  const cells = texts.map((text) => {
    if (text === null || text === '') return null
    return typeof text === 'number'
      ? ({ kind: 'number', value: text, text: String(text) } as const)
      : ({ kind: 'text', text } as const)
  })
  return { row: index + 1, hidden: false, cells }
}

function keysOf(sheet: RawSheet) {
  const { template, layout, headerRow, columns } = recognise({ sheets: [sheet] })
  return { template, layout, headerRow, keys: columns.map(({ key }) => key) }
}

const notes = Array.from({ length: 8 }, (_, line) => [
  `${line}、部门：上下级部门间用‘/’隔开，帐号相同会进行覆盖导入`,
])
const headers2020 = [
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
]
const sample = [
  '张三（示例）',
  'sanzhang',
  'jackzhang',
  '产品经理',
  '腾讯公司/广州研发部',
  '男',
  '13800000000',
]
const headersNow = [
  '姓名',
  '账号',
  '别名',
  '职务',
  '部门',
  '性别',
  '手机',
  '座机',
  '邮箱',
  '地址',
  '企业邮箱',
  '视频号',
]
const keysNow = [
  'name',
  'staffCode',
  'alias',
  'title',
  'departments',
  'gender',
  'mobile',
  'landline',
  'email',
  'address',
  'corporateEmail',
  'channel',
]

describe('MIG-3 a file of WeCom', () => {
  it('of 2020 is known below its eight rows of notes, with its sample row', () => {
    const found = recognise({ sheets: [sheetOf([...notes, headers2020, sample, ['李四', 'lisi']])] })
    expect(found).toMatchObject({
      template: 'wecom-members',
      layout: 'wecom-2020',
      headerRow: 9,
      confidence: 1,
    })
    expect(found.sampleRows).toEqual([10])
    expect(found.columns.map(({ key }) => key)).toEqual([
      ...['name', 'staffCode', 'alias', 'title', 'departments', 'gender', 'mobile', 'landline', 'email'],
      ...['address', 'shortName'],
    ])
    expect(found.columns.every(({ why }) => why === 'header')).toBe(true)
    expect(found.missing).toEqual([])
  })

  it('of today is known by the other spelling of the account', () => {
    expect(keysOf(sheetOf([...notes, headersNow, sample]))).toEqual({
      template: 'wecom-members',
      layout: 'wecom',
      headerRow: 9,
      keys: keysNow,
    })
  })

  it('that was exported has three more columns', () => {
    const headers = [...headersNow, '激活状态', '禁用状态', '微信插件']
    expect(keysOf(sheetOf([headers]))).toEqual({
      template: 'wecom-members',
      layout: 'wecom-export',
      headerRow: 1,
      keys: [...keysNow, 'activation', 'disabled', 'plugin'],
    })
  })

  it('for its API has departments by id, and a remark for a header', () => {
    const headers =
      '姓名,帐号,手机号,邮箱,企业邮箱,所在部门,职位,性别,是否部门内领导,排序,别名,地址,座机,禁用,禁用项说明：(0-启用;1-禁用)'
    const found = keysOf(sheetOf([headers.split(','), ['李四', 'lisi', 18913112121, null, null, '6;7']]))
    expect(found).toMatchObject({ template: 'wecom-api-members', layout: 'wecom-api' })
    expect(found.keys).toContain('departmentIds')
    expect(found.keys).toContain('leads')
  })

  it('keeps and reports the columns that its company added', () => {
    const found = recognise({
      sheets: [
        sheetOf([
          [...headers2020, '工位', '入职日期', '工位'],
          ['李四', 'lisi'],
        ]),
      ],
    })
    expect(found).toMatchObject({ template: 'wecom-members', unknown: ['工位', '入职日期', '工位'] })
    expect(found.columns).toHaveLength(14)
  })
})

describe('MIG-3 a file', () => {
  it.each([
    ['members', ['工号 Staff code', '姓名 Name', '部门 Departments', '直属上级 Manager']],
    ['members', ['Staff code', 'Name', 'E-mail', 'Role']],
    ['numbers', ['号码', '用途', '运营商', 'SIM 卡号', '持有人']],
    ['numbers', ['Phone number', 'Label', 'Carrier', 'Holder']],
    ['moves', ['number', 'to', 'expected']],
    ['moves', ['号码', '接收人', '原持有人']],
    [
      'records',
      ['recordId', 'number', 'kind', 'direction', 'otherParty', 'occurredAt', 'source', 'sourceId'],
    ],
    ['other-systems', ['系统', '网址', '账号', '使用人', '绑定号码']],
  ])('of %s is known by its headers: %j', (template, headers) => {
    const found = recognise({ sheets: [sheetOf([headers])] })
    expect(found.template).toBe(template)
    expect(found.columns.filter(({ key }) => key === null)).toEqual([])
    expect(found.candidates[0]?.template).toBe(template)
  })

  it('that is nothing of ours is not guessed to be something', () => {
    const found = recognise({
      sheets: [
        sheetOf([
          ['Datum', 'Betrag', 'Waehrung'],
          ['2026-01-02', 12, 'EUR'],
        ]),
      ],
    })
    expect(found).toMatchObject({ template: null, headerRow: null })
    expect(found.columns.map(({ key }) => key)).toEqual([null, null, null])
  })

  it('with a list of numbers and no headers is one of numbers, its first row data', () => {
    const found = recognise({ sheets: [sheetOf([['13800138000'], ['13800138001']])] })
    expect(found).toMatchObject({ template: 'numbers', headerRow: null, missing: [] })
    expect(found.columns[0]).toMatchObject({ key: 'number', why: 'content' })
    expect(found.confidence).toBeLessThan(0.5)
  })

  it('is read from the sheet that is neither empty nor hidden', () => {
    const rows = [
      ['工号', '姓名'],
      ['lisi', '李四'],
    ]
    const sheets = [
      sheetOf([[null]], { index: 0 }),
      sheetOf(rows, { index: 1, hidden: true }),
      sheetOf([['说明']], { index: 2 }),
      sheetOf(rows, { index: 3 }),
    ]
    expect(recognise({ sheets }).sheet).toBe(3)
    expect(recognise({ sheets, sheet: 1 }).sheet).toBe(1)
  })
})

describe('a column', () => {
  it('that stands there twice is read once and reported', () => {
    const found = recognise({
      sheets: [
        sheetOf([
          ['工号', '姓名', '手机', '手机号'],
          ['lisi', '李四', '1', '2'],
        ]),
      ],
    })
    expect(found.duplicates).toEqual(['手机号'])
    expect(found.columns.map(({ key }) => key)).toEqual(['staffCode', 'name', 'mobile', null])
  })

  it('without a known header is known by what stands in it, less surely', () => {
    const rows = [
      ['工号', '姓名', 'Kontakt', 'Rufnummer'],
      ['lisi', '李四', 'li@example.com', '13800138000'],
      ['wangwu', '王五', 'wang@example.com', '13800138001'],
    ]
    const found = recognise({ sheets: [sheetOf(rows)] })
    expect(found.columns[2]).toMatchObject({ key: 'email', why: 'content', confidence: 0.7 })
    expect(found.columns[3]).toMatchObject({ key: 'mobile', why: 'content' })
    expect(found.columns[2]?.samples).toEqual(['li@example.com', 'wang@example.com'])
  })

  it('of numbers that nobody knows becomes a free field, under its own name', () => {
    const found = recognise({
      sheets: [
        sheetOf([
          ['号码', 'PUK', '字段 Field: 入网'],
          ['13800138000', '1', '2'],
        ]),
      ],
    })
    expect(found.columns[1]).toMatchObject({ key: 'field:PUK', why: 'field' })
    expect(found.columns[2]).toMatchObject({ key: 'field:入网', why: 'header', confidence: 1 })
  })

  it('is what it was last time for the same headers', () => {
    const sheets = [
      sheetOf([
        ['工号', '姓名', 'Tel'],
        ['lisi', '李四', 'x'],
      ]),
    ]
    const { signature } = recognise({ sheets })
    const columns = [
      { column: 0, key: 'staffCode' },
      { column: 1, key: 'alias' },
      { column: 2, key: 'mobile' },
    ]
    const found = recognise({ sheets, remembered: [{ template: 'members', signature, columns }] })
    expect(found.columns.map(({ key, why }) => `${key} ${why}`)).toEqual([
      'staffCode remembered',
      'alias remembered',
      'mobile remembered',
    ])
    expect(found.missing).toEqual(['name'])
    const others = [
      sheetOf([
        ['工号', '姓名', 'Fax'],
        ['lisi', '李四', 'x'],
      ]),
    ]
    const strange = recognise({ sheets: others, remembered: [{ template: 'members', signature, columns }] })
    expect(strange.columns.some(({ why }) => why === 'remembered')).toBe(false)
  })

  it('is what a person says, and then no other is', () => {
    const { columns } = recognise({
      sheets: [
        sheetOf([
          ['工号', '姓名', '手机', 'Tel'],
          ['lisi', '李四', '1', '2'],
        ]),
      ],
    })
    const chosen = chooseColumns(templates.members, columns, [{ column: 3, key: 'mobile' }])
    expect(chosen.map(({ key, why }) => `${key} ${why}`)).toEqual([
      'staffCode header',
      'name header',
      'null unknown',
      'mobile chosen',
    ])
    expect(chooseColumns(templates.members, columns, [{ column: 3, key: 'nothing' }])).toEqual(columns)
  })
})
