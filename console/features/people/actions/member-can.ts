import { hasAccess, type MemberStatus, statusChanges } from '../../../../src/features/people/states.ts'
import type { Item } from '../../../api/client.ts'

/** What somebody who looks after people may do with one of them. */
export type MemberAct = 'invite' | StatusAct | AccountAct | 'remove'
/** What concerns the person's own account, which stays theirs (ACC-1). */
export type AccountAct = 'endSessions' | 'askDeletion'
export type StatusAct = 'suspend' | 'reactivate' | 'stays' | 'rehire' | 'leaving' | 'left'

/** Why an act is off; also the key of its words, `why.self`. */
export type WhyNot =
  | 'ownerOnly'
  | 'self'
  | 'hasAccount'
  | 'noAccess'
  | 'hasHistory'
  | 'noAccount'
  | 'ownAccount'

/** A member as far as the question what can be done with them goes. */
export type ActableMember = Pick<
  Item<'listMembers'>,
  'memberId' | 'name' | 'email' | 'mobile' | 'role' | 'status' | 'account' | 'numbersHeld'
>

interface Reader {
  readonly memberId: string | null
  readonly isOwner: boolean
}

const words: Readonly<Record<MemberStatus, StatusAct>> = {
  suspended: 'suspend',
  active: 'reactivate',
  leaving: 'leaving',
  left: 'left',
}

const orders: Readonly<Record<MemberStatus, readonly MemberStatus[]>> = {
  active: ['leaving', 'suspended', 'left'],
  suspended: ['active', 'leaving', 'left'],
  leaving: ['left', 'active', 'suspended'],
  left: ['active'],
}

/** What can become of somebody of this status next, the likeliest first. */
export function statusActs(status: MemberStatus): readonly StatusAct[] {
  return orders[status]
    .filter((to) => statusChanges[status][to] !== undefined)
    .map((to) => {
      if (to !== 'active') return words[to]
      return status === 'left' ? 'rehire' : status === 'leaving' ? 'stays' : 'reactivate'
    })
}

const accountActs: readonly MemberAct[] = ['endSessions', 'askDeletion']
const notForOneself: readonly MemberAct[] = ['suspend', 'left', 'remove']

/** Why this cannot be done with the member as they are, or null. What only Baton knows, it refuses itself. */
export function whyNot(act: MemberAct, member: ActableMember, reader: Reader): WhyNot | null {
  // Whoever may look after people may ask an Owner, too: it is a question, and changes nothing.
  if (member.role === 'owner' && !reader.isOwner && act !== 'askDeletion') return 'ownerOnly'
  if (accountActs.includes(act)) return whyNotTheAccount(member, reader)
  if (member.memberId === reader.memberId && notForOneself.includes(act)) return 'self'
  if (act === 'remove') return member.account === 'joined' || member.numbersHeld > 0 ? 'hasHistory' : null
  if (act !== 'invite') return null
  if (member.account === 'joined') return 'hasAccount'
  return hasAccess(member.status) ? null : 'noAccess'
}

function whyNotTheAccount(member: ActableMember, reader: Reader): WhyNot | null {
  if (member.memberId === reader.memberId) return 'ownAccount'
  return member.account === 'none' ? 'noAccount' : null
}
