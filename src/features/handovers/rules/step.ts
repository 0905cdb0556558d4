import { Refusal } from '../../../kernel/refusal.ts'
import type { ItemState } from '../model/items.ts'
import type { HandoverState } from '../model.ts'
import { handoverRefusal } from '../refusals.ts'
import { type HandoverStepName, type ItemStepName, itemStateAfter, stateAfter } from '../states.ts'

/**
 * The state that a step leads to.
 * @throws Refusal `handover.not_now`
 */
export function mustStep(state: HandoverState, step: HandoverStepName): HandoverState {
  const next = stateAfter(state, step)
  if (next === null) throw new Refusal(handoverRefusal.notNow, { state }, { state })
  return next
}

/**
 * The state that a step leads an item to.
 * @throws Refusal `handover.item_not_now`
 */
export function mustStepItem(state: ItemState, step: ItemStepName): ItemState {
  const next = itemStateAfter(state, step)
  if (next === null) throw new Refusal(handoverRefusal.itemNotNow, { state }, { state })
  return next
}
