import { describe, expect, it } from 'vitest'
import { reworded } from './reassign-problems.ts'

const write = { dateTime: (instant: string) => `on ${instant}` }

describe('refusals of a move on the screen', () => {
  it('NUM-4 says until when a number cools down in the time of the reader, not in that of programs', () => {
    const words = reworded(
      { code: 'number.cooling_down', data: { availableAt: '2026-11-22T14:32:00Z' } },
      write,
    )
    expect(words).toMatchObject({ title: 'no.coolingDown', values: { time: 'on 2026-11-22T14:32:00Z' } })
  })

  it('NUM-3 names who is at the cap', () => {
    const words = reworded({ code: 'recipient.at_cap', data: { member: 'Dora', held: 5, cap: 5 } }, write)
    expect(words?.values).toMatchObject({ name: 'Dora', held: '5', cap: '5' })
  })

  it('leaves refusals alone whose own words are fit for people', () => {
    expect(reworded({ code: 'licences.none_free', data: {} }, write)).toBeNull()
  })
})
