import { isCompanyCaller } from '../../../kernel/caller.ts'
import type { Instant } from '../../../kernel/fields.ts'
import { addHours } from '../../../kernel/instant.ts'
import type { Role } from '../../../kernel/permission.ts'
import { Refusal } from '../../../kernel/refusal.ts'
import { readTime } from '../../../kernel/time-zone.ts'
import type { Tx } from '../../../platform/db/tx.ts'
import { Reply } from '../../../platform/http/bind.ts'
import { httpRefusal } from '../../../platform/http/refusals.ts'
import { record } from '../../audit/index.ts'
import { countLicence, lockSubscription } from '../../companies/index.ts'
import { openRequest } from '../../requests/index.ts'
import { holderUnderHold } from '../guard-views.ts'
import { type MoveOrder, type MoveOutcome, moveRefusal, type PhoneNumber } from '../model.ts'
import { presentNumber } from '../present.ts'
import type { AskedMove, CompanyFacts, NextCustody, RecipientFacts } from '../rules/facts.ts'
import { decideMove, type MoveDecision } from '../rules/may-move.ts'
import { finishMove, insertErasure, insertMoves } from '../scheduled-store.ts'
import { beginCustody, rowAfter } from '../store.ts'
import { type LoadedFacts, loadFacts, loadRecipient } from './facts.ts'
import { isOverLimit } from './limits.ts'
import { previewMove } from './preview.ts'
import { readNumber } from './read.ts'
import { tellHolders } from './tell.ts'

export interface OrderedMove {
  readonly numberId: string
  readonly kind: 'assign' | 'reassign'
  readonly order: MoveOrder
  readonly expectedVersion: number | null
}

/**
 * Moves a number to a member, or lets the move wait for its time, a check or a second person (NUM-3 to NUM-5, NUM-9,
 * NUM-11, NUM-14). A dry run meets the same refusals and tells what would happen.
 * @throws Refusal as `decideMove` does, `thing.not_found`, `version.changed`, `move.time_unreadable`
 */
export async function moveNumber(tx: Tx, ordered: OrderedMove): Promise<MoveOutcome | Reply<MoveOutcome>> {
  // One round trip: the statements leave together and run in this order, the number's lock first.
  const [facts, recipient] = await Promise.all([
    loadFacts(tx, ordered.numberId),
    loadRecipient(tx, ordered.order.toMemberId, ordered.numberId),
  ])
  refuseStale(facts, ordered.expectedVersion)
  const asked = { ...readOrder(facts, ordered), askedBy: roleOf(tx) }
  const decision = await decide(tx, { facts, recipient, asked })
  if (ordered.order.dryRun) return previewMove(tx, { facts, recipient, asked, decision })
  if (decision.outcome !== 'done') {
    return new Reply(
      await waitFor(tx, { facts, recipient, asked, decision, timeZone: ordered.order.timeZone ?? null }),
      { status: 202 },
    )
  }
  return carryOut(tx, { facts, recipient, asked, decision })
}

/** @throws Refusal `version.changed` */
export function refuseStale(facts: LoadedFacts, expectedVersion: number | null): void {
  if (expectedVersion !== null && expectedVersion !== facts.row.version) {
    throw new Refusal(httpRefusal.versionChanged, { version: facts.row.version })
  }
}

function roleOf(tx: Tx): Role {
  return isCompanyCaller(tx.caller) ? tx.caller.role : 'member'
}

function readOrder(facts: LoadedFacts, { kind, order }: OrderedMove): Omit<AskedMove, 'askedBy'> {
  const timeZone = order.timeZone ?? facts.timeZone
  return {
    kind,
    toMemberId: order.toMemberId,
    history: order.history,
    expectedHolderId: order.expectedHolderId,
    at: readMoment(order.at, timeZone),
    returnAt: readMoment(order.returnAt, timeZone),
    when: order.when,
    overrideReason: order.overrideCooldown?.reason ?? null,
    reason: order.reason ?? null,
    approved: false,
    checked: false,
  }
}

function readMoment(given: string | undefined, timeZone: string): Instant | null {
  if (given === undefined) return null
  const moment = readTime(given, timeZone)
  if (moment === null) throw new Refusal(moveRefusal.unreadableTime, { given, timeZone })
  return moment
}

/** One move under decision. */
export interface MoveInHand {
  readonly facts: LoadedFacts
  readonly recipient: RecipientFacts
  readonly asked: AskedMove
}

/** Decides a move; the licences are locked first where one may be taken. */
export async function decide(tx: Tx, { facts, recipient, asked }: MoveInHand): Promise<MoveDecision> {
  const company = facts.row.licensed ? facts.company : { ...facts.company, ...(await lockLicences(tx)) }
  const overLimit = !asked.approved && (await isOverLimit(tx, facts))
  const underHold =
    facts.number.underHold || (asked.history === 'delete' && (await holderUnderHold(tx, facts.row.number_id)))
  return decideMove(
    { number: { ...facts.number, underHold }, recipient, company, overLimit, now: tx.now },
    asked,
  )
}

async function lockLicences(tx: Tx): Promise<Pick<CompanyFacts, 'licencesTotal' | 'licencesFree'>> {
  const { licences_total: total, licences_used: used } = await lockSubscription(tx)
  return { licencesTotal: total, licencesFree: total - used }
}

/** Begins the custody that was decided, with everything that follows from it, in this transaction. */
export async function carryOut(
  tx: Tx,
  move: MoveInHand & { readonly decision: Extract<MoveDecision, { outcome: 'done' }> },
): Promise<MoveOutcome> {
  const { facts, recipient, asked } = move
  const { custody } = move.decision
  const returnMove = facts.waiting.find((waiting) => waiting.kind === 'return')
  beginCustody(tx, facts.row, custody)
  if (custody.takesLicence) countLicence(tx, 1)
  if (custody.cause === 'returned' && returnMove) finishMove(tx, returnMove.move_id, { state: 'done' })
  if (asked.returnAt !== null) writeReturn(tx, { facts, custody, returnAt: asked.returnAt })
  const deleteRequestId =
    asked.history === 'delete' ? await askForDeletion(tx, { facts, custody, asked }) : null
  recordMove(tx, { facts, recipient, asked, custody })
  tellHolders(tx, facts.row, custody)
  const number =
    asked.returnAt === null
      ? presentMoved(tx, { facts, recipient, custody })
      : await readNumber(tx, facts.row.number_id)
  return {
    outcome: 'done',
    effect: null,
    number,
    move: null,
    undoUntil: number.undoUntil,
    deleteRequestId,
    version: number.version,
  }
}

interface Begun {
  readonly facts: LoadedFacts
  readonly custody: NextCustody
}

// What was just written is known; the usual move needs no second read.
function presentMoved(
  tx: Tx,
  { facts, recipient, custody }: Begun & { readonly recipient: RecipientFacts },
): PhoneNumber {
  const row = rowAfter(facts.row, custody)
  return presentNumber(
    { row, holderName: recipient.name, cause: custody.cause, waiting: [] },
    facts.policies,
    tx.now,
  )
}

// The right of return belongs to the lender and restores what the lender saw (NUM-11).
function writeReturn(tx: Tx, { facts, custody, returnAt }: Begun & { readonly returnAt: Instant }): void {
  const { row } = facts
  if (row.holder_id === null) throw new Error('a loan needs a lender')
  insertMoves(tx, [
    {
      moveId: tx.newId(),
      numberId: row.number_id,
      kind: 'return',
      toMemberId: row.holder_id,
      expectedHolderId: custody.holderId,
      history: 'keep',
      reason: null,
      dueAt: returnAt,
      timeZone: null,
      returnAt: null,
      restoreVisibleFrom: row.visible_from,
      state: 'scheduled',
      requestId: null,
      overrideReason: null,
    },
  ])
}

async function askForDeletion(
  tx: Tx,
  { facts, custody, asked }: Begun & { readonly asked: AskedMove },
): Promise<string> {
  const { number_id: numberId } = facts.row
  const requestId = openRequest(tx, {
    kind: 'delete_history',
    subjectKind: 'number',
    subjectId: numberId,
    payload: { numberId, cutOff: custody.at },
    reason: asked.reason,
  })
  insertErasure(tx, {
    erasureId: tx.newId(),
    numberId,
    requestId,
    cutOff: custody.at,
    dueAt: addHours(custody.at, facts.policies.undoWindowHours),
  })
  return requestId
}

const actionOf = {
  assigned: 'number.assigned',
  reassigned: 'number.reassigned',
  lent: 'number.lent',
  returned: 'number.returned',
} as const

function recordMove(
  tx: Tx,
  { facts, recipient, asked, custody }: MoveInHand & { readonly custody: NextCustody },
): void {
  record(tx, {
    action: actionOf[custody.cause as keyof typeof actionOf],
    subjectKind: 'number',
    subjectId: facts.row.number_id,
    effect: {
      from: facts.row.holder_id,
      to: custody.holderId,
      at: custody.at,
      visibleFrom: custody.visibleFrom,
      history: asked.history,
      returnAt: asked.returnAt,
      overrode: asked.overrideReason !== null,
    },
    reason: asked.overrideReason ?? asked.reason,
    details: { e164: facts.row.e164, to: recipient.name },
  })
}

interface Waiting extends MoveInHand {
  readonly decision: Exclude<MoveDecision, { outcome: 'done' }>
  readonly timeZone: string | null
}

/** Writes down a move that waits, with the request it waits for. */
async function waitFor(tx: Tx, waiting: Waiting): Promise<MoveOutcome> {
  const { facts, recipient, asked, decision } = waiting
  const { row } = facts
  const moveId = tx.newId()
  const requestId = await requestFor(tx, { facts, moveId, outcome: decision.outcome, reason: asked.reason })
  insertMoves(tx, [
    {
      moveId,
      numberId: row.number_id,
      kind: 'move',
      toMemberId: recipient.memberId,
      expectedHolderId: row.holder_id,
      history: asked.history,
      reason: asked.reason,
      dueAt: decision.dueAt,
      timeZone: waiting.timeZone,
      returnAt: asked.returnAt,
      restoreVisibleFrom: null,
      state: decision.outcome,
      requestId,
      overrideReason: asked.overrideReason,
    },
  ])
  recordWaiting(tx, {
    facts,
    moveId,
    requestId,
    decision,
    toMemberId: recipient.memberId,
    reason: asked.reason,
  })
  const number = await readNumber(tx, row.number_id)
  const move = number.waiting.find((one) => one.moveId === moveId) ?? null
  return {
    outcome: decision.outcome,
    effect: null,
    number,
    move,
    undoUntil: number.undoUntil,
    deleteRequestId: null,
    version: number.version,
  }
}

export interface NeededRequest {
  readonly facts: LoadedFacts
  readonly moveId: string
  readonly outcome: 'scheduled' | 'pending_check' | 'pending_approval'
  readonly reason: string | null
}

/** Opens the request that a waiting move needs; null when it waits for its time only. */
export async function requestFor(
  tx: Tx,
  { facts, moveId, outcome, reason }: NeededRequest,
): Promise<string | null> {
  if (outcome === 'scheduled') return null
  const { number_id: numberId, country } = facts.row
  const check = facts.policies.countryChecks[country] ?? null
  return openRequest(tx, {
    kind: outcome === 'pending_check' ? 'country_check' : 'over_limit',
    subjectKind: 'number',
    subjectId: numberId,
    payload: outcome === 'pending_check' ? { moveId, numberId, country, check } : { moveId, numberId },
    reason,
  })
}

const waitingAction = {
  scheduled: 'move.scheduled',
  pending_check: 'move.check_asked',
  pending_approval: 'move.approval_asked',
} as const

interface WaitingRecord {
  readonly facts: LoadedFacts
  readonly moveId: string
  readonly requestId: string | null
  readonly decision: Exclude<MoveDecision, { outcome: 'done' }>
  readonly toMemberId: string
  readonly reason: string | null
}

export function recordWaiting(tx: Tx, waiting: WaitingRecord): void {
  const { facts, moveId, requestId, decision } = waiting
  record(tx, {
    action: waitingAction[decision.outcome],
    subjectKind: 'number',
    subjectId: facts.row.number_id,
    effect: { moveId, requestId, from: facts.row.holder_id, to: waiting.toMemberId, dueAt: decision.dueAt },
    reason: waiting.reason,
    details: { e164: facts.row.e164 },
  })
}
