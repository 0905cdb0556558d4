import type { Tx } from '../../../platform/db/tx.ts'
import type { JsonValue } from '../leaf.ts'

/** What a step of a handover did to one item, as its ledger entry tells it. */
export interface RecordedStep {
  readonly itemId: string
  readonly before: Readonly<Record<string, JsonValue>>
  readonly after: Readonly<Record<string, JsonValue>>
}

/** The steps that a handover has recorded about these subjects, each item's latest, by item. */
export async function stepsRecorded(
  tx: Tx,
  handoverId: string,
  subjectIds: readonly string[],
): Promise<ReadonlyMap<string, RecordedStep>> {
  if (subjectIds.length === 0) return new Map()
  const rows = await tx.query<RecordedStep>({
    name: 'audit-steps-recorded',
    text: `select effect ->> 'itemId' as "itemId", effect -> 'before' as before, effect -> 'after' as after from audit_entries
      where company_id = $1 and subject_id = any($2) and effect ->> 'handoverId' = $3 and effect ? 'after' order by entry_id`,
    values: [tx.companyId, subjectIds, handoverId],
  })
  return new Map(rows.map((row) => [row.itemId, row]))
}
