import { describe, expect, it } from 'vitest'
import type { BatchPlan, PlannedMove } from '../../features/numbers/model/batches.ts'
import type { Operation } from '../../features/operations/model.ts'
import { secondOf } from '../show.ts'
import { columnsOf } from '../text.ts'
import { codeOf, nextSteps, progressLine, stateSentence } from './operation-words.ts'
import { planWords } from './plan-words.ts'
import { rangesOf } from './problem-words.ts'

const now = new Date('2026-11-22T09:30:00Z')
function idOf(digit: number): string {
  return `0000000${digit}-0000-7000-8000-000000000000`
}

const names = ['李雷', 'Han Mei', '欧阳娜娜', 'Béla Szabó-Featherstonehaugh the Younger']
function item(position: number, wish: Partial<PlannedMove> = {}): PlannedMove {
  return {
    position,
    numberId: null,
    e164: `+86138${String(position).padStart(8, '0')}`,
    fromMemberId: idOf(position % 2),
    fromName: names[position % 2] ?? null,
    toMemberId: idOf(2 + (position % 2)),
    toName: names[2 + (position % 2)] ?? null,
    outcome: 'move',
    waitsFor: null,
    dueAt: null,
    code: null,
    title: null,
    next: null,
    ...wish,
  }
}

function planOf(items: PlannedMove[], wish: Partial<BatchPlan> = {}): BatchPlan {
  const many = (outcome: string) => items.filter((one) => one.outcome === outcome).length
  return {
    total: items.length,
    moves: many('move'),
    waits: many('wait'),
    refused: many('refused'),
    batches: 1,
    gapMinutes: 0,
    finishAt: '2026-11-22T09:31:00.000000Z',
    needsApproval: false,
    items,
    ...wish,
  }
}

function refused(code: string, title: string, next: string) {
  return { outcome: 'refused', code, title, next } as const
}

describe('a plan on a terminal of 60 columns', () => {
  const atCap = refused(
    'recipient.at_cap',
    'Han Mei holds 5 of 5 numbers already, and nothing in this list makes room.',
    'Choose somebody else.',
  )
  const twice = (other: number) =>
    refused(
      'move.number_twice',
      `+8613800000004 is in the list more than once, also at position ${other}.`,
      'Keep one line for each number.',
    )
  const items = [
    item(0),
    item(1, { fromMemberId: null }),
    item(2, { outcome: 'wait', waitsFor: 'check', dueAt: '2026-11-22T09:30:00Z' }),
    item(3, atCap),
    item(4, twice(6)),
    item(5, twice(5)),
    item(6, atCap),
    item(7, atCap),
  ]
  const words = planWords(planOf(items, { batches: 3, gapMinutes: 30, needsApproval: true }), {
    columns: 60,
    now,
    lineAt: (position) => position + 2,
  })

  it('tells counts, what is refused by lines of the file, then the moves, aligned', () => {
    expect(words.replace(/about .* \(.*\)/, 'about TIME (ZONE)')).toBe(`Lines     8
Move      2
Wait      1 for a time or a check
Refused   5
Portions  3, 30 minutes apart
Done      about TIME (ZONE)
Approval  a second person has to agree first

Refused:
3 lines (5, 8-9): recipient.at_cap
  Han Mei holds 5 of 5 numbers already, and nothing in this
    list makes room.
  → Choose somebody else.

2 lines (6-7): move.number_twice
  +8613800000004 is in the list more than once, also at line
    7.
  +8613800000004 is in the list more than once, also at line
    6.
  → Keep one line for each number.

NUMBER          FROM      →  TO
+8613800000000  李雷      →  欧阳娜娜
+8613800000001  (parked)  →  Béla Szabó-Feat…
+8613800000002  李雷      →  欧阳娜娜          after a check`)
    expect(words).toContain(`about ${secondOf('2026-11-22T09:31:00Z', now)} (`)
  })

  it('keeps within them', () => {
    expect(Math.max(...words.split('\n').map(columnsOf))).toBeLessThanOrEqual(60)
  })

  it('shows twenty moves of a long list, and a summary of reasons and lines', () => {
    const many = Array.from({ length: 5_000 }, (_, position) =>
      item(
        position,
        position % 2 === 0 ? {} : refused('number.cooling_down', `+49${position} cools down.`, 'Wait.'),
      ),
    )
    const long = planWords(planOf(many), { columns: 60, now, lineAt: (position) => position + 2 })
    expect(long.split('\n').filter((line) => line.startsWith('+86'))).toHaveLength(20)
    expect(long).toContain('… and 2,480 more; --json shows all.')
    expect(long).toContain(`2,500 lines (3, 5, 7, 9, 11, 13, 15, 17 and 2,492 more):
  number.cooling_down
  +491 cools down.
  +493 cools down.
  +495 cools down.
  … and 2,497 more like these
  → Add --earliest`)
  })

  it('tells lines as ranges', () => {
    expect(rangesOf([9, 2, 3, 4, 7])).toBe('2-4, 7, 9')
    expect(rangesOf([3, 3, 4])).toBe('3-4')
  })
})

function operationOf(wish: Partial<Operation>): Operation {
  return {
    operationId: idOf(9),
    kind: 'number_moves',
    state: 'running',
    total: 20_000,
    done: 1_200,
    waiting: 30,
    failed: 10,
    pending: 18_760,
    perSecond: 3_100.4,
    nextAt: '2026-11-22T09:30:00.000000Z',
    finishAt: '2026-11-22T09:30:06.000000Z',
    requestId: null,
    undoes: null,
    undoneBy: null,
    createdBy: 'operator:root',
    createdByName: null,
    createdAt: '2026-11-22T09:29:00.000000Z',
    finishedAt: null,
    version: 1,
    ...wish,
  }
}

describe('an operation', () => {
  it('tells its progress in one line', () => {
    const done = secondOf('2026-11-22T09:30:06Z', now)
    expect(progressLine(operationOf({}), now)).toBe(`1,240 of 20,000  6 %  3,100/s  done ${done}`)
    const next = '2026-11-22T10:00:00.000000Z'
    expect(progressLine(operationOf({ nextAt: next, perSecond: 2.34, finishAt: null }), now)).toBe(
      `1,240 of 20,000  6 %  2.3/s  next ${secondOf(next, now)}`,
    )
    expect(progressLine(operationOf({ perSecond: null, finishAt: null }), now)).toBe('1,240 of 20,000  6 %')
  })

  it.each([
    [{ state: 'done', done: 20_000, waiting: 0, failed: 0, pending: 0 }, 0, 'Done: 20,000 of 20,000 done.'],
    [
      { state: 'done', done: 19_998, waiting: 2, failed: 0, pending: 0 },
      3,
      'Done: 19,998 of 20,000 done, 2 wait for a time or a check.',
    ],
    [{ state: 'done', done: 19_998, waiting: 1, failed: 1, pending: 0 }, 1, '1 failed.'],
    [
      { state: 'cancelled' },
      1,
      'Cancelled: 1,200 of 20,000 done, 30 wait for a time or a check, 10 failed, 18,760 left as they were.',
    ],
    [{ state: 'paused' }, 3, '18,760 to go.'],
    [{ state: 'pending_approval' }, 3, 'Waits for a second person'],
  ] as const)('that is %o ends a command with %i', (wish, code, words) => {
    expect(codeOf(operationOf(wish))).toBe(code)
    expect(stateSentence(operationOf(wish))).toContain(words)
  })

  it('that takes another back is not offered to be taken back', () => {
    const done = { state: 'done', pending: 0 } as const
    expect(nextSteps(operationOf(done)).join()).toContain('operations undo')
    expect(nextSteps(operationOf({ ...done, undoes: idOf(1) })).join()).not.toContain('operations undo')
  })
})
