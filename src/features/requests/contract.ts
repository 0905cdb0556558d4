import { z } from 'zod'
import { Id, pageOf } from '../../kernel/fields.ts'
import { defineRoute } from '../../kernel/route.ts'
import { HoldLift, holdRefusal, LegalHold, LegalHoldQuery, NewLegalHold } from './model/legal-holds.ts'
import { Approval, NewProposal, Rejection, Request, RequestQuery, requestRefusal } from './model/requests.ts'

const RequestParams = z.object({ requestId: Id })

const listRequests = defineRoute({
  operationId: 'listRequests',
  method: 'GET',
  path: '/v1/requests',
  summary: 'What waits for a second person, and what was decided; newest first',
  access: 'requests:read',
  query: RequestQuery,
  status: 200,
  response: pageOf(Request),
  refusals: [],
  audit: [],
})

const createRequest = defineRoute({
  operationId: 'createRequest',
  method: 'POST',
  path: '/v1/requests',
  summary: 'Propose to pass a number of the own department on (NUM-2)',
  access: 'requests:create',
  body: NewProposal,
  status: 201,
  response: Request,
  refusals: [requestRefusal.outsideDepartments],
  audit: ['request.opened'],
})

const approveRequest = defineRoute({
  operationId: 'approveRequest',
  method: 'POST',
  path: '/v1/requests/{requestId}/approve',
  summary: 'Approve as the second person; what was asked for happens in the same moment',
  access: 'requests:decide',
  params: RequestParams,
  body: Approval,
  status: 200,
  response: Request,
  refusals: [
    requestRefusal.own,
    requestRefusal.ownEarly,
    requestRefusal.decided,
    requestRefusal.evidenceMissing,
  ],
  audit: ['request.approved'],
})

const rejectRequest = defineRoute({
  operationId: 'rejectRequest',
  method: 'POST',
  path: '/v1/requests/{requestId}/reject',
  summary: 'Reject what was asked for',
  access: 'requests:decide',
  params: RequestParams,
  body: Rejection,
  status: 200,
  response: Request,
  refusals: [requestRefusal.decided],
  audit: ['request.rejected'],
})

const listLegalHolds = defineRoute({
  operationId: 'listLegalHolds',
  method: 'GET',
  path: '/v1/legal-holds',
  summary: 'Legal holds, newest first',
  access: 'holds:read',
  query: LegalHoldQuery,
  status: 200,
  response: pageOf(LegalHold),
  refusals: [],
  audit: [],
})

const placeLegalHold = defineRoute({
  operationId: 'placeLegalHold',
  method: 'POST',
  path: '/v1/legal-holds',
  summary: 'Keep the data of a member, number or customer from every deletion (ALL-7)',
  access: 'holds:place',
  body: NewLegalHold,
  status: 201,
  response: LegalHold,
  refusals: [],
  audit: ['hold.placed'],
})

const liftLegalHold = defineRoute({
  operationId: 'liftLegalHold',
  method: 'POST',
  path: '/v1/legal-holds/{holdId}/lift',
  summary: 'Lift a hold; it ends when a second person has lifted it too',
  access: 'holds:lift',
  params: z.object({ holdId: Id }),
  body: HoldLift,
  status: 200,
  response: LegalHold,
  refusals: [holdRefusal.secondPerson, holdRefusal.lifted],
  audit: ['hold.lift_started', 'hold.lifted'],
})

export const requestsContract = {
  listRequests,
  createRequest,
  approveRequest,
  rejectRequest,
  listLegalHolds,
  placeLegalHold,
  liftLegalHold,
}
