import type { Tx } from '../../platform/db/tx.ts'

/** Whose traces are erased: by id, and what of the person may stand in a text. */
export interface ErasedPerson {
  readonly memberId: string
  readonly names: readonly string[]
  readonly addresses: readonly string[]
}

/**
 * Erases what is kept beside the ledger's entries of one person: all of entries about the member, those that name the
 * person and have to do with the member, and those with one of the addresses. Entries and proofs stay.
 * @returns how many entries lost their details
 */
export async function eraseDetails(tx: Tx, person: ErasedPerson): Promise<number> {
  const [row] = await tx.query<{ count: number }>({
    text: 'select baton_erase_details($1, $2, $3) as count',
    values: [person.memberId, person.names, person.addresses],
  })
  return row?.count ?? 0
}
