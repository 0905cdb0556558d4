import type { CompanyCaller } from '../../../kernel/caller.ts'
import type { Database } from '../../../platform/db/database.ts'
import { record } from '../../audit/index.ts'
import { type DoomedHistory, eraseHistory } from '../../custody-ports/index.ts'
import { hasNumber, markErased } from '../erased-again-store.ts'

/** An erasure that was finished once. */
export interface FormerErasure extends DoomedHistory {
  /** When it was done first. */
  readonly at: string
}

const recordsAtOnce = 5_000

/**
 * Erases again what had been erased for good before a backup brought it back (NUM-5, NUM-16). Neither approval nor hold
 * is asked: it was decided and done; a hold that the backup knows was lifted before.
 * @returns how many records are gone; null where the company does not have the number
 */
export async function eraseAgain(
  database: Database,
  caller: CompanyCaller,
  erasure: FormerErasure,
): Promise<number | null> {
  if (!(await database.inRealmOf(caller, (tx) => hasNumber(tx, erasure.numberId)))) return null
  let erasedRecords = 0
  for (let gone = -1; gone !== 0; erasedRecords += gone)
    gone = await database.inRealmOf(caller, (tx) => eraseHistory(tx, erasure, recordsAtOnce))
  await database.inRealmOf(caller, async (tx) => {
    await markErased(tx, { ...erasure, erasedRecords })
    record(tx, {
      action: 'history.erased_again',
      subjectKind: 'number',
      subjectId: erasure.numberId,
      effect: { cutOff: erasure.cutOff, erasedAt: erasure.at, records: erasedRecords },
    })
  })
  return erasedRecords
}
