import { systemCaller } from '../../../kernel/caller.ts'
import { Refusal } from '../../../kernel/refusal.ts'
import type { RouteInput, RouteOutput } from '../../../kernel/route.ts'
import { hashPassword } from '../../../platform/crypto/password.ts'
import type { Tx } from '../../../platform/db/tx.ts'
import type { OwnContext } from '../../../platform/http/bind.ts'
import { httpRefusal } from '../../../platform/http/refusals.ts'
import { record } from '../../audit/index.ts'
import type { accountsContract } from '../contract.ts'
import { noteSecurity } from '../security-store.ts'
import { endAllSessions, findAccount, setPassword } from '../store.ts'
import { findOwner, readMemberships } from '../views.ts'
import { forgetAllAttempts } from './attempts.ts'
import { announceChange, type ChangeParts } from './changes.ts'
import { refuseGuessable } from './set-up.ts'

type Route = (typeof accountsContract)['resetOwner']

export type ResetParts = ChangeParts

/**
 * Gives an Owner who cannot sign in a new password and ends all their sessions; in the company's ledger, and told to all
 * channels of the person, with a link to object.
 * @throws Refusal `thing.not_found` when the company has no such Owner, `password.weak`
 */
export async function resetOwner(
  context: OwnContext,
  parts: ResetParts,
  input: RouteInput<Route>,
): Promise<RouteOutput<Route>> {
  const { email, password } = input.body
  refuseGuessable(password, [email])
  const passwordHash = await hashPassword(password)
  return context.open((tx) => replacePassword(tx, input.body, { parts, passwordHash }))
}

async function replacePassword(
  tx: Tx,
  { companyId, email, reason }: RouteInput<Route>['body'],
  { parts, passwordHash }: { readonly parts: ResetParts; readonly passwordHash: string },
): Promise<RouteOutput<Route>> {
  const account = await findAccount(tx, email)
  const memberships = account ? await readMemberships(tx, account.accountId) : []
  const operator = { ...systemCaller(companyId, tx.caller.id), kind: 'operator' as const }
  return tx.inCompany(operator, async (inside) => {
    const memberId = account ? await findOwner(inside, account.accountId) : null
    if (!account || !memberId) throw new Refusal(httpRefusal.notFound, { thing: 'owner' })
    const { accountId } = account
    const endedSessions = await inside.inAccount(accountId, (own) => {
      setPassword(own, passwordHash)
      return endAllSessions(own)
    })
    await inside.inAccount(accountId, async (own) => {
      await forgetAllAttempts(own, parts.vault)
      // The account is the person's own (ACC-1): whoever has the machine does not enter it unseen.
      noteSecurity(own, { kind: 'password_reset', facts: { by: 'operator' } })
      await announceChange(own, parts, { kind: 'password_set' })
    })
    record(inside, {
      action: 'account.password_reset',
      subjectKind: 'member',
      subjectId: memberId,
      effect: { accountId, endedSessions },
      reason,
    })
    for (const membership of memberships) {
      inside.announce({ kind: 'sessions-ended', companyId: membership.companyId, accountId })
    }
    return { accountId, endedSessions }
  })
}
