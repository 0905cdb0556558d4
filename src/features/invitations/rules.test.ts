import { describe, expect, it } from 'vitest'
import { companyOfInvitation, isJoinable, maskAddress, stateOf } from './rules.ts'
import { invitationActs, invitationEnds, invitationStates } from './states.ts'

const expiresAt = '2026-11-23T09:30:00.000000Z'

describe('the states of an invitation', () => {
  it('are all reached from an open one, and none but an open or expired one is left again', () => {
    const reached = new Set<string>(['open'])
    for (const state of invitationStates)
      for (const next of Object.values(invitationActs[state])) reached.add(next)
    expect([...reached].sort()).toEqual([...invitationStates].sort())
    for (const end of invitationEnds) expect(invitationActs[end]).toEqual({})
  })

  it('are told from how it ended and until when it works', () => {
    expect(stateOf({ endedHow: null, expiresAt, isGood: true }, '2026-11-23T09:29:59.999999Z')).toBe('open')
    expect(stateOf({ endedHow: null, expiresAt, isGood: true }, expiresAt)).toBe('expired')
    expect(stateOf({ endedHow: null, expiresAt, isGood: false }, '2026-11-23T09:29:59.999Z')).toBe('expired')
    for (const endedHow of invitationEnds)
      expect(stateOf({ endedHow, expiresAt, isGood: false }, expiresAt)).toBe(endedHow)
  })
})

describe('a member', () => {
  it.each([
    ['active', null, true],
    ['leaving', null, true],
    ['suspended', null, false],
    ['left', null, false],
    ['active', 'an account', false],
  ] as const)('who is %s with account %s can be joined as: %s', (status, accountId, expected) => {
    expect(isJoinable({ status, accountId })).toBe(expected)
  })
})

describe('the token of an invitation', () => {
  it('names its company, and nothing else does', () => {
    const secret = 'a'.repeat(43)
    expect(companyOfInvitation(`baton_0190a00000007000800000000000dead_${secret}`)).toBe(
      '0190a000-0000-7000-8000-00000000dead',
    )
    for (const odd of ['', 'baton_', secret, `baton_0190a00000007000800000000000dead_${secret}x`])
      expect(companyOfInvitation(odd)).toBeNull()
  })
})

describe('an address', () => {
  it('is shown with its middle hidden', () => {
    expect(maskAddress('phone', '+8613800138000')).toBe('+86138****8000')
    expect(maskAddress('email', 'mara.lind@example.com')).toBe('m***@example.com')
  })
})
