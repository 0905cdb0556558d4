import type { Tx } from '../../platform/db/tx.ts'

/** Removes this realm's company with everything that is its; false, and nothing done, where it is no sample. */
export async function removeCompany(tx: Tx): Promise<boolean> {
  const [row] = await tx.query<{ removed: boolean }>({ text: 'select baton_remove_sample() as removed' })
  return row?.removed === true
}
