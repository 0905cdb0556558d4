import type { Tx } from '../../../platform/db/tx.ts'
import type { AccountChange } from '../../accounts/index.ts'
import type { Identifier } from '../../accounts/model.ts'
import { type Settlers, settlersOf } from '../objection-rules.ts'
import { listUsablePasskeys, readEntrance } from '../views.ts'
import { boundOf, type IdentifierParts, personIn } from './person.ts'

export interface OpenObjection {
  readonly identifiers: readonly Identifier[]
  readonly unsettled: readonly AccountChange[]
  readonly changeId: string
}

/** By what one must have come in to settle an objection. */
export async function settlersIn(
  parts: IdentifierParts,
  tx: Tx,
  { identifiers, unsettled, changeId }: OpenObjection,
): Promise<Settlers> {
  const bound = await boundOf(tx, parts, identifiers)
  return settlersOf({ bound, unsettled, changeId }, await listUsablePasskeys(tx))
}

/** Whether this session came in like that. Which passkey opened it is not known, so each of them has to be old enough. */
export async function mayThisSession(tx: Tx, { identifierIds, passkeyIds }: Settlers): Promise<boolean> {
  const entrance = await readEntrance(tx, personIn(tx).sessionId)
  if (entrance !== null) return identifierIds.includes(entrance)
  const passkeys = await listUsablePasskeys(tx)
  return passkeys.length > 0 && passkeys.every(({ passkeyId }) => passkeyIds.includes(passkeyId))
}
