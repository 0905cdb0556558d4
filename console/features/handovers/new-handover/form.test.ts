import { describe, expect, it } from 'vitest'
import { bodyOf, type Draft, emptyDraft, faultsOf, successorOf } from './form.ts'

const draft: Draft = emptyDraft({
  leaverId: 'lena',
  kind: 'leave',
  alreadyLeft: false,
  timeZone: 'Asia/Shanghai',
})
const chen = {
  member: { memberId: 'chen', name: 'Chen', staffCode: 'c', status: 'active' },
  title: null,
  departments: [],
  reasons: ['manager'],
  sharedCounterparts: 0,
  held: 0,
  cap: 10,
  free: 10,
  fits: true,
} satisfies Parameters<typeof successorOf>[1][number]

describe('a new handover', () => {
  it('goes to whoever is suggested first until somebody else, or nobody, is chosen', () => {
    expect(successorOf(draft, [chen])).toBe('chen')
    expect(successorOf({ ...draft, successorId: '' }, [chen])).toBe('')
    expect(successorOf({ ...draft, successorId: 'mia' }, [chen])).toBe('mia')
    expect(successorOf(draft, [])).toBe('')
  })

  it('takes effect at once unless a last day is named, which is read in the time zone that stands beside it', () => {
    expect(bodyOf(draft, 'chen')).not.toHaveProperty('effectiveAt')
    const later: Draft = { ...draft, when: 'later', at: '2026-11-30T18:00' }
    expect(bodyOf(later, 'chen')?.effectiveAt).toBe('2026-11-30T10:00:00.000Z')
  })

  it('names what is missing: who, the last day, the end of a loan', () => {
    expect(faultsOf({ ...draft, leaverId: '', when: 'later', kind: 'loan' })).toEqual([
      'leaver',
      'at',
      'endsAt',
    ])
    expect(faultsOf(draft)).toEqual([])
  })

  it('says that somebody is already gone for leavers only', () => {
    expect(bodyOf({ ...draft, alreadyLeft: true, kind: 'move' }, '')).toMatchObject({
      alreadyLeft: false,
      defaultSuccessorId: null,
    })
  })
})
