import type { Answer, Item } from '../../../api/client.ts'

/** Who is invited, as far as an invitation needs to know them. */
export interface InvitedPerson {
  readonly memberId: string
  readonly name: string
  readonly email: string | null
  readonly mobile: string | null
}

export type Invitation = Item<'listInvitations'>
export type SentInvitation = Answer<'sendInvitationAgain'>
