import type { Database } from '../../platform/db/database.ts'
import type { DueTask } from '../../platform/jobs/sweeper.ts'
import { settleDue } from './service/due.ts'
import { settleRecoveries } from './service/due-recoveries.ts'
import type { TakeoverParts } from './service/parts.ts'
import { endBindings } from './service/release.ts'

const everyMs = 30_000
const rightAfterMs = 2_000

/** What happens when nobody objected: phones pass on, sealed accounts come back. And phones whose company gave them up. */
export function takeoverDueTasks(parts: TakeoverParts & { readonly database: Database }): readonly DueTask[] {
  return [
    { name: 'takeovers.due', everyMs, run: () => settleDue(parts) },
    { name: 'takeovers.recoveries', everyMs, run: () => settleRecoveries(parts) },
    { name: 'takeovers.released', everyMs: rightAfterMs, run: () => endBindings(parts) },
  ]
}
