import { z } from 'zod'
import { Id, pageOf } from '../../kernel/fields.ts'
import { defineRoute } from '../../kernel/route.ts'
import { accountRefusal } from '../accounts/model.ts'
import {
  Acceptance,
  Accepted,
  Invitation,
  InvitationCard,
  InvitationQuery,
  invitationRefusal,
  MadeInvitation,
  NewInvitation,
  SentInvitation,
} from './model.ts'

const InvitationParams = z.object({ invitationId: Id })
const LinkParams = z.object({ token: z.string().min(1).max(99).describe('The token of an invitation') })

const createInvitation = defineRoute({
  operationId: 'createInvitation',
  method: 'POST',
  path: '/v1/invitations',
  summary: 'Invite a person to join as a member without an account, by phone, e-mail, WeChat or a link',
  access: 'members:write',
  body: NewInvitation,
  status: 201,
  response: MadeInvitation,
  refusals: [
    invitationRefusal.ownerOnly,
    accountRefusal.linkBeyondScopes,
    invitationRefusal.hasAccount,
    invitationRefusal.notActive,
    invitationRefusal.phoneInvalid,
    invitationRefusal.tooOften,
  ],
  transaction: 'own',
  secrets: ['token', 'path'],
  audit: ['invitation.created'],
})

const listInvitations = defineRoute({
  operationId: 'listInvitations',
  method: 'GET',
  path: '/v1/invitations',
  summary: 'Invitations of the company, the newest first, without their links',
  access: 'members:write',
  query: InvitationQuery,
  status: 200,
  response: pageOf(Invitation),
  refusals: [],
  audit: [],
})

const revokeInvitation = defineRoute({
  operationId: 'revokeInvitation',
  method: 'POST',
  path: '/v1/invitations/{invitationId}/revoke',
  summary: 'Take an invitation back; its link stops working',
  access: 'members:write',
  params: InvitationParams,
  status: 200,
  response: Invitation,
  refusals: [invitationRefusal.ended],
  audit: ['invitation.revoked'],
})

const sendInvitationAgain = defineRoute({
  operationId: 'sendInvitationAgain',
  method: 'POST',
  path: '/v1/invitations/{invitationId}/send-again',
  summary: 'Make a new link for an invitation and send it the same way; the link before stops working',
  access: 'members:write',
  params: InvitationParams,
  status: 200,
  response: SentInvitation,
  refusals: [
    invitationRefusal.ended,
    invitationRefusal.ownerOnly,
    accountRefusal.linkBeyondScopes,
    invitationRefusal.hasAccount,
    invitationRefusal.notActive,
    invitationRefusal.tooOften,
  ],
  transaction: 'own',
  secrets: ['token', 'path'],
  audit: ['invitation.sent'],
})

const readInvitation = defineRoute({
  operationId: 'readInvitation',
  method: 'GET',
  path: '/v1/invitations/{token}',
  summary: 'See by its link who invites, without an account',
  access: 'public',
  params: LinkParams,
  status: 200,
  response: InvitationCard,
  refusals: [invitationRefusal.invalid],
  audit: [],
})

const acceptInvitation = defineRoute({
  operationId: 'acceptInvitation',
  method: 'POST',
  path: '/v1/invitations/{token}/accept',
  summary: 'Join with the account that is signed in, or with a new one; the link ends with it',
  access: 'public',
  params: LinkParams,
  body: Acceptance,
  status: 200,
  response: Accepted,
  refusals: [
    invitationRefusal.invalid,
    invitationRefusal.proofMissing,
    invitationRefusal.otherMember,
    invitationRefusal.numberOfAnother,
    accountRefusal.passwordWeak,
  ],
  transaction: 'own',
  secretInputs: ['password'],
  audit: ['invitation.accepted', 'member.joined', 'session.opened'],
})

export const invitationsContract = {
  createInvitation,
  listInvitations,
  revokeInvitation,
  sendInvitationAgain,
  readInvitation,
  acceptInvitation,
}
