import { Refusal } from '../../kernel/refusal.ts'
import { hasAccess, type MemberStatus } from '../people/states.ts'
import { type InvitationState, invitationRefusal } from './model.ts'
import { type InvitationAct, type InvitationEnd, invitationActs } from './states.ts'

/** Messages and links that one member may be sent within a day, so that nobody is pestered by Baton. */
const invitationsPerDay = 10

/** Days after its end that an expired invitation can still be sent again; then its address is forgotten. */
export const renewableDays = 30

const linkForm =
  /^baton_([0-9a-f]{8})([0-9a-f]{4})([0-9a-f]{4})([0-9a-f]{4})([0-9a-f]{12})_[A-Za-z0-9_-]{43}$/

/** The company that the token of an invitation names; null for what is none. */
export function companyOfInvitation(token: string): string | null {
  const parts = linkForm.exec(token)
  return parts ? parts.slice(1).join('-') : null
}

/** A member as far as the question who may be invited as them goes. */
export interface Invitee {
  readonly role: string
  readonly status: MemberStatus
  readonly accountId: string | null
}

/**
 * ACC-1: nobody opens a way into an account that exists; an Owner is invited by an Owner.
 * @throws Refusal `invitation.owner_only`, `invitation.has_account`, `invitation.not_active`
 */
export function requireInvitable(member: Invitee, inviterRole: string | null): void {
  if (member.role === 'owner' && inviterRole !== 'owner') throw new Refusal(invitationRefusal.ownerOnly)
  if (member.accountId !== null) throw new Refusal(invitationRefusal.hasAccount)
  if (!hasAccess(member.status)) throw new Refusal(invitationRefusal.notActive)
}

/** Whether somebody can join as this member now. */
export function isJoinable({ status, accountId }: Pick<Invitee, 'status' | 'accountId'>): boolean {
  return accountId === null && hasAccess(status)
}

/** @throws Refusal `invitation.too_often` */
export function requireSeldom(timesLately: number): void {
  if (timesLately >= invitationsPerDay) {
    throw new Refusal(invitationRefusal.tooOften, { times: invitationsPerDay })
  }
}

/** What an invitation is at a time: one whose link lets nobody in is not open, whatever its time. */
export function stateOf(
  {
    endedHow,
    expiresAt,
    isGood,
  }: { readonly endedHow: InvitationEnd | null; readonly expiresAt: string; readonly isGood: boolean },
  now: string,
): InvitationState {
  return endedHow ?? (expiresAt > now && isGood ? 'open' : 'expired')
}

/** @throws Refusal `invitation.ended` */
export function mustAllow(act: InvitationAct, state: InvitationState): void {
  if (invitationActs[state][act] === undefined) throw new Refusal(invitationRefusal.ended)
}

/** An address that is recognised by whoever knows it: `+86138****8000`, `z***@example.com`. */
export function maskAddress(kind: 'phone' | 'email', value: string): string {
  if (kind === 'phone') return `${value.slice(0, -8)}****${value.slice(-4)}`
  return `${value.slice(0, 1)}***${value.slice(value.lastIndexOf('@'))}`
}
