import type { Tx } from '../../../platform/db/tx.ts'
import { findLine } from '../line-views.ts'
import type { Identifier } from '../model.ts'
import { isLineOfOthers } from '../rules.ts'

/** In the account's realm: which of its phones open nothing, since others hold the company's number (ACC-12). */
export async function shutPhones(tx: Tx, identifiers: readonly Identifier[]): Promise<ReadonlySet<string>> {
  const shut = new Set<string>()
  const { accountId } = tx
  if (accountId === null) throw new Error('this needs the realm of an account')
  for (const { identifierId, kind, value, boundAt } of identifiers) {
    const line = kind === 'phone' ? await findLine(tx, value) : null
    if (isLineOfOthers(line, { accountId, boundAt })) shut.add(identifierId)
  }
  return shut
}
