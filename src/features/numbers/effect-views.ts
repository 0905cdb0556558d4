import type { Instant } from '../../kernel/fields.ts'
import type { Tx } from '../../platform/db/tx.ts'

/** A number's records on both sides of an instant, each counted up to `most` and one. */
export interface RecordCounts {
  readonly before: number
  readonly since: number
}

// What is to be deleted, or is gone, counts on neither side (ADR 0015).
const kept = `coalesce((select max(e.cut_off) from history_erasures e where e.company_id = $1 and e.number_id = $2
  and e.state in ('awaiting_approval', 'approved', 'erasing', 'done')), '-infinity')`

/** How many records a number has before an instant and since. */
export async function countRecords(
  tx: Tx,
  counted: { readonly numberId: string; readonly instant: Instant; readonly most: number },
): Promise<RecordCounts> {
  const [row] = await tx.query<RecordCounts>({
    text: `select
        (select count(*)::integer from (select 1 from records r where r.company_id = $1 and r.number_id = $2
          and r.occurred_at >= ${kept} and r.occurred_at < $3 limit $4) one) as before,
        (select count(*)::integer from (select 1 from records r where r.company_id = $1 and r.number_id = $2
          and r.occurred_at >= greatest(${kept}, $3::timestamptz) limit $4) other) as since`,
    values: [tx.companyId, counted.numberId, counted.instant, counted.most + 1],
  })
  if (!row) throw new Error('a statement without a table gave no row')
  return row
}
