import { describe, expect, it } from 'vitest'
import { type HeldStretch, lanesOf } from './held-bands.ts'

const say = { number: (e164: string) => e164, cause: (cause: string) => cause }

function held(numberId: string, from: string, to: string | null): HeldStretch {
  return { numberId, e164: `+49${numberId}`, from, to, cause: 'assigned', movedBy: 'system:schedule' }
}

// As Baton answers: the newest first.
const stretches = [
  held('1', '2026-03-01T00:00:00Z', null),
  held('2', '2026-02-01T00:00:00Z', '2026-02-20T00:00:00Z'),
  held('1', '2026-01-01T00:00:00Z', '2026-01-10T00:00:00Z'),
]

describe('the picture of what somebody held', () => {
  it('has a line for each number, what came last on top', () => {
    expect(lanesOf(stretches, say, 9).map(({ label }) => label)).toEqual(['+491', '+492'])
  })

  it('shows a number that came back as two stretches of one line, in one colour', () => {
    const [first] = lanesOf(stretches, say, 9)
    expect(first?.stretches.map(({ from, to }) => [from, to])).toEqual([
      ['2026-01-01T00:00:00Z', '2026-01-10T00:00:00Z'],
      ['2026-03-01T00:00:00Z', null],
    ])
    expect(new Set(first?.stretches.map(({ color }) => color)).size).toBe(1)
  })

  it('stays readable for somebody who held very many', () => {
    expect(lanesOf(stretches, say, 1)).toHaveLength(1)
  })
})
