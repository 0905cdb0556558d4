import { describe, expect, it } from 'vitest'
import { plainCell, understandColumns } from './list-columns.ts'

describe('which columns of a list are understood', () => {
  it('finds number and staff code by an English header, whatever stands between them', () => {
    const rows = [
      ['Note', 'Staff code', 'Phone number'],
      ['desk', 'E-12', '+493012345678'],
    ]
    expect(understandColumns(rows)).toEqual({
      number: 2,
      recipient: 1,
      recipientKind: 'code',
      hasHeader: true,
    })
  })
  it('finds them by a Chinese header', () => {
    const rows = [
      ['手机号', '接收人'],
      ['13800138000', '王芳'],
    ]
    expect(understandColumns(rows)).toEqual({
      number: 0,
      recipient: 1,
      recipientKind: 'either',
      hasHeader: true,
    })
  })
  it('prefers a staff code to a name where the list has both', () => {
    const rows = [
      ['Name', 'User ID', 'Mobile'],
      ['Anna', 'a1', '1'],
    ]
    expect(understandColumns(rows)?.recipientKind).toBe('code')
  })
  it('finds the numbers of a list without a header by their look', () => {
    const rows = [
      ['Anna Li', '+49 30 1234567'],
      ['Ben Wu', '0086 138 0013 8000'],
    ]
    expect(understandColumns(rows)).toEqual({
      number: 1,
      recipient: 0,
      recipientKind: 'either',
      hasHeader: false,
    })
  })
  it('takes an unknown header for one, not for a move', () => {
    const rows = [
      ['Leitung', 'Wer'],
      ['+49301234567', 'Anna'],
      ['+49301234568', 'Ben'],
    ]
    expect(understandColumns(rows)).toMatchObject({ number: 0, recipient: 1, hasHeader: true })
  })
  it('takes a list of numbers alone, to be given to one person', () => {
    expect(understandColumns([['+49301234567'], ['+49301234568']])).toMatchObject({
      number: 0,
      recipient: null,
    })
  })
  it('understands nothing of a list without numbers', () => {
    expect(
      understandColumns([
        ['Anna', 'Ben'],
        ['Cara', 'Dan'],
      ]),
    ).toBeNull()
  })
})

describe('cells as spreadsheets write them', () => {
  it.each([
    ['="+8613800138000"', '+8613800138000'],
    ["'00493012345", '00493012345'],
    [' 013800138000\u200b ', '013800138000'],
    ['"quoted"', '"quoted"'],
  ])('reads %s as %s', (cell, text) => {
    expect(plainCell(cell)).toBe(text)
  })
})
