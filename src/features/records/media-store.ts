import type { Instant } from '../../kernel/fields.ts'
import type { Tx } from '../../platform/db/tx.ts'

/** A row of `record_media`. */
export interface MediaRow {
  readonly media_id: string
  readonly content_type: string
  readonly byte_count: number
  readonly file_name: string | null
}

const columns = 'media_id, content_type, byte_count, file_name'

export interface MediaToWrite {
  readonly mediaId: string
  readonly recordId: string
  readonly numberId: string
  readonly occurredAt: Instant
  readonly contentType: string
  readonly byteCount: number
  readonly sha256: Buffer
  readonly fileName: string | null
}

/** Holds a record until the transaction ends, so that its files are counted one after another; false when it is gone. */
export async function lockRecord(
  tx: Tx,
  record: { readonly numberId: string; readonly occurredAt: Instant; readonly recordId: string },
): Promise<boolean> {
  const locked = await tx.query({
    name: 'record-lock',
    text: `select 1 from records
      where company_id = $1 and number_id = $2 and occurred_at = $3 and record_id = $4 for no key update`,
    values: [tx.companyId, record.numberId, record.occurredAt, record.recordId],
  })
  return locked.length > 0
}

/** Writes what belongs to a record as a file. */
export async function insertMedia(tx: Tx, media: MediaToWrite): Promise<MediaRow> {
  const [row] = await tx.query<MediaRow>({
    name: 'media-insert',
    text: `insert into record_media (company_id, media_id, record_id, number_id, occurred_at, content_type, byte_count, sha256,
        file_name, received_at) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) returning ${columns}`,
    values: [
      tx.companyId,
      media.mediaId,
      media.recordId,
      media.numberId,
      media.occurredAt,
      media.contentType,
      media.byteCount,
      media.sha256,
      media.fileName,
      tx.now,
    ],
  })
  if (!row) throw new Error('the file of a record was not written')
  return row
}

/** Deletes the rows of the files of records; returns their ids, so that the bytes can follow. */
export async function deleteMedia(tx: Tx, recordIds: readonly string[]): Promise<string[]> {
  const rows = await tx.query<{ media_id: string }>({
    name: 'media-delete',
    text: 'delete from record_media where company_id = $1 and record_id = any($2::uuid[]) returning media_id',
    values: [tx.companyId, recordIds],
  })
  return rows.map((row) => row.media_id)
}
