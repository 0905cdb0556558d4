import type { Tx } from '../../platform/db/tx.ts'
import type { MediaRow } from './media-store.ts'

export interface MediaOfRecord extends MediaRow {
  readonly sha256: Buffer
}

/** The files of a record, in the order in which they came. */
export function findMediaOfRecord(tx: Tx, recordId: string): Promise<MediaOfRecord[]> {
  return tx.query<MediaOfRecord>({
    name: 'media-of-record',
    text: `select media_id, content_type, byte_count, file_name, sha256 from record_media
      where company_id = $1 and record_id = $2 order by received_at, media_id`,
    values: [tx.companyId, recordId],
  })
}

/** Which of these files belong to a record or show that a task is done; for the steward, over all companies. */
export async function findKeptMedia(
  tx: Tx,
  places: readonly { readonly companyId: string; readonly mediaId: string }[],
): Promise<Set<string>> {
  const rows = await tx.query<{ media_id: string }>({
    text: `select given.media_id from unnest($1::uuid[], $2::uuid[]) as given (company_id, media_id)
      where exists (select 1 from record_media m where m.company_id = given.company_id and m.media_id = given.media_id)
        or exists (select 1 from task_evidence e where e.company_id = given.company_id and e.media_id = given.media_id)`,
    values: [places.map((place) => place.companyId), places.map((place) => place.mediaId)],
  })
  return new Set(rows.map((row) => row.media_id))
}

/** The ids of all files of this realm's company. */
export async function findAllMedia(tx: Tx): Promise<string[]> {
  const rows = await tx.query<{ media_id: string }>({
    text: 'select media_id from record_media where company_id = $1',
    values: [tx.companyId],
  })
  return rows.map((row) => row.media_id)
}
