import { personOf } from '../../../kernel/caller.ts'
import { Refusal } from '../../../kernel/refusal.ts'
import type { Tx } from '../../../platform/db/tx.ts'
import { record } from '../../audit/index.ts'
import { loadPolicies } from '../../companies/index.ts'
import type { DecidedRequest } from '../../custody-ports/index.ts'
import { decideErasures } from '../batch-store.ts'
import { holderUnderHold } from '../guard-views.ts'
import { DecidedDeletion, DecidedMove, DecidedProposal, moveRefusal, numberRefusal } from '../model.ts'
import { changeErasures, finishMove } from '../scheduled-store.ts'
import { type LoadedFacts, loadFacts } from './facts.ts'
import { moveNumber } from './move.ts'
import { resumeMove } from './waiting.ts'

/** Acts on a decided request that a number's move had opened; false for requests of other features. */
export async function requestDecided(tx: Tx, request: DecidedRequest): Promise<boolean> {
  switch (request.kind) {
    case 'delete_history':
      await deletionDecided(tx, request)
      return true
    case 'country_check':
    case 'over_limit':
      if (request.subjectKind !== 'number') return false
      await moveDecided(tx, request)
      return true
    case 'proposal':
      if (request.approved) await proposalApproved(tx, request)
      return true
    default:
      return false
  }
}

async function deletionDecided(tx: Tx, request: DecidedRequest): Promise<void> {
  if (request.subjectKind !== 'number') return deletionsDecided(tx, request)
  const { numberId, cutOff } = DecidedDeletion.parse(request.payload)
  const facts = await loadFacts(tx, numberId)
  if (request.approved) await refuseDeletionNow(tx, facts)
  await changeErasures(
    tx,
    { numberId, requestId: request.requestId },
    { from: ['awaiting_approval'], to: request.approved ? 'approved' : 'rejected' },
  )
  record(tx, {
    action: request.approved ? 'history.deletion_approved' : 'history.deletion_rejected',
    subjectKind: 'number',
    subjectId: numberId,
    effect: { cutOff, requestId: request.requestId },
    reason: request.reason,
  })
}

// Of all histories of a batch or a handover; one that a legal hold is on waits until the hold is lifted.
async function deletionsDecided(tx: Tx, request: DecidedRequest): Promise<void> {
  const { minimumRetentionDays: days } = await loadPolicies(tx)
  if (request.approved && days > 0) throw new Refusal(moveRefusal.retained, { days })
  decideErasures(tx, request.requestId, request.approved ? 'approved' : 'rejected')
  record(tx, {
    action: request.approved ? 'history.deletion_approved' : 'history.deletion_rejected',
    subjectKind: request.subjectKind,
    subjectId: request.subjectId,
    effect: { requestId: request.requestId },
    reason: request.reason,
  })
}

// What forbids it may have come after it was asked for.
async function refuseDeletionNow(tx: Tx, { row, number, company }: LoadedFacts): Promise<void> {
  if (number.underHold || (await holderUnderHold(tx, row.number_id))) {
    throw new Refusal(numberRefusal.onHold, { e164: row.e164 })
  }
  const { minimumRetentionDays: days } = company
  if (days > 0) throw new Refusal(moveRefusal.retained, { days })
}

async function moveDecided(tx: Tx, request: DecidedRequest): Promise<void> {
  const { moveId, numberId } = DecidedMove.parse(request.payload)
  if (request.approved) {
    const decider = personOf(tx.caller)
    await resumeMove(
      tx,
      moveId,
      request.kind === 'country_check' ? { checkedBy: decider } : { approvedBy: decider },
    )
    return
  }
  finishMove(tx, moveId, { state: 'cancelled' })
  record(tx, {
    action: 'move.cancelled',
    subjectKind: 'number',
    subjectId: numberId,
    effect: { moveId, requestId: request.requestId },
    reason: request.reason,
  })
}

// What someone else holds by now is not what was proposed (NUM-9); a number that was parked meanwhile still goes (NUM-14).
async function proposalApproved(tx: Tx, request: DecidedRequest): Promise<void> {
  const { numberId, toMemberId, history, expectedHolderId } = DecidedProposal.parse(request.payload)
  const { row } = await loadFacts(tx, numberId)
  const isParked = row.state === 'parked'
  await moveNumber(tx, {
    numberId,
    kind: isParked ? 'assign' : 'reassign',
    order: {
      toMemberId,
      history,
      when: 'earliest',
      dryRun: false,
      expectedHolderId: isParked ? undefined : expectedHolderId,
      reason: request.reason ?? undefined,
    },
    expectedVersion: null,
  })
}
