import type { Instant } from '../../../../kernel/fields.ts'
import { Refusal } from '../../../../kernel/refusal.ts'
import type { Tx } from '../../../../platform/db/tx.ts'
import { recordMany, stepsRecorded } from '../../../audit/index.ts'
import {
  attempted,
  failed,
  type HandoverFacts,
  type Particulars,
  type StepItem,
  type StepResult,
} from '../../../custody-ports/index.ts'
import { findRequest, openRequest, openRequests } from '../../../requests/index.ts'
import { type Begun, beginCustodies, finishMoves, insertErasures } from '../../batch-store.ts'
import type { BatchNumberRow } from '../../batch-views.ts'
import { type HandedMove, movesById } from '../../handed-views.ts'
import { handedRemark, type NumberAfter, NumberBefore } from '../../model/handed.ts'
import { waitingStates } from '../../model.ts'
import type { NextCustody } from '../../rules/facts.ts'
import type { HandedDecision } from '../../rules/handed.ts'
import { insertMoves, type NewMove } from '../../scheduled-store.ts'
import { notifyOfMoves } from '../notices.ts'
import { announceMany } from '../tell.ts'
import { decideItems, driftedRow, type Handed, type Judged, loadHanded, rowOf, withinRoom } from './judge.ts'

/** A judged item that something is written for. */
interface Going {
  readonly item: StepItem
  readonly row: BatchNumberRow
  readonly decision: Exclude<HandedDecision, { outcome: 'cooling' }>
  readonly before: NumberBefore
  readonly after: NumberAfter | null
}

/** Passes numbers on, parks them, or lets them wait, in this transaction; decided anew under locks (HAN-5). */
export async function carryOutNumbers(
  tx: Tx,
  facts: HandoverFacts,
  items: readonly StepItem[],
): Promise<StepResult[]> {
  const handed = await loadHanded(tx, facts, { items, lock: 'locked' })
  const repeats = await findRepeats(tx, facts, { handed, items })
  const fresh = items.filter((item) => !repeats.has(item.itemId))
  const { now } = handed.loaded.facts
  const alone = decideItems(handed, facts, { items: fresh, now })
  // What waits for its cool-down takes no room yet.
  const room = withinRoom(
    handed,
    alone.filter(({ decision }) => !isCooling(decision)),
  )
  const judged = [...alone.filter(({ decision }) => isCooling(decision)), ...room]
  const going = room.flatMap((one) => goingOf(tx, handed, one))
  const requests = await write(tx, facts, { handed, going })
  const goes = new Map(going.map((one) => [one.item.itemId, one]))
  const results = new Map(
    judged.map((one) => [
      one.item.itemId,
      resultOf(one, { handed, going: goes.get(one.item.itemId), requests }),
    ]),
  )
  return items.map((item) => {
    const result = repeats.get(item.itemId) ?? results.get(item.itemId)
    if (!result) throw new Error('every item of a step has a result')
    return result
  })
}

function isCooling(decision: Judged['decision']): boolean {
  return decision !== null && !(decision instanceof Refusal) && decision.outcome === 'cooling'
}

interface Asked {
  readonly handed: Handed
  readonly items: readonly StepItem[]
}

// What this handover has done or set waiting before; everything else that the leaver does not hold has drifted.
async function findRepeats(
  tx: Tx,
  facts: HandoverFacts,
  { handed, items }: Asked,
): Promise<ReadonlyMap<string, StepResult>> {
  const { rows, waiting } = handed.loaded
  const suspects = items.filter(({ holdingId, way }) => {
    const row = rows.get(holdingId)
    const waits = waiting.get(holdingId)?.some(({ kind }) => kind === 'move')
    return way !== 'leave' && row !== undefined && (row.holder_id !== facts.leaverId || waits)
  })
  const recorded = await stepsRecorded(
    tx,
    facts.handoverId,
    suspects.map(({ holdingId }) => holdingId),
  )
  const known = suspects.flatMap((item) => {
    const step = recorded.get(item.itemId)
    return step ? [{ item, before: NumberBefore.parse(step.before), after: step.after }] : []
  })
  const moves = await movesById(
    tx,
    known.flatMap(({ before }) => before.moveId ?? []),
  )
  return new Map(
    known.flatMap(({ item, before, after }): [string, StepResult][] => {
      const result = repeatOf(handed, facts, { item, before, after, move: moves.get(before.moveId ?? '') })
      return result ? [[item.itemId, result]] : []
    }),
  )
}

interface Known {
  readonly item: StepItem
  readonly before: NumberBefore
  readonly after: Particulars
  /** The move that waits, or waited, for a check. */
  readonly move: HandedMove | undefined
}

const waits: readonly string[] = waitingStates

// Null where what was recorded is not what is: then the item is decided like any other.
function repeatOf(handed: Handed, { leaverId }: HandoverFacts, known: Known): StepResult | null {
  const { item, before, after, move } = known
  const row = rowOf(handed, item)
  if (!move) return after['heldFrom'] === row.held_from ? attempted(item, before, after) : null
  if (waits.includes(move.state)) return waitingFor(item, { before, until: null, reference: move.requestId })
  if (move.state === 'done' && row.holder_id === item.toMemberId) return attempted(item, before, stateOf(row))
  if (row.holder_id === leaverId) return null
  const isOurs = row.holder_id === null && row.held_from === before.parkedAt
  return failed(
    item,
    isOurs ? new Refusal(handedRemark.checkTurnedDown, { e164: row.e164 }) : driftedRow(handed, row),
  )
}

interface Wait {
  readonly before: NumberBefore
  readonly until: Instant | null
  readonly reference: string | null
}

function waitingFor({ itemId }: StepItem, { before, until, reference }: Wait): StepResult {
  const waitsFor = reference === null ? 'cooldown' : 'check'
  return { itemId, state: 'waiting', waitsFor, until, reference, before }
}

/** What is, in the form of the step's particulars. */
export function stateOf(row: BatchNumberRow): NumberAfter {
  return {
    state: row.state,
    holderId: row.holder_id,
    heldFrom: row.held_from,
    visibleFrom: row.visible_from,
    assignedAt: row.assigned_at,
  }
}

function goingOf(tx: Tx, handed: Handed, { item, decision }: Judged): Going[] {
  if (decision === null || decision instanceof Refusal || decision.outcome === 'cooling') return []
  const row = rowOf(handed, item)
  const before: NumberBefore = { ...stateOf(row), ended: [] }
  if (decision.outcome === 'checked') {
    const parked = decision.park ? { parkedAt: decision.park.at } : {}
    return [{ item, row, decision, before: { ...before, moveId: tx.newId(), ...parked }, after: null }]
  }
  const { custody } = decision
  const returns = (handed.loaded.waiting.get(item.holdingId) ?? []).filter(({ kind }) => kind === 'return')
  const ended = custody.cause === 'returned' ? returns.map((move) => move.move_id) : []
  return [{ item, row, decision, before: { ...before, ended }, after: afterOf(tx, custody) }]
}

function afterOf(tx: Tx, custody: NextCustody): NumberAfter {
  const { state, holderId, at, visibleFrom, assignedAt, cause } = custody
  const after = { state, holderId, heldFrom: at, visibleFrom, assignedAt }
  return cause === 'lent' ? { ...after, returnMoveId: tx.newId() } : after
}

interface Slice {
  readonly handed: Handed
  readonly going: readonly Going[]
}

// Returns the requests for checks by item.
async function write(tx: Tx, facts: HandoverFacts, slice: Slice): Promise<ReadonlyMap<string, string>> {
  const { handed, going } = slice
  if (going.length === 0) return new Map()
  const begun = going.flatMap(({ row, decision }): Begun[] => {
    const next = decision.outcome === 'done' ? decision.custody : decision.park
    return next ? [{ row, next }] : []
  })
  beginCustodies(tx, begun)
  announceMany(tx, begun)
  finishMoves(
    tx,
    going.flatMap(({ before }) => before.ended),
  )
  await deleteLater(tx, facts, slice)
  const requests = askForChecks(tx, facts, slice)
  insertMoves(tx, [...returnsOf(going, facts), ...checkedMoves(facts, { going, requests })])
  recordMany(
    tx,
    going.map((one) => ledgerEntry(facts, { handed, one, requestId: requests.get(one.item.itemId) ?? null })),
  )
  await notifyOfMoves(
    tx,
    begun.map(({ row, next }) => ({ numberId: row.number_id, heldFrom: next.at })),
  )
  return requests
}

// One second person decides on all histories that a handover is to have deleted (NUM-5).
async function deleteLater(tx: Tx, facts: HandoverFacts, { handed, going }: Slice): Promise<void> {
  const doomed = going.flatMap(({ item, decision }) =>
    item.history === 'delete' && item.way === 'pass_on' && decision.outcome === 'done'
      ? [{ erasureId: tx.newId(), numberId: item.holdingId, cutOff: decision.custody.at }]
      : [],
  )
  if (doomed.length === 0) return
  const about = {
    kind: 'delete_history',
    subjectKind: 'handover',
    subjectId: facts.handoverId,
  } as const
  const requestId =
    (await findRequest(tx, about)) ??
    openRequest(tx, { ...about, payload: { handoverId: facts.handoverId }, reason: facts.reason })
  const { undoWindowHours } = handed.loaded.policies
  insertErasures(tx, { requestId, undoWindowHours, erasures: doomed })
}

function askForChecks(tx: Tx, { reason }: HandoverFacts, { handed, going }: Slice): Map<string, string> {
  const checks = going.filter(({ decision }) => decision.outcome === 'checked')
  const ids = openRequests(
    tx,
    checks.map(({ row: { number_id: numberId, country }, before: { moveId } }) => ({
      kind: 'country_check',
      subjectKind: 'number',
      subjectId: numberId,
      payload: { moveId, numberId, country, check: handed.loaded.policies.countryChecks[country] ?? null },
      reason,
    })),
  )
  return new Map(checks.map(({ item }, index) => [item.itemId, ids[index] ?? '']))
}

const plainMove = {
  reason: null,
  timeZone: null,
  returnAt: null,
  restoreVisibleFrom: null,
  overrideReason: null,
}

// The right of return belongs to the lender and restores what the lender saw (NUM-11).
function returnsOf(going: readonly Going[], { leaverId }: HandoverFacts): NewMove[] {
  return going.flatMap(({ item, row, after }): NewMove[] =>
    after?.returnMoveId === undefined || item.returnAt === null
      ? []
      : [
          {
            ...plainMove,
            moveId: after.returnMoveId,
            numberId: row.number_id,
            kind: 'return',
            toMemberId: leaverId,
            expectedHolderId: item.toMemberId,
            history: 'keep',
            dueAt: item.returnAt,
            restoreVisibleFrom: row.visible_from,
            state: 'scheduled',
            requestId: null,
          },
        ],
  )
}

interface Checked {
  readonly going: readonly Going[]
  readonly requests: ReadonlyMap<string, string>
}

function checkedMoves(facts: HandoverFacts, { going, requests }: Checked): NewMove[] {
  return going.flatMap(({ item, row, decision, before }): NewMove[] =>
    decision.outcome !== 'checked' || item.toMemberId === null || before.moveId === undefined
      ? []
      : [
          {
            ...plainMove,
            moveId: before.moveId,
            numberId: row.number_id,
            kind: 'move',
            toMemberId: item.toMemberId,
            expectedHolderId: facts.leaverId,
            history: item.history ?? 'keep',
            reason: facts.reason,
            dueAt: decision.dueAt,
            returnAt: item.returnAt,
            state: 'pending_check',
            requestId: requests.get(item.itemId) ?? null,
            approvedBy: facts.decidedBy,
          },
        ],
  )
}

interface Entry {
  readonly handed: Handed
  readonly one: Going
  readonly requestId: string | null
}

function ledgerEntry(
  facts: HandoverFacts,
  { handed, one, requestId }: Entry,
): Parameters<typeof recordMany>[1][number] {
  const { item, row, decision, before, after } = one
  const custody = decision.outcome === 'done' ? decision.custody : decision.park
  const history = item.way === 'park' ? null : item.history
  return {
    action: custody ? `number.${custody.cause}` : 'move.check_asked',
    subjectKind: 'number',
    subjectId: row.number_id,
    effect: {
      from: row.holder_id,
      to: decision.outcome === 'done' ? (custody?.holderId ?? null) : item.toMemberId,
      ...(custody ? { at: custody.at, visibleFrom: custody.visibleFrom } : {}),
      ...(decision.outcome === 'checked' ? { moveId: before.moveId ?? null, requestId } : {}),
      history,
      returnAt: item.returnAt,
      handoverId: facts.handoverId,
      itemId: item.itemId,
      before: JSON.parse(JSON.stringify(before)),
      after: JSON.parse(JSON.stringify(after ?? {})),
    },
    reason: facts.reason,
    details: { e164: row.e164, to: handed.loaded.facts.members.get(item.toMemberId ?? '')?.name ?? null },
  }
}

interface Written {
  readonly handed: Handed
  readonly going: Going | undefined
  readonly requests: ReadonlyMap<string, string>
}

function resultOf({ item, decision }: Judged, { handed, going, requests }: Written): StepResult {
  if (decision instanceof Refusal) return failed(item, decision)
  const state = stateOf(rowOf(handed, item))
  if (decision === null) return attempted(item, state, state)
  if (decision.outcome === 'cooling')
    return waitingFor(item, { before: { ...state, ended: [] }, until: decision.dueAt, reference: null })
  if (!going) throw new Error('a decided item was not written')
  if (going.after) return attempted(item, going.before, going.after)
  return waitingFor(item, {
    before: going.before,
    until: null,
    reference: requests.get(item.itemId) ?? null,
  })
}
