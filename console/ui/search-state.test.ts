import { describe, expect, it } from 'vitest'
import { decodeSearch, encodeSearch } from './search-state.ts'

const defaults = { search: '', waiting: false, dense: true, cols: [] as string[], states: ['open'] }

describe('what a screen shows stands in its address', () => {
  it('is the default where the address says nothing', () => {
    expect(decodeSearch({}, defaults)).toEqual(defaults)
  })

  it('comes back as it was put there', () => {
    const shown = { search: '+49 30', waiting: true, dense: false, cols: ['number', 'holder'], states: [] }
    expect(decodeSearch(encodeSearch({}, shown, defaults), defaults)).toEqual(shown)
  })

  it('reads what a router has taken for numbers, lists and texts', () => {
    const search = { search: 4930, waiting: 'true', dense: 'false', cols: ['number'], states: 'open,done' }
    expect(decodeSearch(search, defaults)).toEqual({
      search: '4930',
      waiting: true,
      dense: false,
      cols: ['number'],
      states: ['open', 'done'],
    })
  })

  it('takes the default for what makes no sense', () => {
    const search = { search: { a: 1 }, waiting: 'perhaps', dense: null, cols: { a: 1 } }
    expect(decodeSearch(search, defaults)).toEqual(defaults)
  })

  it('leaves out what equals its default, and keeps what belongs to others', () => {
    const before = { search: 'lee', cols: 'number', tab: 'history' }
    expect(encodeSearch(before, { search: '', cols: ['number', 'holder'] }, defaults)).toEqual({
      cols: 'number,holder',
      tab: 'history',
    })
    expect(encodeSearch(before, { cols: [] }, defaults)).toEqual({ search: 'lee', tab: 'history' })
  })

  it('can say that a list is empty although its default is not', () => {
    expect(encodeSearch({}, { states: [] }, defaults)).toEqual({ states: '' })
    expect(decodeSearch({ states: '' }, defaults).states).toEqual([])
  })
})
