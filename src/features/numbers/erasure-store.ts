import type { Instant } from '../../kernel/fields.ts'
import type { Tx } from '../../platform/db/tx.ts'

/** An erasure that has begun: what lies before the cut-off is gone for everyone, and is being taken away. */
export interface BegunErasure {
  readonly erasure_id: string
  readonly number_id: string
  readonly cut_off: string
}

/** The erasure of a request that has begun and is not done; undefined when there is none. */
export async function findBegunErasure(
  tx: Tx,
  which: { readonly numberId: string; readonly requestId: string },
): Promise<BegunErasure | undefined> {
  const [row] = await tx.query<BegunErasure>({
    name: 'erasure-begun',
    text: `select erasure_id, number_id, cut_off from history_erasures
      where company_id = $1 and number_id = $2 and request_id = $3 and state = 'erasing'`,
    values: [tx.companyId, which.numberId, which.requestId],
  })
  return row
}

/** Counts records that are gone. */
export function countErased(tx: Tx, erasureId: string, records: number): void {
  tx.send({
    name: 'erasure-count',
    text: 'update history_erasures set erased_records = erased_records + $3 where company_id = $1 and erasure_id = $2',
    values: [tx.companyId, erasureId, records],
  })
}

/** Puts an approved erasure off until a time. */
export function putOffErasure(
  tx: Tx,
  which: { readonly numberId: string; readonly requestId: string },
  until: Instant,
): void {
  tx.send({
    name: 'erasure-put-off',
    text: `update history_erasures set due_at = $4
      where company_id = $1 and number_id = $2 and request_id = $3 and state = 'approved'`,
    values: [tx.companyId, which.numberId, which.requestId, until],
  })
}
