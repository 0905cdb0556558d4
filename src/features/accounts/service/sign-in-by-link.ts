import { systemCaller } from '../../../kernel/caller.ts'
import { Refusal } from '../../../kernel/refusal.ts'
import type { RouteOutput } from '../../../kernel/route.ts'
import { hashPassword } from '../../../platform/crypto/password.ts'
import { hashSecret } from '../../../platform/crypto/secret.ts'
import type { Tx } from '../../../platform/db/tx.ts'
import type { Open, OwnContext, Reply } from '../../../platform/http/bind.ts'
import { record } from '../../audit/index.ts'
import { hasAccess, linkAccount, lockMembers } from '../../people/index.ts'
import type { accountsContract } from '../contract.ts'
import { accountRefusal } from '../model.ts'
import {
  createAccount,
  findAccount,
  findLink,
  joinCompany,
  type KnownAccount,
  type LinkTarget,
  lockAccount,
  useLink,
} from '../store.ts'
import { isMember, type MemberToJoin, readMember } from '../views.ts'
import { forgetGuesses, provePassword } from './prove-password.ts'
import { callerIn, openSessionOf } from './sessions.ts'
import { refuseGuessable } from './set-up.ts'

type Opened = RouteOutput<(typeof accountsContract)['openSession']>

/** A link that works, whom it is for, and whether that person has an account already. */
interface Invitation {
  readonly target: LinkTarget
  readonly email: string
  readonly name: string
  readonly hasAccount: boolean
}

/** What the person brought: a password for a new account, or proof that an account is theirs. */
type Entry =
  | { readonly kind: 'new'; readonly passwordHash: string }
  | { readonly kind: 'known'; readonly account: KnownAccount }

/**
 * ACC-1: uses a link up, which joins the person's own account to the member, making one where there is none. Into an
 * account that exists it leads only with that account's own password.
 */
export async function signInByLink(
  context: OwnContext,
  { link, password }: { readonly link: string; readonly password: string | null },
): Promise<Reply<Opened>> {
  const hash = hashSecret(link)
  const invitation = await findInvitation(context.openAside, hash)
  if (password === null) throw new Refusal(accountRefusal.linkNeedsPassword, { email: invitation.email })
  const entry = await entryOf(context, invitation, password)
  return context.open(async (tx) => {
    if (!(await useLink(tx, hash))) throw new Refusal(accountRefusal.linkInvalid)
    const accountId = await accountOf(tx, invitation, entry)
    const account = entry.kind === 'known' ? entry.account : null
    forgetGuesses(tx, { email: invitation.email, network: context.network, account })
    await joinMember(tx, invitation, accountId)
    return openSessionOf(tx, { ...context, accountId, identifierId: null, proof: 'link' })
  })
}

async function findInvitation(openAside: Open, hash: Buffer): Promise<Invitation> {
  return openAside(async (tx) => {
    const target = await findLink(tx, hash)
    if (!target) throw new Refusal(accountRefusal.linkInvalid)
    const caller = systemCaller(target.companyId, 'sign-in link')
    const { email, name } = await tx.inCompany(caller, (inside) => requireJoinable(inside, target.memberId))
    return { target, email, name, hasAccount: (await findAccount(tx, email)) !== null }
  })
}

async function requireJoinable(tx: Tx, memberId: string): Promise<MemberToJoin & { email: string }> {
  const member = await readMember(tx, memberId)
  if (!member || !hasAccess(member.status)) {
    throw new Refusal(accountRefusal.linkInvalid)
  }
  if (member.accountId !== null) throw new Refusal(accountRefusal.linkHasAccount)
  if (member.email === null) throw new Refusal(accountRefusal.linkInvalid)
  return { ...member, email: member.email }
}

async function entryOf(context: OwnContext, invitation: Invitation, password: string): Promise<Entry> {
  const { email, name } = invitation
  if (invitation.hasAccount)
    return { kind: 'known', account: await provePassword(context, { email, password }) }
  refuseShortOrGuessable(password, [name, email])
  return { kind: 'new', passwordHash: await hashPassword(password) }
}

const shortestPassword = 12

function refuseShortOrGuessable(password: string, names: readonly string[]): void {
  if (password.length < shortestPassword) throw new Refusal(accountRefusal.passwordWeak)
  refuseGuessable(password, names)
}

async function accountOf(tx: Tx, { email, name }: Invitation, entry: Entry): Promise<string> {
  if (entry.kind === 'known') {
    const account = await lockAccount(tx, email)
    if (!account?.isActive || account.passwordHash !== entry.account.passwordHash) {
      throw new Refusal(accountRefusal.signInRefused)
    }
    return account.accountId
  }
  const accountId = tx.newId()
  const isNew = await createAccount(tx, { accountId, email, name, passwordHash: entry.passwordHash })
  // Another link of the same person was faster: the password now has to be that account's.
  if (!isNew) throw new Refusal(accountRefusal.signInRefused)
  return accountId
}

async function joinMember(tx: Tx, { target, email }: Invitation, accountId: string): Promise<void> {
  const { companyId, memberId } = target
  const known = callerIn({ companyId, memberId, role: 'member' }, accountId)
  await tx.inCompany(known, async (inside) => {
    await lockMembers(inside, [memberId])
    const member = await requireJoinable(inside, memberId)
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
