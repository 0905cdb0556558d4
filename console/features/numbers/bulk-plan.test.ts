import { describe, expect, it } from 'vitest'
import { type BatchPlan, planGroups } from './bulk-plan.ts'

const words = {
  say: (key: string, values?: Readonly<Record<string, string | number>>) =>
    [key, ...Object.values(values ?? {})].join(' '),
  phone: (e164: string) => e164,
  dateTime: (instant: string) => instant,
}
const dueAt = '2026-11-22T09:30:00.000000Z'

function planned(position: number, more: Partial<BatchPlan['items'][number]>): BatchPlan['items'][number] {
  return {
    position,
    numberId: null,
    e164: `+4930${position}`,
    fromMemberId: 'bo',
    fromName: 'Bo',
    toMemberId: 'carla',
    toName: 'Carla',
    outcome: 'move',
    waitsFor: null,
    dueAt: null,
    code: null,
    title: null,
    next: null,
    ...more,
  }
}

function groupsOf(...items: BatchPlan['items']) {
  const counts = { total: items.length, moves: 0, waits: 0, refused: 0, batches: 1, gapMinutes: 0 }
  return planGroups({ ...counts, finishAt: dueAt, needsApproval: false, items }, words)
}

describe('The plan of a batch, before it starts', () => {
  it('NUM-8 puts moves under who gives the number up, parked ones apart', () => {
    const groups = groupsOf(
      planned(1, {}),
      planned(2, { fromMemberId: null, fromName: null }),
      planned(3, {}),
    )
    expect(groups.map(({ title, rows }) => [title, rows.map(({ sign }) => sign).join('')])).toEqual([
      ['bulk.plan.from Bo', '~~'],
      ['bulk.plan.parked', '+'],
    ])
  })

  it('says a reason once for all numbers that share it, and first of all', () => {
    const full = { outcome: 'refused', title: 'No licence is free.', next: 'Add some.' } as const
    const [first, second] = groupsOf(planned(1, {}), planned(2, full), planned(3, full))
    expect(first).toMatchObject({ title: 'No licence is free.', subtitle: 'Add some.' })
    expect(first?.rows.map(({ sign, text, problem }) => [sign, text, problem])).toEqual([
      ['!', '+49302', undefined],
      ['!', '+49303', undefined],
    ])
    expect(second?.title).toBe('bulk.plan.from Bo')
  })

  it('keeps a reason that only one number has beside that number', () => {
    const [group] = groupsOf(
      planned(1, { outcome: 'refused', title: 'Carla has it.', next: 'Choose again.' }),
    )
    expect(group?.rows[0]?.problem).toEqual({ title: 'Carla has it.', next: 'Choose again.' })
  })

  it('NUM-16 says for what a number waits and until when', () => {
    const [group] = groupsOf(
      planned(1, { outcome: 'wait', waitsFor: 'time', dueAt }),
      planned(2, { outcome: 'wait', waitsFor: 'check' }),
    )
    expect(group?.rows.map(({ detail }) => detail)).toEqual([
      `bulk.plan.waitsTime Bo ${dueAt}`,
      'bulk.plan.waitsCheck Bo',
    ])
  })
})
