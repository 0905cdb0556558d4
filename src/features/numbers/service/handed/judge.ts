import type { Instant } from '../../../../kernel/fields.ts'
import { Refusal } from '../../../../kernel/refusal.ts'
import type { Tx } from '../../../../platform/db/tx.ts'
import { httpRefusal } from '../../../../platform/http/refusals.ts'
import type { HandoverFacts, StepItem } from '../../../custody-ports/index.ts'
import { hasAccess } from '../../../people/index.ts'
import { type BatchNumberRow, membersOf } from '../../batch-views.ts'
import { handedRemark } from '../../model/handed.ts'
import { moveRefusal } from '../../model.ts'
import { type Change, giveWay } from '../../rules/batch.ts'
import { decideHanded, driftOf, type HandedDecision } from '../../rules/handed.ts'
import { type LoadedBatch, loadBatch } from '../batch-facts.ts'

/** The numbers of a handover's items with what the decision about them needs. */
export interface Handed {
  readonly loaded: LoadedBatch
  /** Names of those who hold what the leaver does not hold any more. */
  readonly holders: ReadonlyMap<string, string>
  readonly leaverName: string
  readonly leaverHasAccess: boolean
}

/** An item with what becomes of it; null for a number that stays. */
export interface Judged<Item extends StepItem = StepItem> {
  readonly item: Item
  readonly position: number
  readonly decision: HandedDecision | Refusal | null
}

/** Loads the numbers of these items with the leaver and everyone who gets one. */
export async function loadHanded(
  tx: Tx,
  facts: HandoverFacts,
  { items, lock }: { readonly items: readonly StepItem[]; readonly lock: 'locked' | 'as they are' },
): Promise<Handed> {
  const memberIds = new Set([facts.leaverId, ...items.flatMap(({ toMemberId }) => toMemberId ?? [])])
  const loaded = await loadBatch(
    tx,
    {
      numberIds: items.map(({ holdingId }) => holdingId),
      memberIds: [...memberIds].sort(),
      asksForHolds: items.some(({ history }) => history === 'delete'),
    },
    lock,
  )
  const leaver = loaded.facts.members.get(facts.leaverId)
  if (!leaver) throw new Refusal(httpRefusal.notFound, { thing: 'member' })
  return {
    loaded,
    holders: await holdersBut(tx, facts.leaverId, loaded),
    leaverName: leaver.name,
    leaverHasAccess: hasAccess(leaver.status),
  }
}

async function holdersBut(
  tx: Tx,
  leaverId: string,
  { rows }: LoadedBatch,
): Promise<ReadonlyMap<string, string>> {
  const ids = new Set([...rows.values()].flatMap(({ holder_id: id }) => (id === leaverId ? [] : (id ?? []))))
  const members = ids.size === 0 ? [] : await membersOf(tx, [...ids], 'as they are')
  return new Map(members.map(({ member_id: id, name }) => [id, name]))
}

/** The row of an item's number. @throws Refusal `thing.not_found` */
export function rowOf({ loaded }: Handed, { holdingId }: StepItem): BatchNumberRow {
  const row = loaded.rows.get(holdingId)
  if (!row) throw new Refusal(httpRefusal.notFound, { thing: 'number' })
  return row
}

/** Why an item's number is left alone that the leaver does not hold any more. */
export function driftedRow(
  { holders }: Handed,
  { e164, state, holder_id: holderId }: BatchNumberRow,
): Refusal {
  return driftOf({ e164, state, holderName: holders.get(holderId ?? '') ?? null })
}

/** Decides all items, each by itself; `withinRoom` comes after it. */
export function decideItems<Item extends StepItem>(
  handed: Handed,
  facts: HandoverFacts,
  { items, now }: { readonly items: readonly Item[]; readonly now: Instant },
): Judged<Item>[] {
  return items.map((item, position) => ({
    item,
    position,
    decision: item.way === 'leave' ? null : decideAlone(handed, facts, { item, now }),
  }))
}

function decideAlone(
  handed: Handed,
  facts: HandoverFacts,
  { item, now }: { readonly item: StepItem; readonly now: Instant },
): HandedDecision | Refusal {
  const { loaded, leaverHasAccess } = handed
  try {
    const row = rowOf(handed, item)
    const number = loaded.facts.numbers.get(item.holdingId)
    if (!number || row.holder_id !== facts.leaverId) return driftedRow(handed, row)
    return decideHanded(
      {
        number,
        recipient: loaded.facts.members.get(item.toMemberId ?? '') ?? null,
        company: loaded.facts.company,
        leaverHasAccess,
        now,
      },
      {
        leaverId: facts.leaverId,
        way: item.way === 'park' ? 'park' : 'pass_on',
        history: item.history ?? 'keep',
        returnAt: item.returnAt,
        reason: facts.reason,
        label: item.label,
      },
    )
  } catch (error) {
    if (error instanceof Refusal) return error
    throw error
  }
}

/** What fits of decided items: where a recipient would end above the cap, the later ones give way (NUM-3). */
export function withinRoom<Item extends StepItem>(
  { loaded }: Handed,
  alone: readonly Judged<Item>[],
): Judged<Item>[] {
  const changes = alone.flatMap((one) => changeOf(loaded, one))
  const refused = giveWay(changes, loaded.facts)
  if (refused.size === 0) return [...alone]
  const coming = new Map<string, number>()
  for (const { to } of changes) if (to !== null) coming.set(to, (coming.get(to) ?? 0) + 1)
  return alone.map((one) => {
    const refusal = refused.get(one.position)
    return refusal ? { ...one, decision: inOurWords(refusal, { loaded, coming, item: one.item }) } : one
  })
}

function changeOf({ facts }: LoadedBatch, { item, position, decision }: Judged): Change[] {
  if (decision === null || decision instanceof Refusal) return []
  const from = facts.numbers.get(item.holdingId)?.holderId ?? null
  // The lender's place was kept: the number that comes back is counted already.
  const isCounted = decision.outcome === 'done' && decision.custody.cause === 'returned'
  const to = item.way === 'park' || isCounted ? null : item.toMemberId
  return [{ position, from, to, needsLicence: false }]
}

interface Room {
  readonly loaded: LoadedBatch
  readonly coming: ReadonlyMap<string, number>
  readonly item: StepItem
}

function inOurWords(refusal: Refusal, { loaded, coming, item }: Room): Refusal {
  const successor = loaded.facts.members.get(item.toMemberId ?? '')
  if (refusal.code !== moveRefusal.recipientAtCap.code || !successor) return refusal
  const { memberId, name, counted, tier, cap } = successor
  return new Refusal(
    handedRemark.successorAtCap,
    { successor: name, held: counted, coming: coming.get(memberId) ?? 0, tier, cap },
    { memberId, held: counted, cap, ways: ['other_successor', 'park', 'upgrade'] },
  )
}
