import type { Tx } from '../../../platform/db/tx.ts'
import { findLine } from '../line-views.ts'
import type { Identifier, LineStand } from '../model.ts'
import { standOfLine } from '../rules.ts'

/** In the account's realm: which of its phones open nothing, since others hold the company's number (ACC-12). */
export function shutPhones(tx: Tx, identifiers: readonly Identifier[]): Promise<ReadonlySet<string>> {
  return phonesThatStand(tx, identifiers, ['of_others'])
}

/** In the account's realm: which of its phones may be in the hands of others, so that alone they confirm nothing. */
export function doubtfulPhones(tx: Tx, identifiers: readonly Identifier[]): Promise<ReadonlySet<string>> {
  return phonesThatStand(tx, identifiers, ['of_others', 'claimed'])
}

async function phonesThatStand(
  tx: Tx,
  identifiers: readonly Identifier[],
  stands: readonly LineStand[],
): Promise<ReadonlySet<string>> {
  const found = new Set<string>()
  const { accountId } = tx
  if (accountId === null) throw new Error('this needs the realm of an account')
  for (const { identifierId, kind, value, boundAt } of identifiers) {
    const line = kind === 'phone' ? await findLine(tx, value) : null
    if (stands.includes(standOfLine(line, { accountId, boundAt }))) found.add(identifierId)
  }
  return found
}
