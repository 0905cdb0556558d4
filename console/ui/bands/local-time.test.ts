import { describe, expect, it } from 'vitest'
import { instantOf, localValue } from './local-time.ts'

describe('a field for date and time in the reader’s zone', () => {
  it('shows an instant as the clock on the wall did', () => {
    expect(localValue('2026-07-01T12:05:00Z', 'Europe/Berlin')).toBe('2026-07-01T14:05')
    expect(localValue('2026-12-31T20:00:00Z', 'Asia/Shanghai')).toBe('2027-01-01T04:00')
    expect(localValue('2026-07-01T22:30:00Z', 'Asia/Kolkata')).toBe('2026-07-02T04:00')
  })

  it('reads back what it showed, also around the change of clocks', () => {
    for (const zone of ['Europe/Berlin', 'America/New_York', 'Asia/Shanghai', 'Australia/Lord_Howe'])
      for (const instant of [
        '2026-03-28T23:30:00.000Z',
        '2026-03-29T01:00:00.000Z',
        '2026-11-01T09:00:00.000Z',
      ])
        expect(instantOf(localValue(instant, zone), zone)).toBe(instant)
  })

  it('takes the first of an hour that comes twice, and moves one that is skipped', () => {
    expect(instantOf('2026-10-25T02:30', 'Europe/Berlin')).toBe('2026-10-25T00:30:00.000Z')
    expect(instantOf('2026-03-29T02:30', 'Europe/Berlin')).toBe('2026-03-29T01:30:00.000Z')
  })

  it('is nothing for what is no date', () => {
    expect(instantOf('', 'Europe/Berlin')).toBeNull()
  })
})
