import { addHours } from '../../../kernel/instant.ts'
import type { Tx } from '../../../platform/db/tx.ts'
import { clearEndedImports } from '../store.ts'

/** How many days the rows of an import stay after it has ended: as long as somebody may want to look at them or undo it. */
export const rowsStayDays = 30

/** As the steward: deletes the rows of imports that ended long ago; resolves to how many imports it were. */
export function clearEndedRows(tx: Tx): Promise<number> {
  return clearEndedImports(tx, addHours(tx.now, -rowsStayDays * 24))
}
