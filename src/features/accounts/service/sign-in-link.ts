import { isCompanyCaller } from '../../../kernel/caller.ts'
import { addHours } from '../../../kernel/instant.ts'
import { Refusal } from '../../../kernel/refusal.ts'
import type { RouteInput, RouteOutput } from '../../../kernel/route.ts'
import { hashSecret, newSecret } from '../../../platform/crypto/secret.ts'
import type { Tx } from '../../../platform/db/tx.ts'
import type { OwnContext } from '../../../platform/http/bind.ts'
import { httpRefusal } from '../../../platform/http/refusals.ts'
import { record } from '../../audit/index.ts'
import { loadPolicies } from '../../companies/index.ts'
import { hasAccess, lockMembers } from '../../people/index.ts'
import type { accountsContract } from '../contract.ts'
import { accountRefusal } from '../model.ts'
import { insertLink } from '../store.ts'
import { type MemberToJoin, readMember } from '../views.ts'
import { refuseBeyondScopes } from './inviter.ts'

type Route = (typeof accountsContract)['createSignInLink']

/**
 * Makes a one-use link for a member without an account (ACC-1: never into an account that exists; the attempt is
 * recorded).
 * @throws Refusal `sign_in_link.owner_only`, `sign_in_link.beyond_scopes`, `sign_in_link.has_account`, `sign_in_link.no_email`,
 *   `sign_in_link.not_active`, `thing.not_found`
 */
export async function createSignInLink(
  context: OwnContext,
  input: RouteInput<Route>,
): Promise<RouteOutput<Route>> {
  const { memberId } = input.params
  try {
    return await context.open((tx) => makeLink(tx, memberId))
  } catch (error) {
    if (isAboutAccess(error)) await context.openAside((tx) => recordRefused(tx, memberId, error.code))
    throw error
  }
}

function isAboutAccess(error: unknown): error is Refusal {
  return (
    error instanceof Refusal &&
    (error.rule === accountRefusal.linkHasAccount ||
      error.rule === accountRefusal.linkOwnerOnly ||
      error.rule === accountRefusal.linkBeyondScopes)
  )
}

async function recordRefused(tx: Tx, memberId: string, code: string): Promise<void> {
  record(tx, { action: 'sign_in_link.refused', subjectKind: 'member', subjectId: memberId, effect: { code } })
}

async function makeLink(tx: Tx, memberId: string): Promise<RouteOutput<Route>> {
  await lockMembers(tx, [memberId])
  const member = refuseUnfit(tx, await readMember(tx, memberId))
  refuseBeyondScopes(tx, member.role)
  const { signInLinkHours } = await loadPolicies(tx)
  const token = newSecret()
  const expiresAt = addHours(tx.now, signInLinkHours)
  insertLink(tx, { hash: hashSecret(token), memberId, memberRole: member.role, expiresAt })
  record(tx, {
    action: 'sign_in_link.created',
    subjectKind: 'member',
    subjectId: memberId,
    effect: { expiresAt },
  })
  return { memberId, token, path: `/sign-in#link=${token}`, expiresAt }
}

function refuseUnfit(tx: Tx, member: MemberToJoin | null): MemberToJoin {
  if (!member) throw new Refusal(httpRefusal.notFound, { thing: 'member' })
  const isOwner = isCompanyCaller(tx.caller) && tx.caller.role === 'owner'
  if (member.role === 'owner' && !isOwner) throw new Refusal(accountRefusal.linkOwnerOnly)
  if (member.accountId !== null) throw new Refusal(accountRefusal.linkHasAccount)
  if (!hasAccess(member.status)) throw new Refusal(accountRefusal.linkNotActive)
  if (member.email === null) throw new Refusal(accountRefusal.linkNoEmail)
  return member
}
