import type { Tx } from '../../platform/db/tx.ts'
import { type ItemRow, itemColumns } from './item-views.ts'
import type { Evidence, Signature } from './receipt/body.ts'
import type { ReceiptPart } from './receipt-store.ts'

/** An item as a receipt states it; `isByPerson` when a person's task was its proof. */
export interface ReceiptItemRow extends ItemRow {
  readonly isByPerson: boolean
}

/** All items of a handover in the order of the run. */
export function receiptItems(tx: Tx, handoverId: string): Promise<ReceiptItemRow[]> {
  return tx.query<ReceiptItemRow>({
    name: 'handover-receipt-items',
    text: `select ${itemColumns}, t.task_id is not null as "isByPerson"
      from handover_items i
      left join tasks t on t.company_id = i.company_id and t.task_id = coalesce(i.task_id, i.reference)
      where i.company_id = $1 and i.handover_id = $2 order by i.position`,
    values: [tx.companyId, handoverId],
  })
}

/** A member as a receipt names them. */
export interface NamedMember {
  readonly memberId: string
  readonly name: string
  readonly staffCode: string
  /** Names of the departments, separated by commas; empty for none. */
  readonly department: string
}

export function namedMembers(tx: Tx, memberIds: readonly string[]): Promise<NamedMember[]> {
  return tx.query<NamedMember>({
    name: 'handover-receipt-members',
    text: `select m.member_id as "memberId", m.name, m.staff_code as "staffCode",
        coalesce((select string_agg(d.name, ', ' order by d.name) from member_departments md
          join departments d on d.company_id = md.company_id and d.department_id = md.department_id
          where md.company_id = m.company_id and md.member_id = m.member_id), '') as department
      from members m where m.company_id = $1 and m.member_id = any($2::uuid[])`,
    values: [tx.companyId, memberIds],
  })
}

/** Who was to receive something, and what they said. */
export function receiptAcceptances(
  tx: Tx,
  handoverId: string,
): Promise<{ memberId: string; state: string; decidedAt: string | null }[]> {
  return tx.query({
    name: 'handover-receipt-acceptances',
    text: `select member_id as "memberId", state, decided_at as "decidedAt" from handover_acceptances
      where company_id = $1 and handover_id = $2 order by member_id`,
    values: [tx.companyId, handoverId],
  })
}

export async function companyName(tx: Tx): Promise<string> {
  const [row] = await tx.query<{ name: string }>({
    name: 'handover-receipt-company',
    text: 'select name from companies where company_id = $1',
    values: [tx.companyId],
  })
  return row?.name ?? ''
}

/** A part of a receipt as it is stored; not signed yet where `signature` is null. */
export interface StoredPart {
  readonly part: ReceiptPart
  readonly body: string
  readonly bodyHash: string
  readonly signature: Signature | null
  readonly evidence: Evidence | null
}

export function storedParts(tx: Tx, handoverId: string): Promise<StoredPart[]> {
  return tx.query<StoredPart>({
    name: 'handover-receipt-parts',
    text: `select part, body, body_hash as "bodyHash", signature, evidence from handover_receipts
      where company_id = $1 and handover_id = $2 order by part`,
    values: [tx.companyId, handoverId],
  })
}

/** Names beside the parts of a receipt that were not erased. */
export function storedNames(
  tx: Tx,
  handoverId: string,
): Promise<
  { readonly part: ReceiptPart; readonly ref: string; readonly salt: Buffer; readonly value: unknown }[]
> {
  return tx.query({
    name: 'handover-receipt-stored-names',
    text: `select part, ref, salt, value from handover_receipt_names where company_id = $1 and handover_id = $2
      order by ref collate "C"`,
    values: [tx.companyId, handoverId],
  })
}

/** Companies with parts that wait for their signature. */
export async function companiesToSign(tx: Tx): Promise<string[]> {
  const rows = await tx.query<{ company_id: string }>({
    name: 'handover-companies-to-sign',
    text: 'select distinct company_id from handover_receipts where signed_at is null',
  })
  return rows.map((row) => row.company_id)
}

/** The entry of the ledger by which a part was made; null when there is none. */
export async function entryThatMade(tx: Tx, handoverId: string, action: string): Promise<string | null> {
  const [row] = await tx.query<{ entryId: string }>({
    name: 'handover-receipt-made',
    text: `select entry_id as "entryId" from audit_entries where company_id = $1 and subject_id = $2 and action = $3
      order by entry_id desc limit 1`,
    values: [tx.companyId, handoverId, action],
  })
  return row?.entryId ?? null
}
