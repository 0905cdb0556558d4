import { systemCaller } from '../../../kernel/caller.ts'
import { Refusal } from '../../../kernel/refusal.ts'
import type { RouteInput, RouteOutput } from '../../../kernel/route.ts'
import { hashPassword } from '../../../platform/crypto/password.ts'
import type { Tx } from '../../../platform/db/tx.ts'
import { type OwnContext, Reply } from '../../../platform/http/bind.ts'
import {
  actingMemberships,
  callerIn,
  isStillGood,
  joinCompany,
  noteSecurity,
  openSessionOf,
  refuseGuessable,
  shownMembership,
} from '../../accounts/index.ts'
import { record } from '../../audit/index.ts'
import { linkAccount, lockMembers } from '../../people/index.ts'
import type { invitationsContract } from '../contract.ts'
import { type Acceptance, invitationRefusal } from '../model.ts'
import { isJoinable } from '../rules.ts'
import { spendInvitation } from '../store.ts'
import * as views from '../views.ts'
import { makePerson, type NewPerson } from './person.ts'
import { type Opened, openInvitation } from './read.ts'

type Route = (typeof invitationsContract)['acceptInvitation']
type Accepted = RouteOutput<Route>

/**
 * ACC-1, ACC-5: uses an invitation up. The account that is signed in joins, or a new one that has the phone or e-mail
 * which a sign-in has just proved. Of many at once one joins.
 * @throws Refusal `invitation.invalid`, `invitation.proof_missing`, `invitation.other_member`,
 *   `invitation.number_of_another`, `password.weak`
 */
export async function acceptInvitation(
  context: OwnContext,
  { params, body, language }: RouteInput<Route>,
): Promise<Reply<Accepted>> {
  const wish = newPersonOf(body)
  if (wish === null) return context.open((tx) => joinSignedIn(tx, params.token))
  // Nobody makes this machine hash for nothing, or learns more than that a link does not work.
  const { company } = await context.openAside((tx) => openInvitation(tx, params.token))
  if (wish.password !== null) refuseGuessable(wish.password, [wish.name, company.name])
  const passwordHash = wish.password === null ? null : await hashPassword(wish.password)
  return context.open((tx) => joinAnew(tx, context, { ...wish, token: params.token, passwordHash, language }))
}

interface Wish {
  readonly signInId: string
  readonly name: string
  readonly password: string | null
}

function newPersonOf(body: Acceptance): Wish | null {
  if (!('signInId' in body)) return null
  return { signInId: body.signInId, name: body.name, password: body.password ?? null }
}

async function joinSignedIn(tx: Tx, token: string): Promise<Reply<Accepted>> {
  const opened = await openInvitation(tx, token)
  const { caller } = tx
  if (caller.kind !== 'account') throw new Refusal(invitationRefusal.proofMissing)
  await join(tx, opened, caller.accountId)
  const companies = (await actingMemberships(tx, caller.accountId)).map(shownMembership)
  return new Reply({ ...joined(opened, caller.accountId), isNewAccount: false, companies }, {})
}

async function joinAnew(
  tx: Tx,
  context: OwnContext,
  person: NewPerson & { readonly token: string },
): Promise<Reply<Accepted>> {
  const opened = await openInvitation(tx, person.token)
  const { accountId, identifierId } = await makePerson(tx, opened, person)
  await join(tx, opened, accountId)
  const { body, setSession, setDevice } = await openSessionOf(tx, {
    ...context,
    accountId,
    identifierId,
    proof: 'code',
  })
  const answer = { ...joined(opened, accountId), isNewAccount: true, companies: body.companies }
  return new Reply(answer, { ...(setSession ? { setSession } : {}), setDevice })
}

function joined({ companyId, company }: Opened, accountId: string) {
  return { accountId, companyId, slug: company.slug }
}

async function join(tx: Tx, { companyId, tokenHash, invitation }: Opened, accountId: string): Promise<void> {
  const { invitationId, memberId, toKind } = invitation
  await tx.inCompany(systemCaller(companyId, 'invitation'), async (inside) => {
    await lockMembers(inside, [memberId])
    const member = await views.findInvitee(inside, memberId)
    if (!member || !isJoinable(member)) throw new Refusal(invitationRefusal.invalid)
    if (!(await isStillGood(inside, invitation, member.role))) throw new Refusal(invitationRefusal.invalid)
    if (await views.isMemberHere(inside, accountId)) throw new Refusal(invitationRefusal.otherMember)
    // Decided anew under the lock: whoever waited for it finds the link used.
    if (!(await spendInvitation(inside, tokenHash))) throw new Refusal(invitationRefusal.invalid)
    linkAccount(inside, memberId, accountId)
    joinCompany(inside, accountId, memberId)
  })
  const person = callerIn({ companyId, memberId, role: 'member' }, accountId)
  await tx.inCompany(person, async (inside) => {
    const subject = { subjectKind: 'member', subjectId: memberId }
    record(inside, { ...subject, action: 'invitation.accepted', effect: { invitationId, by: toKind } })
    record(inside, { ...subject, action: 'member.joined', effect: { accountId } })
  })
  await tx.inAccount(accountId, async (inside) =>
    noteSecurity(inside, { kind: 'joined_company', facts: { companyId } }),
  )
}
