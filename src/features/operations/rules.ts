import type { Instant } from '../../kernel/fields.ts'
import { addMinutes, laterOf } from '../../kernel/instant.ts'
import { Refusal } from '../../kernel/refusal.ts'
import { type OperationState, operationRefusal } from './model.ts'
import { type OperationStep, stateAfter } from './states.ts'

/** Items a second where nothing has been measured yet: on the careful side of what a small machine does. */
const carefulRate = 1000

/**
 * The state that a step leads to.
 * @throws Refusal `operation.not_now`
 */
export function mustStep(state: OperationState, step: OperationStep): OperationState {
  const next = stateAfter(state, step)
  if (next === null) throw new Refusal(operationRefusal.notNow, { state }, { state })
  return next
}

/** What is left to do, and how it has gone so far. */
export interface Remaining {
  readonly items: number
  /** Slices that have not run, the one that is due now among them. */
  readonly slices: number
  readonly gapMinutes: number
  readonly perSecond: number | null
  /** When the next slice may run. */
  readonly from: Instant
}

/** When the rest will be done (NUM-8): the waits between slices and the work itself. */
export function finishAt({ items, slices, gapMinutes, perSecond, from }: Remaining, now: Instant): Instant {
  const workMinutes = items / (perSecond ?? carefulRate) / 60
  return addMinutes(laterOf(from, now), gapMinutes * Math.max(0, slices - 1) + workMinutes)
}
