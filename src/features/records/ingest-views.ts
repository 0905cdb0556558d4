import type { Instant } from '../../kernel/fields.ts'
import type { Tx } from '../../platform/db/tx.ts'

/** One of the numbers that a line was, with the time before which its history is erased. */
export interface NumberLifeRow {
  readonly e164: string
  readonly number_id: string
  readonly created_at: Instant
  readonly released_at: Instant | null
  readonly erased_before: Instant | null
}

/** The numbers of these lines, released ones too, oldest first. */
export function findNumberLives(tx: Tx, lines: readonly string[]): Promise<NumberLifeRow[]> {
  return tx.query<NumberLifeRow>({
    name: 'record-number-lives',
    text: `select n.e164, n.number_id, n.created_at, n.released_at,
        (select max(e.cut_off) from history_erasures e where e.company_id = $1 and e.number_id = n.number_id
          and e.state in ('erasing', 'done')) as erased_before
      from numbers n where n.company_id = $1 and n.e164 = any($2::text[]) order by n.created_at, n.number_id`,
    values: [tx.companyId, lines],
  })
}

/** Whether what a number had at this time is erased, or is being erased. */
export async function isErased(
  tx: Tx,
  record: { readonly numberId: string; readonly occurredAt: Instant },
): Promise<boolean> {
  const found = await tx.query({
    name: 'record-is-erased',
    text: `select 1 from history_erasures where company_id = $1 and number_id = $2 and cut_off > $3
      and state in ('erasing', 'done') limit 1`,
    values: [tx.companyId, record.numberId, record.occurredAt],
  })
  return found.length > 0
}

/** The id of a record by the one it has at its source; null where it was never sent. */
export async function findSentRecord(tx: Tx, source: string, sourceId: string): Promise<string | null> {
  const [row] = await tx.query<{ record_id: string }>({
    text: 'select record_id from record_sources where company_id = $1 and source = $2 and source_id = $3',
    values: [tx.companyId, source, sourceId],
  })
  return row?.record_id ?? null
}
