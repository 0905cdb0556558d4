import { describe, expect, it } from 'vitest'
import { commonWays, withChosen } from './choices.ts'

const hidden = { way: 'pass_on', toMemberId: 'mia', history: 'hide' } as const

describe('what is chosen otherwise than for the whole', () => {
  it('takes the place of an earlier choice for the same thing and leaves the others', () => {
    const before = [
      { kind: 'number', id: '1', way: 'park' },
      { kind: 'number', id: '2', way: 'park' },
    ] as const
    expect(withChosen(before, [{ kind: 'number', id: '1' }], hidden)).toEqual([
      { kind: 'number', id: '2', way: 'park' },
      { kind: 'number', id: '1', way: 'pass_on', toMemberId: 'mia', history: 'hide' },
    ])
  })

  it('keeps the choice for all of a kind apart from that for one of them', () => {
    const before = [{ kind: 'number', id: null, way: 'park' }] as const
    expect(withChosen(before, [{ kind: 'number', id: '1' }], hidden)).toHaveLength(2)
    expect(withChosen(before, [{ kind: 'number', id: null }], null)).toEqual([])
  })

  it('names nobody for what does not pass on, and a history for numbers only (NUM-5)', () => {
    expect(withChosen([], [{ kind: 'report', id: 'r' }], hidden)).toEqual([
      { kind: 'report', id: 'r', way: 'pass_on', toMemberId: 'mia' },
    ])
    expect(withChosen([], [{ kind: 'number', id: '1' }], { ...hidden, way: 'park' })).toEqual([
      { kind: 'number', id: '1', way: 'park' },
    ])
  })

  it('offers for many only the ways that each of them has', () => {
    expect(commonWays([{ ways: ['pass_on', 'park', 'leave'] }, { ways: ['pass_on', 'end'] }])).toEqual([
      'pass_on',
    ])
    expect(commonWays([])).toEqual([])
  })
})
