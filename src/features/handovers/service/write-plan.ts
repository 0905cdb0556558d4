import { personOf } from '../../../kernel/caller.ts'
import type { Tx } from '../../../platform/db/tx.ts'
import {
  forgetAnswers,
  type HandoverChanges,
  keepAcceptances,
  type NewItem,
  replaceItems,
  updateHandover,
} from '../store.ts'
import type { LiveItem, LivePlan } from './live-plan.ts'
import { successorsOf } from './plan.ts'

/** Writes a plan down as the items of its handover, for which the row stands already. */
export async function writeItems(tx: Tx, plan: LivePlan): Promise<void> {
  const { handoverId } = plan.subject
  await replaceItems(tx, handoverId, plan.items.map(writtenOf))
  keepAcceptances(tx, handoverId, successorsOf(plan))
  forgetAnswers(tx, handoverId, plan.askAnew)
}

/** Writes a plan down in the name of the caller, with what else changes of its handover. */
export async function writePlan(tx: Tx, plan: LivePlan, changes: HandoverChanges): Promise<void> {
  await writeItems(tx, plan)
  updateHandover(tx, plan.subject.handoverId, {
    ...changes,
    planHash: plan.hash,
    plannedBy: personOf(tx.caller),
    plannedAt: tx.now,
    total: plan.items.length,
  })
}

function writtenOf({ itemId, position, decided, forecast }: LiveItem): NewItem {
  const { phase, kind, holdingId, label, way, toMemberId, history, returnAt } = decided
  return {
    itemId,
    position,
    phase,
    kind,
    holdingId,
    label,
    way,
    toMemberId,
    history,
    returnAt,
    isReversible: forecast.isReversible,
    dueAt: forecast.notBefore,
  }
}
