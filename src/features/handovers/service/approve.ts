import { personOf } from '../../../kernel/caller.ts'
import { Refusal } from '../../../kernel/refusal.ts'
import type { RouteInput } from '../../../kernel/route.ts'
import type { Tx } from '../../../platform/db/tx.ts'
import { record } from '../../audit/index.ts'
import { lockSubscription } from '../../companies/index.ts'
import type { DecidedRequest } from '../../custody-ports/index.ts'
import { approveRequest, openRequest } from '../../requests/index.ts'
import type { handoversContract } from '../contract.ts'
import type { Difference, HandoverDetail } from '../model.ts'
import { handoverRefusal } from '../refusals.ts'
import { decidePlanApproval } from '../rules/may-approve.ts'
import { mustStep } from '../rules/step.ts'
import { type HandoverRow, lockHandover, setAcceptances, updateHandover } from '../store.ts'
import { activeAdmins } from '../views.ts'
import { type LivePlan, livePlan } from './live-plan.ts'
import { successorsOf } from './plan.ts'
import { getHandover, memberOf } from './read.ts'
import { movesOf, whySecondPerson } from './second-person.ts'
import { lockSeen } from './steer.ts'
import { tellOf } from './tell.ts'
import { writePlan } from './write-plan.ts'

type Routes = typeof handoversContract

/**
 * The plan is exactly the one that was looked at (HAN-2).
 * @throws Refusal `handover.plan_changed` with the difference from the plan that was written down
 */
export function mustBeSame(plan: LivePlan, seenHash: string): void {
  if (plan.hash === seenHash) return
  const nothing: Difference = { added: 0, removed: 0, changed: 0, items: [] }
  const difference = plan.difference ?? nothing
  const { added, removed, changed } = difference
  throw new Refusal(
    handoverRefusal.planChanged,
    { added, removed, changed },
    { planHash: plan.hash, difference },
  )
}

/**
 * Settles a plan: a second person is asked where one is needed (HAN-10), and the successors where they have to accept.
 * @throws Refusal `thing.not_found`, `version.changed`, `handover.not_now`, `handover.plan_changed`
 */
export async function submitHandover(
  tx: Tx,
  input: RouteInput<Routes['submitHandover']>,
): Promise<HandoverDetail> {
  const row = await lockSeen(tx, input)
  mustStep(row.state, 'ask')
  const plan = await livePlan(tx, row)
  mustBeSame(plan, input.body.planHash)
  await lockSubscription(tx)
  const why = await whySecondPerson(tx, { handover: row, policies: plan.policies, moves: movesOf(plan) })
  const { handoverId } = row
  const reason = input.body.reason ?? row.reason
  const requestId = why && openRequest(tx, requestFor(plan, reason))
  const settled = {
    state: mustStep(row.state, requestId === null ? 'settle' : 'ask'),
    askedBy: personOf(tx.caller),
    askedAt: tx.now,
    requestId,
  }
  if (plan.hash === row.planHash) updateHandover(tx, handoverId, settled)
  else await writePlan(tx, plan, settled)
  const asked = askSuccessors(tx, row, plan)
  record(tx, {
    action: 'handover.submitted',
    subjectKind: 'handover',
    subjectId: handoverId,
    effect: { planHash: plan.hash, needsApproval: why?.code ?? null, requestId, asked },
    reason,
  })
  return getHandover(tx, { params: input.params, language: input.language })
}

function requestFor({ subject, hash }: LivePlan, reason: string | null) {
  const { handoverId, leaverId } = subject
  return {
    kind: 'over_limit',
    subjectKind: 'handover',
    subjectId: handoverId,
    payload: { handoverId, leaverId, planHash: hash },
    reason,
  } as const
}

/** Asks whoever has to accept and has not been asked; who submits accepts by it. */
function askSuccessors(tx: Tx, row: HandoverRow, plan: LivePlan): string[] {
  if (plan.policies.handoverAcceptance !== 'required') return []
  const known = new Map(plan.acceptances.map(({ memberId, state }) => [memberId, state]))
  const unasked = successorsOf(plan).filter((memberId) => (known.get(memberId) ?? 'planned') === 'planned')
  const own = memberOf(tx)
  const others = unasked.filter((memberId) => memberId !== own)
  const { handoverId } = row
  if (others.length > 0) setAcceptances(tx, { handoverId, memberIds: others, state: 'asked', reason: null })
  if (own !== null && unasked.includes(own))
    setAcceptances(tx, { handoverId, memberIds: [own], state: 'accepted', reason: null })
  tellOf(tx, row, { notice: 'handover.asks_you', memberIds: others })
  return unasked
}

/**
 * HAN-10: approves exactly this plan as the second person; never what one planned oneself.
 * @throws Refusal `thing.not_found`, `version.changed`, `handover.not_now`, `handover.plan_changed`, `request.own`,
 * `request.own_early`, `request.decided`, `handover.nobody_else`
 */
export async function approveHandover(
  tx: Tx,
  input: RouteInput<Routes['approveHandover']>,
): Promise<HandoverDetail> {
  const row = await lockSeen(tx, input)
  const { planHash, reason } = input.body
  mustStep(row.state, 'approve')
  if (row.requestId === null) await approve(tx, row, { planHash, reason: reason ?? null, alone: false })
  else {
    if (planHash !== row.planHash) mustBeSame(await livePlan(tx, row), planHash)
    await approveRequest(tx, {
      params: { requestId: row.requestId },
      query: {},
      body: { reason },
      expectedVersion: null,
      language: input.language,
    })
  }
  return getHandover(tx, { params: input.params, language: input.language })
}

interface Approval {
  readonly planHash: string
  readonly reason: string | null
  /** The wait of 24 h took the second person's place. */
  readonly alone: boolean
}

async function approve(tx: Tx, row: HandoverRow, { planHash, reason, alone }: Approval): Promise<void> {
  const person = personOf(tx.caller)
  const how = alone
    ? 'alone'
    : decidePlanApproval({
        decider: person,
        makers: [row.createdBy, row.plannedBy, row.askedBy],
        admins: await activeAdmins(tx),
        askedAt: row.askedAt,
        now: tx.now,
      })
  mustBeSame(await livePlan(tx, row), planHash)
  if (planHash !== row.planHash)
    throw new Refusal(
      handoverRefusal.planChanged,
      { added: 0, removed: 0, changed: 0 },
      { planHash: row.planHash },
    )
  updateHandover(tx, row.handoverId, {
    state: mustStep(row.state, 'approve'),
    approvedBy: person,
    approvedAt: tx.now,
  })
  record(tx, {
    action: 'handover.approved',
    subjectKind: 'handover',
    subjectId: row.handoverId,
    effect: { planHash, alone: how === 'alone' },
    reason,
  })
}

/**
 * Acts on the decision of a request that a handover was submitted with: approved for exactly its plan, or back to a
 * draft.
 * @throws Refusal `handover.plan_changed`, `handover.not_now`, `request.own`, `handover.nobody_else`
 */
export async function requestDecided(tx: Tx, request: DecidedRequest): Promise<boolean> {
  if (request.kind !== 'over_limit' || request.subjectKind !== 'handover') return false
  const row = await lockHandover(tx, request.subjectId)
  if (!row) throw new Error('a request about a handover that is gone')
  if (!request.approved) {
    reject(tx, row, request.reason)
    return true
  }
  const alone = personOf(tx.caller) === request.requestedBy
  await approve(tx, row, { planHash: hashIn(request.payload), reason: request.reason, alone })
  return true
}

function hashIn(payload: unknown): string {
  const planHash =
    typeof payload === 'object' && payload !== null && 'planHash' in payload ? payload.planHash : ''
  return String(planHash)
}

function reject(tx: Tx, row: HandoverRow, reason: string | null): void {
  const state = mustStep(row.state, 'reject')
  updateHandover(tx, row.handoverId, { state, askedBy: null, askedAt: null, requestId: null })
  record(tx, {
    action: 'handover.rejected',
    subjectKind: 'handover',
    subjectId: row.handoverId,
    effect: { planHash: row.planHash },
    reason,
  })
}
