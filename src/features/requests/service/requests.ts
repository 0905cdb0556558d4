import { isCompanyCaller, personOf } from '../../../kernel/caller.ts'
import { decodeCursor, encodeCursor } from '../../../kernel/cursor.ts'
import { Refusal } from '../../../kernel/refusal.ts'
import type { RouteInput, RouteOutput } from '../../../kernel/route.ts'
import type { Tx } from '../../../platform/db/tx.ts'
import { httpRefusal } from '../../../platform/http/refusals.ts'
import { record, recordMany } from '../../audit/index.ts'
import { tellDecided } from '../../custody-ports/index.ts'
import type { requestsContract } from '../contract.ts'
import { type Request, type RequestKind, requestRefusal } from '../model/requests.ts'
import { decideApproval, mustBeOpen } from '../rules/may-decide.ts'
import * as store from '../store/requests.ts'
import { activeWithRoles } from '../views/people.ts'
import * as views from '../views/requests.ts'

type Routes = typeof requestsContract

/** What another feature asks a second person for. */
export interface RequestPlan {
  readonly kind: RequestKind
  readonly subjectKind: string
  readonly subjectId: string
  /** Ids and states only; given back when it is decided. */
  readonly payload: object
  readonly reason: string | null
}

/**
 * Opens a request in the name of the caller; its feature hears of the decision by `requestDecided` of custody-ports.
 * @returns the id of the request
 */
export function openRequest(tx: Tx, plan: RequestPlan): string {
  const [requestId] = openRequests(tx, [plan])
  if (requestId === undefined) throw new Error('one plan opens one request')
  return requestId
}

/** Opens many requests as `openRequest` opens one; the ids come in the order of the plans. */
export function openRequests(tx: Tx, plans: readonly RequestPlan[]): string[] {
  const requestedBy = personOf(tx.caller)
  const requests = plans.map((plan) => ({ ...plan, requestId: tx.newId(), requestedBy }))
  store.insertRequests(tx, requests)
  recordMany(
    tx,
    requests.map(({ requestId, kind, subjectKind, subjectId, reason }) => ({
      action: 'request.opened',
      subjectKind: 'request',
      subjectId: requestId,
      effect: { kind, subjectKind, subjectId },
      reason,
    })),
  )
  return requests.map(({ requestId }) => requestId)
}

/** The latest request of a kind about something that was not withdrawn; null for none. */
export async function findRequest(
  tx: Tx,
  about: Pick<RequestPlan, 'kind' | 'subjectKind' | 'subjectId'>,
): Promise<string | null> {
  return views.findRequest(tx, about)
}

/** Takes a request back, open or approved, because what it was for was undone or cancelled; else it stays as it is. */
export async function withdrawRequest(tx: Tx, requestId: string, reason: string): Promise<void> {
  const request = await store.lockRequest(tx, requestId)
  if (request?.state !== 'open' && request?.state !== 'approved') return
  store.closeRequest(tx, requestId, { state: 'withdrawn', decidedBy: personOf(tx.caller), reason })
  record(tx, {
    action: 'request.withdrawn',
    subjectKind: 'request',
    subjectId: requestId,
    effect: effectOf(request),
    reason,
  })
}

const listName = 'requests:-id'

/** @throws Refusal `page.cursor_invalid` */
export async function listRequests(
  tx: Tx,
  { query }: RouteInput<Routes['listRequests']>,
): Promise<RouteOutput<Routes['listRequests']>> {
  const beforeId = query.cursor === undefined ? null : decodeCursor(listName, query.cursor, ['id'])?.[0]
  if (beforeId === undefined) throw new Refusal(httpRefusal.cursorInvalid)
  const found = await views.listRequests(tx, {
    state: query.state ?? null,
    kind: query.kind ?? null,
    leadId: leadOf(tx),
    beforeId,
    limit: query.limit + 1,
  })
  const items = found.slice(0, query.limit)
  const last = items.at(-1)
  return {
    items,
    nextCursor: found.length > items.length && last ? encodeCursor(listName, [last.requestId]) : null,
  }
}

function leadOf({ caller }: Tx): string | null {
  return isCompanyCaller(caller) && caller.role === 'lead' ? caller.memberId : null
}

/**
 * NUM-2: proposes to pass a number on; a lead only within the departments they lead.
 * @throws Refusal `thing.not_found`, `request.outside_departments`
 */
export async function createRequest(tx: Tx, { body }: RouteInput<Routes['createRequest']>): Promise<Request> {
  const { kind, reason, ...proposed } = body
  const leadId = leadOf(tx)
  const facts = await views.readProposalFacts(tx, { ...proposed, leadId })
  if (!facts.numberExists) throw new Refusal(httpRefusal.notFound, { thing: 'number' })
  if (!facts.memberExists) throw new Refusal(httpRefusal.notFound, { thing: 'member' })
  if (leadId !== null && !(facts.numberIsLed && facts.memberIsLed)) {
    throw new Refusal(requestRefusal.outsideDepartments)
  }
  const requestId = openRequest(tx, {
    kind,
    subjectKind: 'number',
    subjectId: proposed.numberId,
    payload: { ...proposed, expectedHolderId: facts.holderId },
    reason,
  })
  return views.readRequest(tx, requestId)
}

/**
 * Approves as the second person and lets the feature that asked act on it, in the same transaction.
 * @throws Refusal as `decideApproval` does, `thing.not_found`, `version.changed`, and what the feature refuses
 */
export async function approveRequest(tx: Tx, input: RouteInput<Routes['approveRequest']>): Promise<Request> {
  const request = await lockRequest(tx, input)
  const evidence = input.body.evidence ?? null
  const owners = await activeWithRoles(tx, ['owner', 'admin'])
  const how = decideApproval({
    request: {
      kind: request.kind,
      state: request.state,
      requestedBy: request.requested_by,
      createdAt: request.created_at,
    },
    decider: personOf(tx.caller),
    others: owners.filter((person) => person.memberId !== request.requested_by).map((person) => person.name),
    evidence,
    now: tx.now,
  })
  const reason = input.body.reason ?? null
  record(tx, {
    action: 'request.approved',
    subjectKind: 'request',
    subjectId: request.request_id,
    effect: { ...effectOf(request), alone: how === 'alone' },
    reason,
    ...(evidence === null ? {} : { details: { evidence } }),
  })
  return close(tx, request, { approved: true, reason: [reason, evidence].filter(Boolean).join('\n') || null })
}

/** @throws Refusal `request.decided`, `thing.not_found`, `version.changed` */
export async function rejectRequest(tx: Tx, input: RouteInput<Routes['rejectRequest']>): Promise<Request> {
  const request = await lockRequest(tx, input)
  mustBeOpen(request.state)
  const { reason } = input.body
  record(tx, {
    action: 'request.rejected',
    subjectKind: 'request',
    subjectId: request.request_id,
    effect: effectOf(request),
    reason,
  })
  return close(tx, request, { approved: false, reason })
}

interface DecisionInput {
  readonly params: { readonly requestId: string }
  readonly expectedVersion: number | null
}

async function lockRequest(tx: Tx, { params, expectedVersion }: DecisionInput): Promise<store.RequestRow> {
  const request = await store.lockWithSubject(tx, params.requestId)
  if (!request) throw new Refusal(httpRefusal.notFound, { thing: 'request' })
  if (expectedVersion !== null && expectedVersion !== request.version) {
    throw new Refusal(httpRefusal.versionChanged, { version: request.version })
  }
  return request
}

interface Decided {
  readonly approved: boolean
  readonly reason: string | null
}

async function close(tx: Tx, request: store.RequestRow, { approved, reason }: Decided): Promise<Request> {
  const { request_id: requestId } = request
  store.closeRequest(tx, requestId, {
    state: approved ? 'approved' : 'rejected',
    decidedBy: personOf(tx.caller),
    reason,
  })
  await tellDecided(tx, {
    requestId,
    kind: request.kind,
    subjectKind: request.subject_kind,
    subjectId: request.subject_id,
    payload: request.payload,
    requestedBy: request.requested_by,
    approved,
    reason: reason ?? request.reason,
  })
  return views.readRequest(tx, requestId)
}

function effectOf(request: store.RequestRow) {
  return { kind: request.kind, subjectKind: request.subject_kind, subjectId: request.subject_id }
}
