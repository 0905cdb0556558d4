import type { Tx } from '../../platform/db/tx.ts'

export interface FinishedErasure {
  readonly numberId: string
  readonly cutOff: string
  /** When it was done first. */
  readonly at: string
  readonly erasedRecords: number
}

/** Whether the company has the number, released or not. */
export async function hasNumber(tx: Tx, numberId: string): Promise<boolean> {
  const rows = await tx.query({
    text: 'select 1 from numbers where company_id = $1 and number_id = $2',
    values: [tx.companyId, numberId],
  })
  return rows.length > 0
}

/**
 * Marks the number's history before the cut-off as erased, whatever was known of it, so that what arrives late from
 * then is refused. One that nothing was known of has itself for a request.
 */
export async function markErased(tx: Tx, erasure: FinishedErasure): Promise<void> {
  const values = [tx.companyId, erasure.numberId, erasure.cutOff, erasure.at, erasure.erasedRecords]
  const known = await tx.query({
    text: `update history_erasures set state = 'done', finished_at = $4, erased_records = erased_records + $5
      where company_id = $1 and number_id = $2 and cut_off = $3 returning 1`,
    values,
  })
  if (known.length > 0) return
  await tx.query({
    text: `insert into history_erasures
        (company_id, number_id, cut_off, due_at, finished_at, erased_records, erasure_id, request_id, state)
      values ($1, $2, $3, $4, $4, $5, $6, $6, 'done')`,
    values: [...values, tx.newId()],
  })
}
