import { describe, expect, it } from 'vitest'
import { addHours } from '../../../kernel/instant.ts'
import { Refusal } from '../../../kernel/refusal.ts'
import type { CompanyFacts, NumberFacts, RecipientFacts, WaitingFacts } from './facts.ts'
import { decidePark, decideRelease, decideUndo, type Stretch, undoUntil } from './may-end.ts'

const now = '2026-11-22T09:00:00.000000Z'
const anna = '00000000-0000-7000-8000-00000000000a'
const bela = '00000000-0000-7000-8000-00000000000b'

const number: NumberFacts = {
  e164: '+4930123456',
  country: 'DE',
  state: 'held',
  holderId: bela,
  heldFrom: addHours(now, -1),
  visibleFrom: addHours(now, -1),
  assignedAt: addHours(now, -1),
  licensed: true,
  waiting: [],
  underHold: false,
}
const parked: NumberFacts = { ...number, state: 'parked', holderId: null }
const waiting: WaitingFacts = {
  moveId: anna,
  kind: 'move',
  toMemberId: anna,
  state: 'scheduled',
  dueAt: addHours(now, 1),
  restoreVisibleFrom: null,
}
const recipient: RecipientFacts = {
  memberId: anna,
  name: 'Anna',
  status: 'active',
  counted: 0,
  heldNumbers: [],
  tier: 'connect',
  cap: 5,
}
const company: CompanyFacts = {
  licencesTotal: 1,
  licencesFree: 0,
  cooldownMinutes: 30,
  undoWindowHours: 72,
  minimumRetentionDays: 0,
  checkedCountries: new Set(),
}

function codeOf(work: () => unknown): string {
  try {
    work()
  } catch (error) {
    if (error instanceof Refusal) return error.code
    throw error
  }
  return 'done'
}

describe('parking', () => {
  it('NUM-4 keeps the cool-down and the visibility as they are', () => {
    expect(decidePark(number, undefined, now)).toMatchObject({
      state: 'parked',
      holderId: null,
      assignedAt: number.assignedAt,
      visibleFrom: number.visibleFrom,
    })
  })

  it('NUM-10 keeps the licence', () => {
    expect(decidePark(number, undefined, now).freesLicence).toBe(false)
  })

  it.each<[string, NumberFacts, string | undefined, string]>([
    ['a parked number', parked, undefined, 'number.parked'],
    ['a released number', { ...parked, state: 'released' }, undefined, 'number.released'],
    ['NUM-9 another holder than expected', number, anna, 'number.holder_changed'],
  ])('is refused for %s', (_, given, expected, code) => {
    expect(codeOf(() => decidePark(given, expected, now))).toBe(code)
  })
})

describe('release (NUM-15)', () => {
  it('NUM-10 frees the licence', () => {
    expect(decideRelease(parked, parked.e164, now)).toMatchObject({ state: 'released', freesLicence: true })
    expect(decideRelease({ ...parked, licensed: false }, parked.e164, now).freesLicence).toBe(false)
  })

  it.each<[string, NumberFacts, string | null, string]>([
    ['a number that someone holds', number, number.e164, 'number.held'],
    ['a released number', { ...parked, state: 'released' }, number.e164, 'number.released'],
    [
      'a number with a waiting move',
      { ...parked, waiting: [waiting] },
      number.e164,
      'number.already_scheduled',
    ],
    [
      'a number on loan',
      { ...parked, waiting: [{ ...waiting, kind: 'return' }] },
      number.e164,
      'number.on_loan',
    ],
    ['ALL-7 a number under a legal hold', { ...parked, underHold: true }, number.e164, 'number.on_hold'],
    ['another number typed', parked, '+4930123457', 'number.confirmation_wrong'],
    ['nothing typed', parked, null, 'number.confirmation_wrong'],
  ])('is refused for %s', (_, given, confirmed, code) => {
    expect(codeOf(() => decideRelease(given, confirmed, now))).toBe(code)
  })
})

describe('undo (NUM-11)', () => {
  const before: Stretch = {
    state: 'held',
    holderId: anna,
    visibleFrom: addHours(now, -100),
    assignedAt: addHours(now, -90),
    cause: 'assigned',
    tookLicence: true,
    heldFrom: addHours(now, -90),
  }
  const latest: Stretch = {
    state: 'held',
    holderId: bela,
    visibleFrom: addHours(now, -1),
    assignedAt: addHours(now, -1),
    cause: 'reassigned',
    tookLicence: false,
    heldFrom: addHours(now, -1),
  }
  const facts = { number, latest, before, recipient, company, now }

  it('restores holder, visibility and cool-down', () => {
    expect(decideUndo(facts)).toMatchObject({
      holderId: anna,
      visibleFrom: before.visibleFrom,
      assignedAt: before.assignedAt,
      cause: 'undone',
    })
  })

  it('gives a licence back that the move had taken', () => {
    const first = { ...before, state: 'parked' as const, holderId: null }
    const undone = decideUndo({
      ...facts,
      latest: { ...latest, cause: 'assigned', tookLicence: true },
      before: first,
      recipient: null,
    })
    expect(undone).toMatchObject({ state: 'parked', freesLicence: true })
  })

  it.each<[string, Partial<typeof facts>, string]>([
    ['of a number that was only added', { latest: { ...latest, cause: 'added' } }, 'undo.nothing'],
    ['of an undo', { latest: { ...latest, cause: 'undone' } }, 'undo.nothing'],
    ['of a return', { latest: { ...latest, cause: 'returned' } }, 'undo.nothing'],
    ['of a release', { latest: { ...latest, cause: 'released' } }, 'undo.nothing'],
    ['after 72 hours', { latest: { ...latest, heldFrom: addHours(now, -72) } }, 'undo.window_over'],
    [
      'to someone suspended meanwhile',
      { recipient: { ...recipient, status: 'suspended' } },
      'recipient.not_active',
    ],
    ['to someone at the cap meanwhile', { recipient: { ...recipient, counted: 5 } }, 'recipient.at_cap'],
  ])('is refused %s', (_, change, code) => {
    expect(codeOf(() => decideUndo({ ...facts, ...change }))).toBe(code)
  })

  it('says until when', () => {
    expect(undoUntil(latest, 72, now)).toBe(addHours(now, 71))
    expect(undoUntil({ ...latest, cause: 'undone' }, 72, now)).toBeNull()
    expect(undoUntil({ ...latest, heldFrom: addHours(now, -73) }, 72, now)).toBeNull()
  })
})
