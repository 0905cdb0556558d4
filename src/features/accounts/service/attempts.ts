import { Refusal } from '../../../kernel/refusal.ts'
import { digestOf } from '../../../platform/crypto/secret.ts'
import type { Tx } from '../../../platform/db/tx.ts'
import { accountRefusal, type IdentifierKind } from '../model.ts'
import {
  attemptsKept,
  codesPerHourNearby,
  freeAttempts,
  isForgotten,
  mostFailuresKnown,
  mostFailuresOfStrangers,
  waitBeforeAttempt,
} from '../rules.ts'
import { isKnownDevice } from '../security-store.ts'
import { forgetFailures, lockFailures, noteFailure } from '../store.ts'

/** Somebody who is about to prove to be a person, by whatever way. */
export interface Attempt {
  /** What they say to be reached by; null for one that is past that, with only the account left to prove. */
  readonly address: { readonly kind: IdentifierKind; readonly value: string } | null
  /** Whose it is, where it is anybody's. What follows looks and lasts the same where it is nobody's. */
  readonly accountId: string | null
  readonly network: string
  readonly deviceHash: Buffer | null
  /** What is guessed at; failures with an earlier one nearby count no more. */
  readonly secret?: string | null
}

interface Counter {
  readonly subject: Buffer
  /** Guesses before the growing waits begin; null for none. */
  readonly freeBeforeWaits: number | null
  /** After so many without a success it is over for these; null for never. */
  readonly most: number | null
  /** Whether its end is told; of an account that is guessed at by several addresses it would tell that they are one. */
  readonly isTold: boolean
}

/**
 * Counts a guess before it is looked at, so that a thousand at once count as a thousand. Failures of one account are
 * counted over all ways together; browsers that its person used before have a count of their own, so that strangers
 * lock nobody out (ASVS 6.3.1). A right guess is to be forgotten by the caller (`forgetAttempts`).
 * @returns false for a guess that counts as wrong whatever it is
 * @throws Refusal `session.too_many_attempts`, `sign_in.paused`
 */
export async function countAttempt(tx: Tx, attempt: Attempt): Promise<boolean> {
  const isKnown = await isFromKnownBrowser(tx, attempt)
  let isOpen = true
  for (const counter of isKnown ? [knownCounter(attempt)] : strangersCounters(attempt)) {
    isOpen = (await countIn(tx, counter)) && isOpen
  }
  return isOpen
}

/** Whether the account was signed in to from this browser before; costs the same where there is no account. */
export function isFromKnownBrowser(
  tx: Tx,
  { accountId, deviceHash }: Pick<Attempt, 'accountId' | 'deviceHash'>,
): Promise<boolean> {
  return tx.inAccount(accountId ?? nobody, (inside) => isKnownDevice(inside, deviceHash))
}

// No account has this id.
const nobody = '00000000-0000-7000-8000-000000000000'

/** After the right proof: failures before it count no more, whichever way they were made. */
export function forgetAttempts(tx: Tx, attempts: readonly Attempt[]): void {
  const counters = attempts.flatMap((attempt) => [knownCounter(attempt), ...strangersCounters(attempt)])
  forgetFailures(
    tx,
    counters.map(({ subject }) => subject),
  )
}

// Always in this order, so that guesses at once queue and never cross.
function strangersCounters(attempt: Attempt): readonly Counter[] {
  const { network, secret } = attempt
  const said = saidBy(attempt)
  return [
    { ...lasting(ownerOf(attempt), 'account'), isTold: attempt.address === null },
    { ...lasting(said, 'address'), isTold: true },
    {
      subject: digestOf('sign-in nearby', `${said}\0${network}\0${secret ?? ''}`),
      freeBeforeWaits: freeAttempts,
      most: null,
      isTold: true,
    },
  ]
}

function lasting(whose: string, what: string): Omit<Counter, 'isTold'> {
  return {
    subject: digestOf(`sign-in ${what}`, whose),
    freeBeforeWaits: null,
    most: mostFailuresOfStrangers,
  }
}

function knownCounter(attempt: Attempt): Counter {
  return {
    subject: digestOf('sign-in known', ownerOf(attempt)),
    freeBeforeWaits: freeAttempts,
    most: mostFailuresKnown,
    isTold: true,
  }
}

function saidBy({ address, accountId }: Attempt): string {
  return address === null ? `account\0${accountId}` : `${address.kind}\0${address.value}`
}

function ownerOf(attempt: Attempt): string {
  return attempt.accountId ?? saidBy(attempt)
}

async function countIn(tx: Tx, { subject, freeBeforeWaits, most, isTold }: Counter): Promise<boolean> {
  const kept = most === null ? attemptsKept.nearby : attemptsKept.lasting
  const past = await lockFailures(tx, subject, most !== null)
  const isPast = isForgotten(past, tx.now, kept)
  if (most !== null && !isPast && past.failures >= most) {
    if (isTold) throw new Refusal(accountRefusal.signInPaused)
    return false
  }
  const seconds = freeBeforeWaits === null ? 0 : waitBeforeAttempt(past, tx.now, freeBeforeWaits)
  if (seconds > 0) throw new Refusal(accountRefusal.tooManyAttempts, { seconds })
  if (isPast) forgetFailures(tx, [subject])
  noteFailure(tx, subject, most !== null)
  return true
}

/**
 * Counts a code that a browser asks for which is new to whom it asks for.
 * @throws Refusal `code.too_many_nearby`
 */
export async function countCodeNearby(tx: Tx, network: string): Promise<void> {
  const hour = tx.now.slice(0, 13)
  const subject = digestOf('codes nearby', `${network}\0${hour}`)
  const { failures } = await lockFailures(tx, subject, false)
  if (failures >= codesPerHourNearby) {
    const minutes = 60 - Number(tx.now.slice(14, 16))
    throw new Refusal(accountRefusal.codesTooManyNearby, { minutes, seconds: minutes * 60 })
  }
  noteFailure(tx, subject, false)
}

/** Whether something happens to an account for the first time today (UTC); of many at once one is the first. */
export async function isFirstOfDay(tx: Tx, accountId: string, what: string): Promise<boolean> {
  const subject = digestOf(`first of day ${what}`, `${accountId}\0${tx.now.slice(0, 10)}`)
  const { failures } = await lockFailures(tx, subject, false)
  if (failures > 0) return false
  noteFailure(tx, subject, false)
  return true
}
