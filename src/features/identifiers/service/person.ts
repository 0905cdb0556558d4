import type { Tx } from '../../../platform/db/tx.ts'
import { type ChangeParts, shutPhones } from '../../accounts/index.ts'
import type { Identifier, IdentifierKind } from '../../accounts/model.ts'
import { factorsOf } from '../../factors/index.ts'
import type { BoundIdentifier } from '../objection-rules.ts'
import type { Ways } from '../rules.ts'

/** What use cases need beside the transaction: how messages are sealed, and where links lead. */
export interface IdentifierParts extends ChangeParts {
  /** By which kinds one can sign in here, as the installation is set up. */
  readonly openKinds: readonly IdentifierKind[]
}

/** Who asks, on a route that only persons enter. */
export function personIn({ caller }: Tx): { accountId: string; sessionId: string } {
  if (caller.kind !== 'account') throw new Error('only a person has an account of their own')
  return caller
}

/** In the account's realm: identifiers with whether they open anything. */
export async function boundOf(
  tx: Tx,
  { openKinds }: Pick<IdentifierParts, 'openKinds'>,
  identifiers: readonly Identifier[],
): Promise<BoundIdentifier[]> {
  const shut = await shutPhones(tx, identifiers)
  return identifiers.map(({ identifierId, kind, value, canLogin, canVerify, boundAt, frozenAt }) => ({
    identifierId,
    kind,
    value,
    canLogin,
    canVerify,
    boundAt,
    isFrozen: frozenAt !== null,
    canOpen: openKinds.includes(kind) && !shut.has(identifierId),
  }))
}

/** Everything that the account is entered and verified by. */
export async function waysIn(
  tx: Tx,
  parts: Pick<IdentifierParts, 'openKinds'>,
  identifiers: readonly Identifier[],
): Promise<Omit<Ways, 'objectionId'> & { readonly identifiers: readonly BoundIdentifier[] }> {
  const { passkeys, hasAuthenticator } = await factorsOf(tx)
  return { identifiers: await boundOf(tx, parts, identifiers), passkeys, hasAuthenticator }
}
