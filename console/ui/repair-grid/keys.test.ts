import { describe, expect, it } from 'vitest'
import { keyInDraft, keyOnCell } from './keys.ts'
import { type GridRow, nextFault } from './model.ts'

const still = { ctrlKey: false, metaKey: false, altKey: false, shiftKey: false }
const sight = { place: { row: 1, column: 2 }, rows: 3, columns: 3, canEdit: true }

describe('who repairs by keyboard', () => {
  it('moves by arrows and stops at the edge', () => {
    expect(keyOnCell({ ...still, key: 'ArrowRight' }, sight)).toEqual({
      kind: 'go',
      to: { row: 1, column: 2 },
    })
    expect(keyOnCell({ ...still, key: 'ArrowDown' }, sight)).toEqual({
      kind: 'go',
      to: { row: 2, column: 2 },
    })
    expect(keyOnCell({ ...still, key: 'PageUp' }, sight)).toEqual({ kind: 'go', to: { row: 0, column: 2 } })
  })

  it('writes over a cell by typing, and changes it by Enter', () => {
    expect(keyOnCell({ ...still, key: '王' }, sight)).toEqual({ kind: 'write', text: '王' })
    expect(keyOnCell({ ...still, key: 'Enter' }, sight)).toEqual({ kind: 'write', text: null })
  })

  it('leaves the grid by Tab, and other shortcuts to the browser', () => {
    expect(keyOnCell({ ...still, key: 'Tab' }, sight)).toBeNull()
    expect(keyOnCell({ ...still, key: 'c', ctrlKey: true }, sight)).toBeNull()
  })

  it('writes nothing where rows may only be looked at', () => {
    expect(keyOnCell({ ...still, key: 'a' }, { ...sight, canEdit: false })).toBeNull()
  })

  it('keeps by Tab and goes on in the next row after the last column', () => {
    expect(keyInDraft({ ...still, key: 'Tab' }, sight)).toEqual({ kind: 'keep', to: { row: 2, column: 0 } })
    expect(keyInDraft({ ...still, key: 'Enter' }, sight)).toEqual({ kind: 'keep', to: { row: 2, column: 2 } })
  })

  it('drops what was written by Escape', () => {
    expect(keyInDraft({ ...still, key: 'Escape' }, sight)).toEqual({ kind: 'drop' })
  })
})

describe('the next problem', () => {
  const fault = { severity: 'error', title: 'x', next: 'y', suggestion: null } as const
  const columns = ['a', 'b'].map((key) => ({ key, header: key, width: 100 }))
  const rowWith = (key: string, faulty: string | null): GridRow => ({
    key,
    label: key,
    isLeftOut: false,
    faults: [],
    cells: faulty === null ? {} : { [faulty]: { text: '', isEdited: false, faults: [fault] } },
  })
  const rows = [rowWith('2', 'b'), rowWith('3', null), rowWith('4', 'a')]

  it('is found row by row, and from the end at the beginning again', () => {
    expect(nextFault(rows, columns, { row: 0, column: 1 })).toEqual({ row: 2, column: 0 })
    expect(nextFault(rows, columns, { row: 2, column: 0 })).toEqual({ row: 0, column: 1 })
  })

  it('is none where nothing is wrong', () => {
    expect(nextFault([rowWith('2', null)], columns, { row: 0, column: 0 })).toBeNull()
  })
})
