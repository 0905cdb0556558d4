import type { Instant } from '../../kernel/fields.ts'
import type { Tx } from '../../platform/db/tx.ts'

export interface KeptRow {
  readonly messageId: string
  readonly sealed: Buffer
  readonly createdAt: Instant
}

/** Messages that no sender took, the newest first; `before` goes on after a page. */
export function listKept(tx: Tx, before: string | null, most: number): Promise<KeptRow[]> {
  return tx.query<KeptRow>({
    text: `select message_id as "messageId", sealed, created_at as "createdAt" from baton_kept_messages($1, $2)`,
    values: [before, most],
  })
}
