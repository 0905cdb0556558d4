import { describe, expect, it } from 'vitest'
import { addHours, addMinutes } from '../../../kernel/instant.ts'
import { Refusal } from '../../../kernel/refusal.ts'
import type { AskedMove, CompanyFacts, NumberFacts, RecipientFacts, WaitingFacts } from './facts.ts'
import { decideMove, refuseReceiving, takesEffectAt } from './may-move.ts'

const now = '2026-11-22T09:00:00.000000Z'
const anna = '00000000-0000-7000-8000-00000000000a'
const bela = '00000000-0000-7000-8000-00000000000b'
const carl = '00000000-0000-7000-8000-00000000000c'

const number: NumberFacts = {
  e164: '+4930123456',
  country: 'DE',
  state: 'held',
  holderId: anna,
  heldFrom: addHours(now, -48),
  visibleFrom: addHours(now, -72),
  assignedAt: addHours(now, -48),
  licensed: true,
  waiting: [],
  underHold: false,
}
const recipient: RecipientFacts = {
  memberId: bela,
  name: 'Béla',
  status: 'active',
  counted: 0,
  heldNumbers: [],
  tier: 'connect',
  cap: 5,
}
const company: CompanyFacts = {
  licencesTotal: 3,
  licencesFree: 0,
  cooldownMinutes: 30,
  undoWindowHours: 72,
  minimumRetentionDays: 0,
  checkedCountries: new Set(['CN']),
}
const asked: AskedMove = {
  kind: 'reassign',
  toMemberId: bela,
  history: 'keep',
  expectedHolderId: undefined,
  at: null,
  returnAt: null,
  when: 'now',
  overrideReason: null,
  reason: null,
  askedBy: 'admin',
  approved: false,
  checked: false,
}

interface Case {
  readonly number?: Partial<NumberFacts>
  readonly recipient?: Partial<RecipientFacts>
  readonly company?: Partial<CompanyFacts>
  readonly asked?: Partial<AskedMove>
  readonly overLimit?: boolean
}

function decide(given: Case) {
  return decideMove(
    {
      number: { ...number, ...given.number },
      recipient: { ...recipient, ...given.recipient },
      company: { ...company, ...given.company },
      overLimit: given.overLimit ?? false,
      now,
    },
    { ...asked, ...given.asked },
  )
}

function refusalOf(given: Case): Refusal {
  try {
    decide(given)
  } catch (error) {
    if (error instanceof Refusal) return error
    throw error
  }
  throw new Error('it was not refused')
}

const parked: Partial<NumberFacts> = { state: 'parked', holderId: null }
const loan: WaitingFacts = {
  moveId: carl,
  kind: 'return',
  toMemberId: carl,
  state: 'scheduled',
  dueAt: addHours(now, 24),
  restoreVisibleFrom: addHours(now, -500),
}
const waitingMove: WaitingFacts = { ...loan, kind: 'move' }

describe('a move that is refused', () => {
  it.each<[string, Case, string]>([
    ['NUM-15 a released number', { number: { state: 'released', holderId: null } }, 'number.released'],
    ['NUM-9 another holder than expected', { asked: { expectedHolderId: carl } }, 'number.holder_changed'],
    [
      'NUM-9 a holder where nobody was expected',
      { asked: { expectedHolderId: null } },
      'number.holder_changed',
    ],
    [
      'NUM-1 the present holder',
      { asked: { toMemberId: anna }, recipient: { memberId: anna } },
      'number.already_theirs',
    ],
    ['NUM-1 assigning what is held', { asked: { kind: 'assign' } }, 'number.held'],
    ['NUM-1 reassigning what is parked', { number: parked }, 'number.parked'],
    ['NUM-3 a suspended recipient', { recipient: { status: 'suspended' } }, 'recipient.not_active'],
    ['NUM-3 a leaving recipient', { recipient: { status: 'leaving' } }, 'recipient.not_active'],
    ['NUM-3 a recipient who left', { recipient: { status: 'left' } }, 'recipient.not_active'],
    ['NUM-3 a recipient at the cap of 5', { recipient: { counted: 5 } }, 'recipient.at_cap'],
    [
      'NUM-4 a number assigned 29 minutes ago',
      { number: { assignedAt: addMinutes(now, -29) } },
      'number.cooling_down',
    ],
    [
      'NUM-4 parking does not reset the cool-down',
      { number: { ...parked, assignedAt: addMinutes(now, -29) }, asked: { kind: 'assign' } },
      'number.cooling_down',
    ],
    [
      'NUM-4 an override by an Admin',
      { number: { assignedAt: now }, asked: { overrideReason: 'urgent' } },
      'number.override_owner_only',
    ],
    [
      'NUM-4 a start inside the cool-down',
      { number: { assignedAt: now }, asked: { at: addMinutes(now, 20) } },
      'number.cooling_down',
    ],
    ['NUM-5 deleting without a reason', { asked: { history: 'delete' } }, 'history.reason_needed'],
    [
      'NUM-5 deleting under a legal hold',
      { number: { underHold: true }, asked: { history: 'delete', reason: 'x' } },
      'number.on_hold',
    ],
    [
      'ALL-7 deleting inside the retention',
      { company: { minimumRetentionDays: 1 }, asked: { history: 'delete', reason: 'x' } },
      'history.retained',
    ],
    [
      'NUM-10 no free licence',
      { number: { ...parked, licensed: false }, asked: { kind: 'assign' } },
      'licences.none_free',
    ],
    ['NUM-11 a start in the past', { asked: { at: addMinutes(now, -1) } }, 'move.in_the_past'],
    [
      'NUM-11 a return before the start',
      { asked: { at: addHours(now, 2), returnAt: addHours(now, 1) } },
      'move.return_before_start',
    ],
    [
      'NUM-11 a loan from the park',
      { number: parked, asked: { kind: 'assign', returnAt: addHours(now, 1) } },
      'move.loan_needs_lender',
    ],
    [
      'NUM-11 a loan that deletes',
      { asked: { history: 'delete', reason: 'x', returnAt: addHours(now, 1) } },
      'move.loan_cannot_delete',
    ],
    ['NUM-11 a second schedule', { number: { waiting: [waitingMove] } }, 'number.already_scheduled'],
    [
      'NUM-11 back to a lender who is suspended',
      { number: { waiting: [{ ...loan, toMemberId: bela }] }, recipient: { status: 'suspended' } },
      'recipient.not_active',
    ],
    ['NUM-11 passing a lent number on', { number: { waiting: [loan] } }, 'number.on_loan'],
  ])('%s', (_, given, code) => {
    expect(refusalOf(given).code).toBe(code)
  })

  it.each<[string, Parameters<typeof refuseReceiving>[0], Partial<RecipientFacts>, string | null]>([
    ['with room, any number', null, {}, null],
    ['at the cap, no number at all', null, { counted: 5 }, 'recipient.at_cap'],
    ['who is leaving, none either', null, { status: 'leaving' }, 'recipient.not_active'],
    [
      'at the cap, the number they lent',
      { ...number, waiting: [{ ...loan, toMemberId: bela }] },
      { counted: 5 },
      null,
    ],
    [
      'at the cap, no number that another lent',
      { ...number, waiting: [loan] },
      { counted: 5 },
      'recipient.at_cap',
    ],
    ['who holds it, not once more', { ...number, holderId: bela }, {}, 'number.already_theirs'],
  ])('NUM-3 a member can receive, %s', (_, wanted, given, code) => {
    const receive = () => refuseReceiving(wanted, { ...recipient, ...given })
    if (code === null) expect(receive).not.toThrow()
    else expect(receive).toThrow(code)
  })

  it('NUM-3 names the cap, the held numbers and the two ways out', () => {
    const heldNumbers = [{ numberId: carl, e164: '+4930999' }]
    const refusal = refusalOf({ recipient: { counted: 5, heldNumbers } })
    expect(refusal.data).toEqual({ heldNumbers, ways: ['remove_one', 'upgrade'] })
    expect(refusal.values).toMatchObject({ cap: 5, held: 5, tier: 'connect' })
  })

  it('NUM-4 names the time at which it can move, and offers to wait for it', () => {
    const refusal = refusalOf({ number: { assignedAt: addMinutes(now, -10) } })
    expect(refusal.values['availableAt']).toBe(addMinutes(now, 20))
    expect(refusal.data).toEqual({ ways: ['wait', 'earliest'] })
  })

  it('ALL-3 puts every refusal into both languages without gaps', () => {
    for (const language of ['en', 'zh'] as const) {
      const { title, next } = refusalOf({ recipient: { counted: 5 } }).inWords(language)
      expect(`${title}${next}`).not.toMatch(/\{\w+\}/)
    }
  })
})

describe('a move that happens', () => {
  it('R3 keeps the history by default', () => {
    expect(decide({})).toMatchObject({
      outcome: 'done',
      custody: { holderId: bela, visibleFrom: number.visibleFrom, cause: 'reassigned' },
    })
  })

  it('NUM-5 hides it from the new holder when asked', () => {
    expect(decide({ asked: { history: 'hide' } })).toMatchObject({ custody: { visibleFrom: now } })
  })

  it('NUM-4 30 minutes after the assignment', () => {
    expect(decide({ number: { assignedAt: addMinutes(now, -30) } }).outcome).toBe('done')
  })

  it('NUM-4 at once when an Owner overrides', () => {
    expect(
      decide({ number: { assignedAt: now }, asked: { askedBy: 'owner', overrideReason: 'she leaves now' } })
        .outcome,
    ).toBe('done')
  })

  it('NUM-10 takes a licence the first time only', () => {
    const first = decide({
      number: { ...parked, licensed: false },
      asked: { kind: 'assign' },
      company: { licencesFree: 1 },
    })
    expect(first).toMatchObject({ outcome: 'done', custody: { takesLicence: true, cause: 'assigned' } })
    expect(decide({})).toMatchObject({ custody: { takesLicence: false } })
  })

  it('NUM-11 back to the lender ends the loan, whatever the cap, the cool-down and the check', () => {
    const back = decide({
      number: { waiting: [{ ...loan, toMemberId: bela }], assignedAt: now, country: 'CN' },
      recipient: { counted: 5 },
    })
    expect(back).toMatchObject({ outcome: 'done', custody: { cause: 'returned' } })
  })

  it('NUM-11 back to the lender restores what the lender saw, whatever the borrower was shown', () => {
    const returning = { ...loan, toMemberId: bela, restoreVisibleFrom: addHours(now, -500) }
    const back = decide({ number: { waiting: [returning], visibleFrom: addHours(now, -1) } })
    expect(back).toMatchObject({ custody: { visibleFrom: addHours(now, -500) } })
  })

  it('NUM-11 back to the lender hides the history where that is asked for', () => {
    const returning = { ...loan, toMemberId: bela, restoreVisibleFrom: addHours(now, -500) }
    const back = decide({ number: { waiting: [returning] }, asked: { history: 'hide' } })
    expect(back).toMatchObject({ custody: { cause: 'returned', visibleFrom: now } })
  })

  it('NUM-1 a microsecond after the open stretch began, at the earliest', () => {
    expect(takesEffectAt(now, now)).toBe('2026-11-22T09:00:00.000001Z')
    expect(takesEffectAt(now, '2026-11-22T09:00:00.999999Z')).toBe('2026-11-22T09:00:01.000000Z')
    expect(takesEffectAt(now, addHours(now, -1))).toBe(now)
  })
})

describe('a move that waits', () => {
  it.each<[string, Case, string, string]>([
    [
      'NUM-4 for the end of the cool-down',
      { number: { assignedAt: addMinutes(now, -10) }, asked: { when: 'earliest' } },
      'scheduled',
      addMinutes(now, 20),
    ],
    ['NUM-11 for its time', { asked: { at: addHours(now, 5) } }, 'scheduled', addHours(now, 5)],
    ['NUM-14 for the check of its country', { number: { country: 'CN' } }, 'pending_check', now],
    [
      'NUM-14 for the check before its time',
      { number: { country: 'CN' }, asked: { at: addHours(now, 5) } },
      'pending_check',
      addHours(now, 5),
    ],
    ['NUM-2 for a second person above the limit', { overLimit: true }, 'pending_approval', now],
    [
      'NUM-14 for the check once approved',
      { overLimit: true, number: { country: 'CN' }, asked: { approved: true } },
      'pending_check',
      now,
    ],
  ])('%s', (_, given, outcome, dueAt) => {
    expect(decide(given)).toEqual({ outcome, dueAt })
  })

  it('NUM-14 goes on when the check is cleared', () => {
    expect(decide({ number: { country: 'CN' }, asked: { checked: true } }).outcome).toBe('done')
  })

  it('NUM-4 "earliest" moves at once when nothing cools down', () => {
    expect(decide({ asked: { when: 'earliest' } }).outcome).toBe('done')
  })
})
