import { describe, expect, it } from 'vitest'
import { LeaverLine } from '../model/leavers.ts'
import { indexPeople, type KnownPerson } from './known-people.ts'
import { type LeaversAround, readLeavers } from './read-leavers.ts'

function person(memberId: string, wish: Partial<KnownPerson> = {}): KnownPerson {
  return {
    memberId,
    staffCode: memberId,
    name: memberId.toUpperCase(),
    status: 'active',
    alias: null,
    email: null,
    role: 'member',
    managerId: null,
    numbersHeld: 0,
    ...wish,
  }
}

const boss = person('boss', { role: 'owner', name: 'Bo Boss' })
const mia = person('mia', { managerId: 'boss', name: 'Mia Manager', email: 'Mia@example.com' })
const lena = person('lena', { managerId: 'mia', name: '陈佳', alias: 'Lena', numbersHeld: 2 })
const people = [
  boss,
  mia,
  lena,
  person('li1', { name: 'Li Lei', managerId: 'mia' }),
  person('li2', { name: 'Li Lei', managerId: 'mia' }),
  person('007', { name: 'Bond', managerId: 'mia' }),
  person('gone', { status: 'left', name: 'Gone Guy' }),
  person('ill', { status: 'suspended', name: 'Ill Ida' }),
  person('alone', { name: 'Al Alone' }),
]

function read(lines: readonly object[], around: Partial<LeaversAround> = {}) {
  const parsed = lines.map((line, index) => LeaverLine.parse({ row: index + 2, ...line }))
  const results = readLeavers(parsed, {
    people: indexPeople(people),
    open: new Map(),
    owners: new Set(['boss']),
    now: '2026-11-22T09:00:00.000000Z',
    readDay: (text) => (/^\d{4}-\d{2}-\d{2}$/.test(text) ? `${text}T16:00:00.000000Z` : null),
    ...around,
  })
  return results.map((result) => ({ ...result, codes: result.problems.map(({ refusal }) => refusal.code) }))
}

function first(line: object, around: Partial<LeaversAround> = {}) {
  const [result] = read([line], around)
  if (!result) throw new Error('a line without its answer')
  return result
}

describe('a line of a list of leavers', () => {
  it.each([
    ['the staff code', { staffCode: 'lena' }],
    ['the staff code in other letters', { staffCode: 'LENA' }],
    ['the name in place of the staff code', { staffCode: '陈佳' }],
    ['the alias as the name', { name: 'lena' }],
    ['code and name together', { staffCode: 'lena', name: '陈佳' }],
  ])('means somebody by %s', (_, line) => {
    expect(first(line)).toMatchObject({
      group: 'ready',
      leaver: { memberId: 'lena' },
      numbersHeld: 2,
      successor: { memberId: 'mia' },
      successorFrom: 'manager',
      effectiveAt: null,
    })
  })

  it('means somebody by the e-mail address, in either column', () => {
    expect(first({ staffCode: 'mia@example.com' }).leaver?.memberId).toBe('mia')
    expect(first({ email: 'MIA@example.com' }).leaver?.memberId).toBe('mia')
  })

  it.each([
    ['leaver.unknown', { staffCode: 'nobody' }, 'choose'],
    ['leaver.several', { name: 'Li Lei' }, 'choose'],
    ['leaver.name_differs', { staffCode: 'lena', name: 'Mia Manager' }, 'choose'],
    ['leaver.has_left', { staffCode: 'gone' }, 'cannot'],
    ['leaver.last_owner', { staffCode: 'boss', successor: 'mia' }, 'cannot'],
    ['leaver.no_manager', { staffCode: 'alone' }, 'choose'],
    ['leaver.successor_unknown', { staffCode: 'lena', successor: 'nobody' }, 'choose'],
    ['leaver.successor_several', { staffCode: 'lena', successor: 'Li Lei' }, 'choose'],
    ['leaver.successor_is_leaver', { staffCode: 'lena', successor: 'lena' }, 'choose'],
    ['leaver.successor_not_active', { staffCode: 'lena', successor: 'Ill Ida' }, 'choose'],
    ['leaver.day_unreadable', { staffCode: 'lena', lastDay: '03/04/2026' }, 'choose'],
    ['leaver.day_past', { staffCode: 'lena', lastDay: '2026-11-01' }, 'choose'],
  ])('%s: is not made a plan of as it stands', (code, line, group) => {
    expect(first(line)).toMatchObject({ codes: [code], group })
  })

  it('names who may be meant, also where a spreadsheet took the zeros of a staff code away', () => {
    expect(first({ name: 'Li Lei' }).leaverCandidates.map(({ memberId }) => memberId)).toEqual(['li1', 'li2'])
    expect(first({ staffCode: '7' }).leaverCandidates.map(({ memberId }) => memberId)).toEqual(['007'])
    expect(first({ staffCode: 'slip', name: 'Bond' }).leaverCandidates).toHaveLength(1)
    expect(first({ staffCode: 'lena', successor: 'Li Lei' }).successorCandidates).toHaveLength(2)
  })

  it('tells two of one name apart by the staff code', () => {
    expect(first({ staffCode: 'li2', name: 'Li Lei' }).leaver?.memberId).toBe('li2')
  })

  it('is settled by what somebody chooses', () => {
    const chosen = { name: 'Li Lei', leaverId: crypto.randomUUID() }
    expect(first(chosen).codes).toEqual(['leaver.unknown'])
    const [line] = read([{ staffCode: 'alone', lastDay: '2026-11-01', successorId: null, effectiveAt: null }])
    expect(line).toMatchObject({
      group: 'ready',
      successor: null,
      successorFrom: 'chosen',
      effectiveAt: null,
    })
  })

  it('takes effect on its day', () => {
    expect(first({ staffCode: 'lena', lastDay: '2026-12-01' }).effectiveAt).toBe(
      '2026-12-01T16:00:00.000000Z',
    )
  })
})

describe('a list of leavers as a whole', () => {
  it('leaver.twice: takes nobody twice, and says where the first stands', () => {
    const [one, two] = read([{ staffCode: 'lena' }, { name: '陈佳' }])
    expect(one?.group).toBe('ready')
    expect(two).toMatchObject({ group: 'cannot', codes: ['leaver.twice'] })
    expect(two?.problems[0]?.refusal.values).toMatchObject({ row: 2 })
  })

  it('goes past a manager who leaves, too, to the next one above', () => {
    const [, report] = read([{ staffCode: 'mia' }, { staffCode: 'lena' }])
    expect(report).toMatchObject({ successor: { memberId: 'boss' }, successorFrom: 'manager' })
  })

  it('leaver.successor_leaves: gives nothing to whoever leaves, too', () => {
    const [line] = read([{ staffCode: 'lena', successor: 'mia' }, { staffCode: 'mia' }])
    expect(line?.codes).toEqual(['leaver.successor_leaves'])
  })

  it('leaver.already_leaving: leads to the handover that is under way', () => {
    const open = new Map([['lena', { handoverId: 'h1', state: 'draft' as const }]])
    expect(first({ staffCode: 'lena' }, { open })).toMatchObject({
      group: 'planned',
      codes: ['leaver.already_leaving'],
      handover: { handoverId: 'h1', state: 'draft' },
    })
  })

  it('keeps one Owner: of several who leave together none goes while nobody else stays', () => {
    const owners = new Set(['boss', 'mia'])
    const both = read(
      [
        { staffCode: 'boss', successor: 'lena' },
        { staffCode: 'mia', successor: 'lena' },
      ],
      {
        owners,
      },
    )
    expect(both.map(({ group }) => group)).toEqual(['cannot', 'cannot'])
    expect(first({ staffCode: 'boss', successor: 'mia' }, { owners }).group).toBe('ready')
  })
})
