import { describe, expect, it } from 'vitest'
import { memberStatuses, statusChanges } from '../../../../src/features/people/states.ts'
import { type ActableMember, statusActs, whyNot } from './member-can.ts'

const anna: ActableMember = {
  memberId: 'anna',
  name: 'Anna',
  email: 'anna@example.com',
  mobile: null,
  role: 'member',
  status: 'active',
  account: 'none',
  numbersHeld: 0,
}
const owner = { memberId: 'olga', isOwner: true }
const admin = { memberId: 'adam', isOwner: false }

describe('what can become of a person next', () => {
  it('is offered for each change that the states allow, once', () => {
    for (const status of memberStatuses) {
      const possible = Object.keys(statusChanges[status]).length
      expect(new Set(statusActs(status)).size, status).toBe(possible)
    }
  })

  it('is called by what it means to them', () => {
    expect(statusActs('leaving')).toEqual(['left', 'stays', 'suspend'])
    expect(statusActs('left')).toEqual(['rehire'])
  })
})

describe('what is off, and why', () => {
  it('an Admin changes no Owner', () => {
    expect(whyNot('suspend', { ...anna, role: 'owner' }, admin)).toBe('ownerOnly')
    expect(whyNot('suspend', { ...anna, role: 'owner' }, owner)).toBeNull()
  })

  it('nobody cuts the own access', () => {
    expect(whyNot('suspend', { ...anna, memberId: 'adam' }, admin)).toBe('self')
    expect(whyNot('leaving', { ...anna, memberId: 'adam' }, admin)).toBeNull()
  })

  it('who has access and no account is invited, with an e-mail address or without', () => {
    expect(whyNot('invite', anna, admin)).toBeNull()
    expect(whyNot('invite', { ...anna, status: 'leaving' }, admin)).toBeNull()
    expect(whyNot('invite', { ...anna, status: 'suspended' }, admin)).toBe('noAccess')
    expect(whyNot('invite', { ...anna, email: null }, admin)).toBeNull()
    expect(whyNot('invite', { ...anna, account: 'joined' }, admin)).toBe('hasAccount')
  })

  it('whoever has an account can be asked to delete it, and what they are signed in with ended', () => {
    const joined = { ...anna, account: 'joined' } as const
    for (const act of ['askDeletion', 'endSessions'] as const) {
      expect(whyNot(act, joined, admin)).toBeNull()
      expect(whyNot(act, { ...joined, status: 'left' }, admin)).toBeNull()
      expect(whyNot(act, anna, admin)).toBe('noAccount')
      expect(whyNot(act, { ...joined, memberId: 'adam' }, admin)).toBe('ownAccount')
    }
    expect(whyNot('endSessions', { ...joined, role: 'owner' }, admin)).toBe('ownerOnly')
    expect(whyNot('askDeletion', { ...joined, role: 'owner' }, admin)).toBeNull()
  })

  it('who holds a number or has signed in is not removed', () => {
    expect(whyNot('remove', anna, admin)).toBeNull()
    expect(whyNot('remove', { ...anna, numbersHeld: 1 }, admin)).toBe('hasHistory')
    expect(whyNot('remove', { ...anna, account: 'joined' }, admin)).toBe('hasHistory')
  })
})
