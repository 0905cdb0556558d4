import type { Tx } from '../../../platform/db/tx.ts'
import type { ChangeParts } from '../../accounts/index.ts'
import type { Identifier } from '../../accounts/model.ts'
import { factorsOf } from '../../factors/index.ts'
import type { BoundIdentifier } from '../objection-rules.ts'
import type { Ways } from '../rules.ts'

/** What use cases need beside the transaction: how messages are sealed, and where links lead. */
export type IdentifierParts = ChangeParts

/** Who asks, on a route that only persons enter. */
export function personIn({ caller }: Tx): { accountId: string; sessionId: string } {
  if (caller.kind !== 'account') throw new Error('only a person has an account of their own')
  return caller
}

export function boundOf(identifier: Identifier): BoundIdentifier {
  const { identifierId, kind, value, canLogin, canVerify, boundAt, frozenAt } = identifier
  return { identifierId, kind, value, canLogin, canVerify, boundAt, isFrozen: frozenAt !== null }
}

/** Everything that the account is entered and verified by. */
export async function waysIn(tx: Tx, identifiers: readonly Identifier[]): Promise<Omit<Ways, 'objectionId'>> {
  const { passkeys, hasAuthenticator } = await factorsOf(tx)
  return { identifiers: identifiers.map(boundOf), passkeys, hasAuthenticator }
}
