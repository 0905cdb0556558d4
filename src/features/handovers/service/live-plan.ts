import { personOf } from '../../../kernel/caller.ts'
import type { Tx } from '../../../platform/db/tx.ts'
import { loadPolicies, type Policies } from '../../companies/index.ts'
import { type HandoverFacts, holdingsOf, type StepForecast, stepFor } from '../../custody-ports/index.ts'
import type { HoldingKind, Remark } from '../../custody-ports/model.ts'
import { stepRefusal } from '../../custody-ports/refusals.ts'
import { handedRemark } from '../../numbers/model/handed.ts'
import { moveRefusal } from '../../numbers/model.ts'
import type { Difference, Person } from '../model.ts'
import { factsOf } from '../plan-facts.ts'
import { planHashOf } from '../plan-hash.ts'
import { type Decided, decideAll, keyOf, type Whole } from '../rules/choices.ts'
import { differenceOf, getMore } from '../rules/difference.ts'
import { type OwnRemarkFacts, ownRemarks } from '../rules/own-remarks.ts'
import type { HandoverRow } from '../store.ts'
import {
  type AcceptanceRow,
  acceptancesOf,
  inOtherHandovers,
  peopleOf,
  type WrittenItem,
  writtenItems,
} from '../views.ts'

/** What a plan is made for: a handover, or what is about to become one. */
export type PlanSubject = Whole &
  Pick<HandoverRow, 'handoverId' | 'leaverId' | 'effectiveAt' | 'reason'> &
  Partial<Pick<HandoverRow, 'orderedBy' | 'plannedBy' | 'planHash'>>

/** One item with what was decided and what would become of it. */
export interface LiveItem {
  readonly itemId: string
  readonly position: number
  readonly decided: Decided
  readonly forecast: StepForecast
  readonly blockers: readonly Remark[]
  readonly warnings: readonly Remark[]
}

/** The plan as it is now. */
export interface LivePlan {
  readonly subject: PlanSubject
  readonly hash: string
  readonly items: readonly LiveItem[]
  readonly people: ReadonlyMap<string, Person>
  readonly acceptances: readonly AcceptanceRow[]
  /** Who has accepted a plan in which they got less: they are asked anew (HAN-6). */
  readonly askAnew: readonly string[]
  readonly policies: Policies
  /** How it differs from the plan that was written down; null where it does not, or none was. */
  readonly difference: Difference | null
}

/** Plans a handover from what the leaver holds now (HAN-2); writes nothing. */
export async function livePlan(tx: Tx, subject: PlanSubject): Promise<LivePlan> {
  const facts = factsOf(subject, { now: tx.now, person: personOf(tx.caller) })
  const holdings = await holdingsOf(tx, subject.leaverId)
  const written = await writtenItems(tx, subject.handoverId)
  const idOf = new Map(written.map((item) => [keyOf(item.kind, item.holdingId), item.itemId]))
  const decided = decideAll(subject, holdings, (kind) => {
    const { phase, ways } = stepFor(kind)
    return { phase, ways: ways[subject.kind] }
  }).map((one) => ({ itemId: idOf.get(keyOf(one.kind, one.holdingId)) ?? tx.newId(), decided: one }))
  const foreseen = await foresee(tx, facts, decided)
  const settled = await withFallback(tx, facts, { fallbackId: subject.fallbackId, foreseen })
  return complete(tx, subject, { settled, written })
}

interface Foreseen {
  readonly itemId: string
  readonly decided: Decided
  readonly forecast: StepForecast
  /** Whom the fallback stands in for. */
  readonly insteadOf?: string
}

type Undecided = Omit<Foreseen, 'forecast'>

async function foresee(tx: Tx, facts: HandoverFacts, items: readonly Undecided[]): Promise<Foreseen[]> {
  const ofKind = new Map<HoldingKind, Undecided[]>()
  for (const item of items) {
    const group = ofKind.get(item.decided.kind)
    if (group) group.push(item)
    else ofKind.set(item.decided.kind, [item])
  }
  const forecasts = new Map<string, StepForecast>()
  for (const [kind, group] of ofKind) {
    for (const forecast of await stepFor(kind).plan(tx, facts, group.map(stepItemOf)))
      forecasts.set(forecast.itemId, forecast)
  }
  return items.map((item) => {
    const forecast = forecasts.get(item.itemId)
    if (!forecast) throw new Error(`the step of ${item.decided.kind} foresees nothing for an item`)
    return { ...item, forecast }
  })
}

function stepItemOf({ itemId, decided }: Undecided) {
  const { holdingId, label, way, toMemberId, history, returnAt } = decided
  return { itemId, holdingId, label, way, toMemberId, history, returnAt }
}

const cannotTake: ReadonlySet<string> = new Set([
  handedRemark.successorAtCap.code,
  moveRefusal.recipientAtCap.code,
  moveRefusal.recipientNotActive.code,
  stepRefusal.successorNotActive.code,
])

/** What the default successor cannot take goes to the fallback, where one is named. */
async function withFallback(
  tx: Tx,
  facts: HandoverFacts,
  { fallbackId, foreseen }: { readonly fallbackId: string | null; readonly foreseen: readonly Foreseen[] },
): Promise<readonly Foreseen[]> {
  if (fallbackId === null) return foreseen
  const falls = (item: Foreseen) =>
    !item.decided.isChosen &&
    item.decided.toMemberId !== null &&
    item.decided.toMemberId !== fallbackId &&
    item.forecast.blockers.some(({ rule }) => cannotTake.has(rule.code))
  const kinds = new Set<HoldingKind>(foreseen.filter(falls).map(({ decided }) => decided.kind))
  if (kinds.size === 0) return foreseen
  const changed = foreseen
    .filter(({ decided }) => kinds.has(decided.kind))
    .map((item): Undecided => {
      const { itemId, decided } = item
      if (!falls(item) || decided.toMemberId === null) return { itemId, decided }
      return { itemId, decided: { ...decided, toMemberId: fallbackId }, insteadOf: decided.toMemberId }
    })
  const anew = new Map((await foresee(tx, facts, changed)).map((item) => [item.itemId, item]))
  return foreseen.map((item) => anew.get(item.itemId) ?? item)
}

interface Settled {
  readonly settled: readonly Foreseen[]
  readonly written: readonly WrittenItem[]
}

async function complete(tx: Tx, subject: PlanSubject, { settled, written }: Settled): Promise<LivePlan> {
  const answered = await acceptancesOf(tx, subject.handoverId)
  const elsewhere = await inOtherHandovers(tx, subject)
  const policies = await loadPolicies(tx)
  const decisions = settled.map(({ decided }) => decided)
  const { acceptances, askAnew } = standingAnswers(answered, getMore(written, decisions))
  const people = await peopleOf(tx, [
    ...decisions.flatMap(({ toMemberId }) => toMemberId ?? []),
    ...settled.flatMap(({ insteadOf }) => insteadOf ?? []),
  ])
  const remarks: OwnRemarkFacts = {
    people,
    acceptance: policies.handoverAcceptance,
    answers: new Map(acceptances.map(({ memberId, state }) => [memberId, state])),
    elsewhere: new Map(elsewhere.map((one) => [keyOf(one.kind, one.holdingId), one.handoverId])),
  }
  return {
    subject,
    people,
    acceptances,
    askAnew,
    policies,
    hash: planHashOf(subject, decisions),
    items: settled.map((item, position) => ({ ...item, position, ...ownRemarks(remarks, item) })),
    difference: subject.planHash === undefined ? null : differenceOf(written, decisions),
  }
}

// Who accepted has accepted what they were to get then.
function standingAnswers(answered: readonly AcceptanceRow[], more: ReadonlySet<string>) {
  const isOld = ({ memberId, state }: AcceptanceRow) => state === 'accepted' && more.has(memberId)
  return {
    acceptances: answered.map((one) => (isOld(one) ? { ...one, state: 'planned' as const } : one)),
    askAnew: answered.filter(isOld).map(({ memberId }) => memberId),
  }
}
