import type { Tx } from '../../platform/db/tx.ts'

/** Whoever proved who they are before now does so again before they act in this company. */
export function endSessionsHere(tx: Tx, memberId: string): void {
  tx.send({
    name: 'people-end-sessions',
    text: 'update members set sessions_valid_from = $3 where company_id = $1 and member_id = $2',
    values: [tx.companyId, memberId, tx.now],
  })
}

/** Takes the person out of a member's row: what the company calls them instead stays, with the staff code. */
export function erasePersonRow(tx: Tx, memberId: string, shownAs: string): void {
  tx.send({
    name: 'people-erase-person',
    text: `update members set name = $3, alias = null, email = null, mobile = null, destination = null, title = null,
        account_id = null, version = version + 1
      where company_id = $1 and member_id = $2 and (name <> $3 or account_id is not null
        or coalesce(alias, email, mobile, destination, title) is not null)`,
    values: [tx.companyId, memberId, shownAs],
  })
}

/** Takes what a member was told. */
export function eraseNoticesOf(tx: Tx, memberId: string): void {
  tx.send({
    name: 'people-erase-notices',
    text: 'delete from notices where company_id = $1 and member_id = $2',
    values: [tx.companyId, memberId],
  })
}

/** Which of these addresses are not the person's alone: numbers of the company, or what another member has by now. */
export async function sharedAddresses(
  tx: Tx,
  memberId: string,
  addresses: readonly string[],
): Promise<string[]> {
  const rows = await tx.query<{ address: string }>({
    text: `select address from unnest($3::text[]) as address
      where exists (select 1 from numbers n where n.company_id = $1 and n.e164 = address)
        or exists (select 1 from members m where m.company_id = $1 and m.member_id <> $2
          and address in (m.email, m.mobile, m.destination))`,
    values: [tx.companyId, memberId, addresses],
  })
  return rows.map(({ address }) => address)
}
