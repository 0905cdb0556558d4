import type { Tx } from '../../platform/db/tx.ts'

/** A binding that ends because the company gave its number up. */
export interface BindingEnd {
  readonly companyId: string
  readonly identifierId: string
  readonly accountId: string
}

/** In the company's realm: lets the binding of an account to a number end right after the commit. */
export function insertBindingEnd(
  tx: Tx,
  { identifierId, accountId, numberId }: Omit<BindingEnd, 'companyId'> & { readonly numberId: string },
): void {
  tx.send({
    text: `insert into binding_ends (company_id, identifier_id, number_id, account_id, asked_at)
      values ($1, $2, $3, $4, $5) on conflict (company_id, identifier_id) do nothing`,
    values: [tx.companyId, identifierId, numberId, accountId, tx.now],
  })
}

/** As the steward: bindings that are to end, the oldest first. */
export function listBindingEnds(tx: Tx, most: number): Promise<BindingEnd[]> {
  return tx.query<BindingEnd>({
    text: `select company_id as "companyId", identifier_id as "identifierId", account_id as "accountId"
      from binding_ends where ended_at is null order by asked_at, identifier_id limit $1`,
    values: [most],
  })
}

/** In the company's realm: the binding has ended; false when another process was faster. */
export async function endBinding(tx: Tx, identifierId: string): Promise<boolean> {
  const ended = await tx.query({
    text: `update binding_ends set ended_at = $3
      where company_id = $1 and identifier_id = $2 and ended_at is null returning 1`,
    values: [tx.companyId, identifierId, tx.now],
  })
  return ended.length > 0
}
