import type { Instant } from '../../kernel/fields.ts'
import type { Tx } from '../../platform/db/tx.ts'
import type { IdentifierKind } from './model.ts'

/** What a proof is asked for; a code that was sent for one purpose opens no other (ASVS 6.6.2). */
export type ChallengePurpose =
  | 'sign_in'
  | 'second_factor'
  | 'confirmation'
  | 'add_identifier'
  | 'change_mobile'
  | 'reset_password'
  | 'bind_passkey'
  | 'allow_browser'
  | 'recover_account'

export interface NewChallenge {
  readonly challengeId: string
  readonly purpose: ChallengePurpose
  /** Whose it is, where that is known. */
  readonly accountId: string | null
  /** The session that asked, where there is one: nobody else can finish it. */
  readonly sessionId: string | null
  readonly kind: IdentifierKind | null
  readonly value: string | null
  /** Null where no code opens it, but something else: a passkey, an answer of another service. */
  readonly codeHash: Buffer | null
  readonly given: Readonly<Record<string, unknown>>
  readonly expiresAt: Instant
}

export interface Challenge {
  readonly challengeId: string
  readonly purpose: ChallengePurpose
  readonly accountId: string | null
  readonly sessionId: string | null
  readonly kind: IdentifierKind | null
  readonly value: string | null
  readonly given: Readonly<Record<string, unknown>>
  readonly createdAt: Instant
  readonly expiresAt: Instant
  /** When the right code was given; null until then. */
  readonly provedAt: Instant | null
}

const columns = `challenge_id as "challengeId", purpose, account_id as "accountId", session_id as "sessionId", kind, value,
  given, created_at as "createdAt", expires_at as "expiresAt", proved_at as "provedAt"`

export function insertChallenge(tx: Tx, challenge: NewChallenge): void {
  tx.send({
    name: 'challenge-open',
    text: 'select baton_open_challenge($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)',
    values: [
      challenge.challengeId,
      challenge.purpose,
      challenge.accountId,
      challenge.sessionId,
      challenge.kind,
      challenge.value,
      challenge.codeHash,
      JSON.stringify(challenge.given),
      tx.now,
      challenge.expiresAt,
    ],
  })
}

/** A challenge that is open still; null when it is not, or was opened for another purpose. */
export async function findChallenge(
  tx: Tx,
  challengeId: string,
  purpose: ChallengePurpose,
): Promise<Challenge | null> {
  const [row] = await tx.query<Challenge>({
    text: `select ${columns} from baton_challenge($1, $2, $3)`,
    values: [challengeId, purpose, tx.now],
  })
  return row ?? null
}

/** Counts a try before the code is looked at; false when there were too many, or it is not open. */
export async function countTry(
  tx: Tx,
  { challengeId, purpose, most }: { challengeId: string; purpose: ChallengePurpose; most: number },
): Promise<boolean> {
  const [row] = await tx.query<{ counted: boolean }>({
    text: 'select baton_count_try($1, $2, $3, $4) as counted',
    values: [challengeId, purpose, most, tx.now],
  })
  return row?.counted === true
}

/** Takes the right code, once; null for a wrong one, and for all but one of many at once. */
export async function proveChallenge(
  tx: Tx,
  { challengeId, purpose, codeHash }: { challengeId: string; purpose: ChallengePurpose; codeHash: Buffer },
): Promise<Challenge | null> {
  const [row] = await tx.query<Challenge>({
    text: `select ${columns} from baton_prove_challenge($1, $2, $3, $4)`,
    values: [challengeId, purpose, codeHash, tx.now],
  })
  return row ?? null
}

/** Ends a challenge; null when it had ended, so that of many at once one goes on. */
export async function useChallenge(
  tx: Tx,
  challengeId: string,
  purpose: ChallengePurpose,
): Promise<Challenge | null> {
  const [row] = await tx.query<Challenge>({
    text: `select ${columns} from baton_use_challenge($1, $2, $3)`,
    values: [challengeId, purpose, tx.now],
  })
  return row ?? null
}

/**
 * Who asks for codes to an address, as far as they do not take codes from each other: its person, by a browser known or
 * a session; whoever is not known; or an account, by its id, that wants to have the address.
 */
export type Asker = 'known' | 'strangers' | (string & {})

export interface CodesAsked {
  readonly kind: IdentifierKind
  readonly value: string
  readonly asker: Asker
  readonly since: Instant
}

/** How many codes one asked for to an address since then. */
export async function countChallenges(tx: Tx, { kind, value, asker, since }: CodesAsked): Promise<number> {
  const [row] = await tx.query<{ count: number }>({
    name: 'codes-since',
    text: 'select baton_codes_since($1, $2, $3, $4) as count',
    values: [kind, value, asker, since],
  })
  return row?.count ?? 0
}
