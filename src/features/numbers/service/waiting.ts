import { Refusal } from '../../../kernel/refusal.ts'
import type { Tx } from '../../../platform/db/tx.ts'
import { httpRefusal } from '../../../platform/http/refusals.ts'
import { record } from '../../audit/index.ts'
import { addNotices } from '../../people/index.ts'
import { openRequest, withdrawRequest } from '../../requests/index.ts'
import { moveRefusal, type ScheduledMove, waitingStates } from '../model.ts'
import type { AskedMove, NextCustody } from '../rules/facts.ts'
import { takesEffectAt } from '../rules/may-move.ts'
import { advanceMove, finishMove, lockMove, type MoveRow } from '../scheduled-store.ts'
import { beginCustody } from '../store.ts'
import { type LoadedFacts, loadFacts, loadRecipient } from './facts.ts'
import { mayStillMove } from './limits.ts'
import { carryOut, decide, recordWaiting, requestFor } from './move.ts'
import { readMove } from './read.ts'
import { tellHolders } from './tell.ts'

/**
 * Cancels a waiting move, or the return of a loan, which then stays with the borrower.
 * @throws Refusal `thing.not_found`, `move.not_waiting`
 */
export async function cancelScheduledMove(tx: Tx, moveId: string): Promise<ScheduledMove> {
  const { move, facts } = await lockWaiting(tx, moveId)
  finishMove(tx, moveId, { state: 'cancelled' })
  if (move.request_id) await withdrawRequest(tx, move.request_id, 'the move was cancelled')
  record(tx, {
    action: 'move.cancelled',
    subjectKind: 'number',
    subjectId: move.number_id,
    effect: { moveId, kind: move.kind, to: move.to_member_id },
    details: { e164: facts.row.e164 },
  })
  return readMove(tx, moveId)
}

// The number is locked before the move, as everywhere, so that two changes of one number never wait for each other.
async function lockWaiting(tx: Tx, moveId: string): Promise<{ move: MoveRow; facts: LoadedFacts }> {
  const seen = await readMove(tx, moveId)
  const facts = await loadFacts(tx, seen.numberId)
  const move = await lockMove(tx, moveId)
  if (!move) throw new Refusal(httpRefusal.notFound, { thing: 'move' })
  const waiting: readonly string[] = waitingStates
  if (!waiting.includes(move.state)) throw new Refusal(moveRefusal.notWaiting, { state: move.state })
  return { move, facts }
}

/** What settled while the move waited. */
export interface Settled {
  readonly approvedBy?: string
  readonly checkedBy?: string
}

/**
 * Lets a waiting move go on after its time came or a request was approved: its conditions are checked anew, and it
 * happens, or waits for the next thing.
 * @throws Refusal as `decideMove` does, `thing.not_found`, `move.not_waiting`
 */
export async function resumeMove(tx: Tx, moveId: string, settled: Settled): Promise<void> {
  const { move, facts } = await lockWaiting(tx, moveId)
  const approvedBy = settled.approvedBy ?? move.approved_by
  const checkedBy = settled.checkedBy ?? move.checked_by
  const others = {
    ...facts,
    number: { ...facts.number, waiting: facts.number.waiting.filter((one) => one.moveId !== moveId) },
  }
  const recipient = await loadRecipient(tx, move.to_member_id, move.number_id)
  const asked = askedAgain(tx, { move, facts, approved: approvedBy !== null, checked: checkedBy !== null })
  const decision = await decide(tx, { facts: others, recipient, asked })
  if (decision.outcome === 'done') {
    finishMove(tx, moveId, { state: 'done' })
    await carryOut(tx, { facts: others, recipient, asked, decision })
    return
  }
  const requestId = await requestFor(tx, { facts, moveId, outcome: decision.outcome, reason: move.reason })
  advanceMove(tx, moveId, {
    state: decision.outcome,
    requestId,
    approvedBy,
    checkedBy,
    dueAt: decision.dueAt,
  })
  recordWaiting(tx, {
    facts,
    moveId,
    requestId,
    decision,
    toMemberId: move.to_member_id,
    reason: move.reason,
  })
}

interface WaitingMove {
  readonly move: MoveRow
  readonly facts: LoadedFacts
  readonly approved: boolean
  readonly checked: boolean
}

// A number that was parked meanwhile, as when a leaver is cut off, still goes to its recipient (NUM-14).
function askedAgain(tx: Tx, { move, facts, approved, checked }: WaitingMove): AskedMove {
  const isParked = facts.row.state === 'parked'
  return {
    kind: isParked ? 'assign' : 'reassign',
    toMemberId: move.to_member_id,
    history: move.history,
    expectedHolderId: isParked ? undefined : move.expected_holder_id,
    at: move.due_at > tx.now ? move.due_at : null,
    returnAt: move.return_at,
    when: 'earliest',
    overrideReason: move.override_reason,
    reason: move.reason,
    askedBy: 'owner',
    approved,
    checked,
  }
}

/**
 * Carries out a move or a return whose time has come; called by the sweeper as the system. A refusal ends the move as
 * failed with its code; a move whose scheduler lost the right to move waits for an admin.
 */
export async function carryOutDue(tx: Tx, moveId: string): Promise<void> {
  const { move, facts } = await lockWaiting(tx, moveId)
  if (move.state !== 'scheduled' || move.due_at > tx.now) return
  if (move.kind === 'return') return bringBack(tx, { move, facts })
  if (move.approved_by === null && !(await mayStillMove(tx, move.scheduled_by_member_id)))
    return askAnAdmin(tx, { move, facts })
  await resumeMove(tx, moveId, {})
}

/** Ends a due move that was refused, with the reason, and tells who had scheduled it (NUM-16). */
export async function failDue(tx: Tx, moveId: string, refusal: Refusal): Promise<void> {
  const { move, facts } = await lockWaiting(tx, moveId)
  finishMove(tx, moveId, { state: 'failed', refusalCode: refusal.code })
  record(tx, {
    action: 'move.failed',
    subjectKind: 'number',
    subjectId: move.number_id,
    effect: { moveId, to: move.to_member_id, code: refusal.code },
    details: { e164: facts.row.e164, says: refusal.inWords('en').title },
  })
  if (move.scheduled_by_member_id === null) return
  addNotices(tx, [
    {
      noticeId: tx.newId(),
      memberId: move.scheduled_by_member_id,
      kind: 'move.failed',
      particulars: { numberId: move.number_id, cause: refusal.code },
      at: tx.now,
    },
  ])
}

interface DueMove {
  readonly move: MoveRow
  readonly facts: LoadedFacts
}

// Returns always run (ADR 0013): to the lender, or to the park when the lender is no longer active.
async function bringBack(tx: Tx, { move, facts }: DueMove): Promise<void> {
  const lender = await loadRecipient(tx, move.to_member_id, move.number_id)
  const isBack = lender.status === 'active'
  const at = takesEffectAt(tx.now, facts.row.held_from)
  const custody: NextCustody = {
    at,
    state: isBack ? 'held' : 'parked',
    holderId: isBack ? lender.memberId : null,
    visibleFrom: move.restore_visible_from ?? facts.row.visible_from,
    assignedAt: isBack ? at : facts.row.assigned_at,
    cause: 'returned',
    takesLicence: false,
    freesLicence: false,
  }
  finishMove(tx, move.move_id, { state: 'done' })
  beginCustody(tx, facts.row, custody)
  record(tx, {
    action: 'number.returned',
    subjectKind: 'number',
    subjectId: move.number_id,
    effect: {
      from: facts.row.holder_id,
      to: custody.holderId,
      at,
      visibleFrom: custody.visibleFrom,
      moveId: move.move_id,
    },
    details: { e164: facts.row.e164 },
  })
  tellHolders(tx, facts.row, custody)
}

async function askAnAdmin(tx: Tx, { move, facts }: DueMove): Promise<void> {
  const requestId = openRequest(tx, {
    kind: 'over_limit',
    subjectKind: 'number',
    subjectId: move.number_id,
    payload: { moveId: move.move_id, numberId: move.number_id },
    reason: 'the member who scheduled this move may no longer move numbers',
  })
  advanceMove(tx, move.move_id, {
    state: 'pending_approval',
    requestId,
    approvedBy: null,
    checkedBy: move.checked_by,
    dueAt: move.due_at,
  })
  record(tx, {
    action: 'move.approval_asked',
    subjectKind: 'number',
    subjectId: move.number_id,
    effect: { moveId: move.move_id, requestId, to: move.to_member_id },
    details: { e164: facts.row.e164 },
  })
}
