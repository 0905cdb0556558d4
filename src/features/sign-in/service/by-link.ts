import { systemCaller } from '../../../kernel/caller.ts'
import { Refusal } from '../../../kernel/refusal.ts'
import { hashPassword } from '../../../platform/crypto/password.ts'
import { hashSecret } from '../../../platform/crypto/secret.ts'
import type { Tx } from '../../../platform/db/tx.ts'
import type { Open, Reply } from '../../../platform/http/bind.ts'
import {
  bindIdentifier,
  createPerson,
  findAccount,
  findLink,
  type KnownAccount,
  lockAccount,
  refuseGuessable,
  unproven,
} from '../../accounts/index.ts'
import { accountRefusal, type SignedIn } from '../../accounts/model.ts'
import { arrive, type Person } from './arrive.ts'
import { joinMember, requireJoinable, takeLink } from './join-by-link.ts'
import { provePassword } from './prove-password.ts'
import { refuseWithoutSecond } from './second-step.ts'
import type { Visit } from './visit.ts'

/** Whom a link that works is for, and whether that person has an account already. */
interface Invitation {
  readonly email: string
  readonly name: string
  readonly hasAccount: boolean
}

/** What the person brought: a password for a new account, or proof that an account is theirs. */
type Entry =
  | { readonly kind: 'new'; readonly passwordHash: string }
  | { readonly kind: 'known'; readonly account: KnownAccount }

/**
 * ACC-1: uses a link up, which joins the person's own account to the member, making one where there is none, whose
 * address counts as unproven. Into an account that exists it leads only with that account's own proofs.
 */
export async function signInByLink(
  visit: Visit,
  { link, password }: { readonly link: string; readonly password: string | null },
): Promise<Reply<SignedIn>> {
  const hash = hashSecret(link)
  const invitation = await findInvitation(visit.context.openAside, hash)
  const { email } = invitation
  if (password === null) throw new Refusal(accountRefusal.linkNeedsPassword, { email })
  const entry = await entryOf(visit, invitation, password)
  const given = {
    identifierId: null,
    proof: 'link',
    address: { kind: 'email', value: email },
    link: { hash: hash.toString('hex'), email },
  } as const satisfies Omit<Person, 'accountId'>
  if (entry.kind === 'known') {
    await refuseWithoutSecond(visit, { ...given, accountId: entry.account.accountId })
  }
  return visit.context.open(async (tx) => {
    const target = await takeLink(tx, given.link)
    const accountId = await accountOf(tx, visit, { invitation, entry })
    await joinMember(tx, { target, email, accountId })
    return arrive(tx, visit, { ...given, accountId })
  })
}

async function findInvitation(openAside: Open, hash: Buffer): Promise<Invitation> {
  return openAside(async (tx) => {
    const target = await findLink(tx, hash)
    if (!target) throw new Refusal(accountRefusal.linkInvalid)
    const caller = systemCaller(target.companyId, 'sign-in link')
    const { email, name } = await tx.inCompany(caller, (inside) => requireJoinable(inside, target))
    return { email, name, hasAccount: (await findAccount(tx, email)) !== null }
  })
}

async function entryOf(visit: Visit, invitation: Invitation, password: string): Promise<Entry> {
  const { email, name } = invitation
  // Looked at first, so that whoever has a link learns nothing of the address by a password that nobody could have set.
  refuseShortOrGuessable(password, [name, email])
  if (invitation.hasAccount)
    return { kind: 'known', account: await provePassword(visit, { email, password }) }
  return { kind: 'new', passwordHash: await hashPassword(password) }
}

const shortestPassword = 12

function refuseShortOrGuessable(password: string, names: readonly string[]): void {
  if (password.length < shortestPassword) throw new Refusal(accountRefusal.passwordWeak)
  refuseGuessable(password, names)
}

interface Entering {
  readonly invitation: Invitation
  readonly entry: Entry
}

async function accountOf(tx: Tx, { language }: Visit, { invitation, entry }: Entering): Promise<string> {
  const { email, name } = invitation
  if (entry.kind === 'known') {
    const account = await lockAccount(tx, email)
    if (!account?.isActive || account.passwordHash !== entry.account.passwordHash) {
      throw new Refusal(accountRefusal.signInRefused)
    }
    return account.accountId
  }
  const accountId = tx.newId()
  createPerson(tx, { accountId, name, passwordHash: entry.passwordHash, language })
  // A name to sign in with, beside the password: an admin has had the link too, so that it proves no address.
  const claim = {
    kind: 'email',
    value: email,
    canLogin: true,
    canVerify: false,
    provenHow: unproven,
  } as const
  const identifierId = await tx.inAccount(accountId, (inside) => bindIdentifier(inside, claim))
  // Another link of the same person was faster: the password now has to be that account's.
  if (identifierId === null) throw new Refusal(accountRefusal.signInRefused)
  return accountId
}
