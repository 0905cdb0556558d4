import { describe, expect, it } from 'vitest'
import { type Caller, type CompanyCaller, systemCaller } from '../../kernel/caller.ts'
import { type Role, roles } from '../../kernel/permission.ts'
import type { Holding } from '../custody-ports/model.ts'
import { MemberStatus } from './model.ts'
import {
  contactViewOf,
  decideStatus,
  maskEmail,
  maskMobile,
  placesDiffer,
  requireAnotherOwner,
  requireEmptyDepartment,
  requireEmptyHands,
  requireNoCycle,
  requireOwnerRights,
  requireSoundManager,
} from './rules.ts'
import { hasAccess, statusChanges } from './states.ts'

function caller(role: Role, memberId: string | null = 'me'): CompanyCaller {
  return {
    kind: 'member',
    id: memberId ?? 'operator',
    companyId: 'c',
    memberId,
    accountId: null,
    sessionId: null,
    role,
    scopes: null,
    onBehalfOf: null,
  }
}

const anonymous: Caller = { kind: 'anonymous', id: 'anonymous' }

describe('contacts of a member', () => {
  it.each<[Role, string, 'full' | 'masked']>([
    ['owner', 'someone', 'full'],
    ['admin', 'someone', 'full'],
    ['lead', 'someone', 'masked'],
    ['auditor', 'someone', 'masked'],
    ['member', 'someone', 'masked'],
    ['lead', 'me', 'full'],
    ['auditor', 'me', 'full'],
    ['member', 'me', 'full'],
  ])('%s sees those of %s %s', (role, memberId, view) => {
    expect(contactViewOf(caller(role), memberId)).toBe(view)
  })

  it('are masked for whoever is in no company', () => {
    expect(contactViewOf(anonymous, 'someone')).toBe('masked')
  })

  it.each([
    ['+8613800001000', '+86138****1000'],
    ['+14155552671', '+141****2671'],
    ['+85251234567', '+852****4567'],
    ['+290123', '****0123'],
  ])('mask the mobile %s as %s', (e164, masked) => {
    expect(maskMobile(e164)).toBe(masked)
  })

  it.each([
    ['zhang.san@example.com', 'z***@example.com'],
    ['a@b.cn', 'a***@b.cn'],
  ])('mask the e-mail %s as %s', (email, masked) => {
    expect(maskEmail(email)).toBe(masked)
  })
})

describe('Owners', () => {
  it.each<[Role, Role, Role, boolean]>([
    ['owner', 'member', 'owner', true],
    ['owner', 'owner', 'member', true],
    ['owner', 'owner', 'owner', true],
    ['admin', 'member', 'admin', true],
    ['admin', 'member', 'owner', false],
    ['admin', 'owner', 'member', false],
    ['admin', 'owner', 'owner', false],
  ])('%s may change a member from %s to %s: %s', (role, before, after, may) => {
    const decide = () => requireOwnerRights(caller(role), before, after)
    if (may) expect(decide).not.toThrow()
    else expect(decide).toThrow('member.owner_only')
  })

  const owner = { role: 'owner', status: 'active' } as const
  it.each<[string, { role: Role; status: MemberStatus } | null, readonly string[], boolean]>([
    ['is demoted beside another', { role: 'admin', status: 'active' }, ['a', 'b'], true],
    ['is demoted', { role: 'admin', status: 'active' }, ['a'], false],
    ['is suspended', { role: 'owner', status: 'suspended' }, ['a'], false],
    ['starts leaving', { role: 'owner', status: 'leaving' }, ['a'], false],
    ['leaves', { role: 'owner', status: 'left' }, ['a'], false],
    ['is removed', null, ['a'], false],
    ['is removed beside another', null, ['a', 'b'], true],
    ['keeps role and status', owner, ['a'], true],
  ])('the Owner %s', (_, after, activeOwnerIds, may) => {
    const decide = () =>
      requireAnotherOwner({ memberId: 'a', name: 'Ada', before: owner, after }, activeOwnerIds)
    if (may) expect(decide).not.toThrow()
    else expect(decide).toThrow('member.last_owner')
  })

  it('who are suspended may go although no Owner is active', () => {
    const suspended = { role: 'owner', status: 'suspended' } as const
    expect(() =>
      requireAnotherOwner({ memberId: 'a', name: 'Ada', before: suspended, after: null }, []),
    ).not.toThrow()
  })
})

describe('the status of a member', () => {
  const wish = (from: MemberStatus, to: MemberStatus, reason?: string) => () =>
    decideStatus({ name: 'Ada', from, to, reason })

  it.each<[MemberStatus, MemberStatus, string]>([
    ['active', 'suspended', 'member.suspended'],
    ['active', 'leaving', 'member.leaving'],
    ['active', 'left', 'member.left'],
    ['suspended', 'active', 'member.reactivated'],
    ['suspended', 'leaving', 'member.leaving'],
    ['suspended', 'left', 'member.left'],
    ['leaving', 'active', 'member.reactivated'],
    ['leaving', 'suspended', 'member.suspended'],
    ['leaving', 'left', 'member.left'],
    ['left', 'active', 'member.reactivated'],
  ])('goes from %s to %s as %s', (from, to, action) => {
    expect(wish(from, to, 'came back')()?.action).toBe(action)
  })

  it.each<[MemberStatus, MemberStatus]>([
    ['left', 'suspended'],
    ['left', 'leaving'],
  ])('does not go from %s to %s', (from, to) => {
    expect(wish(from, to)).toThrow('member.status_impossible')
  })

  it('comes back from left only with a reason', () => {
    expect(wish('left', 'active')).toThrow('member.reason_required')
    expect(wish('left', 'active', 'rehired')).not.toThrow()
  })

  it('that a member has already is no change', () => {
    for (const status of MemberStatus.options) expect(wish(status, status)()).toBeNull()
  })

  it('reaches every status from every other', () => {
    for (const start of MemberStatus.options) {
      const reached = new Set<MemberStatus>([start])
      for (const status of reached) {
        for (const next of MemberStatus.options) if (statusChanges[status][next]) reached.add(next)
      }
      expect([...reached].sort()).toEqual([...MemberStatus.options].sort())
    }
  })

  it('ends access at once when it becomes one that has none, and only then', () => {
    for (const changes of Object.values(statusChanges)) {
      for (const [to, change] of Object.entries(changes)) {
        expect(change.endsAccess, to).toBe(!hasAccess(MemberStatus.parse(to)))
      }
    }
  })

  it('NUM-13 asks for empty hands on every way to left', () => {
    for (const changes of Object.values(statusChanges)) {
      for (const [to, change] of Object.entries(changes)) expect(change.needsEmptyHands).toBe(to === 'left')
    }
  })
})

describe('empty hands', () => {
  const number: Holding = { kind: 'number', id: 'n1', label: '+8613800001000', since: null, dependents: [] }
  const lead: Holding = {
    kind: 'department_lead',
    id: 'd1',
    label: 'Sales',
    since: null,
    dependents: [],
  }

  it('NUM-13 are not empty with a number in them, and the refusal lists it', () => {
    const decide = () => requireEmptyHands('Ada', [number, lead])
    expect(decide).toThrow(
      expect.objectContaining({ code: 'member.holds', data: { holdings: [number, lead] } }),
    )
    expect(decide).toThrow('Ada still holds something (2 in all)')
  })

  it('NUM-13 are empty with nothing in them', () => {
    expect(() => requireEmptyHands('Ada', [])).not.toThrow()
  })

  it('NUM-13 count a lead that the same change takes off as given back', () => {
    expect(() => requireEmptyHands('Ada', [lead], [])).not.toThrow()
    expect(() => requireEmptyHands('Ada', [lead], [{ departmentId: 'd1', isLead: false }])).not.toThrow()
    expect(() => requireEmptyHands('Ada', [lead], [{ departmentId: 'd1', isLead: true }])).toThrow(
      'member.holds',
    )
    expect(() => requireEmptyHands('Ada', [number], [])).toThrow('member.holds')
  })
})

describe('a manager', () => {
  const person = (memberId: string, status: MemberStatus = 'active') => ({ memberId, name: memberId, status })
  const ada = person('ada')

  it.each<[string, ReturnType<typeof person>[], string | null]>([
    ['nobody', [], null],
    ['someone else', [person('bo'), person('cy')], null],
    ['themselves', [ada], 'member.manager_is_self'],
    ['someone who has left', [person('bo', 'left')], 'member.manager_has_left'],
    ['someone suspended', [person('bo', 'suspended')], null],
    ['someone who reports to them', [person('bo'), ada], 'member.manager_cycle'],
    [
      'someone who reports to them through another',
      [person('bo'), person('cy'), ada],
      'member.manager_cycle',
    ],
  ])('may be %s', (_, chain, refused) => {
    const decide = () => requireSoundManager(ada, chain)
    if (refused) expect(decide).toThrow(refused)
    else expect(decide).not.toThrow()
  })
})

describe('a department', () => {
  const sales = { departmentId: 'sales', name: 'Sales' }

  it.each<[string, string[], boolean]>([
    ['below another', ['north', 'top'], true],
    ['below itself', ['sales', 'top'], false],
    ['below one that is below it', ['inner', 'sales', 'top'], false],
  ])('moves %s: %s', (_, path, may) => {
    if (may) expect(() => requireNoCycle(sales, path)).not.toThrow()
    else expect(() => requireNoCycle(sales, path)).toThrow('department.cycle')
  })

  it.each([
    [0, 0, true],
    [1, 0, false],
    [0, 1, false],
  ])('with %i members and %i departments inside can be removed: %s', (members, departments, may) => {
    const decide = () => requireEmptyDepartment('Sales', { members, departments })
    if (may) expect(decide).not.toThrow()
    else expect(decide).toThrow(`"Sales" still has ${members} members and ${departments} departments`)
  })

  it('differs when one comes, goes or gets another lead, not when the order does', () => {
    const a = { departmentId: 'a', isLead: false }
    const b = { departmentId: 'b', isLead: true }
    expect(placesDiffer([a, b], [b, a])).toBe(false)
    expect(placesDiffer([a], [a, b])).toBe(true)
    expect(placesDiffer([a], [{ ...a, isLead: true }])).toBe(true)
  })
})

describe('the roles', () => {
  it('are those that the rules on contacts know', () => {
    expect(roles).toEqual(['owner', 'admin', 'lead', 'auditor', 'member'])
    expect(contactViewOf(systemCaller('c', 'sweep'), 'someone')).toBe('full')
  })
})
