import { z } from 'zod'
import { Id, PageQuery, pageOf } from '../../kernel/fields.ts'
import { defineRoute } from '../../kernel/route.ts'
import { accountRefusal } from '../accounts/model.ts'
import { DeletionRequest, OwnDeletion, OwnDeletionRequest, Reason } from './model.ts'
import { deletionRefusal } from './refusals.ts'

const MemberParams = z.object({ memberId: Id })

export const deletionsContract = {
  readDeletion: defineRoute({
    operationId: 'readDeletion',
    method: 'GET',
    path: '/v1/account/deletion',
    summary: 'What deleting the own account would mean, and the deletion that is on its way',
    access: 'person',
    status: 200,
    response: OwnDeletion,
    refusals: [],
    audit: [],
  }),
  startDeletion: defineRoute({
    operationId: 'startDeletion',
    method: 'POST',
    path: '/v1/account/deletion',
    summary: 'Delete the own account after the cooling-off; all sessions end, and signing in cancels it',
    access: 'person',
    fresh: true,
    body: z.strictObject({
      typed: z.string().trim().max(80).describe('The phrase that `GET /v1/account/deletion` names, exactly'),
    }),
    status: 201,
    response: OwnDeletion,
    refusals: [
      accountRefusal.frozen,
      deletionRefusal.lastOwner,
      deletionRefusal.typedWrong,
      deletionRefusal.waiting,
    ],
    audit: ['account.deletion_asked', 'account.sessions_revoked'],
  }),
  cancelDeletion: defineRoute({
    operationId: 'cancelDeletion',
    method: 'DELETE',
    path: '/v1/account/deletion',
    summary: 'Keep the own account',
    access: 'person',
    status: 204,
    refusals: [deletionRefusal.none],
    audit: ['account.deletion_cancelled'],
  }),
  listOwnRequests: defineRoute({
    operationId: 'listOwnRequests',
    method: 'GET',
    path: '/v1/account/requests',
    summary: 'Companies that ask to delete the own account',
    access: 'person',
    status: 200,
    response: z.object({
      items: z.array(OwnDeletionRequest).max(1_000).describe('Open requests, the oldest first'),
    }),
    refusals: [],
    audit: [],
  }),
  declineRequest: defineRoute({
    operationId: 'declineRequest',
    method: 'POST',
    path: '/v1/account/requests/{requestId}/decline',
    summary: 'Decline to delete the own account; the company is told',
    access: 'person',
    params: z.object({ requestId: Id }),
    status: 204,
    refusals: [deletionRefusal.requestEnded],
    audit: ['deletion_request.declined'],
  }),
  askForDeletion: defineRoute({
    operationId: 'askForDeletion',
    method: 'POST',
    path: '/v1/members/{memberId}/deletion-requests',
    summary: 'Ask a person to delete the own account; only that person can',
    access: 'members:write',
    params: MemberParams,
    body: z.strictObject({ reason: Reason }),
    status: 201,
    response: DeletionRequest,
    refusals: [
      deletionRefusal.noAccount,
      deletionRefusal.askedAlready,
      deletionRefusal.declinedLately,
      deletionRefusal.askedOften,
    ],
    audit: ['deletion_request.made'],
  }),
  listDeletionRequests: defineRoute({
    operationId: 'listDeletionRequests',
    method: 'GET',
    path: '/v1/members/{memberId}/deletion-requests',
    summary: 'How often a person was asked to delete the own account, and the answers, newest first',
    access: 'members:write',
    params: MemberParams,
    query: PageQuery,
    status: 200,
    response: pageOf(DeletionRequest),
    refusals: [],
    audit: [],
  }),
  withdrawDeletionRequest: defineRoute({
    operationId: 'withdrawDeletionRequest',
    method: 'DELETE',
    path: '/v1/members/{memberId}/deletion-requests/{requestId}',
    summary: 'Withdraw what a person was asked',
    access: 'members:write',
    params: MemberParams.extend({ requestId: Id }),
    status: 204,
    refusals: [deletionRefusal.requestEnded],
    audit: ['deletion_request.withdrawn'],
  }),
}
