import { describe, expect, it } from 'vitest'
import { type Role, roles } from '../../../kernel/permission.ts'
import {
  type Appearance,
  appearanceOf,
  beginningOfTime,
  contentsFrom,
  contentsReach,
  type Reader,
  type SightFacts,
  sightOf,
} from './may-read.ts'

const me = '0190a000-0000-7000-8000-000000000001'
const someone = '0190a000-0000-7000-8000-000000000002'
function day(number: number): string {
  return `2026-03-${String(number).padStart(2, '0')}T00:00:00.000000Z`
}

const held: SightFacts = {
  holderId: someone,
  visibleFrom: beginningOfTime,
  isInLedDepartment: false,
  deletedBefore: null,
  erasedBefore: null,
}
const parked: SightFacts = { ...held, holderId: null }
const mine: SightFacts = { ...held, holderId: me }
const mineHidden: SightFacts = { ...mine, visibleFrom: day(10) }
const inMyDepartment: SightFacts = { ...held, isInLedDepartment: true }
const toBeDeleted: SightFacts = { ...held, visibleFrom: day(10), deletedBefore: day(10) }
const mineToBeDeleted: SightFacts = { ...toBeDeleted, holderId: me }
const erasing: SightFacts = { ...held, visibleFrom: day(10), erasedBefore: day(10) }
const mineErasing: SightFacts = { ...erasing, holderId: me }

function appearance(role: Role, facts: SightFacts, asked: { at?: string; hasReason: boolean }): Appearance {
  const reader: Reader = { role, memberId: me }
  return appearanceOf(sightOf(reader, facts), asked.at ?? day(5), asked.hasReason)
}

// What one sees of a record of 5 March without a reason and with one, owner to member.
type Cell = readonly [without: Appearance, withReason: Appearance]
const own: Cell = ['own', 'own']
const unseen: Cell = ['unseen', 'unseen']
const forReason: Cell = ['reason_needed', 'for_reason']
const notGranted: Cell = ['not_granted', 'not_granted']
const table: readonly [string, SightFacts, Readonly<Record<Role, Cell>>][] = [
  ['mine', mine, { owner: own, admin: own, lead: own, auditor: own, member: own }],
  [
    'mine, hidden from me before 10 March',
    mineHidden,
    { owner: forReason, admin: forReason, lead: unseen, auditor: notGranted, member: unseen },
  ],
  [
    "someone else's",
    held,
    { owner: forReason, admin: forReason, lead: unseen, auditor: notGranted, member: unseen },
  ],
  [
    'held in a department that I lead, if I do',
    inMyDepartment,
    { owner: forReason, admin: forReason, lead: notGranted, auditor: notGranted, member: unseen },
  ],
  [
    'parked',
    parked,
    { owner: forReason, admin: forReason, lead: unseen, auditor: notGranted, member: unseen },
  ],
  [
    'to be deleted',
    toBeDeleted,
    { owner: forReason, admin: unseen, lead: unseen, auditor: notGranted, member: unseen },
  ],
  [
    'mine, to be deleted',
    mineToBeDeleted,
    { owner: forReason, admin: unseen, lead: unseen, auditor: notGranted, member: unseen },
  ],
  [
    'being erased or erased',
    erasing,
    { owner: unseen, admin: unseen, lead: unseen, auditor: unseen, member: unseen },
  ],
  [
    'mine, being erased or erased',
    mineErasing,
    { owner: unseen, admin: unseen, lead: unseen, auditor: unseen, member: unseen },
  ],
]

describe.each(table)('NUM-5 NUM-6 ALL-7 a record of a number that is %s', (_, facts, cells) => {
  it.each(roles)('appears to the role %s as the table says', (role) => {
    expect([
      appearance(role, facts, { hasReason: false }),
      appearance(role, facts, { hasReason: true }),
    ]).toEqual(cells[role])
  })
})

describe('the instant from which one sees', () => {
  it.each(roles)('is the very one of the move, for the role %s', (role) => {
    const asked = { at: day(10), hasReason: false }
    expect(appearance(role, mineHidden, asked)).toBe('own')
    expect(appearance(role, mineToBeDeleted, asked)).toBe('own')
    expect(appearance(role, mineErasing, asked)).toBe('own')
  })

  it('lets a lead who holds the number see no more than a holder does', () => {
    expect(appearance('lead', { ...mineHidden, isInLedDepartment: true }, { hasReason: true })).toBe('unseen')
  })

  it('lets the operator of the machine read with a reason, and hold nothing', () => {
    const operator: Reader = { role: 'owner', memberId: null }
    expect(appearanceOf(sightOf(operator, parked), day(5), false)).toBe('reason_needed')
    expect(appearanceOf(sightOf(operator, parked), day(5), true)).toBe('for_reason')
  })
})

describe('filters that look into contents', () => {
  it.each<[Role, SightFacts, boolean, string | null]>([
    ['member', mineHidden, false, day(10)],
    ['lead', inMyDepartment, true, null],
    ['auditor', held, true, null],
    ['auditor', mineHidden, true, day(10)],
    ['owner', held, false, null],
    ['owner', held, true, beginningOfTime],
    ['owner', mineHidden, false, day(10)],
    ['owner', mineHidden, true, beginningOfTime],
    ['admin', toBeDeleted, true, day(10)],
  ])('reach for the role %s in %j with a reason: %s back to %s', (role, facts, hasReason, from) => {
    const sight = sightOf({ role, memberId: me }, facts)
    expect(sight && contentsFrom(sight, hasReason)).toBe(from)
  })

  it.each<[Role, boolean, string]>([
    ['owner', false, 'reason_needed'],
    ['admin', false, 'reason_needed'],
    ['admin', true, 'company'],
    ['auditor', true, 'own'],
  ])('reach over the company for the role %s with a reason: %s as %s', (role, hasReason, reach) => {
    expect(contentsReach({ role, memberId: me }, hasReason)).toBe(reach)
  })
})
