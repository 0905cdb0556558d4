import { randomInt } from 'node:crypto'
import type { Instant } from '../../../kernel/fields.ts'
import { addMinutes } from '../../../kernel/instant.ts'
import { Refusal } from '../../../kernel/refusal.ts'
import type { Vault } from '../../../platform/crypto/vault.ts'
import type { Tx } from '../../../platform/db/tx.ts'
import type { Open } from '../../../platform/http/bind.ts'
import {
  type Asker,
  type Challenge,
  type ChallengePurpose,
  countChallenges,
  countTry,
  insertChallenge,
  proveChallenge,
} from '../challenge-store.ts'
import { findByIdentifier } from '../identifier-store.ts'
import { accountRefusal, type IdentifierKind } from '../model.ts'
import { codeMinutes, codesPerHour, codeTries } from '../rules.ts'

export interface CodePlan {
  readonly purpose: ChallengePurpose
  readonly kind: 'phone' | 'email'
  readonly value: string
  readonly accountId: string | null
  readonly sessionId: string | null
  readonly given?: Readonly<Record<string, unknown>>
  /** Whether a browser asks that the person used before; left out where somebody is signed in. */
  readonly isFromKnown?: boolean
}

/** A code on its way: the caller sends it, in the same transaction. */
export interface IssuedCode {
  readonly challengeId: string
  /** Six digits; only for the message that carries it. */
  readonly code: string
  readonly expiresAt: Instant
}

/**
 * Makes a code of six digits that works once, for ten minutes and for this purpose.
 * @throws Refusal `code.too_many` when this address was sent too many lately
 */
export async function issueCode(tx: Tx, vault: Vault, plan: CodePlan): Promise<IssuedCode> {
  const { kind, value, purpose, accountId, sessionId } = plan
  const asker = await askerOf(tx, plan)
  const lately = await countChallenges(tx, { kind, value, asker, since: addMinutes(tx.now, -60) })
  if (lately >= codesPerHour) throw new Refusal(accountRefusal.codesTooMany, { minutes: 60, seconds: 3600 })
  const challengeId = tx.newId()
  const code = String(randomInt(1_000_000)).padStart(6, '0')
  const expiresAt = addMinutes(tx.now, codeMinutes)
  insertChallenge(tx, {
    purpose,
    accountId,
    sessionId,
    kind,
    value,
    challengeId,
    codeHash: codeDigest(vault, challengeId, code),
    given: { ...plan.given, asker },
    expiresAt,
  })
  return { challengeId, code, expiresAt }
}

// Who asks for somebody else's address, signed in or not, takes no codes from its person.
async function askerOf(tx: Tx, { kind, value, accountId, isFromKnown }: CodePlan): Promise<Asker> {
  if (isFromKnown !== undefined || accountId === null) return isFromKnown ? 'known' : 'strangers'
  const bound = await findByIdentifier(tx, kind, value)
  return bound?.accountId === accountId ? 'known' : accountId
}

export interface GivenCode {
  readonly challengeId: string
  readonly purpose: ChallengePurpose
  readonly code: string
  /** The session that asked for it; null where nobody was signed in. */
  readonly sessionId: string | null
}

/**
 * Counts a try at a code, in a transaction of its own: what is refused afterwards stays counted.
 * @throws Refusal `code.wrong` for one that is used, expired, of another flow, or tried too often
 */
export async function countCode(openAside: Open, { challengeId, purpose }: GivenCode): Promise<void> {
  const counted = await openAside((tx) => countTry(tx, { challengeId, purpose, most: codeTries }))
  if (!counted) throw new Refusal(accountRefusal.codeWrong)
}

/**
 * Takes a code that was counted: of many at once with the right one, one wins.
 * @throws Refusal `code.wrong`
 */
export async function takeCode(tx: Tx, vault: Vault, given: GivenCode): Promise<Challenge> {
  const { challengeId, purpose, code, sessionId } = given
  const proved = await proveChallenge(tx, {
    challengeId,
    purpose,
    codeHash: codeDigest(vault, challengeId, code),
  })
  if (proved === null || proved.sessionId !== sessionId) throw new Refusal(accountRefusal.codeWrong)
  return proved
}

/** What is kept of a code, or of a longer secret that proves a challenge. */
export function codeDigest(vault: Vault, challengeId: string, code: string): Buffer {
  return vault.digest('code', `${challengeId}\0${code}`)
}

/** The key under which a value is found in the history after its erasure. */
export function identifierDigest(vault: Vault, kind: IdentifierKind, value: string): Buffer {
  return vault.digest('identifier', `${kind}\0${value}`)
}
