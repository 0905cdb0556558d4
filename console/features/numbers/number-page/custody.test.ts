import { describe, expect, it } from 'vitest'
import { type CustodyStretch, holderNames, isIn, stretchesOf } from './custody.ts'

const anna = { memberId: 'a', name: 'Anna' }
const ben = { memberId: 'b', name: 'Ben' }

const custody: readonly CustodyStretch[] = [
  {
    state: 'held',
    holder: anna,
    from: '2026-04-01T00:00:00.000000Z',
    to: null,
    cause: 'assigned',
    movedBy: 'Olga',
  },
  {
    state: 'parked',
    holder: null,
    from: '2026-03-01T00:00:00.000000Z',
    to: '2026-04-01T00:00:00.000000Z',
    cause: 'parked',
    movedBy: 'Olga',
  },
  {
    state: 'held',
    holder: ben,
    from: '2026-02-01T00:00:00.000000Z',
    to: '2026-03-01T00:00:00.000000Z',
    cause: 'reassigned',
    movedBy: 'Olga',
  },
  {
    state: 'held',
    holder: anna,
    from: '2026-01-01T00:00:00.000000Z',
    to: '2026-02-01T00:00:00.000000Z',
    cause: 'assigned',
    movedBy: 'Olga',
  },
]

describe('who held a number', () => {
  it('NUM-12 gives the moment of a move to the new holder, and each moment to one stretch', () => {
    const at = (instant: string) =>
      custody.filter((stretch) => isIn(stretch, instant)).map(({ from }) => from.slice(0, 7))
    expect(at('2026-01-31T23:59:59Z')).toEqual(['2026-01'])
    expect(at('2026-02-01T00:00:00Z')).toEqual(['2026-02'])
    expect(at('2027-01-01T00:00:00Z')).toEqual(['2026-04'])
    expect(at('2025-12-31T00:00:00Z')).toEqual([])
  })

  it('shows the same person in the same colour each time, and a parked number as a gap', () => {
    const bands = stretchesOf(custody, ({ holder }) => holder?.name ?? 'Parked')
    expect(bands.map(({ label, color, isGap }) => [label, color ?? null, isGap ?? false])).toEqual([
      ['Anna', 0, false],
      ['Ben', 1, false],
      ['Parked', null, true],
      ['Anna', 0, false],
    ])
  })

  it('knows the names of all who held it', () => {
    expect([...holderNames(custody).values()].sort()).toEqual(['Anna', 'Ben'])
  })
})
