import { z } from 'zod'
import { personOf } from '../../kernel/caller.ts'
import { Id, Instant } from '../../kernel/fields.ts'
import { Refusal } from '../../kernel/refusal.ts'
import type { Tx } from '../../platform/db/tx.ts'
import { record } from '../audit/index.ts'
import type { Contribution, DecidedRequest, Holding } from '../custody-ports/index.ts'
import { History, MoveOrder, numberRefusal } from './model.ts'
import { changeErasures, finishMove } from './scheduled-store.ts'
import { loadFacts } from './service/facts.ts'
import { moveNumber } from './service/move.ts'
import { resumeMove } from './service/waiting.ts'

/** What the numbers feature tells the others. */
export const numbersContribution: Contribution = { listHoldings, requestDecided }

// The right of return is a holding of the lender (ADR 0013).
function listHoldings(tx: Tx, memberId: string): Promise<Holding[]> {
  return tx.query<Holding>({
    text: `select 'number' as kind, number_id as id, e164 as label from numbers where company_id = $1 and holder_id = $2
      union all
      select 'loan_return', w.move_id, n.e164 from scheduled_moves w
        join numbers n on n.company_id = w.company_id and n.number_id = w.number_id
      where w.company_id = $1 and w.to_member_id = $2 and w.kind = 'return'
        and w.state in ('scheduled', 'pending_check', 'pending_approval')
      order by 1, 3 limit 1000`,
    values: [tx.companyId, memberId],
  })
}

const DeletePayload = z.object({ numberId: Id, cutOff: Instant })
const MovePayload = z.object({ numberId: Id, moveId: Id })
const ProposalPayload = z.object({ numberId: Id, toMemberId: Id, history: History.default('keep') })

async function requestDecided(tx: Tx, request: DecidedRequest): Promise<boolean> {
  switch (request.kind) {
    case 'delete_history':
      await deletionDecided(tx, request)
      return true
    case 'country_check':
    case 'over_limit':
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
  const { numberId, cutOff } = DeletePayload.parse(request.payload)
  const facts = await loadFacts(tx, numberId)
  if (request.approved && facts.number.underHold)
    throw new Refusal(numberRefusal.onHold, { e164: facts.row.e164 })
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

async function moveDecided(tx: Tx, request: DecidedRequest): Promise<void> {
  const { moveId, numberId } = MovePayload.parse(request.payload)
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

async function proposalApproved(tx: Tx, request: DecidedRequest): Promise<void> {
  const { numberId, toMemberId, history } = ProposalPayload.parse(request.payload)
  const { row } = await loadFacts(tx, numberId)
  await moveNumber(tx, {
    numberId,
    kind: row.state === 'parked' ? 'assign' : 'reassign',
    order: MoveOrder.parse({ toMemberId, history, when: 'earliest', reason: request.reason ?? undefined }),
    expectedVersion: null,
  })
}
