import { describe, expect, it } from 'vitest'
import { leaversForm } from '../../handovers/model/leavers.ts'
import type { RawCell, RawSheet } from '../model/cell.ts'
import { readTable } from './read-table.ts'

const without = { first: 'staffCode', dates: 'lastDay' }

function sheetOf(
  rows: readonly (readonly (string | number | RawCell | null)[])[],
  wish: Partial<RawSheet> = {},
) {
  const cellOf = (cell: string | number | RawCell | null): RawCell | null => {
    if (cell === null || cell === '') return null
    if (typeof cell === 'number') return { kind: 'number', value: cell, text: String(cell) }
    return typeof cell === 'string' ? { kind: 'text', text: cell } : cell
  }
  const raw = rows.map((cells, index) => ({ row: index + 1, hidden: false, cells: cells.map(cellOf) }))
  return { index: 0, name: 'List', hidden: false, rows: raw, ...wish } satisfies RawSheet
}

describe('a short list in a spreadsheet', () => {
  it('is read below the row of headers that fits best, in either language, past notes and the example', () => {
    const table = readTable(
      leaversForm,
      [
        sheetOf([
          ['离职名单 2026'],
          ['工号 Staff code', '姓名', '备忘', 'Last working day', 'Successor'],
          ['lisi', '李四（示例）', '', '2026-11-30', 'wangwu'],
          [1001, ' 陈\u00a0佳 ', 'x', { kind: 'date', text: '2026-12-31', serial: 46_387 }, null],
          [null, null, null, null, null],
          ['ｚｈａｏ．ｌｉ', null, null, null, 'wang.wu'],
        ]),
      ],
      without,
    )
    expect(table).toEqual({
      sheet: 'List',
      headerRow: 2,
      lines: [
        { row: 4, texts: { staffCode: '1001', name: '陈佳', lastDay: '2026-12-31' } },
        { row: 6, texts: { staffCode: 'zhao.li', successor: 'wang.wu' } },
      ],
      unread: ['备忘'],
    })
  })

  it('needs no headers: the first column says who, and a column of days when', () => {
    const table = readTable(
      leaversForm,
      [
        sheetOf([
          ['Lena Vogt', 'Sales', '2026-11-30'],
          ['mia@example.com', 'Sales', '2026/12/01'],
        ]),
      ],
      without,
    )
    expect(table.headerRow).toBeNull()
    expect(table.lines.map(({ texts }) => texts)).toEqual([
      { staffCode: 'Lena Vogt', lastDay: '2026-11-30' },
      { staffCode: 'mia@example.com', lastDay: '2026/12/01' },
    ])
    expect(table.unread).toEqual(['B'])
  })

  it('takes the sheet with the headers, and a hidden one only where nothing else is', () => {
    const list = sheetOf(
      [
        ['Staff code', 'Name'],
        ['L1', 'Lena'],
      ],
      { index: 1, name: 'Two' },
    )
    const help = sheetOf(
      [
        ['Column', 'What goes in'],
        ['Staff code', 'who'],
      ],
      { name: 'Help' },
    )
    expect(readTable(leaversForm, [help, list], without)).toMatchObject({ sheet: 'Two', headerRow: 1 })
    const hidden = sheetOf(
      [
        ['Staff code', 'Name'],
        ['L2', 'Mia'],
      ],
      { hidden: true },
    )
    expect(readTable(leaversForm, [hidden, list], without).sheet).toBe('Two')
    expect(readTable(leaversForm, [hidden], without).lines).toHaveLength(1)
    expect(readTable(leaversForm, [sheetOf([])], without).lines).toEqual([])
  })

  it('reads of two columns that mean the same the one that says it outright', () => {
    const rows = [
      ['员工', 'Staff code'],
      ['nobody', 'L1'],
    ]
    expect(readTable(leaversForm, [sheetOf(rows)], without)).toMatchObject({
      lines: [{ texts: { staffCode: 'L1' } }],
      unread: ['员工'],
    })
  })
})
