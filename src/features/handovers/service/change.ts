import { normaliseInstant } from '../../../kernel/instant.ts'
import type { RouteInput } from '../../../kernel/route.ts'
import type { Tx } from '../../../platform/db/tx.ts'
import { record } from '../../audit/index.ts'
import { withdrawRequest } from '../../requests/index.ts'
import type { handoversContract } from '../contract.ts'
import type { HandoverDetail } from '../model.ts'
import { keyOf } from '../rules/choices.ts'
import { mustStep } from '../rules/step.ts'
import { type HandoverChanges, type HandoverRow, updateHandover } from '../store.ts'
import { mustBeHeld, mustBeSound } from './create.ts'
import { livePlan } from './live-plan.ts'
import { getHandover } from './read.ts'
import { lockSeen } from './steer.ts'
import { writePlan } from './write-plan.ts'

type Routes = typeof handoversContract

/** What falls away when a plan is another one: what was submitted, approved and ordered for it. */
const unsettled = {
  askedBy: null,
  askedAt: null,
  requestId: null,
  approvedBy: null,
  approvedAt: null,
  orderedBy: null,
  orderedByMemberId: null,
  orderedAt: null,
  stoppedAt: null,
  stopCause: null,
  difference: null,
  dueAt: null,
} as const satisfies HandoverChanges

/**
 * Decides otherwise before the start; the plan is written down anew, and what was approved falls away.
 * @throws Refusal `thing.not_found`, `version.changed`, `handover.not_now` and as `createHandover` does
 */
export async function changeHandover(
  tx: Tx,
  input: RouteInput<Routes['changeHandover']>,
): Promise<HandoverDetail> {
  const row = await lockSeen(tx, input)
  const state = mustStep(row.state, 'change')
  const { effectiveAt, endsAt, ...others } = input.body
  const changes: HandoverChanges = {
    ...definedOf(others),
    ...(effectiveAt === undefined ? {} : { effectiveAt: normaliseInstant(effectiveAt) }),
    ...(endsAt === undefined ? {} : { endsAt: endsAt === null ? null : normaliseInstant(endsAt) }),
  }
  const after = { ...row, ...changes, orderedBy: null }
  await mustBeSound(tx, after)
  const plan = await livePlan(tx, after)
  mustBeHeld(after, plan, new Set(row.choices.map(({ kind, id }) => keyOf(kind, id))))
  await takeBack(tx, row, 'the handover was changed')
  await writePlan(tx, plan, { ...changes, ...unsettled, state })
  record(tx, {
    action: 'handover.changed',
    subjectKind: 'handover',
    subjectId: row.handoverId,
    effect: {
      from: row.state,
      changed: Object.keys(changes).sort(),
      planHashBefore: row.planHash,
      planHash: plan.hash,
      items: plan.items.length,
    },
    reason: after.reason,
  })
  return getHandover(tx, { params: input.params, language: input.language })
}

type Defined<T> = { [Key in keyof T]: Exclude<T[Key], undefined> }

function definedOf<T extends object>(values: T): Partial<Defined<T>> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as Partial<
    Defined<T>
  >
}

/**
 * Writes the plan down as it is now. What was submitted and approved stays where it is the same plan.
 * @throws Refusal `thing.not_found`, `version.changed`, `handover.not_now`, `handover.leaver_left`
 */
export async function planHandover(
  tx: Tx,
  input: RouteInput<Routes['planHandover']>,
): Promise<HandoverDetail> {
  const row = await lockSeen(tx, input)
  const draft = mustStep(row.state, 'change')
  await mustBeSound(tx, row)
  const plan = await livePlan(tx, row)
  const isSame = plan.hash === row.planHash && row.state !== 'stopped'
  if (!isSame) await takeBack(tx, row, 'the plan was written down anew')
  await writePlan(tx, plan, isSame ? {} : { ...unsettled, state: draft })
  record(tx, {
    action: 'handover.planned',
    subjectKind: 'handover',
    subjectId: row.handoverId,
    effect: { planHashBefore: row.planHash, planHash: plan.hash, items: plan.items.length },
  })
  return getHandover(tx, { params: input.params, language: input.language })
}

async function takeBack(tx: Tx, { requestId }: HandoverRow, reason: string): Promise<void> {
  if (requestId !== null) await withdrawRequest(tx, requestId, reason)
}

/**
 * Gives a handover up before it starts.
 * @throws Refusal `thing.not_found`, `version.changed`, `handover.not_now`
 */
export async function cancelHandover(
  tx: Tx,
  input: RouteInput<Routes['cancelHandover']>,
): Promise<HandoverDetail> {
  const row = await lockSeen(tx, input)
  const state = mustStep(row.state, 'cancel')
  await takeBack(tx, row, 'the handover was cancelled')
  updateHandover(tx, row.handoverId, { state, dueAt: null })
  record(tx, {
    action: 'handover.cancelled',
    subjectKind: 'handover',
    subjectId: row.handoverId,
    effect: { from: row.state },
    reason: input.body.reason ?? null,
  })
  return getHandover(tx, { params: input.params, language: input.language })
}
