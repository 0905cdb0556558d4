import type { Instant } from '../../kernel/fields.ts'
import type { Tx } from '../../platform/db/tx.ts'
import type { MemberStatus, ReadScope } from '../people/model.ts'

/** A person's own account that uses a number of this company, with who the person is here. */
export interface BindingRow {
  readonly numberId: string
  readonly e164: string
  readonly identifierId: string
  /** To step into its realm, never to be shown. */
  readonly accountId: string
  readonly memberId: string
  readonly memberName: string
  readonly status: MemberStatus
  readonly isHolder: boolean
  readonly canLogin: boolean
  readonly canVerify: boolean
  readonly boundAt: Instant
  /** The ledger shows that the member held the number at or after the binding, which came after the company's. */
  readonly heldHere: boolean
}

/** In the company's realm: own accounts of members and former members that use these numbers (WRK-4). */
export function findBindings(tx: Tx, numberIds: readonly string[]): Promise<BindingRow[]> {
  return tx.query<BindingRow>({
    text: `select b.number_id as "numberId", n.e164, b.identifier_id as "identifierId", b.account_id as "accountId",
        b.member_id as "memberId", m.name as "memberName", m.status, n.holder_id is not distinct from b.member_id as "isHolder",
        b.can_login as "canLogin", b.can_verify as "canVerify", b.bound_at as "boundAt",
        n.created_at <= b.bound_at and exists (select 1 from assignments a where a.company_id = $1 and a.number_id = b.number_id
          and a.holder_id = b.member_id and (a.held_to is null or a.held_to > b.bound_at)) as "heldHere"
      from baton_bindings_of_numbers($2) b
      join numbers n on n.company_id = $1 and n.number_id = b.number_id
      join members m on m.company_id = $1 and m.member_id = b.member_id
      order by b.number_id, b.identifier_id`,
    values: [tx.companyId, numberIds],
  })
}

export interface SeenNumber {
  readonly numberId: string
  readonly e164: string
  readonly holderId: string | null
  readonly holderName: string | null
  readonly holderHasAccount: boolean
  /** Who held it last beside the present holder; null where the ledger knows nobody. */
  readonly formerMemberId: string | null
  readonly formerName: string | null
  readonly formerStatus: MemberStatus | null
  readonly formerHasAccount: boolean
}

/** In the company's realm: a number in the reader's scope, with who held it before; undefined for none. */
export async function findNumber(
  tx: Tx,
  numberId: string,
  scope: ReadScope,
): Promise<SeenNumber | undefined> {
  const values: unknown[] = [tx.companyId, numberId]
  const place = (value: unknown) => `$${values.push(value)}`
  const [number] = await tx.query<SeenNumber>({
    text: `select n.number_id as "numberId", n.e164, n.holder_id as "holderId", h.name as "holderName",
        h.account_id is not null as "holderHasAccount", f.member_id as "formerMemberId", f.name as "formerName",
        f.status as "formerStatus", f.account_id is not null as "formerHasAccount"
      from numbers n
      left join members h on h.company_id = n.company_id and h.member_id = n.holder_id
      left join lateral (
        select m.member_id, m.name, m.status, m.account_id from assignments a
        join members m on m.company_id = a.company_id and m.member_id = a.holder_id
        where a.company_id = n.company_id and a.number_id = n.number_id and a.holder_id is distinct from n.holder_id
        order by a.held_from desc limit 1) f on true
      where n.company_id = $1 and n.number_id = $2 and n.state <> 'released' ${scopeCondition(scope, place)}`,
    values,
  })
  return number
}

function scopeCondition(scope: ReadScope, place: (value: unknown) => string): string {
  if (scope.kind === 'company') return ''
  const own = `n.holder_id = ${place(scope.memberId)}::uuid`
  if (scope.kind === 'self') return `and ${own}`
  return `and (${own} or n.holder_id in (select md.member_id from member_departments md
    where md.company_id = $1 and md.department_id = any(${place(scope.departmentIds)}::uuid[])))`
}
