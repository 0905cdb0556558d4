import type { Tx } from '../../../platform/db/tx.ts'
import { doubtfulPhones, listIdentifiers, maskIdentifier } from '../../accounts/index.ts'
import { secondFactorsOf } from '../../factors/index.ts'
import { lockStanding } from '../views.ts'
import type { SignInParts } from './visit.ts'
import { readSignInWays } from './ways.ts'

/** A phone or e-mail address of the account that a code can be sent to. */
export interface CodeWay {
  readonly by: 'code'
  readonly identifierId: string
  readonly kind: 'phone' | 'email'
  readonly value: string
  readonly sentTo: string
}

export type ConfirmationWay =
  | CodeWay
  | { readonly by: 'password' | 'passkey' | 'authenticator' | 'recovery_code' }

/**
 * In the account's realm: how its person can confirm to be there. With a second factor it has to be one, so that the
 * way to what is delicate is no weaker than the way in (ASVS 6.3.4); else password, or a code to what may verify.
 */
export async function confirmationWays(tx: Tx, parts: SignInParts): Promise<ConfirmationWay[]> {
  const factors = await secondFactorsOf(tx)
  if (factors.length > 0) return factors.map((by) => ({ by }))
  const standing = await lockStanding(tx, null)
  const password = standing?.passwordHash == null ? [] : [{ by: 'password' as const }]
  return [...password, ...(await codeWays(tx, parts))]
}

async function codeWays(tx: Tx, parts: SignInParts): Promise<CodeWay[]> {
  const offered = readSignInWays(parts)
  const ways: CodeWay[] = []
  const identifiers = await listIdentifiers(tx)
  const doubtful = await doubtfulPhones(tx, identifiers)
  for (const { identifierId, kind, value, canVerify, frozenAt } of identifiers) {
    if ((kind !== 'phone' && kind !== 'email') || !canVerify || frozenAt !== null || !offered[kind]) continue
    if (doubtful.has(identifierId)) continue
    ways.push({ by: 'code', identifierId, kind, value, sentTo: maskIdentifier({ kind, value }) })
  }
  return ways
}
