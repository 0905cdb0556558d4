import type { Contribution } from '../custody-ports/index.ts'
import { forgetInvitationsOf } from './service/forget.ts'

/** What invitations tell other features: where they went is erased with the person. */
export const invitationsContribution: Contribution = { eraseMember: forgetInvitationsOf }
