import type { MoveEffect, MoveOutcome } from '../../../../src/features/numbers/model.ts'
import type { Format } from '../../../ui/format.ts'
import type { ReassignWord } from './reassign-words.ts'

/** What a line of the effect means for whom it concerns. */
export type LineKind = 'gain' | 'lose' | 'same' | 'wait' | 'final'

export interface EffectLine {
  readonly kind: LineKind
  readonly word: ReassignWord
  readonly values: Readonly<Record<string, string | number>>
}

/** What a dry run answered, with what the company says about undo. */
export interface Shown {
  readonly outcome: MoveOutcome['outcome']
  readonly effect: MoveEffect
  readonly undoUntil: string | null
  readonly country: string
  /** For a loan: when it comes back. */
  readonly returnAt: string | null
  readonly undoWindowHours: number | null
}

type Write = Pick<Format, 'dateTime' | 'number'>

/** What a move would do, line by line, for the eyes of who decides it. */
export function effectLines(shown: Shown, write: Write): readonly EffectLine[] {
  return [
    ...waitLines(shown, write),
    ...accessLines(shown, write),
    ...recordLines(shown, write),
    ...dependentLines(shown),
    ...countLines(shown.effect, write),
    ...laterLines(shown, write),
  ]
}

function waitLines({ outcome, effect, country }: Shown, write: Write): EffectLine[] {
  if (outcome === 'pending_check') return [{ kind: 'wait', word: 'effect.check', values: { country } }]
  if (outcome === 'pending_approval') return [{ kind: 'wait', word: 'effect.approval', values: {} }]
  if (outcome === 'scheduled' && effect.dueAt)
    return [{ kind: 'wait', word: 'effect.scheduled', values: { time: write.dateTime(effect.dueAt) } }]
  return []
}

function accessLines({ outcome, effect }: Shown, write: Write): EffectLine[] {
  const moment = outcome === 'done' ? 'now' : outcome === 'scheduled' ? 'at' : 'then'
  const time = effect.dueAt ? write.dateTime(effect.dueAt) : ''
  return [
    effect.loses
      ? { kind: 'lose', word: `effect.loses.${moment}`, values: { name: effect.loses.name, time } }
      : { kind: 'same', word: 'effect.loses.nobody', values: {} },
    { kind: 'gain', word: `effect.gains.${moment}`, values: { name: effect.gains.name, time } },
  ]
}

function recordLines({ effect }: Shown, write: Write): EffectLine[] {
  const found = [
    {
      kind: 'gain',
      word: 'visible',
      count: effect.recordsBecomeVisible,
      isMore: effect.recordsBecomeVisibleIsAtLeast,
    },
    { kind: 'same', word: 'hidden', count: effect.recordsHidden, isMore: effect.recordsHiddenIsAtLeast },
    { kind: 'final', word: 'deleted', count: effect.recordsDeleted, isMore: effect.recordsDeletedIsAtLeast },
  ] as const
  const lines = found
    .filter(({ count }) => count > 0)
    .map(({ kind, word, count, isMore }): EffectLine => {
      const values = { name: effect.gains.name, count, shown: write.number(count) }
      return { kind, word: isMore ? `effect.${word}.atLeast` : `effect.${word}`, values }
    })
  return lines.length > 0 ? lines : [{ kind: 'same', word: 'effect.noRecords', values: {} }]
}

// WRK-4: what is reached or verified by the number goes on using it.
function dependentLines({ effect: { dependents } }: Shown): EffectLine[] {
  if (dependents.length === 0) return []
  const things = dependents.map(({ label }) => label).join(', ')
  return [{ kind: 'wait', word: 'effect.hangs', values: { count: dependents.length, things } }]
}

function countLines(effect: MoveEffect, write: Write): EffectLine[] {
  const free = write.number(effect.licencesFreeAfter)
  return [
    { kind: 'same', word: `effect.licence.${effect.licence}`, values: { free } },
    {
      kind: 'same',
      word: 'effect.load',
      values: {
        name: effect.gains.name,
        held: write.number(effect.heldAfter),
        cap: write.number(effect.cap),
      },
    },
  ]
}

function laterLines(
  { outcome, effect, returnAt, undoUntil, undoWindowHours }: Shown,
  write: Write,
): EffectLine[] {
  const lines: EffectLine[] = []
  if (returnAt) lines.push({ kind: 'wait', word: 'effect.back', values: { time: write.dateTime(returnAt) } })
  if (effect.coolsDownUntil && outcome !== 'pending_check' && outcome !== 'pending_approval')
    lines.push({
      kind: 'same',
      word: 'effect.again',
      values: { time: write.dateTime(effect.coolsDownUntil) },
    })
  if (undoUntil)
    lines.push({ kind: 'same', word: 'effect.undo', values: { time: write.dateTime(undoUntil) } })
  else if (outcome !== 'done' && undoWindowHours !== null)
    lines.push({ kind: 'same', word: 'effect.undo.later', values: { count: undoWindowHours } })
  return lines
}
