import { Refusal } from '../../../kernel/refusal.ts'
import type { RouteInput, RouteOutput } from '../../../kernel/route.ts'
import { verifyPassword } from '../../../platform/crypto/password.ts'
import { digestOf } from '../../../platform/crypto/secret.ts'
import type { Open, OwnContext, Reply } from '../../../platform/http/bind.ts'
import type { accountsContract } from '../contract.ts'
import { accountRefusal } from '../model.ts'
import { isForgotten, waitBeforeAttempt } from '../rules.ts'
import {
  findAccount,
  forgetFailures,
  type KnownAccount,
  lockAccount,
  lockFailures,
  noteFailure,
} from '../store.ts'
import { openSessionOf } from './sessions.ts'
import { signInByLink } from './sign-in-by-link.ts'

type Routes = typeof accountsContract

/**
 * Signs a person in with a new session.
 * @throws Refusal `session.refused`, `session.too_many_attempts`; by link also `sign_in_link.invalid`,
 *   `sign_in_link.password_needed`, `sign_in_link.has_account`, `password.weak`
 */
export function openSession(
  context: OwnContext,
  input: RouteInput<Routes['openSession']>,
): Promise<Reply<RouteOutput<Routes['openSession']>>> {
  const { body } = input
  return 'link' in body
    ? signInByLink(context, { link: body.link, password: body.password ?? null })
    : signInByPassword(context, body)
}

async function signInByPassword(
  context: OwnContext,
  { email, password }: { readonly email: string; readonly password: string },
): Promise<Reply<RouteOutput<Routes['openSession']>>> {
  const proven = await provePassword(context.openAside, email, password)
  return context.open(async (tx) => {
    const account = await lockAccount(tx, email)
    // The password was replaced, or the account closed, while it was being checked.
    if (!account?.isActive || account.passwordHash !== proven.passwordHash) {
      throw new Refusal(accountRefusal.signInRefused)
    }
    forgetFailures(tx, subjectOf(email))
    return openSessionOf(tx, { accountId: account.accountId, device: context.device })
  })
}

/**
 * Checks an e-mail address with its password, at equal cost whether or not there is an account. The guess is counted
 * before it is checked, so that a thousand at once count as a thousand; a right one is to be forgotten by the caller.
 * @throws Refusal `session.refused`, `session.too_many_attempts`
 */
export async function provePassword(openAside: Open, email: string, password: string): Promise<KnownAccount> {
  const subject = subjectOf(email)
  const account = await openAside(async (tx) => {
    const past = await lockFailures(tx, subject)
    const seconds = waitBeforeAttempt(past, tx.now)
    if (seconds > 0) throw new Refusal(accountRefusal.tooManyAttempts, { seconds })
    if (past !== null && isForgotten(past, tx.now)) forgetFailures(tx, subject)
    noteFailure(tx, subject)
    return findAccount(tx, email)
  })
  const fits = await verifyPassword(account?.passwordHash ?? null, password)
  if (!fits || !account?.isActive) throw new Refusal(accountRefusal.signInRefused)
  return account
}

/** Under what an e-mail address' failures are counted. */
export function subjectOf(email: string): Buffer {
  return digestOf('sign-in', email)
}
