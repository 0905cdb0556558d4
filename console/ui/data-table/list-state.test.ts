import { describe, expect, it } from 'vitest'
import { isChosen, toggled } from './selection.ts'
import { moved, shownColumns } from './shown-columns.ts'
import { nextSort, sortedAs } from './sorting.ts'
import { renamed, withView } from './views.ts'

const columns = [
  { id: 'number' },
  { id: 'holder' },
  { id: 'state', isHideable: false },
  { id: 'tags', isShownFirst: false },
]

describe('which columns are shown', () => {
  it('are the usual ones until somebody chooses', () => {
    expect(shownColumns(columns, [])).toEqual(['number', 'holder', 'state'])
  })

  it('are those chosen in their order, behind the first, with what cannot be hidden', () => {
    expect(shownColumns(columns, ['tags', 'holder', 'number'])).toEqual(['number', 'state', 'tags', 'holder'])
  })

  it('pass over words of an older address', () => {
    expect(shownColumns(columns, ['gone', 'state', 'state'])).toEqual(['number', 'state'])
    expect(shownColumns(columns, ['gone'])).toEqual(['number', 'holder', 'state'])
  })

  it('move by one place, never before the first', () => {
    const shown = ['number', 'holder', 'state']
    expect(moved(shown, 'state', -1)).toEqual(['number', 'state', 'holder'])
    expect(moved(shown, 'holder', -1)).toEqual(shown)
    expect(moved(shown, 'state', 1)).toEqual(shown)
    expect(moved(shown, 'number', 1)).toEqual(shown)
  })
})

describe('sorting by a header', () => {
  it('goes up, then down, then up again', () => {
    const name = { sort: 'name' }
    expect(nextSort(name, undefined)).toBe('name')
    expect(nextSort(name, 'name')).toBe('-name')
    expect(nextSort(name, '-name')).toBe('name')
    expect(nextSort(name, 'heldSince')).toBe('name')
  })

  it('begins with the newest where that is asked for', () => {
    const since = { sort: 'heldSince', isNewestFirst: true }
    expect(nextSort(since, 'name')).toBe('-heldSince')
    expect(nextSort(since, '-heldSince')).toBe('heldSince')
  })

  it('is told to those who do not see it', () => {
    expect(sortedAs({ sort: 'name' }, 'name')).toBe('ascending')
    expect(sortedAs({ sort: 'name' }, '-name')).toBe('descending')
    expect(sortedAs({ sort: 'name' }, 'heldSince')).toBe('none')
  })
})

describe('choosing rows', () => {
  const nothing = { rows: new Set<string>(), except: new Set<string>() }

  it('adds and takes away', () => {
    const some = toggled(toggled(nothing, ['a', 'b', 'c'], true), ['b'], false)
    expect(['a', 'b', 'c'].map((key) => isChosen(some, key))).toEqual([true, false, true])
  })

  it('takes single rows out of all matching ones, and back in', () => {
    const all = { rows: 'all matching' as const, except: new Set<string>() }
    const without = toggled(all, ['b'], false)
    expect(['a', 'b'].map((key) => isChosen(without, key))).toEqual([true, false])
    expect(isChosen(toggled(without, ['b'], true), 'b')).toBe(true)
  })
})

describe('saved views', () => {
  const views = [
    { name: 'Parked', search: '?state=parked' },
    { name: 'Mine', search: '?mine=true' },
  ]

  it('replace one of the same name where it stands', () => {
    expect(withView(views, { name: 'Parked', search: '?x=1' }).map(({ search }) => search)).toEqual([
      '?x=1',
      '?mine=true',
    ])
    expect(withView(views, { name: 'New', search: '' })).toHaveLength(3)
  })

  it('never have one name twice', () => {
    expect(renamed(views, 'Mine', 'Parked')).toEqual([{ name: 'Parked', search: '?mine=true' }])
    expect(renamed(views, 'Mine', 'Mine')).toEqual(views)
  })
})
