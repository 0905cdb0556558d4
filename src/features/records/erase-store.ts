import type { Instant } from '../../kernel/fields.ts'
import type { Tx } from '../../platform/db/tx.ts'

/** A record that is to be erased, with the keys of what goes with it. */
export interface DoomedRecord {
  readonly occurred_at: Instant
  readonly record_id: string
  readonly other_party: string
  readonly source: string
  readonly source_id: string
}

/** The oldest records of a number from before a cut-off. */
export function findDoomed(
  tx: Tx,
  history: { readonly numberId: string; readonly cutOff: Instant },
  limit: number,
): Promise<DoomedRecord[]> {
  return tx.query<DoomedRecord>({
    name: 'records-doomed',
    text: `select occurred_at, record_id, other_party, source, source_id from records
      where company_id = $1 and number_id = $2 and occurred_at < $3 order by occurred_at, record_id limit $4`,
    values: [tx.companyId, history.numberId, history.cutOff, limit],
  })
}

/** Deletes records of a number, oldest first as `findDoomed` found them, with the ids of their sources. */
export function deleteRecords(tx: Tx, numberId: string, doomed: readonly DoomedRecord[]): void {
  const times = doomed.map((row) => row.occurred_at)
  tx.send({
    name: 'records-delete',
    // The bounds let PostgreSQL leave out all other months.
    text: `delete from records r using unnest($3::timestamptz[], $4::uuid[]) as gone (occurred_at, record_id)
      where r.company_id = $1 and r.number_id = $2 and r.occurred_at >= $5 and r.occurred_at <= $6
        and r.occurred_at = gone.occurred_at and r.record_id = gone.record_id`,
    values: [tx.companyId, numberId, times, doomed.map((row) => row.record_id), times[0], times.at(-1)],
  })
  tx.send({
    name: 'record-sources-delete',
    text: `delete from record_sources s using unnest($2::text[], $3::text[]) as gone (source, source_id)
      where s.company_id = $1 and s.source = gone.source and s.source_id = gone.source_id`,
    values: [tx.companyId, doomed.map((row) => row.source), doomed.map((row) => row.source_id)],
  })
}
