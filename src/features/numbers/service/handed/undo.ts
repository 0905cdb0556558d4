import type { Instant } from '../../../../kernel/fields.ts'
import { Refusal } from '../../../../kernel/refusal.ts'
import type { Tx } from '../../../../platform/db/tx.ts'
import { recordMany } from '../../../audit/index.ts'
import {
  attempted,
  type DoneItem,
  failed,
  type HandoverFacts,
  type StepResult,
} from '../../../custody-ports/index.ts'
import { withdrawRequest } from '../../../requests/index.ts'
import { type Begun, beginCustodies, cancelErasures } from '../../batch-store.ts'
import type { BatchNumberRow } from '../../batch-views.ts'
import { cancelMoves, reopenReturns } from '../../handed-store.ts'
import { type HandedMove, type LaterStretch, movesById, stretchesSince } from '../../handed-views.ts'
import { NumberAfter, NumberBefore } from '../../model/handed.ts'
import { waitingStates } from '../../model.ts'
import { type Change, giveWay } from '../../rules/batch.ts'
import type { NextCustody } from '../../rules/facts.ts'
import { decideHandBack } from '../../rules/handed.ts'
import { notifyOfMoves } from '../notices.ts'
import { announceMany } from '../tell.ts'
import { stateOf } from './carry-out.ts'
import { driftedRow, type Handed, loadHanded, rowOf } from './judge.ts'

type Loan = Pick<HandedMove, 'moveId' | 'state'>

/** An item to be undone with what the number was before, and what became of it since. */
interface Undone {
  readonly item: DoneItem
  readonly position: number
  readonly before: NumberBefore
  /** What the step set going: the move that waits for a check, and the return of a loan. */
  readonly pending: HandedMove | undefined
  readonly loan: Loan | undefined
  /** What began since, oldest first. */
  readonly since: readonly LaterStretch[]
  readonly after: NumberAfter | null
}

type Judged = Undone & { readonly decision: NextCustody | Refusal | null }

/**
 * Takes numbers back in this transaction (HAN-7): holder, visibility, cool-down, loans and waiting moves become what
 * they were, unless somebody else has moved a number since.
 */
export async function undoNumbers(
  tx: Tx,
  facts: HandoverFacts,
  items: readonly DoneItem[],
): Promise<StepResult[]> {
  const handed = await loadHanded(tx, facts, { items, lock: 'locked' })
  const moved = await loadUndone(
    tx,
    handed,
    items.filter(({ way }) => way !== 'leave'),
  )
  const alone = moved.map((one): Judged => ({ ...one, decision: decideAlone(handed, facts, one) }))
  const refused = giveWay(
    alone.flatMap((one) => changeBack(handed, facts, one)),
    handed.loaded.facts,
  )
  const judged = alone.map((one) => ({ ...one, decision: refused.get(one.position) ?? one.decision }))
  await writeBack(tx, facts, { handed, judged })
  const results = new Map(judged.map((one) => [one.item.itemId, resultOf(handed, one)]))
  return items.map((item) => results.get(item.itemId) ?? attempted(item, item.before, item.before))
}

async function loadUndone(tx: Tx, handed: Handed, items: readonly DoneItem[]): Promise<Undone[]> {
  const parsed = items.map((item, position) => ({
    item,
    position,
    before: NumberBefore.parse(item.before),
    after: NumberAfter.safeParse(item.after).data ?? null,
  }))
  const [moves, stretches] = [
    await movesById(
      tx,
      parsed.flatMap(({ before, after }) => [before.moveId ?? [], after?.returnMoveId ?? []].flat()),
    ),
    await stretchesSince(
      tx,
      parsed.map(({ item, before }) => ({ numberId: item.holdingId, since: before.heldFrom })),
    ),
  ]
  const byNumber = new Map<string, LaterStretch[]>()
  for (const stretch of stretches)
    byNumber.set(stretch.numberId, [...(byNumber.get(stretch.numberId) ?? []), stretch])
  return parsed.map((one) => ({
    ...one,
    pending: moves.get(one.before.moveId ?? ''),
    loan: moves.get(one.after?.returnMoveId ?? '') ?? laterLoan(handed, one.item),
    since: byNumber.get(one.item.holdingId) ?? [],
  }))
}

// A loan that waited for a check has its return from the day on which that was cleared.
function laterLoan({ loaded }: Handed, { holdingId, returnAt }: DoneItem): Loan | undefined {
  const back = returnAt === null ? [] : (loaded.waiting.get(holdingId) ?? [])
  const found = back.find(({ kind }) => kind === 'return')
  return found && { moveId: found.move_id, state: found.state }
}

/** Null where custody is as it was already. */
function decideAlone(handed: Handed, facts: HandoverFacts, undone: Undone): NextCustody | Refusal | null {
  try {
    const row = rowOf(handed, undone.item)
    const { loaded } = handed
    const number = loaded.facts.numbers.get(row.number_id)
    const leaver = loaded.facts.members.get(facts.leaverId)
    if (!number || !leaver) throw new Error('the facts of a handover know its numbers and its leaver')
    if (isBack(undone, facts)) return null
    if (!undone.since.every((stretch, index) => isOurs(undone, stretch, index)))
      return driftedRow(handed, row)
    return decideHandBack({ number, before: undone.before, leaver, now: loaded.facts.now })
  } catch (error) {
    if (error instanceof Refusal) return error
    throw error
  }
}

// Never moved, given back before, or a loan that has come back by itself.
function isBack({ since, loan }: Undone, { leaverId }: HandoverFacts): boolean {
  const latest = since.at(-1)
  if (!latest) return true
  if (latest.holderId !== leaverId) return false
  return latest.cause === 'undone' || (latest.cause === 'returned' && loan?.state === 'done')
}

function isOurs({ before, after, pending, item }: Undone, stretch: LaterStretch, index: number): boolean {
  if (before.moveId === undefined) return index === 0 && stretch.heldFrom === after?.heldFrom
  if (index === 0 && before.parkedAt !== undefined) return stretch.heldFrom === before.parkedAt
  const isChecked = pending?.state === 'done' && stretch.holderId === item.toMemberId
  return isChecked && index === (before.parkedAt === undefined ? 0 : 1)
}

function changeBack({ loaded }: Handed, { leaverId }: HandoverFacts, one: Judged): Change[] {
  if (one.decision === null || one.decision instanceof Refusal) return []
  const from = loaded.rows.get(one.item.holdingId)?.holder_id ?? null
  // The lender's place was kept: the number that comes back is counted already.
  const to = isWaiting(one.loan) ? null : leaverId
  return [{ position: one.position, from, to, needsLicence: false }]
}

function isWaiting(move: Loan | undefined): boolean {
  const waits: readonly string[] = waitingStates
  return move !== undefined && waits.includes(move.state)
}

interface Back {
  readonly handed: Handed
  readonly judged: readonly Judged[]
}

async function writeBack(tx: Tx, facts: HandoverFacts, { handed, judged }: Back): Promise<void> {
  const going = judged.filter(({ decision }) => !(decision instanceof Refusal))
  const begun = going.flatMap(({ item, decision }): Begun[] =>
    decision && !(decision instanceof Refusal) ? [{ row: rowOf(handed, item), next: decision }] : [],
  )
  const pending = going.flatMap(({ pending: move }) => (move && isWaiting(move) ? [move] : []))
  const loans = going.flatMap(({ loan }) => (loan && isWaiting(loan) ? [loan] : []))
  beginCustodies(tx, begun)
  announceMany(tx, begun)
  cancelMoves(
    tx,
    [...pending, ...loans].map(({ moveId }) => moveId),
  )
  reopenReturns(
    tx,
    going.flatMap(({ before, decision }) => (decision === null ? [] : before.ended)),
  )
  await withdrawAll(tx, { begun, pending })
  recordMany(
    tx,
    begun.map(({ row, next }) => entryOf(facts, { row, next, judged })),
  )
  recordMany(
    tx,
    pending.map(({ moveId, numberId, toMemberId, e164 }) => ({
      action: 'move.cancelled',
      subjectKind: 'number',
      subjectId: numberId,
      effect: { moveId, kind: 'move', to: toMemberId, handoverId: facts.handoverId },
      reason: facts.reason,
      details: { e164 },
    })),
  )
  await notifyOfMoves(
    tx,
    begun.map(({ row, next }) => ({ numberId: row.number_id, heldFrom: next.at })),
  )
}

interface Withdrawn {
  readonly begun: readonly Begun[]
  readonly pending: readonly HandedMove[]
}

async function withdrawAll(tx: Tx, { begun, pending }: Withdrawn): Promise<void> {
  const deletions = await cancelErasures(
    tx,
    begun.map(({ row }) => ({ numberId: row.number_id, at: row.held_from })),
  )
  const checks = pending.flatMap(({ requestId }) => requestId ?? [])
  for (const requestId of [...deletions, ...checks])
    await withdrawRequest(tx, requestId, 'the handover was undone')
}

interface HandedBack {
  readonly row: BatchNumberRow
  readonly next: NextCustody
  readonly judged: readonly Judged[]
}

function entryOf({ handoverId, reason }: HandoverFacts, { row, next, judged }: HandedBack) {
  const item = judged.find((one) => one.item.holdingId === row.number_id)?.item
  return {
    action: 'number.move_undone',
    subjectKind: 'number',
    subjectId: row.number_id,
    effect: {
      from: row.holder_id,
      to: next.holderId,
      at: next.at,
      visibleFrom: next.visibleFrom,
      handoverId,
      itemId: item?.itemId ?? null,
    },
    reason,
    details: { e164: row.e164 },
  }
}

function resultOf(handed: Handed, { item, before, decision }: Judged): StepResult {
  if (decision instanceof Refusal) return failed(item, decision)
  const row = rowOf(handed, item)
  const at: Instant = decision?.at ?? row.held_from
  return attempted(item, stateOf(row), {
    state: before.state,
    holderId: before.holderId,
    heldFrom: at,
    visibleFrom: before.visibleFrom,
    assignedAt: before.assignedAt,
  })
}
