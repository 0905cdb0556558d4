import { Refusal } from '../../../kernel/refusal.ts'
import type { Vault } from '../../../platform/crypto/vault.ts'
import type { Tx } from '../../../platform/db/tx.ts'
import { listPastValues } from '../identifier-store.ts'
import { accountRefusal, type IdentifierKind } from '../model.ts'
import {
  attemptsKept,
  codesPerHourNearby,
  codesPerHourOfAccount,
  freeAttempts,
  isForgotten,
  mostFailuresKnown,
  mostFailuresOfBrowser,
  mostFailuresOfStrangers,
  waitBeforeAttempt,
} from '../rules.ts'
import { isKnownDevice, listDevices } from '../security-store.ts'
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
 * counted over all ways together; browsers that its person used before have counts of their own, so that strangers
 * lock nobody out (ASVS 6.3.1). A right guess is to be forgotten by the caller (`forgetAttempts`).
 * @returns false for a guess that counts as wrong whatever it is
 * @throws Refusal `session.too_many_attempts`, `sign_in.paused`
 */
export async function countAttempt(tx: Tx, vault: Vault, attempt: Attempt): Promise<boolean> {
  const isKnown = await isFromKnownBrowser(tx, attempt)
  let isOpen = true
  for (const counter of isKnown ? knownCounters(vault, attempt) : strangersCounters(vault, attempt)) {
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

/** No account has this id. */
export const nobody = '00000000-0000-7000-8000-000000000000'

/** After the right proof: failures before it count no more, whichever way they were made. */
export function forgetAttempts(tx: Tx, vault: Vault, attempts: readonly Attempt[]): void {
  const counters = attempts.flatMap((attempt) => [
    ...knownCounters(vault, attempt),
    ...strangersCounters(vault, attempt),
  ])
  forgetFailures(
    tx,
    counters.map(({ subject }) => subject),
  )
}

/** Lets one browser that the person used before guess anew; what all of them together may is as before. */
export function forgetInBrowser(
  tx: Tx,
  vault: Vault,
  { accountId, deviceHash }: { readonly accountId: string; readonly deviceHash: Buffer },
): void {
  forgetFailures(tx, [browserSubject(vault, accountId, deviceHash)])
}

/** In the account's realm: forgets all that was counted of it, under whatever address and in whatever browser. */
export async function forgetAllAttempts(tx: Tx, vault: Vault): Promise<void> {
  const accountId = String(tx.accountId)
  const nowhere = { accountId, network: '', deviceHash: null }
  const addresses = await listPastValues(tx)
  const devices = await listDevices(tx)
  forgetAttempts(
    tx,
    vault,
    [null, ...addresses].map((address) => ({ ...nowhere, address })),
  )
  forgetFailures(
    tx,
    devices.map((deviceHash) => browserSubject(vault, accountId, deviceHash)),
  )
}

// Always in this order, so that guesses at once queue and never cross.
function strangersCounters(vault: Vault, attempt: Attempt): readonly Counter[] {
  const { network, secret } = attempt
  const said = saidBy(attempt)
  return [
    { ...lasting(vault.digest('sign-in account', ownerOf(attempt))), isTold: attempt.address === null },
    { ...lasting(vault.digest('sign-in address', said)), isTold: true },
    {
      subject: vault.digest('sign-in nearby', `${said}\0${network}\0${secret ?? ''}`),
      freeBeforeWaits: freeAttempts,
      most: null,
      isTold: true,
    },
  ]
}

function lasting(subject: Buffer): Omit<Counter, 'isTold'> {
  return { subject, freeBeforeWaits: null, most: mostFailuresOfStrangers }
}

function knownCounters(vault: Vault, attempt: Attempt): readonly Counter[] {
  const owner = ownerOf(attempt)
  const all: Counter = {
    subject: vault.digest('sign-in known', owner),
    freeBeforeWaits: null,
    most: mostFailuresKnown,
    isTold: true,
  }
  if (attempt.deviceHash === null) return [all]
  const subject = browserSubject(vault, owner, attempt.deviceHash)
  return [all, { ...all, subject, freeBeforeWaits: freeAttempts, most: mostFailuresOfBrowser }]
}

function browserSubject(vault: Vault, owner: string, deviceHash: Buffer): Buffer {
  return vault.digest('sign-in browser', `${owner}\0${deviceHash.toString('base64url')}`)
}

function saidBy({ address, accountId }: Pick<Attempt, 'accountId' | 'address'>): string {
  return address === null ? `account\0${accountId}` : `${address.kind}\0${address.value}`
}

function ownerOf(attempt: Pick<Attempt, 'accountId' | 'address'>): string {
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
export async function countCodeNearby(tx: Tx, vault: Vault, network: string): Promise<void> {
  const subject = vault.digest('codes nearby', `${network}\0${hourOf(tx)}`)
  if (await countUpTo(tx, subject, codesPerHourNearby)) return
  throw new Refusal(accountRefusal.codesTooManyNearby, untilNextHour(tx))
}

/**
 * Counts a code that an account has sent to an address which it wants to have, for the account and its network.
 * @throws Refusal `code.too_many_asked`, `code.too_many_nearby`
 */
export async function countCodeAsked(
  tx: Tx,
  vault: Vault,
  { accountId, network }: Pick<Attempt, 'network'> & { readonly accountId: string },
): Promise<void> {
  const subject = vault.digest('codes asked', `${accountId}\0${hourOf(tx)}`)
  if (!(await countUpTo(tx, subject, codesPerHourOfAccount))) {
    throw new Refusal(accountRefusal.codesTooManyAsked, untilNextHour(tx))
  }
  await countCodeNearby(tx, vault, network)
}

async function countUpTo(tx: Tx, subject: Buffer, most: number): Promise<boolean> {
  const { failures } = await lockFailures(tx, subject, false)
  if (failures >= most) return false
  noteFailure(tx, subject, false)
  return true
}

function hourOf({ now }: Tx): string {
  return now.slice(0, 13)
}

function untilNextHour({ now }: Tx): { minutes: number; seconds: number } {
  const minutes = 60 - Number(now.slice(14, 16))
  return { minutes, seconds: minutes * 60 }
}

/**
 * Whether an attempt is paused for the first time today (UTC); of many at once one is the first. It costs the same where
 * there is no account.
 */
export function isFirstPauseOfDay(
  tx: Tx,
  vault: Vault,
  attempt: Pick<Attempt, 'accountId' | 'address'>,
): Promise<boolean> {
  const day = tx.now.slice(0, 10)
  return countUpTo(tx, vault.digest('first pause of day', `${ownerOf(attempt)}\0${day}`), 1)
}
