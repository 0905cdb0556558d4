import { Refusal } from '../../../../kernel/refusal.ts'
import type { Tx } from '../../../../platform/db/tx.ts'
import { type JsonValue, record, stepsRecorded } from '../../../audit/index.ts'
import { loadPolicies } from '../../../companies/index.ts'
import {
  attempted,
  type DoneItem,
  eachItem,
  forecast,
  type HandoverFacts,
  type HandoverStep,
  type Observation,
  remarkOf,
  type StepForecast,
  type StepItem,
  type StepResult,
  stepRefusal,
} from '../../../custody-ports/index.ts'
import { openRequest, withdrawRequest } from '../../../requests/index.ts'
import { retargetMove } from '../../handed-store.ts'
import { type HandedMove, lockMoves, movesById } from '../../handed-views.ts'
import { ComingParticulars, handedRemark } from '../../model/handed.ts'
import { type MoveState, moveRefusal, numberRefusal, waitingStates } from '../../model.ts'
import { giveWay } from '../../rules/batch.ts'
import type { RecipientFacts } from '../../rules/facts.ts'
import { refuseRecipient } from '../../rules/may-move.ts'
import { waitingOf } from '../../views.ts'
import { loadBatch } from '../batch-facts.ts'

const own = {
  phase: 'numbers',
  refusals: [
    ...Object.values(stepRefusal),
    numberRefusal.alreadyTheirs,
    moveRefusal.recipientNotActive,
    moveRefusal.recipientAtCap,
    handedRemark.successorAtCap,
  ],
  plan,
  carryOut,
  observe,
  undo,
} as const

/** A number that was to come to the leaver comes to the successor instead, or to nobody. */
export const incomingMoveStep: HandoverStep = {
  ...own,
  holding: 'incoming_move',
  ways: { leave: ['pass_on', 'end'], move: ['leave', 'pass_on', 'end'], loan: ['leave'] },
}

/** What the leaver has lent comes back to the successor, or stays with the borrower. */
export const loanReturnStep: HandoverStep = {
  ...own,
  holding: 'loan_return',
  ways: { leave: ['pass_on', 'end', 'leave'], move: ['leave', 'pass_on', 'end'], loan: ['leave'] },
}

const waits: readonly string[] = waitingStates

interface Coming {
  readonly moves: ReadonlyMap<string, HandedMove>
  readonly members: ReadonlyMap<string, RecipientFacts>
  /** Which items find no room, by their place in the list. */
  readonly full: ReadonlyMap<string, Refusal>
}

async function loadComing(
  tx: Tx,
  items: readonly StepItem[],
  lock: 'locked' | 'as they are',
): Promise<Coming> {
  const moveIds = items.map(({ holdingId }) => holdingId)
  const memberIds = [...new Set(items.flatMap(({ toMemberId }) => toMemberId ?? []))].sort()
  const moves = lock === 'locked' ? await lockMoves(tx, moveIds) : await movesById(tx, moveIds)
  const { facts } = await loadBatch(tx, { numberIds: [], memberIds, asksForHolds: false }, lock)
  const changes = items.flatMap(({ way, toMemberId, holdingId }, position) => {
    const isNew = moves.get(holdingId)?.toMemberId !== toMemberId
    const isKnown = toMemberId !== null && facts.members.has(toMemberId)
    return way === 'pass_on' && isNew && isKnown
      ? [{ position, from: null, to: toMemberId, needsLicence: false }]
      : []
  })
  const refused = giveWay(changes, facts)
  const full = items.flatMap(({ itemId, toMemberId }, position): [string, Refusal][] => {
    const member = facts.members.get(toMemberId ?? '')
    if (!refused.has(position) || !member) return []
    const coming = changes.filter(({ to }) => to === toMemberId).length
    return [[itemId, fullRefusal(member, coming)]]
  })
  return { moves, members: facts.members, full: new Map(full) }
}

function fullRefusal({ memberId, name, counted, tier, cap }: RecipientFacts, coming: number): Refusal {
  return new Refusal(
    handedRemark.successorAtCap,
    { successor: name, held: counted, coming, tier, cap },
    { memberId, held: counted, cap, ways: ['other_successor', 'end', 'upgrade'] },
  )
}

function particularsOf(move: HandedMove): ComingParticulars {
  const { toMemberId, state, dueAt, requestId, approvedBy, checkedBy } = move
  return { toMemberId, state, dueAt, requestId, approvedBy, checkedBy }
}

/** @throws Refusal `successor.missing`, `recipient.not_active`, `successor.at_cap`, `number.already_theirs` */
function requireRecipient({ members, full }: Coming, item: StepItem, move: HandedMove): string {
  const successor = members.get(item.toMemberId ?? '')
  if (!successor) throw new Refusal(stepRefusal.successorMissing, { label: item.label })
  refuseRecipient({ ...successor, counted: 0 })
  if (move.holderId === successor.memberId)
    throw new Refusal(numberRefusal.alreadyTheirs, { e164: move.e164, member: successor.name })
  const refusal = full.get(item.itemId)
  if (refusal) throw refusal
  return successor.memberId
}

async function plan(tx: Tx, _facts: HandoverFacts, items: readonly StepItem[]): Promise<StepForecast[]> {
  const coming = await loadComing(tx, items, 'as they are')
  return items.map((item) => {
    const move = coming.moves.get(item.holdingId)
    if (!move) return forecast(item, { before: {}, after: {} })
    const before = particularsOf(move)
    if (item.way === 'leave') return forecast(item, { before, after: before })
    if (item.way === 'end') return forecast(item, { before, after: { ...before, state: 'cancelled' } })
    const after = { ...before, toMemberId: item.toMemberId }
    try {
      requireRecipient(coming, item, move)
      return forecast(item, { before, after })
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
      return forecast(item, { before, after }, { blockers: [remarkOf(error)] })
    }
  })
}

async function carryOut(tx: Tx, facts: HandoverFacts, items: readonly StepItem[]): Promise<StepResult[]> {
  const coming = await loadComing(tx, items, 'locked')
  return eachItem(items, async (item) => {
    const move = coming.moves.get(item.holdingId)
    if (!move) throw new Refusal(stepRefusal.notHeld, { label: item.label })
    const before = particularsOf(move)
    if (item.way === 'leave') return attempted(item, before, before)
    if (move.toMemberId !== facts.leaverId || !waits.includes(move.state))
      return repeated(tx, facts, { item, move })
    if (item.way === 'end')
      return change(tx, facts, { item, move, to: { ...before, state: 'cancelled', requestId: null } })
    const toMemberId = requireRecipient(coming, item, move)
    // What was checked or approved was checked for somebody else.
    const approvedBy = move.approvedBy === null ? null : facts.decidedBy
    return change(tx, facts, { item, move, to: { ...before, toMemberId, approvedBy, checkedBy: null } })
  })
}

interface AtHand {
  readonly item: StepItem
  readonly move: HandedMove
}

async function repeated(tx: Tx, facts: HandoverFacts, { item, move }: AtHand): Promise<StepResult> {
  const done = (await stepsRecorded(tx, facts.handoverId, [move.numberId])).get(item.itemId)
  const isSame = done?.after['toMemberId'] === move.toMemberId && done.after['state'] === move.state
  if (done && isSame) return attempted(item, done.before, done.after)
  throw new Refusal(stepRefusal.notHeld, { label: item.label })
}

// A request is about one recipient: for another one it is asked anew.
async function change(
  tx: Tx,
  facts: HandoverFacts,
  { item, move, to }: AtHand & { readonly to: ComingParticulars },
): Promise<StepResult> {
  const before = particularsOf(move)
  const state = to.state as MoveState
  if (move.requestId !== null && waits.includes(move.state))
    await withdrawRequest(tx, move.requestId, 'the handover changed who gets the number')
  const requestId = waits.includes(state) ? await askAnew(tx, { move, state, reason: facts.reason }) : null
  const after: ComingParticulars = { ...to, requestId }
  retargetMove(tx, { moveId: move.moveId, ...after, state })
  record(tx, {
    action: state === 'cancelled' ? 'move.cancelled' : 'move.retargeted',
    subjectKind: 'number',
    subjectId: move.numberId,
    effect: {
      moveId: move.moveId,
      kind: move.kind,
      from: before.toMemberId,
      to: after.toMemberId,
      handoverId: facts.handoverId,
      itemId: item.itemId,
      before: before as JsonValue,
      after: after as JsonValue,
    },
    reason: facts.reason,
    details: { e164: move.e164 },
  })
  return attempted(item, before, after)
}

interface Anew {
  readonly move: HandedMove
  readonly state: MoveState
  readonly reason: string | null
}

async function askAnew(tx: Tx, { move, state, reason }: Anew): Promise<string | null> {
  if (state !== 'pending_check' && state !== 'pending_approval') return null
  const { moveId, numberId, country } = move
  const isCheck = state === 'pending_check'
  const check = isCheck ? ((await loadPolicies(tx)).countryChecks[country] ?? null) : null
  return openRequest(tx, {
    kind: isCheck ? 'country_check' : 'over_limit',
    subjectKind: 'number',
    subjectId: numberId,
    payload: { moveId, numberId, ...(isCheck ? { country, check } : {}) },
    reason: move.reason ?? reason,
  })
}

async function observe(tx: Tx, _facts: HandoverFacts, items: readonly DoneItem[]): Promise<Observation[]> {
  const moves = await movesById(
    tx,
    items.map(({ holdingId }) => holdingId),
  )
  return items.map((item) => {
    const move = moves.get(item.holdingId)
    if (!move) return { itemId: item.itemId, isThere: false, seen: {} }
    const isOver = move.state === 'cancelled' || move.state === 'failed'
    const isThere =
      item.way === 'leave' || (item.way === 'end' ? isOver : move.toMemberId === item.toMemberId && !isOver)
    return { itemId: item.itemId, isThere, seen: particularsOf(move) }
  })
}

async function undo(tx: Tx, facts: HandoverFacts, items: readonly DoneItem[]): Promise<StepResult[]> {
  const moves = await lockMoves(
    tx,
    items.map(({ holdingId }) => holdingId),
  )
  const waiting = await waitingOf(
    tx,
    [...moves.values()].map(({ numberId }) => numberId),
  )
  return eachItem(items, async (item) => {
    const move = moves.get(item.holdingId)
    if (item.way === 'leave') return attempted(item, item.before, item.before)
    const before = ComingParticulars.parse(item.before)
    const wasSet = ComingParticulars.safeParse(item.after).data
    if (move && move.toMemberId === before.toMemberId && move.state === before.state)
      return attempted(item, particularsOf(move), particularsOf(move))
    const isOurs = move?.toMemberId === wasSet?.toMemberId && move?.state === wasSet?.state
    const isTaken = waiting
      .get(move?.numberId ?? '')
      ?.some(({ kind, move_id: moveId }) => kind === move?.kind && moveId !== move.moveId)
    if (!move || !isOurs || isTaken) throw new Refusal(stepRefusal.changedSince, { label: item.label })
    return change(tx, facts, { item, move, to: before })
  })
}
