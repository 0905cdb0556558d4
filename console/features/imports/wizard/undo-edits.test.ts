import { describe, expect, it } from 'vitest'
import { backTo, inRequests, type Row, readRows, replacementsIn } from './undo-edits.ts'

function row(number: number, text: string, edits: Partial<Row['edits']> = {}): Row {
  return {
    row: number,
    verdict: 'error',
    hidden: false,
    cells: ['E1', text],
    edits: { cells: {}, skip: false, existing: null, accepted: [], ...edits },
    values: {},
    problems: [],
    changes: [],
    subjectId: null,
  }
}

describe('a repair that is taken back', () => {
  it('gives a cell that nobody had written over back to the file', () => {
    expect(backTo(row(4, 'x'), 'mobile')).toMatchObject({ row: 4, cells: { mobile: null }, skip: false })
  })

  it('keeps what an earlier repair had written', () => {
    const before = row(4, 'x', { cells: { mobile: '+49301' }, accepted: ['a'] })
    expect(backTo(before, 'mobile')).toMatchObject({ cells: { mobile: '+49301' }, accepted: ['a'] })
  })

  it('leaves cells alone where the whole row was left out', () => {
    expect(backTo(row(4, 'x'), null)).toEqual({ row: 4, skip: false, existing: null, accepted: [] })
  })

  it('takes as many requests as its rows need', () => {
    const edits = Array.from({ length: 2_001 }, (_, index) => ({ row: index + 2 }))
    expect(inRequests(edits).map((change) => change?.edits?.length)).toEqual([1_000, 1_000, 1])
  })
})

describe('find and replace', () => {
  const rows = [row(2, 'Sales'), row(3, 'Sales/East'), row(4, 'x', { cells: { department: 'Sales' } })]
  const what = { key: 'department', place: 1, find: 'Sales', replaceBy: '$& & Co', isWhole: false }

  it('writes over parts of cells, repaired ones too, and takes the words as they are', () => {
    expect(replacementsIn(rows, what).map(({ cells }) => cells?.['department'])).toEqual([
      '$& & Co',
      '$& & Co/East',
      '$& & Co',
    ])
  })

  it('writes over whole cells only, if that is wanted', () => {
    expect(replacementsIn(rows, { ...what, isWhole: true }).map((one) => one.row)).toEqual([2, 4])
  })
})

describe('rows that are read page after page', () => {
  const read = async ({ cursor }: { cursor?: string | undefined }) =>
    cursor ? { items: [row(3, 'b')], nextCursor: 'more' } : { items: [row(2, 'a')], nextCursor: 'next' }

  it('stop at the number that may be read', async () => {
    const { rows, isCut } = await readRows(read, {}, 2)
    expect([rows.map((one) => one.row), isCut]).toEqual([[2, 3], true])
  })
})
