import { normaliseInstant } from '../../../kernel/instant.ts'
import { Refusal } from '../../../kernel/refusal.ts'
import type { RouteInput } from '../../../kernel/route.ts'
import type { Tx } from '../../../platform/db/tx.ts'
import { httpRefusal } from '../../../platform/http/refusals.ts'
import { record } from '../../audit/index.ts'
import { stepFor } from '../../custody-ports/index.ts'
import type { handoversContract } from '../contract.ts'
import type { HandoverDetail, Person } from '../model.ts'
import { handoverRefusal } from '../refusals.ts'
import { keyOf, wrongChoices } from '../rules/choices.ts'
import { mustFit } from '../rules/may-begin.ts'
import { insertHandover, type NewHandoverRow } from '../store.ts'
import { companyTimeZone, peopleOf } from '../views.ts'
import { type LivePlan, livePlan } from './live-plan.ts'
import { getHandover } from './read.ts'
import { writeItems } from './write-plan.ts'

type Body = RouteInput<(typeof handoversContract)['createHandover']>['body']

/**
 * Begins a handover: its plan is written down, nothing is done yet.
 * @throws Refusal `thing.not_found`, `handover.leaver_left`, `handover.same_member`, `handover.end_needed`,
 * `handover.end_of_loans_only`, `handover.end_before_start`, `handover.way_not_possible`, `handover.not_held`
 */
export async function createHandover(
  tx: Tx,
  { body, language }: RouteInput<(typeof handoversContract)['createHandover']>,
): Promise<HandoverDetail> {
  const { handoverId } = (await beginDraft(tx, body)).subject
  return getHandover(tx, { params: { handoverId }, language })
}

/** Makes a draft with its plan. @throws Refusal as `createHandover` does */
export async function beginDraft(tx: Tx, body: Body): Promise<LivePlan> {
  const effectiveAt = body.effectiveAt === undefined ? tx.now : normaliseInstant(body.effectiveAt)
  const draft: Omit<NewHandoverRow, 'planHash' | 'total'> = {
    handoverId: tx.newId(),
    kind: body.kind,
    leaverId: body.leaverId,
    alreadyLeft: body.alreadyLeft,
    effectiveAt,
    timeZone: body.timeZone ?? (await companyTimeZone(tx)),
    endsAt: body.endsAt === undefined || body.endsAt === null ? null : normaliseInstant(body.endsAt),
    defaultSuccessorId: body.defaultSuccessorId,
    fallbackId: body.fallbackId,
    choices: body.choices,
    reason: body.reason ?? null,
  }
  await mustBeSound(tx, draft)
  const plan = await livePlan(tx, draft)
  mustBeHeld(draft, plan, new Set())
  insertHandover(tx, { ...draft, planHash: plan.hash, total: plan.items.length })
  await writeItems(tx, plan)
  recordCreated(tx, draft, plan)
  return plan
}

function recordCreated(tx: Tx, draft: Omit<NewHandoverRow, 'planHash' | 'total'>, plan: LivePlan): void {
  const { handoverId, kind, leaverId, effectiveAt, defaultSuccessorId, fallbackId, reason } = draft
  record(tx, {
    action: 'handover.created',
    subjectKind: 'handover',
    subjectId: handoverId,
    effect: {
      kind,
      leaverId,
      effectiveAt,
      defaultSuccessorId,
      fallbackId,
      planHash: plan.hash,
      items: plan.items.length,
    },
    reason,
  })
}

/** What a handover is decided by, for the checks that need no plan. */
export type Draft = Pick<
  NewHandoverRow,
  'kind' | 'leaverId' | 'effectiveAt' | 'endsAt' | 'defaultSuccessorId' | 'fallbackId' | 'choices'
>

/** @throws Refusal `thing.not_found` and what `mustFit` throws */
export async function mustBeSound(tx: Tx, draft: Draft): Promise<void> {
  const successors = [
    draft.defaultSuccessorId,
    draft.fallbackId,
    ...draft.choices.map(({ toMemberId }) => toMemberId ?? null),
  ].filter((memberId) => memberId !== null)
  const people = await peopleOf(tx, [draft.leaverId, ...successors])
  for (const memberId of successors) mustKnow(people, memberId)
  mustFit(draft, { leaver: mustKnow(people, draft.leaverId), successors, now: tx.now })
}

function mustKnow(people: ReadonlyMap<string, Person>, memberId: string): Person {
  const person = people.get(memberId)
  if (!person) throw new Refusal(httpRefusal.notFound, { thing: 'member' }, { memberId })
  return person
}

/**
 * Choices are about what is held, and of a way that there is; those in `known` may have gone since they were made.
 * @throws Refusal `handover.way_not_possible`, `handover.not_held`
 */
export function mustBeHeld(draft: Draft, plan: LivePlan, known: ReadonlySet<string>): void {
  const held = new Set(plan.items.map(({ decided }) => keyOf(decided.kind, decided.holdingId)))
  const { notPossible, notHeld } = wrongChoices({ ...draft }, held, (kind) => stepFor(kind).ways[draft.kind])
  if (notPossible) {
    const { kind, way = 'pass_on' } = notPossible
    const ways = stepFor(kind).ways[draft.kind]
    throw new Refusal(handoverRefusal.wayNotPossible, { kind, way, ways: ways.join(', ') }, { kind, ways })
  }
  const strange = notHeld.filter(({ kind, id }) => !known.has(keyOf(kind, id)))
  if (strange.length > 0)
    throw new Refusal(
      handoverRefusal.notHeld,
      { count: strange.length },
      { choices: strange.slice(0, 100).map(({ kind, id }) => ({ kind, id })) },
    )
}
