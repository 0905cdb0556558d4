import { describe, expect, it } from 'vitest'
import type { PlannedMove } from '../../../../src/features/numbers/model/batches.ts'
import { changesBetween, groupsOf, withHolders } from './plan.ts'

const words = {
  phone: (e164: string) => e164,
  from: (name: string | null) => `from ${name}`,
  to: (name: string | null) => `to ${name}`,
  waits: () => 'waits',
  refused: ({ title, next }: PlannedMove) => ({ title: title ?? '', next: next ?? '' }),
  unknown: 'Not known',
  park: 'Park',
  counts: (gains: number, loses: number) => `+${gains} -${loses}`,
}

function move(position: number, change: Partial<PlannedMove> = {}): PlannedMove {
  return {
    position,
    numberId: `n${position}`,
    e164: `+4930${position}`,
    fromMemberId: 'a',
    fromName: 'Anna',
    toMemberId: 'b',
    toName: 'Ben',
    outcome: 'move',
    waitsFor: null,
    dueAt: null,
    code: null,
    title: null,
    next: null,
    ...change,
  }
}

describe('a plan by person', () => {
  it('shows a move with who gains and who loses it', () => {
    const groups = groupsOf([move(0)], words)
    expect(
      groups.map(({ title, subtitle, rows }) => [
        title,
        subtitle,
        rows.map(({ sign, detail }) => sign + detail),
      ]),
    ).toEqual([
      ['Anna', '+0 -1', ['-to Ben']],
      ['Ben', '+1 -0', ['+from Anna']],
    ])
  })
  it('shows one that waits as a change on both sides', () => {
    const groups = groupsOf([move(0, { outcome: 'wait', waitsFor: 'time' })], words)
    expect(groups.flatMap(({ rows }) => rows.map(({ sign }) => sign))).toEqual(['~', '~'])
  })
  it('shows a refused one with its reason, and nobody losing it', () => {
    const refused = move(0, {
      outcome: 'refused',
      code: 'x',
      title: 'No.',
      next: 'Do this.',
      toMemberId: null,
      toName: null,
    })
    expect(groupsOf([refused], words)).toMatchObject([
      { title: 'Not known', rows: [{ sign: '!', problem: { title: 'No.', next: 'Do this.' } }] },
    ])
  })
  it('takes a number out of the park', () => {
    expect(
      groupsOf([move(0, { fromMemberId: null, fromName: null })], words).map(({ title }) => title),
    ).toEqual(['Ben', 'Park'])
  })
})

describe('what changed since the plan was shown', () => {
  it('NUM-9 names a number that somebody else holds now', () => {
    const after = move(1, { fromMemberId: 'c', fromName: 'Cara' })
    expect(changesBetween([move(0), move(1)], [move(0), after])).toEqual([{ before: move(1), after }])
  })
  it('does not take another end of a wait for a change', () => {
    const wait = { outcome: 'wait', waitsFor: 'time', dueAt: '2026-01-01T00:00:00Z' } as const
    expect(changesBetween([move(0, wait)], [move(0, { ...wait, dueAt: '2026-01-01T00:01:00Z' })])).toEqual([])
  })
})

describe('what is sent to begin', () => {
  it('NUM-9 expects who held each number at the check, nobody where it was parked', () => {
    const sent = [{ number: '+49300' }, { number: '+49301' }, { number: '+49302' }]
    const items = [move(0), move(1, { fromMemberId: null }), move(2, { numberId: null, fromMemberId: null })]
    expect(withHolders(sent, items)).toEqual([
      { number: '+49300', expectedHolderId: 'a' },
      { number: '+49301', expectedHolderId: null },
      { number: '+49302' },
    ])
  })
})
