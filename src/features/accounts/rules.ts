import type { Instant } from '../../kernel/fields.ts'
import { addHours } from '../../kernel/instant.ts'
import { type Permission, type Role, roleAllows } from '../../kernel/permission.ts'
import type { LineStand } from './model.ts'

// A working day and no more: whoever finds the machine tomorrow signs in anew; two idle hours outlast a meeting.
export const sessionHours = 24
export const sessionIdleHours = 2

/** A code to phone or e-mail: long enough for a slow message, short enough not to be guessed (NIST 800-63B-4 §3.2.9). */
export const codeMinutes = 10
export const codeTries = 5
export const codesPerHour = 10
/** Codes that browsers new to whom they ask for get from one network in an hour; an office is one network. */
export const codesPerHourNearby = 100
/** Codes that one account gets sent in an hour to addresses that it wants to have. */
export const codesPerHourOfAccount = 20

/** A company's number, as far as it decides what a phone opens. */
interface Custody {
  readonly holderAccountId: string | null
  readonly ownedSince: Instant
  readonly heldBy: readonly string[]
}

/**
 * ACC-12: how a bound phone stands. One that was bound before the company entered it, and that its person never held
 * there, is the person's own.
 */
export function standOfLine(
  line: Custody | null,
  { accountId, boundAt }: { readonly accountId: string; readonly boundAt: Instant },
): LineStand {
  if (line === null || line.holderAccountId === accountId) return 'own'
  if (boundAt >= line.ownedSince) return 'of_others'
  return line.heldBy.includes(accountId) ? 'claimed' : 'own'
}

/** How long a browser is remembered. */
export const deviceDays = 180

/** How long an account without any way in waits for its person before it is erased (ACC-5). */
export const sealedDays = 15

export function sealedUntil(now: Instant): Instant {
  return addHours(now, sealedDays * 24)
}

/** How long the link in the message about a change lets somebody object to it (ACC-9). */
export const objectionDays = 7

/** How fresh the last use of a session or token is kept: often enough for the idle limit, rare enough to be free. */
export const lastUseMinutes = 1
export const installationTokenUseHours = 24

/** Failures without a wait: from one network, or from browsers that the person used before. */
export const freeAttempts = 5
const firstWaitSeconds = 30
const longestWaitSeconds = 3600

/**
 * Failures of one account without a success between, over all ways and networks; together a hundred, and no guess is
 * looked at after that (NIST 800-63B-4 §3.2.2). Strangers cannot use up what is left for browsers of the person, nor one
 * of those, such as a shared one, what is left for the others.
 */
export const mostFailuresOfStrangers = 60
export const mostFailuresKnown = 40
export const mostFailuresOfBrowser = 10

/** Hours after the last failure until failures are forgotten: a day, or half a year where waiting must not help. */
export const attemptsKept = { nearby: 24, lasting: 180 * 24 } as const

export interface Failures {
  readonly failures: number
  readonly lastFailedAt: Instant
}

/**
 * Seconds to wait before the next guess: none while there are free attempts, then 30 s doubling to 1 h, so that nobody
 * is kept out for ever. Failures a day ago are forgotten.
 */
export function waitBeforeAttempt(past: Failures, now: Instant, free: number = freeAttempts): number {
  if (isForgotten(past, now) || past.failures < free) return 0
  const wait = Math.min(longestWaitSeconds, firstWaitSeconds * 2 ** Math.min(past.failures - free, 10))
  return Math.max(0, Math.ceil(wait - secondsBetween(past.lastFailedAt, now)))
}

export function isForgotten(past: Failures, now: Instant, afterHours: number = attemptsKept.nearby): boolean {
  return secondsBetween(past.lastFailedAt, now) > afterHours * 3600
}

function secondsBetween(from: Instant, to: Instant): number {
  return (new Date(to).getTime() - new Date(from).getTime()) / 1000
}

// What most guessed passwords of twelve characters are made of, once digits and signs around them are gone.
const commonStems = new Set(
  `password passwort qwerty qwertyuiop qwertyuiopas asdfghjkl zxcvbnm qazwsxedc iloveyou
  letmein welcome admin administrator monkey dragon sunshine princess football baseball superman batman trustno
  changeme default secret master login access woaini baton company abc abcd abcdef abcdefgh abcdefghijkl test user`.split(
    /\s+/,
  ),
)

/**
 * Tells whether a password is easy to guess: a common one, one of few different characters, or little more than the
 * names around it (of the company, the person, the e-mail address).
 */
export function isGuessable(password: string, names: readonly string[]): boolean {
  let rest = password.toLowerCase()
  if (new Set(rest).size < 5 || isRun(rest)) return true
  for (const name of names.flatMap(partsOf)) rest = rest.replaceAll(name, '')
  if (rest.length < 6) return true
  const stem = plainLetters(rest.replace(/^[^a-z]+|[^a-z]+$/g, ''))
  return stem.length < 3 ? isDull(rest) : commonStems.has(stem) || commonStems.has(halfOf(stem))
}

const lettersOfSigns: Readonly<Record<string, string>> = {
  '@': 'a',
  $: 's',
  '!': 'i',
  0: 'o',
  1: 'i',
  3: 'e',
  4: 'a',
  5: 's',
}

// p@ssw0rd is password to everyone who guesses, and let-me-in is letmein.
function plainLetters(text: string): string {
  return text.replace(/[@$!01345]/g, (sign) => lettersOfSigns[sign] ?? '').replace(/[^a-z]/g, '')
}

function partsOf(name: string): string[] {
  return name
    .toLowerCase()
    .split(/[\s@.,_-]+/)
    .filter((part) => part.length >= 4)
}

// 1234567890123 and abcdefghijklm: every character is the neighbour of the one before.
function isRun(text: string): boolean {
  const steps = [...text]
    .slice(1)
    .map((character, index) => (character.codePointAt(0) ?? 0) - (text.codePointAt(index) ?? 0))
  return steps.filter((step) => Math.abs(step) <= 1 || step === -9).length >= steps.length * 0.9
}

// Digits and signs alone: a date or a telephone number, not a random text.
function isDull(text: string): boolean {
  return /^[\d\s.:+/-]*$/.test(text)
}

function halfOf(stem: string): string {
  const half = stem.slice(0, stem.length / 2)
  return half.repeat(2) === stem ? half : ''
}

/** The scopes that a token may not have: what its member's role or its maker's own scopes do not allow. */
export function scopesBeyond(
  wanted: readonly Permission[],
  memberRole: Role,
  maker: { readonly role: Role; readonly scopes: readonly Permission[] | null },
): Permission[] {
  return wanted.filter((scope) => {
    const makerMay = roleAllows(maker.role, scope) && (maker.scopes === null || maker.scopes.includes(scope))
    return !makerMay || !roleAllows(memberRole, scope)
  })
}
