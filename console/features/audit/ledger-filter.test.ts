import { describe, expect, it } from 'vitest'
import { activeFilters, momentAfter, noFilter, queryOf } from './ledger-filter.ts'

describe('the filters of the ledger', () => {
  it('ALL-5 reads days in the zone of whoever looks, and takes the last day in whole', () => {
    const shown = { ...noFilter, from: '2026-11-22', to: '2026-11-22' }
    expect(queryOf(shown, 'Asia/Shanghai')).toEqual({
      from: '2026-11-21T16:00:00.000Z',
      to: '2026-11-22T16:00:00.000Z',
    })
    expect(queryOf(shown, 'America/New_York')).toEqual({
      from: '2026-11-22T05:00:00.000Z',
      to: '2026-11-23T05:00:00.000Z',
    })
  })

  it('counts 25 hours to the day on which the clocks go back', () => {
    const { from = '', to = '' } = queryOf(
      { ...noFilter, from: '2026-10-25', to: '2026-10-25' },
      'Europe/Berlin',
    )
    expect((Date.parse(to) - Date.parse(from)) / 3_600_000).toBe(25)
  })

  it('narrows nothing by what makes no sense', () => {
    const shown = { ...noFilter, from: 'yesterday', to: '2026-13-40', action: 'a'.repeat(101) }
    expect(queryOf(shown, 'Asia/Shanghai')).toEqual({})
  })

  it('names a thing once: its kind has no chip of its own', () => {
    expect(activeFilters({ ...noFilter, kind: 'number', subject: 'n', actor: 'a' })).toEqual([
      'subject',
      'actor',
    ])
    expect(activeFilters({ ...noFilter, kind: 'number' })).toEqual(['kind'])
  })

  it('finds the time of an entry in its id, so that a link to it can be followed', () => {
    expect(momentAfter('019353a0-0a00-7abc-8def-0123456789ab')).toBe('2024-11-22T11:26:57.537Z')
    expect(momentAfter('12345678-0000-4abc-8def-0123456789ab')).toBeNull()
    expect(momentAfter('')).toBeNull()
  })
})
