import { addHours } from '../../../kernel/instant.ts'
import type { Tx } from '../../../platform/db/tx.ts'
import { doubtfulPhones, listIdentifiers, unproven } from '../../accounts/index.ts'
import { usedLatelyDays } from '../rules/takeover.ts'
import { wasUsedSince } from '../views.ts'

/**
 * In the account's realm: whether nobody but who has the phone would hear that it passes, while its person was here lately.
 * Then silence says nothing, and time alone does not let it pass (ACC-6).
 */
export async function isUsedUnheard(tx: Tx, identifierId: string): Promise<boolean> {
  const identifiers = await listIdentifiers(tx)
  const doubtful = await doubtfulPhones(tx, identifiers)
  const isHeard = identifiers.some(
    (one) =>
      one.identifierId !== identifierId &&
      one.frozenAt === null &&
      (one.kind === 'phone' || one.kind === 'email') &&
      one.provenHow !== unproven &&
      !doubtful.has(one.identifierId),
  )
  return !isHeard && (await wasUsedSince(tx, addHours(tx.now, -usedLatelyDays * 24)))
}
