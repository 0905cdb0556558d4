import { describe, expect, it } from 'vitest'
import type { MoveEffect } from '../../../../src/features/numbers/model.ts'
import { effectLines, type Shown } from './reassign-lines.ts'

const write = { dateTime: (instant: string) => instant.slice(0, 16), number: String }

const effect: MoveEffect = {
  loses: { memberId: 'anna', name: 'Anna' },
  gains: { memberId: 'ben', name: 'Ben' },
  recordsBecomeVisible: 40,
  recordsBecomeVisibleIsAtLeast: false,
  recordsHidden: 0,
  recordsHiddenIsAtLeast: false,
  recordsDeleted: 0,
  recordsDeletedIsAtLeast: false,
  licence: 'kept',
  licencesFreeAfter: 3,
  heldAfter: 4,
  cap: 5,
  coolsDownUntil: '2026-11-22T15:02:00Z',
  dueAt: null,
  dependents: [],
}

function words(change: Partial<Shown> = {}, effectChange: Partial<MoveEffect> = {}): readonly string[] {
  const shown: Shown = {
    outcome: 'done',
    effect: { ...effect, ...effectChange },
    undoUntil: '2026-11-25T14:32:00Z',
    country: 'DE',
    returnAt: null,
    undoWindowHours: 72,
    ...change,
  }
  return effectLines(shown, write).map(({ word }) => word)
}

describe('what a move would do, in words', () => {
  it('NUM-6 says who loses access now and who gains it', () => {
    expect(words()).toEqual([
      'effect.loses.now',
      'effect.gains.now',
      'effect.visible',
      'effect.licence.kept',
      'effect.load',
      'effect.again',
      'effect.undo',
    ])
  })

  it('NUM-16 begins with why a move waits, and promises no moment that nobody knows', () => {
    const check = words({ outcome: 'pending_check', undoUntil: null }, { dueAt: '2026-11-22T14:32:00Z' })
    expect(check.slice(0, 3)).toEqual(['effect.check', 'effect.loses.then', 'effect.gains.then'])
    expect(check).not.toContain('effect.again')
    expect(check).toContain('effect.undo.later')
  })

  it('NUM-4 gives the time of a move that waits for the end of the cool-down', () => {
    const [first] = effectLines(
      {
        outcome: 'scheduled',
        effect: { ...effect, dueAt: '2026-11-22T14:32:00Z' },
        undoUntil: null,
        country: 'DE',
        returnAt: null,
        undoWindowHours: null,
      },
      write,
    )
    expect(first).toEqual({ kind: 'wait', word: 'effect.scheduled', values: { time: '2026-11-22T14:32' } })
  })

  it('NUM-11 says when a loan comes back', () => {
    expect(words({ returnAt: '2026-12-01T09:00:00Z' })).toContain('effect.back')
    expect(words()).not.toContain('effect.back')
  })

  it('NUM-5 tells hidden from deleted history, and counts no further than Baton did', () => {
    expect(
      words({}, { recordsBecomeVisible: 2, recordsHidden: 10_000, recordsHiddenIsAtLeast: true }),
    ).toContain('effect.hidden.atLeast')
    expect(words({}, { recordsBecomeVisible: 0, recordsDeleted: 7 })).toContain('effect.deleted')
    expect(words({}, { recordsBecomeVisible: 0 })).toContain('effect.noRecords')
  })

  it('NUM-10 says that a number out of the park takes a licence and that nobody loses it', () => {
    const parked = words({}, { loses: null, licence: 'taken' })
    expect(parked).toContain('effect.loses.nobody')
    expect(parked).toContain('effect.licence.taken')
  })

  it('WRK-4 names what hangs on the number, and nothing where nothing does', () => {
    expect(words()).not.toContain('effect.hangs')
    const dependents = [
      { kind: 'work_account', id: 'bank', label: 'Bank · lena', use: 'login', since: null } as const,
    ]
    expect(words({}, { dependents })).toContain('effect.hangs')
  })
})
