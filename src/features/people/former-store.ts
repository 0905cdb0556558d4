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
