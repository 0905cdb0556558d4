import { describe, expect, it } from 'vitest'
import { changesOf, colorOf, placeOf, shareOf, ticksOf } from './geometry.ts'

const from = '2026-01-01T00:00:00Z'
const to = '2026-01-11T00:00:00Z'

describe('where a stretch of custody stands', () => {
  it('is a share of the time shown', () => {
    const stretch = { from: '2026-01-02T00:00:00Z', to: '2026-01-05T00:00:00Z' }
    expect(placeOf(stretch, from, to)).toEqual({ start: 10, width: 30 })
  })

  it('reaches to the end while it lasts, and is cut at both edges', () => {
    expect(placeOf({ from: '2026-01-06T00:00:00Z', to: null }, from, to)).toEqual({ start: 50, width: 50 })
    const longer = { from: '2020-01-01T00:00:00Z', to: '2030-01-01T00:00:00Z' }
    expect(placeOf(longer, from, to)).toEqual({ start: 0, width: 100 })
  })

  it('is nowhere when it lies before or after, or when no time is shown', () => {
    expect(placeOf({ from: '2025-01-01T00:00:00Z', to: '2025-02-01T00:00:00Z' }, from, to)).toBeNull()
    expect(placeOf({ from: '2026-02-01T00:00:00Z', to: null }, from, to)).toBeNull()
    expect(placeOf({ from, to: null }, from, from)).toBeNull()
  })

  it('keeps a moment outside at the edge', () => {
    expect(shareOf('2026-01-03T12:00:00Z', from, to)).toBe(25)
    expect(shareOf('2027-01-01T00:00:00Z', from, to)).toBe(100)
    expect(shareOf('2025-01-01T00:00:00Z', from, to)).toBe(0)
  })
})

describe('from change to change', () => {
  it('lists each beginning and end once, in order, within the time shown', () => {
    const stretches = [
      { key: 'b', label: 'Ben', from: '2026-01-05T00:00:00Z', to: null },
      { key: 'a', label: 'Ann', from: '2025-12-01T00:00:00Z', to: '2026-01-05T00:00:00Z' },
      { key: 'c', label: 'Cem', from: '2026-01-02T00:00:00Z', to: '2026-01-03T00:00:00Z' },
    ]
    expect(changesOf([{ key: 'x', label: '', stretches }], from, to)).toEqual(
      ['2026-01-02', '2026-01-03', '2026-01-05'].map((day) => Date.parse(day)),
    )
  })
})

describe('the line of dates', () => {
  it.each([
    ['2026-01-01T08:00:00Z', '2026-01-05T08:00:00Z', 'day', '2026-01-02T00:00:00.000Z', 4],
    ['2026-01-10T00:00:00Z', '2026-06-20T00:00:00Z', 'month', '2026-02-01T00:00:00.000Z', 5],
    ['2024-03-10T00:00:00Z', '2026-06-20T00:00:00Z', 'month', '2024-07-01T00:00:00.000Z', 4],
    ['2016-03-10T00:00:00Z', '2026-06-20T00:00:00Z', 'year', '2018-01-01T00:00:00.000Z', 5],
  ] as const)('from %s to %s names each %s', (begin, end, unit, first, count) => {
    const ticks = ticksOf(begin, end, 6)
    expect(ticks.unit).toBe(unit)
    expect(ticks.instants[0]).toBe(first)
    expect(ticks.instants).toHaveLength(count)
    expect(ticks.instants.every((at) => at >= begin && at <= end)).toBe(true)
  })
})

describe('colours', () => {
  it('are the same for the same person each time, and in range', () => {
    const ann = colorOf({ label: '李安娜' }, 8)
    expect(colorOf({ label: '李安娜' }, 8)).toBe(ann)
    expect(ann).toBeGreaterThanOrEqual(0)
    expect(ann).toBeLessThan(8)
    expect(colorOf({ label: 'x', color: 11 }, 8)).toBe(3)
    expect(colorOf({ label: 'x', color: -1 }, 8)).toBe(7)
  })
})
