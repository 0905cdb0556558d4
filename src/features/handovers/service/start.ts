import { isCompanyCaller, personOf } from '../../../kernel/caller.ts'
import { Refusal } from '../../../kernel/refusal.ts'
import type { RouteInput } from '../../../kernel/route.ts'
import type { Tx } from '../../../platform/db/tx.ts'
import { Reply } from '../../../platform/http/bind.ts'
import { record } from '../../audit/index.ts'
import { lockSubscription } from '../../companies/index.ts'
import type { StepResult } from '../../custody-ports/model.ts'
import { withdrawRequest } from '../../requests/index.ts'
import type { handoversContract } from '../contract.ts'
import { saveResults } from '../item-store.ts'
import type { HandoverDetail, StopCause } from '../model.ts'
import { handoverRefusal } from '../refusals.ts'
import { mustStep } from '../rules/step.ts'
import { type HandoverRow, recount, setAcceptances, updateHandover } from '../store.ts'
import { activeAdmins, managerOf, mayStillOrder, peopleOf } from '../views.ts'
import { mustBeSame } from './approve.ts'
import { type LiveItem, type LivePlan, livePlan } from './live-plan.ts'
import { successorsOf } from './plan.ts'
import { getHandover } from './read.ts'
import { movesOf, whySecondPerson } from './second-person.ts'
import { lockSeen, wakeRunner } from './steer.ts'
import { tellOf } from './tell.ts'
import { writeItems } from './write-plan.ts'

/**
 * Sets a handover going: at once, or, where its time is to come, by itself then. Its plan is made again first; drift
 * refuses the run with the difference (HAN-2).
 * @throws Refusal `thing.not_found`, `version.changed`, `handover.not_now`, `handover.plan_changed`, `handover.blocked`,
 * `handover.needs_acceptance`, `handover.needs_approval`, `handover.over_leavers`, `handover.over_moves`
 */
export async function runHandover(
  tx: Tx,
  input: RouteInput<(typeof handoversContract)['runHandover']>,
): Promise<Reply<HandoverDetail>> {
  const locked = await lockSeen(tx, input)
  const isLater = locked.effectiveAt > tx.now
  // What is scheduled starts by itself; whoever wants it at once says so by changing its time.
  const state = mustStep(locked.state, isLater || locked.state === 'scheduled' ? 'schedule' : 'start')
  const ordered = {
    orderedBy: personOf(tx.caller),
    orderedByMemberId: isCompanyCaller(tx.caller) ? tx.caller.memberId : null,
    orderedAt: tx.now,
    despiteBlockers: input.body.despiteBlockers,
  }
  const wanted = { ...locked, ...ordered }
  const plan = await livePlan(tx, wanted)
  mustBeSame(plan, input.body.planHash)
  const isWritten = plan.hash === locked.planHash
  const row = isWritten ? wanted : { ...wanted, ...unapproved }
  await lockSubscription(tx)
  const refusal = await whyNot(tx, row, plan)
  if (refusal) throw refusal.refusal
  if (!isWritten) await writeAnew(tx, locked, { plan, plannedBy: ordered.orderedBy })
  if (isLater) schedule(tx, row, { plan, state, reason: input.body.reason ?? null })
  else await start(tx, row, plan)
  return new Reply(await getHandover(tx, { params: input.params, language: input.language }), { status: 202 })
}

// What was approved was another plan.
const unapproved = { requestId: null, approvedBy: null, approvedAt: null } as const

async function writeAnew(
  tx: Tx,
  { handoverId, requestId }: HandoverRow,
  { plan, plannedBy }: { readonly plan: LivePlan; readonly plannedBy: string },
): Promise<void> {
  if (requestId !== null) await withdrawRequest(tx, requestId, 'the plan was written down anew')
  await writeItems(tx, plan)
  updateHandover(tx, handoverId, {
    ...unapproved,
    planHash: plan.hash,
    plannedBy,
    plannedAt: tx.now,
    total: plan.items.length,
  })
}

/**
 * Starts a scheduled handover, claimed by the runner, at its time. What stands in its way by now stops it for an admin:
 * the plan has changed, who set it going may no longer, a second person or a successor is missing.
 */
export async function startScheduled(tx: Tx, row: HandoverRow): Promise<void> {
  if (row.approvedBy === null && !(await mayStillOrder(tx, row.orderedByMemberId)))
    return stop(tx, row, 'role')
  const plan = await livePlan(tx, row)
  if (plan.hash !== row.planHash) {
    updateHandover(tx, row.handoverId, { difference: plan.difference })
    return stop(tx, row, 'drift')
  }
  const refused = await whyNot(tx, row, plan)
  if (refused) return stop(tx, row, refused.cause)
  await start(tx, row, plan)
}

interface WhyNot {
  readonly cause: Exclude<StopCause, 'role' | 'drift'>
  readonly refusal: Refusal
}

async function whyNot(tx: Tx, row: HandoverRow, plan: LivePlan): Promise<WhyNot | null> {
  const isApproved = row.approvedBy !== null && plan.hash === row.planHash
  const why = isApproved
    ? null
    : await whySecondPerson(tx, { handover: row, policies: plan.policies, moves: movesOf(plan) })
  if (why) return { cause: 'approval', refusal: why }
  const blocked = plan.items.filter(({ blockers }) => blockers.length > 0)
  if (blocked.length > 0 && !row.despiteBlockers)
    return { cause: 'blocked', refusal: new Refusal(handoverRefusal.blocked, { count: blocked.length }) }
  const missing = await missingAcceptances(tx, plan)
  if (missing.length === 0) return null
  const names = missing.map(({ name }) => name).join(', ')
  const memberIds = missing.map(({ memberId }) => memberId)
  return {
    cause: 'acceptance',
    refusal: new Refusal(handoverRefusal.needsAcceptance, { names }, { memberIds }),
  }
}

const mostNames = 20

async function missingAcceptances(tx: Tx, plan: LivePlan) {
  if (plan.policies.handoverAcceptance !== 'required') return []
  const answers = new Map(plan.acceptances.map(({ memberId, state }) => [memberId, state]))
  // Who declined is a blocker of their items, and may be passed over with those.
  const missing = successorsOf(plan).filter((memberId) => {
    const answer = answers.get(memberId)
    return answer !== 'accepted' && answer !== 'declined'
  })
  return [...(await peopleOf(tx, missing.slice(0, mostNames))).values()]
}

interface Scheduled {
  readonly plan: LivePlan
  readonly state: HandoverRow['state']
  readonly reason: string | null
}

function schedule(tx: Tx, row: HandoverRow, { plan, state, reason }: Scheduled): void {
  const { handoverId, orderedBy, orderedByMemberId, orderedAt, despiteBlockers, effectiveAt } = row
  updateHandover(tx, handoverId, {
    state,
    orderedBy,
    orderedByMemberId,
    orderedAt,
    despiteBlockers,
    dueAt: effectiveAt,
  })
  record(tx, {
    action: 'handover.scheduled',
    subjectKind: 'handover',
    subjectId: handoverId,
    effect: { planHash: plan.hash, effectiveAt },
    reason,
  })
}

async function start(tx: Tx, row: HandoverRow, plan: LivePlan): Promise<void> {
  const { handoverId, leaverId, orderedBy, orderedByMemberId, orderedAt, despiteBlockers } = row
  updateHandover(tx, handoverId, {
    state: mustStep(row.state, 'start'),
    orderedBy,
    orderedByMemberId,
    orderedAt,
    despiteBlockers,
    startedAt: tx.now,
    phase: null,
    dueAt: tx.now,
  })
  record(tx, {
    action: 'handover.started',
    subjectKind: 'handover',
    subjectId: handoverId,
    effect: {
      kind: row.kind,
      leaverId,
      planHash: plan.hash,
      items: plan.items.length,
      orderedBy,
      approvedBy: row.approvedBy,
    },
    reason: row.reason,
  })
  saveResults(tx, handoverId, plan.items.flatMap(blockedResult))
  recount(tx, handoverId)
  await tellOfStart(tx, row, plan)
  wakeRunner(tx)
}

// What stands in an item's way when it begins has failed already, also what its step knows nothing of: a successor's no.
function blockedResult({ itemId, blockers }: LiveItem): StepResult[] {
  const [first] = blockers
  if (!first) return []
  return [{ itemId, state: 'failed', refusal: { code: first.rule.code, values: first.values } }]
}

async function tellOfStart(tx: Tx, row: HandoverRow, plan: LivePlan): Promise<void> {
  const { handoverId, leaverId, alreadyLeft } = row
  const successors = successorsOf(plan)
  if (plan.policies.handoverAcceptance === 'informed')
    setAcceptances(tx, { handoverId, memberIds: successors, state: 'informed', reason: null })
  if (plan.policies.handoverAcceptance !== 'none')
    tellOf(tx, row, { notice: 'handover.comes_to_you', memberIds: successors })
  if (!alreadyLeft) tellOf(tx, row, { notice: 'handover.begins_for_you', memberIds: [leaverId] })
  const managerId = await managerOf(tx, leaverId)
  if (managerId !== null && !successors.includes(managerId))
    tellOf(tx, row, { notice: 'handover.of_your_report', memberIds: [managerId] })
}

async function stop(tx: Tx, row: HandoverRow, cause: StopCause): Promise<void> {
  const { handoverId } = row
  updateHandover(tx, handoverId, {
    state: mustStep(row.state, 'stop'),
    stoppedAt: tx.now,
    stopCause: cause,
    dueAt: null,
  })
  record(tx, {
    action: 'handover.stopped',
    subjectKind: 'handover',
    subjectId: handoverId,
    effect: { cause, planHash: row.planHash },
  })
  const told = (await mayStillOrder(tx, row.orderedByMemberId)) ? row.orderedByMemberId : null
  const memberIds = told === null ? (await activeAdmins(tx)).map(({ memberId }) => memberId) : [told]
  tellOf(tx, row, { notice: 'handover.stopped', memberIds })
}
