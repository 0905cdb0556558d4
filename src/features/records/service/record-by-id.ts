import { millisecondsOf } from '../../../kernel/ids.ts'
import { instantOf } from '../../../kernel/instant.ts'
import type { Tx } from '../../../platform/db/tx.ts'
import { findRecord, type RecordRow } from '../record-views.ts'

// An id that is no record's may name a time that no instant has.
const endOfTime = Date.UTC(10_000, 0)

/** A record by its id, which says in which millisecond it happened; null when there is none. */
export async function recordById(tx: Tx, recordId: string): Promise<RecordRow | null> {
  const milliseconds = millisecondsOf(recordId)
  if (milliseconds + 1 >= endOfTime) return null
  return findRecord(tx, recordId, {
    from: instantOf(new Date(milliseconds)),
    to: instantOf(new Date(milliseconds + 1)),
  })
}
