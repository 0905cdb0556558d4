import { personOf } from '../../../kernel/caller.ts'
import { decodeCursor, encodeCursor } from '../../../kernel/cursor.ts'
import { Refusal } from '../../../kernel/refusal.ts'
import type { RouteInput, RouteOutput } from '../../../kernel/route.ts'
import type { Tx } from '../../../platform/db/tx.ts'
import { httpRefusal } from '../../../platform/http/refusals.ts'
import { record } from '../../audit/index.ts'
import type { requestsContract } from '../contract.ts'
import type { HoldSubjectKind, LegalHold } from '../model/legal-holds.ts'
import { decideLift, holdStateOf } from '../rules/may-lift.ts'
import * as store from '../store/legal-holds.ts'
import * as views from '../views/legal-holds.ts'
import { type ActivePerson, activeWithRoles } from '../views/people.ts'

type Routes = typeof requestsContract

const listName = 'legal-holds:-id'
const secondPersonsShown = 20

/** @throws Refusal `page.cursor_invalid` */
export async function listLegalHolds(
  tx: Tx,
  { query }: RouteInput<Routes['listLegalHolds']>,
): Promise<RouteOutput<Routes['listLegalHolds']>> {
  const beforeId = query.cursor === undefined ? null : decodeCursor(listName, query.cursor, ['id'])?.[0]
  if (beforeId === undefined) throw new Refusal(httpRefusal.cursorInvalid)
  const found = await views.listHolds(tx, {
    state: query.state ?? null,
    subjectKind: query.subjectKind ?? null,
    subjectId: query.subjectId ?? null,
    beforeId,
    limit: query.limit + 1,
  })
  const page = found.slice(0, query.limit)
  const last = page.at(-1)
  const lifters = page.some((hold) => holdStateOf(hold) === 'lifting') ? await possibleLifters(tx) : []
  return {
    items: page.map((row) => legalHoldOf(row, lifters)),
    nextCursor: found.length > page.length && last ? encodeCursor(listName, [last.holdId]) : null,
  }
}

/**
 * ALL-7: keeps a member, number or customer from deletion, erasure and retention from now on.
 * @throws Refusal `thing.not_found`
 */
export async function placeLegalHold(
  tx: Tx,
  { body }: RouteInput<Routes['placeLegalHold']>,
): Promise<LegalHold> {
  const { subjectKind, subjectId, reason } = body
  if (!(await store.lockSubject(tx, subjectKind, subjectId))) {
    throw new Refusal(httpRefusal.notFound, { thing: subjectKind })
  }
  const holdId = tx.newId()
  store.insertHold(tx, { holdId, subjectKind, subjectId, reason, placedBy: personOf(tx.caller) })
  record(tx, {
    action: 'hold.placed',
    subjectKind: 'hold',
    subjectId: holdId,
    effect: { subjectKind, subjectId },
    reason,
  })
  return legalHoldOf(await views.readHold(tx, holdId), [])
}

/**
 * ALL-7: the first person's lift is noted, the second person's ends the hold; the answer names who can be the second.
 * @throws Refusal `hold.second_person`, `hold.lifted`, `thing.not_found`
 */
export async function liftLegalHold(tx: Tx, input: RouteInput<Routes['liftLegalHold']>): Promise<LegalHold> {
  const { holdId } = input.params
  const { reason } = input.body
  const hold = await store.lockHold(tx, holdId)
  if (!hold) throw new Refusal(httpRefusal.notFound, { thing: 'hold' })
  const lifters = await possibleLifters(tx)
  const lifter = personOf(tx.caller)
  const becomes = decideLift({
    firstLiftedBy: hold.first_lifted_by,
    liftedBy: hold.lifted_by,
    lifter,
    others: lifters.filter((person) => person.memberId !== hold.first_lifted_by).map((person) => person.name),
  })
  if (becomes === 'lifting') store.beginLift(tx, { holdId, by: lifter, reason })
  else store.endHold(tx, { holdId, by: lifter, reason })
  record(tx, {
    action: becomes === 'lifting' ? 'hold.lift_started' : 'hold.lifted',
    subjectKind: 'hold',
    subjectId: holdId,
    effect: { subjectKind: hold.subject_kind, subjectId: hold.subject_id },
    reason,
  })
  return legalHoldOf(await views.readHold(tx, holdId), lifters)
}

/** ALL-7: the holds that keep this subject from deletion right now; ask inside the transaction that would delete. */
export function activeHoldsOn(
  tx: Tx,
  subjectKind: HoldSubjectKind,
  subjectId: string,
): Promise<views.ActiveHold[]> {
  return views.activeHolds(tx, subjectKind, subjectId)
}

function possibleLifters(tx: Tx): Promise<ActivePerson[]> {
  return activeWithRoles(tx, ['owner', 'auditor'])
}

function legalHoldOf(row: views.HoldRow, lifters: readonly ActivePerson[]): LegalHold {
  const state = holdStateOf(row)
  const seconds = lifters.filter((person) => person.memberId !== row.firstLiftedBy)
  return { ...row, state, secondPersons: state === 'lifting' ? seconds.slice(0, secondPersonsShown) : [] }
}
