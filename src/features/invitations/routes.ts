import { type BoundRoute, bind, bindOwn } from '../../platform/http/bind.ts'
import { invitationsContract as contract } from './contract.ts'
import { acceptInvitation } from './service/accept.ts'
import { createInvitation, revokeInvitation, sendInvitationAgain } from './service/invite.ts'
import type { InvitationParts } from './service/link.ts'
import { listInvitations, readInvitation } from './service/read.ts'

export function invitationRoutes(parts: InvitationParts): readonly BoundRoute[] {
  return [
    bindOwn(contract.createInvitation, (context, input) => createInvitation({ ...context, ...parts }, input)),
    bind(contract.listInvitations, listInvitations),
    bind(contract.revokeInvitation, revokeInvitation),
    bindOwn(contract.sendInvitationAgain, (context, input) =>
      sendInvitationAgain({ ...context, ...parts }, input),
    ),
    bind(contract.readInvitation, readInvitation),
    bindOwn(contract.acceptInvitation, acceptInvitation),
  ]
}
