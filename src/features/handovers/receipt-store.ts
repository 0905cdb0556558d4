import type { Tx } from '../../platform/db/tx.ts'
import type { Evidence, Names, Signature } from './receipt/body.ts'

export type ReceiptPart = 'receipt' | 'supplement'

export interface NewPart {
  readonly handoverId: string
  readonly part: ReceiptPart
  /** Canonical JSON. */
  readonly body: string
  /** SHA-256 of it, hex. */
  readonly bodyHash: string
  readonly names: Names
}

/** Writes a part of a receipt, which never changes again, and the names beside it. */
export function savePart(tx: Tx, { handoverId, part, body, bodyHash, names }: NewPart): void {
  tx.send({
    name: 'handover-receipt-save',
    text: `insert into handover_receipts (company_id, handover_id, part, made_at, body, body_hash)
      values ($1, $2, $3, $4, $5, $6)`,
    values: [tx.companyId, handoverId, part, tx.now, body, bodyHash],
  })
  const all = Object.entries(names)
  tx.send({
    name: 'handover-receipt-names',
    text: `insert into handover_receipt_names (company_id, handover_id, part, ref, salt, value)
      select $1, $2, $3, ref, salt, value from unnest($4::text[], $5::bytea[], $6::jsonb[]) as n (ref, salt, value)`,
    values: [
      tx.companyId,
      handoverId,
      part,
      all.map(([ref]) => ref),
      all.map(([, { salt }]) => Buffer.from(salt, 'hex')),
      all.map(([, { value }]) => JSON.stringify(value)),
    ],
  })
}

/** A part that waits for its signature. */
export interface UnsignedPart {
  readonly handoverId: string
  readonly part: ReceiptPart
  readonly body: string
}

/** Parts that wait for their signature, locked, the receipt before its supplement. */
export function claimUnsigned(tx: Tx, limit: number): Promise<UnsignedPart[]> {
  return tx.query<UnsignedPart>({
    name: 'handover-receipts-unsigned',
    text: `select handover_id as "handoverId", part, body from handover_receipts
      where company_id = $1 and signed_at is null order by handover_id, part limit $2 for no key update skip locked`,
    values: [tx.companyId, limit],
  })
}

/** Adds what the steward adds once the entries are sealed. */
export function saveSignature(
  tx: Tx,
  { handoverId, part }: UnsignedPart,
  { signature, evidence }: { readonly signature: Signature; readonly evidence: Evidence },
): void {
  tx.send({
    name: 'handover-receipt-sign',
    text: `update handover_receipts set signature = $4, evidence = $5, signed_at = $6
      where company_id = $1 and handover_id = $2 and part = $3`,
    values: [tx.companyId, handoverId, part, JSON.stringify(signature), JSON.stringify(evidence), tx.now],
  })
}
