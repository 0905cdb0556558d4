import { Refusal } from '../../../kernel/refusal.ts'
import { verifyPassword } from '../../../platform/crypto/password.ts'
import { digestOf } from '../../../platform/crypto/secret.ts'
import type { Open } from '../../../platform/http/bind.ts'
import { accountRefusal } from '../model.ts'
import { isForgotten, waitBeforeAttempt } from '../rules.ts'
import { findAccount, forgetFailures, type KnownAccount, lockFailures, noteFailure } from '../store.ts'

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
