import { Refusal } from '../../../kernel/refusal.ts'
import type { Tx } from '../../../platform/db/tx.ts'
import {
  callerIn,
  isMember,
  isStillGood,
  joinCompany,
  type LinkTarget,
  type MemberToJoin,
  readMember,
  useLink,
} from '../../accounts/index.ts'
import { accountRefusal } from '../../accounts/model.ts'
import { record } from '../../audit/index.ts'
import { hasAccess, linkAccount, lockMembers } from '../../people/index.ts'

/** A sign-in link: its hash in hex, and the address that it was made for. */
export interface GivenLink {
  readonly hash: string
  readonly email: string
}

/** Uses a link up; of many at once one gets its target. @throws Refusal `sign_in_link.invalid` */
export async function takeLink(tx: Tx, { hash }: GivenLink): Promise<LinkTarget> {
  const target = await useLink(tx, Buffer.from(hash, 'hex'))
  if (!target) throw new Refusal(accountRefusal.linkInvalid)
  return target
}

export interface Joining {
  readonly target: LinkTarget
  readonly email: string
  readonly accountId: string
}

/**
 * Joins an account to the member that a link was for.
 * @throws Refusal `sign_in_link.invalid`, `sign_in_link.has_account`, `sign_in_link.other_member`
 */
export async function joinMember(tx: Tx, { target, email, accountId }: Joining): Promise<void> {
  const { companyId, memberId } = target
  const known = callerIn({ companyId, memberId, role: 'member' }, accountId)
  await tx.inCompany(known, async (inside) => {
    await lockMembers(inside, [memberId])
    const member = await requireJoinable(inside, target)
    if (member.email !== email) throw new Refusal(accountRefusal.linkInvalid)
    if (await isMember(inside, accountId)) throw new Refusal(accountRefusal.linkOtherMember)
    linkAccount(inside, memberId, accountId)
    joinCompany(inside, accountId, memberId)
    record(inside, {
      action: 'member.joined',
      subjectKind: 'member',
      subjectId: memberId,
      effect: { accountId },
    })
  })
}

/** In the company's realm. @throws Refusal `sign_in_link.invalid`, `sign_in_link.has_account` */
export async function requireJoinable(tx: Tx, target: LinkTarget): Promise<MemberToJoin & { email: string }> {
  const member = await readMember(tx, target.memberId)
  if (!member || !hasAccess(member.status)) {
    throw new Refusal(accountRefusal.linkInvalid)
  }
  if (member.accountId !== null) throw new Refusal(accountRefusal.linkHasAccount)
  const isGood = await isStillGood(tx, target, member.role)
  if (!isGood || member.email === null) throw new Refusal(accountRefusal.linkInvalid)
  return { ...member, email: member.email }
}
