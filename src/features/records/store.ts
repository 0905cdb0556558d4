import type { Instant } from '../../kernel/fields.ts'
import type { Tx } from '../../platform/db/tx.ts'
import type { Direction, RecordKind } from './model.ts'

/** A record that is to be written, with the id that says when it happened. */
export interface RecordToWrite {
  readonly recordId: string
  readonly numberId: string
  readonly occurredAt: Instant
  readonly kind: RecordKind
  readonly direction: Direction
  readonly otherParty: string
  readonly otherName: string | null
  readonly durationSeconds: number | null
  readonly answered: boolean | null
  readonly text: string | null
  readonly source: string
  readonly sourceId: string
}

/** Makes room for the month of an instant, in a transaction of its own: the records of all companies share it. */
export async function openRecordMonth(tx: Tx, moment: Instant): Promise<void> {
  await tx.query({ text: 'select baton_open_record_month($1)', values: [moment] })
}

/**
 * Takes the source ids of records, in an order that all transactions share, so that two streams with the same records
 * wait for each other instead of locking each other out.
 * @returns the ids of the records that nobody had sent before
 */
export async function takeSourceIds(tx: Tx, records: readonly RecordToWrite[]): Promise<Set<string>> {
  const taken = await tx.query<{ record_id: string }>({
    name: 'record-sources-take',
    text: `insert into record_sources (company_id, source, source_id, record_id)
      select $1, source, source_id, record_id from unnest($2::text[], $3::text[], $4::uuid[]) as given (source, source_id, record_id)
      order by source collate "C", source_id collate "C"
      on conflict (company_id, source, source_id) do nothing returning record_id`,
    values: [
      tx.companyId,
      records.map((record) => record.source),
      records.map((record) => record.sourceId),
      records.map((record) => record.recordId),
    ],
  })
  return new Set(taken.map((row) => row.record_id))
}

/** Writes records whose source ids are taken; their months must be open. */
export function insertRecords(tx: Tx, records: readonly RecordToWrite[]): void {
  tx.send({
    name: 'records-insert',
    text: `insert into records (company_id, number_id, occurred_at, record_id, kind, direction, other_party, other_name,
        duration_seconds, answered, body, source, source_id, received_at)
      select $1, number_id, occurred_at, record_id, kind, direction, other_party, other_name, duration_seconds, answered,
        body, source, source_id, $2
      from unnest($3::uuid[], $4::timestamptz[], $5::uuid[], $6::text[], $7::text[], $8::text[], $9::text[], $10::integer[],
          $11::boolean[], $12::text[], $13::text[], $14::text[])
        as given (number_id, occurred_at, record_id, kind, direction, other_party, other_name, duration_seconds, answered,
          body, source, source_id)`,
    values: [
      tx.companyId,
      tx.now,
      records.map((record) => record.numberId),
      records.map((record) => record.occurredAt),
      records.map((record) => record.recordId),
      records.map((record) => record.kind),
      records.map((record) => record.direction),
      records.map((record) => record.otherParty),
      records.map((record) => record.otherName),
      records.map((record) => record.durationSeconds),
      records.map((record) => record.answered),
      records.map((record) => record.text),
      records.map((record) => record.source),
      records.map((record) => record.sourceId),
    ],
  })
}
