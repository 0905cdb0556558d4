import type { Tx } from '../../../platform/db/tx.ts'
import type { HoldState, HoldSubjectKind, LegalHold } from '../model/legal-holds.ts'

export type HoldRow = Omit<LegalHold, 'state' | 'secondPersons'>

export interface HoldFilter {
  readonly state: HoldState | null
  readonly subjectKind: HoldSubjectKind | null
  readonly subjectId: string | null
  readonly beforeId: string | null
  readonly limit: number
}

const select = `select h.hold_id as "holdId", h.subject_kind as "subjectKind", h.subject_id as "subjectId",
    coalesce(n.e164, m.name) as "subjectLabel", h.reason, h.placed_by as "placedBy", h.placed_at as "placedAt",
    h.first_lifted_by as "firstLiftedBy", h.first_lifted_at as "firstLiftedAt",
    h.first_lift_reason as "firstLiftReason", h.lifted_by as "liftedBy", h.lifted_at as "liftedAt",
    h.lift_reason as "liftReason"
  from legal_holds h
  left join numbers n on h.subject_kind = 'number' and n.company_id = h.company_id and n.number_id = h.subject_id
  left join members m on h.subject_kind = 'member' and m.company_id = h.company_id and m.member_id = h.subject_id`

const conditionOf: Readonly<Record<HoldState, string>> = {
  placed: 'h.first_lifted_by is null',
  lifting: 'h.first_lifted_by is not null and h.lifted_by is null',
  lifted: 'h.lifted_by is not null',
}

/** Holds, newest first. */
export function listHolds(
  tx: Tx,
  { state, subjectKind, subjectId, beforeId, limit }: HoldFilter,
): Promise<HoldRow[]> {
  const values: unknown[] = [tx.companyId]
  const place = (value: unknown) => `$${values.push(value)}`
  const conditions = [
    'h.company_id = $1',
    ...(state === null ? [] : [conditionOf[state]]),
    ...(subjectKind === null ? [] : [`h.subject_kind = ${place(subjectKind)}`]),
    ...(subjectId === null ? [] : [`h.subject_id = ${place(subjectId)}`]),
    ...(beforeId === null ? [] : [`h.hold_id < ${place(beforeId)}`]),
  ]
  return tx.query<HoldRow>({
    text: `${select} where ${conditions.join(' and ')} order by h.hold_id desc limit ${place(limit)}`,
    values,
  })
}

export async function readHold(tx: Tx, holdId: string): Promise<HoldRow> {
  const [row] = await tx.query<HoldRow>({
    text: `${select} where h.company_id = $1 and h.hold_id = $2`,
    values: [tx.companyId, holdId],
  })
  if (!row) throw new Error('a hold that was just written is gone')
  return row
}

/** A hold that keeps something from being deleted right now. */
export interface ActiveHold {
  readonly holdId: string
  readonly reason: string
  readonly placedBy: string
  readonly placedAt: string
}

/** Holds that keep this subject; one that only one person has lifted still does. */
export function activeHolds(tx: Tx, subjectKind: HoldSubjectKind, subjectId: string): Promise<ActiveHold[]> {
  return tx.query<ActiveHold>({
    name: 'holds-active-on',
    text: `select hold_id as "holdId", reason, placed_by as "placedBy", placed_at as "placedAt" from legal_holds
      where company_id = $1 and subject_kind = $2 and subject_id = $3 and lifted_at is null order by hold_id`,
    values: [tx.companyId, subjectKind, subjectId],
  })
}
