import { describe, expect, it } from 'vitest'
import { activeFilters, filterOf, shownAtFirst, sortOf } from './number-filter.ts'

const memberId = '01a2027a-2205-7000-ad45-08c6cae75797'

describe('The filters of the list of numbers', () => {
  it('asks for everything when nothing is chosen', () => {
    expect(filterOf(shownAtFirst)).toEqual({})
  })

  it('hands every choice to the API under its name', () => {
    const shown = {
      ...shownAtFirst,
      q: ' 0123 ',
      state: 'parked',
      country: 'DE',
      type: 'toll_free',
      holder: memberId,
      department: memberId,
      waiting: true,
      cooling: true,
    }
    expect(filterOf(shown)).toEqual({
      search: '0123',
      state: 'parked',
      country: 'DE',
      type: 'toll_free',
      holderId: memberId,
      departmentId: memberId,
      waiting: 'true',
      coolingDown: 'true',
    })
  })

  it('passes over what a mistyped address holds, so that the list still opens', () => {
    expect(
      filterOf({ ...shownAtFirst, state: 'lost', country: 'germany', holder: 'Bo', type: 'fax' }),
    ).toEqual({})
    expect(sortOf({ sort: 'shoe size' })).toBe('-createdAt')
    expect(sortOf({ sort: 'e164' })).toBe('e164')
  })

  it('names the filters that are on, for their chips', () => {
    expect(activeFilters({ ...shownAtFirst, cooling: true, state: 'held', q: 'desk' })).toEqual([
      'state',
      'cooling',
    ])
  })
})
