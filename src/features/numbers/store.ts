import { personOf } from '../../kernel/caller.ts'
import { Refusal } from '../../kernel/refusal.ts'
import type { Tx } from '../../platform/db/tx.ts'
import { httpRefusal } from '../../platform/http/refusals.ts'
import type { Cause, CustodyState, NewNumber, NumberType } from './model.ts'
import type { NextCustody } from './rules/facts.ts'
import type { Stretch } from './rules/may-end.ts'

/** A row of `numbers`. */
export interface NumberRow {
  readonly number_id: string
  readonly e164: string
  readonly country: string
  readonly type: NumberType
  readonly label: string | null
  readonly fields: Record<string, string>
  readonly state: CustodyState
  readonly holder_id: string | null
  readonly held_from: string
  readonly visible_from: string
  readonly assigned_at: string | null
  readonly licensed: boolean
  readonly version: number
  readonly created_at: string
}

const numberColumns =
  'number_id, e164, country, type, label, fields, state, holder_id, held_from, visible_from, assigned_at, licensed, version, created_at'

/**
 * Locks a number's row for a change of its custody.
 * @throws Refusal `thing.not_found` when the company has no such number
 */
export async function lockNumber(tx: Tx, numberId: string): Promise<NumberRow> {
  const [row] = await tx.query<NumberRow>({
    name: 'number-lock',
    text: `select ${numberColumns} from numbers where company_id = $1 and number_id = $2 for no key update`,
    values: [tx.companyId, numberId],
  })
  if (!row) throw new Refusal(httpRefusal.notFound, { thing: 'number' })
  return row
}

/** The two latest stretches of custody, newest first. */
export async function latestStretches(tx: Tx, numberId: string): Promise<Stretch[]> {
  return tx.query<Stretch>({
    name: 'number-latest-stretches',
    text: `select state, holder_id as "holderId", visible_from as "visibleFrom", assigned_at as "assignedAt", cause,
        took_licence as "tookLicence", held_from as "heldFrom"
      from assignments where company_id = $1 and number_id = $2 order by held_from desc limit 2`,
    values: [tx.companyId, numberId],
  })
}

export interface AddedNumber {
  readonly numberId: string
  readonly e164: string
  readonly country: string
  readonly type: NumberType
  readonly label: string | null
  readonly fields: NewNumber['fields']
}

/** Takes the number in the registry of the installation; false when a company has it already. */
export async function claimNumber(tx: Tx, e164: string, numberId: string): Promise<boolean> {
  const [row] = await tx.query<{ claimed: boolean }>({
    text: 'select baton_claim_number($1, $2) as claimed',
    values: [e164, numberId],
  })
  return row?.claimed === true
}

// A number's history is older than Baton's knowledge of it: what is ingested from earlier belongs to it all the same.
const beginningOfTime = '0001-01-01T00:00:00.000000Z'

/** Writes a new number with the first stretch of its custody: parked, from now. */
export function insertNumber(tx: Tx, number: AddedNumber): void {
  tx.send({
    text: `insert into numbers (company_id, number_id, e164, country, type, label, fields, state, held_from, visible_from, created_at)
      values ($1, $2, $3, $4, $5, $6, $7, 'parked', $8, $9, $8)`,
    values: [
      tx.companyId,
      number.numberId,
      number.e164,
      number.country,
      number.type,
      number.label,
      JSON.stringify(number.fields),
      tx.now,
      beginningOfTime,
    ],
  })
  tx.send({
    text: `insert into assignments (company_id, number_id, held_from, state, visible_from, cause, moved_by)
      values ($1, $2, $3, 'parked', $5, 'added', $4)`,
    values: [tx.companyId, number.numberId, tx.now, personOf(tx.caller), beginningOfTime],
  })
}

export interface NumberEdit {
  readonly label: string | null
  readonly type: NumberType
  readonly fields: Readonly<Record<string, string>>
}

export function updateNumber(tx: Tx, numberId: string, edit: NumberEdit): void {
  tx.send({
    text: `update numbers set label = $3, type = $4, fields = $5, version = version + 1
      where company_id = $1 and number_id = $2`,
    values: [tx.companyId, numberId, edit.label, edit.type, JSON.stringify(edit.fields)],
  })
}

/**
 * Ends the open stretch of custody and begins the next, on a row that `lockNumber` holds: NUM-1 in three statements
 * that leave together. The chain constraints are the backstop.
 */
export function beginCustody(tx: Tx, row: NumberRow, next: NextCustody): void {
  tx.send({
    name: 'custody-close',
    text: 'update assignments set held_to = $4 where company_id = $1 and number_id = $2 and held_from = $3',
    values: [tx.companyId, row.number_id, row.held_from, next.at],
  })
  tx.send({
    name: 'custody-open',
    text: `insert into assignments
        (company_id, number_id, held_from, state, holder_id, visible_from, assigned_at, cause, took_licence, moved_by)
      values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
    values: [
      tx.companyId,
      row.number_id,
      next.at,
      next.state,
      next.holderId,
      next.visibleFrom,
      next.assignedAt,
      next.cause,
      next.takesLicence,
      personOf(tx.caller),
    ],
  })
  tx.send({
    name: 'custody-copy',
    text: `update numbers set state = $3, holder_id = $4, held_from = $5, visible_from = $6, assigned_at = $7, licensed = $8,
        version = version + 1, released_at = case when $3 = 'released' then $5::timestamptz end
      where company_id = $1 and number_id = $2`,
    values: [
      tx.companyId,
      row.number_id,
      next.state,
      next.holderId,
      next.at,
      next.visibleFrom,
      next.assignedAt,
      (row.licensed || next.takesLicence) && !next.freesLicence,
    ],
  })
}

/** The row of `numbers` as `beginCustody` leaves it. */
export function rowAfter(row: NumberRow, next: NextCustody): NumberRow {
  return {
    ...row,
    state: next.state,
    holder_id: next.holderId,
    held_from: next.at,
    visible_from: next.visibleFrom,
    assigned_at: next.assignedAt,
    licensed: (row.licensed || next.takesLicence) && !next.freesLicence,
    version: row.version + 1,
  }
}

/** Gives the number up in the registry, so that another company may add it. */
export function unclaimNumber(tx: Tx, e164: string): void {
  tx.send({ text: 'select baton_unclaim_number($1)', values: [e164] })
}

/** A stretch of custody as views read it. */
export interface CustodyRow {
  readonly state: CustodyState
  readonly holder_id: string | null
  readonly held_from: string
  readonly held_to: string | null
  readonly cause: Cause
  readonly moved_by: string
}
