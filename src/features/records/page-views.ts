import type { Instant } from '../../kernel/fields.ts'
import type { Tx } from '../../platform/db/tx.ts'
import type { Media } from './model.ts'
import type { RecordRow } from './record-views.ts'

export interface HolderThen {
  readonly memberId: string
  readonly name: string
}

/** Who held each record's number when it occurred (NUM-12), in the order of the records; null where nobody did. */
export async function holdersThen(
  tx: Tx,
  rows: readonly Pick<RecordRow, 'number_id' | 'occurred_at'>[],
): Promise<readonly (HolderThen | null)[]> {
  if (rows.length === 0) return []
  const found = await tx.query<{ holder_id: string | null; name: string | null }>({
    name: 'record-holders-then',
    text: `select a.holder_id, m.name
      from unnest($2::uuid[], $3::timestamptz[]) with ordinality as r (number_id, occurred_at, place)
      left join lateral (select a.holder_id from assignments a
        where a.company_id = $1 and a.number_id = r.number_id and a.held_from <= r.occurred_at
        order by a.held_from desc limit 1) a on true
      left join members m on m.company_id = $1 and m.member_id = a.holder_id
      order by r.place`,
    values: [tx.companyId, rows.map((row) => row.number_id), rows.map((row) => row.occurred_at)],
  })
  return found.map((row) =>
    row.holder_id === null ? null : { memberId: row.holder_id, name: row.name ?? '' },
  )
}

/** When each record's conversation was last answered, in the order of the records; null where it never was. */
export async function answeredLast(
  tx: Tx,
  rows: readonly Pick<RecordRow, 'number_id' | 'other_party'>[],
): Promise<readonly (Instant | null)[]> {
  if (rows.length === 0) return []
  const found = await tx.query<{ last_answered_at: Instant | null }>({
    name: 'record-answered-last',
    text: `select c.last_answered_at
      from unnest($2::uuid[], $3::text[]) with ordinality as r (number_id, other_party, place)
      left join lateral (select c.last_answered_at from conversations c where c.company_id = $1
        and c.number_id = r.number_id and c.other_party = r.other_party limit 1) c on true
      order by r.place`,
    values: [tx.companyId, rows.map((row) => row.number_id), rows.map((row) => row.other_party)],
  })
  return found.map((row) => row.last_answered_at)
}

/** The files of these records, oldest first, by record. */
export async function mediaOf(
  tx: Tx,
  recordIds: readonly string[],
): Promise<ReadonlyMap<string, readonly Media[]>> {
  const byRecord = new Map<string, Media[]>()
  if (recordIds.length === 0) return byRecord
  const rows = await tx.query<Media & { record_id: string }>({
    name: 'record-media',
    text: `select record_id, media_id as "mediaId", content_type as "contentType", byte_count as "byteCount",
        file_name as "fileName"
      from record_media where company_id = $1 and record_id = any($2::uuid[]) order by received_at, media_id`,
    values: [tx.companyId, recordIds],
  })
  for (const { record_id: recordId, ...media } of rows) {
    byRecord.set(recordId, [...(byRecord.get(recordId) ?? []), media])
  }
  return byRecord
}
