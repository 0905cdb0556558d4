import type { Tx } from '../../../platform/db/tx.ts'
import type { HoldSubjectKind } from '../model/legal-holds.ts'

export interface NewHoldRow {
  readonly holdId: string
  readonly subjectKind: HoldSubjectKind
  readonly subjectId: string
  readonly reason: string
  readonly placedBy: string
}

export function insertHold(tx: Tx, hold: NewHoldRow): void {
  tx.send({
    text: `insert into legal_holds (company_id, hold_id, subject_kind, subject_id, reason, placed_by, placed_at)
      values ($1, $2, $3, $4, $5, $6, $7)`,
    values: [tx.companyId, hold.holdId, hold.subjectKind, hold.subjectId, hold.reason, hold.placedBy, tx.now],
  })
}

/**
 * Locks the member or number that is to be kept, so that a deletion under way is over before or sees the hold; false
 * when the company has none such. Customers are not kept here, any id is taken.
 */
export async function lockSubject(tx: Tx, kind: HoldSubjectKind, subjectId: string): Promise<boolean> {
  if (kind === 'customer') return true
  const rows = await tx.query({
    name: `hold-subject-${kind}`,
    text: `select 1 as found from ${kind}s where company_id = $1 and ${kind}_id = $2 for no key update`,
    values: [tx.companyId, subjectId],
  })
  return rows.length > 0
}

export interface LockedHold {
  readonly subject_kind: HoldSubjectKind
  readonly subject_id: string
  readonly first_lifted_by: string | null
  readonly lifted_by: string | null
}

export async function lockHold(tx: Tx, holdId: string): Promise<LockedHold | null> {
  const [row] = await tx.query<LockedHold>({
    text: `select subject_kind, subject_id, first_lifted_by, lifted_by from legal_holds
      where company_id = $1 and hold_id = $2 for update`,
    values: [tx.companyId, holdId],
  })
  return row ?? null
}

export interface Lift {
  readonly holdId: string
  readonly by: string
  readonly reason: string
}

export function beginLift(tx: Tx, { holdId, by, reason }: Lift): void {
  tx.send({
    text: `update legal_holds set first_lifted_by = $3, first_lifted_at = $4, first_lift_reason = $5
      where company_id = $1 and hold_id = $2`,
    values: [tx.companyId, holdId, by, tx.now, reason],
  })
}

export function endHold(tx: Tx, { holdId, by, reason }: Lift): void {
  tx.send({
    text: `update legal_holds set lifted_by = $3, lifted_at = $4, lift_reason = $5
      where company_id = $1 and hold_id = $2`,
    values: [tx.companyId, holdId, by, tx.now, reason],
  })
}
