import { Refusal } from '../../../kernel/refusal.ts'
import { verifyPassword } from '../../../platform/crypto/password.ts'
import { digestOf } from '../../../platform/crypto/secret.ts'
import type { Tx } from '../../../platform/db/tx.ts'
import type { OwnContext } from '../../../platform/http/bind.ts'
import { accountRefusal } from '../model.ts'
import { freeAttemptsInAll, freeAttemptsNearby, isForgotten, waitBeforeAttempt } from '../rules.ts'
import { findAccount, forgetFailures, type KnownAccount, lockFailures, noteFailure } from '../store.ts'

export interface Guess {
  readonly email: string
  readonly password: string
}

/**
 * Checks an e-mail address with its password, at equal cost whether or not there is an account. The guess is counted
 * before it is checked, so that a thousand at once count as a thousand; a right one is to be forgotten by the caller.
 * @throws Refusal `session.refused`, `session.too_many_attempts`
 */
export async function provePassword(
  { openAside, network }: OwnContext,
  { email, password }: Guess,
): Promise<KnownAccount> {
  const account = await openAside(async (tx) => {
    const known = await findAccount(tx, email)
    for (const counter of countersOf({ email, network, account: known })) await countGuess(tx, counter)
    return known
  })
  const fits = await verifyPassword(account?.passwordHash ?? null, password)
  if (!fits || !account?.isActive) throw new Refusal(accountRefusal.signInRefused)
  return account
}

export interface Guesser {
  readonly email: string
  readonly network: string
  readonly account: KnownAccount | null
}

/** After the right password: failures of this person, in all and from this network, count no more. */
export function forgetGuesses(tx: Tx, guesser: Guesser): void {
  for (const { subject } of countersOf(guesser)) forgetFailures(tx, subject)
}

/** Under what all failures of an e-mail address are counted. */
export function subjectInAll(email: string): Buffer {
  return digestOf('sign-in', email)
}

interface Counter {
  readonly subject: Buffer
  readonly freeAttempts: number
}

// In one order, so that guesses at once queue. A new password makes failures with the old one count no more.
function countersOf({ email, network, account }: Guesser): readonly Counter[] {
  const nearby = `${email}\0${network}\0${account?.passwordHash ?? ''}`
  return [
    { subject: subjectInAll(email), freeAttempts: freeAttemptsInAll },
    { subject: digestOf('sign-in nearby', nearby), freeAttempts: freeAttemptsNearby },
  ]
}

async function countGuess(tx: Tx, { subject, freeAttempts }: Counter): Promise<void> {
  const past = await lockFailures(tx, subject)
  const seconds = waitBeforeAttempt(past, tx.now, freeAttempts)
  if (seconds > 0) throw new Refusal(accountRefusal.tooManyAttempts, { seconds })
  if (past !== null && isForgotten(past, tx.now)) forgetFailures(tx, subject)
  noteFailure(tx, subject)
}
