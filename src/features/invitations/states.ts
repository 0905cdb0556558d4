/** What becomes of an invitation; one that expired can be sent again, the other ends are for good. */
export const invitationStates = ['open', 'expired', 'accepted', 'revoked', 'replaced'] as const
export type InvitationState = (typeof invitationStates)[number]

/** How an invitation came to its end. */
export const invitationEnds = ['accepted', 'revoked', 'replaced'] as const
export type InvitationEnd = (typeof invitationEnds)[number]

/** What can be done in each state, and what becomes of the invitation. */
export const invitationActs: Readonly<
  Record<InvitationState, Readonly<Partial<Record<InvitationAct, InvitationState>>>>
> = {
  open: { sendAgain: 'open', revoke: 'revoked', accept: 'accepted', replace: 'replaced', expire: 'expired' },
  expired: { sendAgain: 'open', revoke: 'revoked', replace: 'replaced' },
  accepted: {},
  revoked: {},
  replaced: {},
}
export type InvitationAct = 'sendAgain' | 'revoke' | 'accept' | 'replace' | 'expire'
