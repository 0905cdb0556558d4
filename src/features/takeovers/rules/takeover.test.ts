import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Refusal } from '../../../kernel/refusal.ts'
import { memberStatuses } from '../../people/states.ts'
import { isOpen, takeoverChanges, takeoverStates } from '../states.ts'
import { whoseBinding } from './bindings.ts'
import { tasksFor } from './rebinding-tasks.ts'
import {
  chooseSolution,
  decidePassage,
  hasWayIn,
  isLastWayIn,
  type Line,
  type PhoneFacts,
} from './takeover.ts'

function passageOf(facts: PhoneFacts): string {
  try {
    return decidePassage(facts)
  } catch (error) {
    if (error instanceof Refusal) return error.code
    throw error
  }
}

const ours = { kind: 'own_company', company: 'Acme', admins: ['Olivia'], isAssignedToTaker: true } as const
const elsewhere = { kind: 'elsewhere' } as const
const notMine = { ...ours, isAssignedToTaker: false }
const gone = { isOwn: false, status: 'left', heldHere: true } as const

describe('decidePassage (ACC-5, ACC-6)', () => {
  it.each([
    ['a free private phone', null, null, 'bind'],
    ['a private phone of another account', null, { ...gone, status: null, heldHere: false }, 'wait'],
    ['an own phone', null, { ...gone, isOwn: true }, 'takeover.own_already'],
    ['an assigned number that is free', ours, null, 'bind'],
    ['an assigned number that a former member held', ours, gone, 'confirm'],
    ['one whose person is leaving', ours, { ...gone, status: 'leaving' as const }, 'takeover.person_active'],
    ['one whose person works here', ours, { ...gone, status: 'active' as const }, 'takeover.person_active'],
    ['one that its member never held here', ours, { ...gone, heldHere: false }, 'wait'],
    ['one of a stranger', ours, { isOwn: false, status: null, heldHere: false }, 'wait'],
    ['a free number of somebody else', notMine, null, 'takeover.not_assigned'],
    ['a linked number of somebody else', notMine, gone, 'takeover.not_assigned'],
    ['a number of another company', elsewhere, gone, 'takeover.not_your_company'],
  ] as const)('%s', (_what, line, occupied, answer) => {
    expect(passageOf({ line, occupied })).toBe(answer)
  })

  it('never lets a phone leave an account at once without the ledger, or without the assignment', () => {
    const line = fc.option(
      fc.oneof(
        fc.constant<Line>(elsewhere),
        fc.boolean().map((isAssignedToTaker): Line => ({ ...ours, isAssignedToTaker })),
      ),
      { nil: null },
    )
    const occupied = fc.record({
      isOwn: fc.boolean(),
      status: fc.option(fc.constantFrom(...memberStatuses), { nil: null }),
      heldHere: fc.boolean(),
    })
    fc.assert(
      fc.property(line, occupied, (where, who) => {
        const passage = passageOf({ line: where, occupied: who })
        expect(passage).not.toBe('bind')
        if (passage !== 'confirm') return
        expect(who).toMatchObject({ isOwn: false, heldHere: true })
        expect(['active', 'leaving']).not.toContain(who.status)
        expect(where).toMatchObject({ kind: 'own_company', isAssignedToTaker: true })
      }),
    )
  })
})

describe('the states of a takeover', () => {
  it('lead from each open one to an end, and from an end nowhere', () => {
    expect(takeoverStates.filter(isOpen)).toEqual(['confirm', 'waiting'])
    for (const state of takeoverStates) {
      for (const next of takeoverChanges[state]) expect(isOpen(next)).toBe(false)
    }
  })
})

describe('hasWayIn (ACC-7)', () => {
  const identifier = { identifierId: 'one', canLogin: true, frozenAt: null }
  it.each([
    ['an identifier to sign in with', [identifier], 0, true],
    ['a passkey alone', [], 1, true],
    ['one for verification only', [{ ...identifier, canLogin: false }], 0, false],
    ['one that an objection froze', [{ ...identifier, frozenAt: '2026-01-01T00:00:00.000000Z' }], 0, false],
    ['a number that others hold by now', [{ ...identifier, identifierId: 'shut' }], 0, false],
    ['nothing', [], 0, false],
  ])('%s', (_what, identifiers, passkeys, answer) => {
    expect(hasWayIn({ identifiers, passkeys, shut: new Set(['shut']) })).toBe(answer)
  })

  const other = { ...identifier, identifierId: 'other' }
  it.each([
    ['the only one', [identifier], 0, true],
    ['beside another', [identifier, other], 0, false],
    ['beside a number that others hold by now', [identifier, { ...other, identifierId: 'shut' }], 0, true],
    ['beside a passkey', [identifier], 1, false],
    ['one for verification only', [{ ...identifier, canLogin: false }], 0, false],
  ])('the last way in: %s', (_what, identifiers, passkeys, answer) => {
    expect(isLastWayIn('one', { identifiers, passkeys, shut: new Set(['shut']) })).toBe(answer)
  })
})

describe('whoseBinding (WRK-4)', () => {
  it.each([
    [true, 'active', 'holder'],
    [false, 'active', 'member'],
    [false, 'leaving', 'member'],
    [false, 'suspended', 'former_member'],
    [false, 'left', 'former_member'],
  ] as const)('holder %s, %s: %s', (isHolder, status, whose) => {
    expect(whoseBinding({ isHolder, status })).toBe(whose)
  })
})

describe('chooseSolution (ACC-11)', () => {
  const consent = { by: 'Fiona', at: '2026-01-01T00:00:00.000000Z', how: 'paper' } as const
  const situation = { e164: '+49301', holderId: 'holder', formerMemberId: 'former' }

  it.each([
    [true, consent, 'former_deletes'],
    [true, null, 'take_over'],
    [false, consent, 'take_over'],
    [false, null, 'take_over'],
  ] as const)('available %s, consent %o: %s', (formerAvailable, given, solution) => {
    const conditions = { companyOwned: true, formerAvailable, consent: given }
    expect(chooseSolution(conditions, situation)).toBe(solution)
    expect(() => chooseSolution({ ...conditions, companyOwned: false }, situation)).toThrow(
      'rebinding.not_company_owned',
    )
  })

  it('always leaves somebody something to do', () => {
    const people = fc.record({
      holderId: fc.constant('holder'),
      holderHasAccount: fc.boolean(),
      formerMemberId: fc.constant('former'),
      formerName: fc.constant('Fiona'),
      formerIsGone: fc.boolean(),
    })
    fc.assert(
      fc.property(people, fc.constantFrom('former_deletes', 'take_over'), (who, solution) => {
        const tasks = tasksFor(solution, who)
        expect(tasks.length).toBeGreaterThan(0)
        for (const { forMemberId, forName } of tasks)
          expect(forMemberId === null || forName === null).toBe(true)
        if (who.formerIsGone) expect(tasks.map(({ forMemberId }) => forMemberId)).not.toContain('former')
      }),
    )
  })
})
