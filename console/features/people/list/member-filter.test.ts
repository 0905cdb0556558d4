import { describe, expect, it } from 'vitest'
import { activeFilters, filterOf, noFilter, sortOf } from './member-filter.ts'

const departmentId = '01a20290-e5ed-7000-83cf-207a648d181c'

describe('the list of people that an address asks for', () => {
  it('is everybody where the address says nothing', () => {
    expect(filterOf(noFilter)).toEqual({})
    expect(activeFilters(noFilter)).toEqual([])
  })

  it('takes the departments below along, unless it is told not to', () => {
    const below = { ...noFilter, departmentId }
    expect(filterOf(below)).toEqual({ departmentId, includeSubdepartments: 'true' })
    expect(filterOf({ ...below, direct: true })).toEqual({ departmentId, includeSubdepartments: 'false' })
    expect(activeFilters({ ...noFilter, direct: true })).toEqual([])
  })

  it('narrows by nothing that makes no sense', () => {
    const shown = {
      ...noFilter,
      status: 'fired',
      role: 'king',
      departmentId: 'sales',
      managerId: '7',
      q: '  ',
    }
    expect(filterOf(shown)).toEqual({})
    expect(sortOf({ sort: 'shoeSize' })).toBe('name')
  })

  it('finds leavers who hold something by pinyin initials', () => {
    const shown = { ...noFilter, q: ' zs ', status: 'leaving', holding: true }
    expect(filterOf(shown)).toEqual({ search: 'zs', status: 'leaving', holding: 'true' })
    expect(activeFilters(shown)).toEqual(['status', 'holding'])
  })
})
