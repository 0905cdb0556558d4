import { normaliseInstant } from '../../../../kernel/instant.ts'
import { Refusal } from '../../../../kernel/refusal.ts'
import { ingestBatch, openRecordMonth, refuseTime } from '../../../records/index.ts'
import { NewRecord } from '../../../records/model.ts'
import type { RecordDraft } from '../../model/rows.ts'
import type { PlannedRow } from '../../views.ts'
import type { RowDone } from '../applied.ts'
import type { Slice } from './slice.ts'

/** Takes in the records of a slice together; each is taken in or refused alone. */
export async function applyRecords(
  { tx }: Slice,
  rows: readonly (PlannedRow & { readonly draft: RecordDraft })[],
): Promise<Map<number, RowDone | Refusal>> {
  const arrived = rows.map(({ row, draft: { subject: _, ...record } }) => ({
    line: row,
    record: NewRecord.parse(record),
    occurredAt: normaliseInstant(record.occurredAt),
  }))
  const inTime = arrived.filter(({ occurredAt }) => refuseTime(occurredAt, tx.now) === null)
  const months = new Map(inTime.map(({ occurredAt }) => [occurredAt.slice(0, 7), occurredAt]))
  for (const moment of [...months.values()].sort()) await openRecordMonth(tx, moment)
  const { refused } = await ingestBatch(tx, arrived)
  const results = new Map<number, RowDone | Refusal>(
    rows.map(({ row }) => [row, { state: 'done', applied: { did: 'record_taken_in' } }]),
  )
  for (const { line, rule, values } of refused) results.set(line, new Refusal(rule, values))
  return results
}
