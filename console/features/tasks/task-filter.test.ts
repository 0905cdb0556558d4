import { describe, expect, it } from 'vitest'
import { isNarrowed, noFilter, queryOf, shownAtFirst } from './task-filter.ts'

const handover = '01a20362-4144-7000-a36b-476524c53505'

describe('the list of tasks', () => {
  it('shows what is still to do, the next one due first', () => {
    expect(queryOf(shownAtFirst, true)).toEqual({ state: 'open', mine: 'true', sort: 'dueAt' })
    expect(isNarrowed(noFilter)).toBe(false)
  })

  it('shows what is over newest first', () => {
    expect(queryOf({ ...shownAtFirst, state: 'observed' }, false)).toEqual({
      state: 'observed',
      sort: '-openedAt',
    })
    expect(queryOf({ ...shownAtFirst, state: 'any' }, false)).toEqual({ sort: '-openedAt' })
  })

  it('narrows to one handover by its id, and ignores what is none', () => {
    const asked = { ...shownAtFirst, handover }
    expect(queryOf(asked, false)).toMatchObject({ originKind: 'handover', originId: handover })
    expect(queryOf({ ...shownAtFirst, handover: 'x' }, false)).not.toHaveProperty('originId')
    expect(isNarrowed(asked)).toBe(true)
  })

  it('takes a state of a mistyped address for the usual one', () => {
    expect(queryOf({ ...shownAtFirst, state: 'done' }, false).state).toBe('open')
  })
})
