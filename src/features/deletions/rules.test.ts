import { describe, expect, it } from 'vitest'
import { phrases } from './model.ts'
import { coolingDaysOf, type DueFacts, decideDue, requireTyped } from './rules.ts'

const now = '2026-11-22T10:00:00.000000Z'
const due: DueFacts = {
  state: 'waiting',
  cause: 'asked',
  dueAt: now,
  now,
  isMember: false,
  isLastOwner: false,
  isFrozen: false,
}

describe('ACC-2: how long the cooling-off is', () => {
  it.each([
    [[], 15],
    [[0], 0],
    [[0, 3], 3],
    [[15, 1], 15],
  ])('of companies with %j it is %i days', (policies, days) => {
    expect(coolingDaysOf(policies)).toBe(days)
  })
})

describe('ACC-2: the typed confirmation', () => {
  it('is exact, in either language', () => {
    for (const typed of Object.values(phrases)) expect(() => requireTyped(typed, 'en')).not.toThrow()
  })

  it.each(['', 'Delete my account', 'delete my account!', '注销账号'])('refuses %j', (typed) => {
    expect(() => requireTyped(typed, 'zh')).toThrow('deletion.not_confirmed')
  })
})

describe('what becomes of an account whose time has come', () => {
  it.each<[string, Partial<DueFacts>, ReturnType<typeof decideDue>]>([
    ['asked for', {}, 'erase'],
    ['asked for, still a member', { isMember: true }, 'erase'],
    ['a moment too early', { now: '2026-11-22T09:59:59.999999Z' }, 'not_yet'],
    ['the last Owner meanwhile', { isLastOwner: true, isMember: true }, 'put_off'],
    ['asked for, and somebody objected to a change', { isFrozen: true }, 'put_off'],
    ['sealed, with an objection that nobody can settle', { cause: 'sealed', isFrozen: true }, 'erase'],
    ['sealed', { cause: 'sealed' }, 'erase'],
    ['sealed, a member elsewhere', { cause: 'sealed', isMember: true }, 'put_off'],
    ['begun already', { state: 'erasing', isLastOwner: true, isMember: true }, 'erase'],
    ['brought back by a backup', { cause: 'restored', isMember: true }, 'erase'],
  ])('%s', (_says, change, decision) => {
    expect(decideDue({ ...due, ...change })).toBe(decision)
  })
})
