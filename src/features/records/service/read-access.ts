import { isCompanyCaller } from '../../../kernel/caller.ts'
import type { Instant } from '../../../kernel/fields.ts'
import { Refusal } from '../../../kernel/refusal.ts'
import type { Tx } from '../../../platform/db/tx.ts'
import { httpRefusal } from '../../../platform/http/refusals.ts'
import { record } from '../../audit/index.ts'
import { scopeOf } from '../../people/index.ts'
import { recordRefusal } from '../model.ts'
import { insertReadings } from '../reading-store.ts'
import { appearanceOf, type Reader, type Sight, sightOf } from '../rules/may-read.ts'
import { findSights, findSightsOf, type SightRow } from '../sight-views.ts'

/** A number that the caller sees, and how. */
export interface SeenNumber {
  readonly numberId: string
  readonly e164: string
  readonly sight: Sight
}

/** How the caller sees these numbers now, by number; those that the caller does not see are missing. */
export async function seeNumbers(
  tx: Tx,
  numberIds: readonly string[],
): Promise<ReadonlyMap<string, SeenNumber>> {
  if (numberIds.length === 0) return new Map()
  return seenBy(readerOf(tx), await findSights(tx, numberIds, await scopeOf(tx)))
}

/**
 * How the caller sees one number now.
 * @throws Refusal `thing.not_found` for a number that is not there or not the caller's to see
 */
export async function seeNumber(tx: Tx, numberId: string): Promise<SeenNumber> {
  const seen = (await seeNumbers(tx, [numberId])).get(numberId)
  if (!seen) throw new Refusal(httpRefusal.notFound, { thing: 'number' })
  return seen
}

/** The numbers whose records a caller may look through together: all of the company's, or these. */
export type SeenTogether =
  | { readonly kind: 'company' }
  | { readonly kind: 'numbers'; readonly numbers: readonly SeenNumber[] }

export async function seeTogether(tx: Tx): Promise<SeenTogether> {
  const scope = await scopeOf(tx)
  if (scope.kind === 'company') return { kind: 'company' }
  const departmentIds = scope.kind === 'departments' ? scope.departmentIds : []
  const rows = await findSightsOf(tx, scope.memberId, departmentIds)
  return { kind: 'numbers', numbers: [...seenBy(readerOf(tx), rows).values()] }
}

/** The numbers that the caller holds. */
export async function seeOwnNumbers(tx: Tx): Promise<readonly SeenNumber[]> {
  const reader = readerOf(tx)
  if (reader.memberId === null) return []
  return [...seenBy(reader, await findSightsOf(tx, reader.memberId, [])).values()]
}

/**
 * Requires that the caller may read the contents of a record (ALL-7); a reading that takes a reason leaves its entry in
 * the ledger.
 * @throws Refusal `thing.not_found` for a record that does not exist for the caller, `record.reason_needed`,
 * `record.not_granted`
 */
export async function requireContent(
  tx: Tx,
  of: { readonly numberId: string; readonly occurredAt: Instant },
  reason: string | undefined,
): Promise<void> {
  const seen = (await seeNumbers(tx, [of.numberId])).get(of.numberId)
  const appearance = appearanceOf(seen?.sight ?? null, of.occurredAt, reason !== undefined)
  if (appearance === 'unseen') throw new Refusal(httpRefusal.notFound, { thing: 'record' })
  if (appearance === 'reason_needed') throw new Refusal(recordRefusal.reasonNeeded)
  if (appearance === 'not_granted') throw new Refusal(recordRefusal.notGranted)
  if (appearance === 'for_reason') await noteReadings(tx, [of.numberId], reason)
}

/** Leaves one ledger entry per person, number and hour for contents that are read with a reason (ALL-7). */
export async function noteReadings(
  tx: Tx,
  numberIds: readonly string[],
  reason: string | undefined,
): Promise<void> {
  if (numberIds.length === 0) return
  const hour = `${tx.now.slice(0, 13)}:00:00.000000Z`
  for (const numberId of await insertReadings(tx, numberIds, hour)) {
    record(tx, {
      action: 'records.read',
      subjectKind: 'number',
      subjectId: numberId,
      effect: { hour },
      reason,
    })
  }
}

/** @throws Refusal `company.not_named` */
export function readerOf({ caller }: Tx): Reader {
  if (!isCompanyCaller(caller)) throw new Refusal(httpRefusal.companyMissing)
  return { role: caller.role, memberId: caller.memberId }
}

function seenBy(reader: Reader, rows: readonly SightRow[]): Map<string, SeenNumber> {
  const seen = new Map<string, SeenNumber>()
  for (const row of rows) {
    const sight = sightOf(reader, {
      holderId: row.holder_id,
      visibleFrom: row.visible_from,
      isInLedDepartment: row.in_led_department,
      deletedBefore: row.deleted_before,
      erasedBefore: row.erased_before,
    })
    if (sight) seen.set(row.number_id, { numberId: row.number_id, e164: row.e164, sight })
  }
  return seen
}
