import { describe, expect, it } from 'vitest'
import { localClock, readTime } from './time-zone.ts'

describe('reading the time of a move (NUM-11)', () => {
  it.each([
    ['2026-12-01T09:00+08:00', 'Europe/Paris', '2026-12-01T01:00:00.000000Z'],
    ['2026-12-01T09:00', 'Asia/Shanghai', '2026-12-01T01:00:00.000000Z'],
    ['2026-12-01', 'Asia/Shanghai', '2026-11-30T16:00:00.000000Z'],
    ['2026-07-01T09:00:30', 'Europe/Paris', '2026-07-01T07:00:30.000000Z'],
    ['2026-12-01T09:00:00.123456Z', 'Asia/Shanghai', '2026-12-01T09:00:00.123456Z'],
    // Clocks go back at 03:00 on 25 October 2026: 02:30 happens twice, the first one counts.
    ['2026-10-25T02:30', 'Europe/Paris', '2026-10-25T00:30:00.000000Z'],
    // In Santiago the day of the change begins at 01:00.
    ['2026-09-06', 'America/Santiago', '2026-09-06T04:00:00.000000Z'],
  ])('%s in %s is %s', (text, zone, instant) => {
    expect(readTime(text, zone)).toBe(instant)
  })

  it.each([
    ['2026-03-29T02:30', 'Europe/Paris'],
    ['2026-13-01', 'Asia/Shanghai'],
    ['tomorrow', 'Asia/Shanghai'],
    ['2026-02-30T09:00', 'Asia/Shanghai'],
  ])('%s does not exist in %s', (text, zone) => {
    expect(readTime(text, zone)).toBeNull()
  })
})

describe('the clock of a place', () => {
  it.each([
    ['2026-11-22T01:30:15.999999Z', 'Asia/Shanghai', '2026-11-22T09:30:15'],
    ['2026-11-22T16:00:00.000000Z', 'Asia/Shanghai', '2026-11-23T00:00:00'],
    ['2026-10-25T00:30:00.000000Z', 'Europe/Paris', '2026-10-25T02:30:00'],
    ['2026-10-25T01:30:00.000000Z', 'Europe/Paris', '2026-10-25T02:30:00'],
    ['2026-11-22T01:30:15.000000Z', 'UTC', '2026-11-22T01:30:15'],
  ])('at %s shows in %s %s', (instant, zone, shown) => {
    expect(localClock(zone)(instant)).toBe(shown)
  })
})
