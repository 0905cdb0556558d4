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

/** What the ledger keeps beside the entries of what became of a member, the oldest first; not of what is about them in passing. */
export async function detailsOfMember(tx: Tx, memberId: string): Promise<unknown[]> {
  const rows = await tx.query<{ details: unknown }>({
    text: `select d.details from audit_entries e
        join audit_details d on d.company_id = e.company_id and d.entry_id = e.entry_id
      where e.company_id = $1 and e.subject_kind = 'member' and e.subject_id = $2 and e.action like 'member.%'
        and d.details is not null
      order by e.entry_id`,
    values: [tx.companyId, memberId],
  })
  return rows.map(({ details }) => details)
}
