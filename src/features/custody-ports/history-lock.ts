import type { Tx } from '../../platform/db/tx.ts'

const lockSpace = 4_400_004

/**
 * Keeps what is added to the history of a company's numbers apart from the beginning of an erasure, until the
 * transaction ends: many may add (`shared`), one begins to erase (`exclusive`). What is to be decided on comes in a
 * statement of its own after it, so that it sees what was committed while the lock was waited for.
 */
export async function lockHistory(tx: Tx, how: 'shared' | 'exclusive'): Promise<void> {
  await tx.query({
    name: `history-lock-${how}`,
    text: `select pg_advisory_xact_lock${how === 'shared' ? '_shared' : ''}(${lockSpace}, hashtext($1))`,
    values: [tx.companyId],
  })
}
