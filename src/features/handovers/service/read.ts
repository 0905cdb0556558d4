import { isCompanyCaller, personOf } from '../../../kernel/caller.ts'
import { decodeCursor, encodeCursor } from '../../../kernel/cursor.ts'
import { normaliseInstant } from '../../../kernel/instant.ts'
import { type Permission, roleAllows } from '../../../kernel/permission.ts'
import { Refusal } from '../../../kernel/refusal.ts'
import type { RouteInput, RouteOutput } from '../../../kernel/route.ts'
import type { Tx } from '../../../platform/db/tx.ts'
import { httpRefusal } from '../../../platform/http/refusals.ts'
import { loadPolicies } from '../../companies/index.ts'
import { scopeOf } from '../../people/index.ts'
import type { handoversContract } from '../contract.ts'
import type { Handover, HandoverAction, HandoverDetail } from '../model.ts'
import { changeableStates, itemActionStates, mayAnswer, stateAfter } from '../states.ts'
import type { HandoverRow } from '../store.ts'
import {
  type AcceptanceRow,
  acceptancesOf,
  findHandover,
  leadsLeaver,
  numbersPassedOn,
  pageOfHandovers,
  peopleOf,
  type ShownHandover,
} from '../views.ts'
import { whySecondPerson } from './second-person.ts'

type Routes = typeof handoversContract
const listName = 'handovers:-id'

/**
 * Handovers that the caller may see, newest first: a lead those of the own departments, a member those of the own person
 * as leaver, once they run, and as a successor who was asked or told.
 * @throws Refusal `page.cursor_invalid`
 */
export async function listHandovers(
  tx: Tx,
  { query }: RouteInput<Routes['listHandovers']>,
): Promise<RouteOutput<Routes['listHandovers']>> {
  const keys = query.cursor === undefined ? [] : decodeCursor(listName, query.cursor, ['id'])
  if (keys === null) throw new Refusal(httpRefusal.cursorInvalid)
  const own = memberOf(tx)
  if (query.mine !== undefined && own === null) return { items: [], nextCursor: null }
  const found = await pageOfHandovers(tx, {
    scope: await scopeOf(tx),
    state: query.state ?? null,
    kind: query.kind ?? null,
    leaverId: query.leaverId ?? null,
    from: query.from === undefined ? null : normaliseInstant(query.from),
    to: query.to === undefined ? null : normaliseInstant(query.to),
    successorId: query.mine === undefined ? null : own,
    beforeId: keys[0] ?? null,
    limit: query.limit + 1,
  })
  const items = found.slice(0, query.limit)
  const last = items.at(-1)
  return {
    items: items.map(present),
    nextCursor: found.length > items.length && last ? encodeCursor(listName, [last.handoverId]) : null,
  }
}

/** @throws Refusal `thing.not_found`, also for what the caller may not see */
export async function mustFind(tx: Tx, handoverId: string): Promise<ShownHandover> {
  const row = await findHandover(tx, handoverId, await scopeOf(tx))
  if (!row) throw new Refusal(httpRefusal.notFound, { thing: 'handover' })
  return row
}

/** @throws Refusal `thing.not_found` */
export async function getHandover(
  tx: Tx,
  { params, language }: Pick<RouteInput<Routes['getHandover']>, 'params' | 'language'>,
): Promise<HandoverDetail> {
  const row = await mustFind(tx, params.handoverId)
  const seesAll = await seesAllOf(tx, row)
  // A successor sees what comes to them: not what others get, nor what they answered.
  const acceptances = (await acceptancesOf(tx, row.handoverId)).filter(
    ({ memberId }) => seesAll || memberId === memberOf(tx),
  )
  const people = await peopleOf(tx, [
    ...acceptances.map(({ memberId }) => memberId),
    ...[row.approvedBy, row.orderedBy].filter((person) => person !== null && uuidForm.test(person)),
  ] as string[])
  const { outcome } = row
  return {
    ...present(row),
    choices: seesAll ? [...row.choices] : [],
    planHash: row.planHash,
    plannedAt: row.plannedAt,
    approval: await approvalOf(tx, row, { people, language }),
    acceptances: acceptances
      .flatMap(({ memberId, ...acceptance }) => {
        const member = people.get(memberId)
        return member ? [{ member, ...acceptance }] : []
      })
      .sort((one, other) => (one.member.name < other.member.name ? -1 : 1)),
    actions: actionsOf(tx, row, { acceptances, seesAll }),
    orderedBy: row.orderedBy,
    orderedByName: nameOf(people, row.orderedBy),
    stopCause: row.stopCause,
    difference: seesAll ? row.difference : null,
    stillHeld: seesAll ? stillHeldIn(outcome) : null,
    undoneAt: row.undoneAt,
  }
}

const uuidForm = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

type People = Awaited<ReturnType<typeof peopleOf>>

function nameOf(people: People, person: string | null): string | null {
  return person === null ? null : (people.get(person)?.name ?? null)
}

async function approvalOf(
  tx: Tx,
  row: HandoverRow,
  { people, language }: { readonly people: People; readonly language: 'en' | 'zh' },
): Promise<HandoverDetail['approval']> {
  const isOpen = changeableStates.includes(row.state) && row.approvedBy === null
  const why = isOpen
    ? await whySecondPerson(tx, {
        handover: row,
        policies: await loadPolicies(tx),
        moves: await numbersPassedOn(tx, row.handoverId),
      })
    : null
  return {
    isNeeded: why !== null,
    code: why?.code ?? null,
    title: why?.inWords(language).title ?? null,
    requestId: row.requestId,
    approvedBy: row.approvedBy,
    approvedByName: nameOf(people, row.approvedBy),
    approvedAt: row.approvedAt,
  }
}

function stillHeldIn(outcome: HandoverRow['outcome']): HandoverDetail['stillHeld'] {
  const held = outcome?.['stillHeld']
  return Array.isArray(held) ? held : null
}

/** Whether the caller sees all items of a handover that they may see, not only what comes to them. */
export async function seesAllOf(tx: Tx, { handoverId, leaverId }: HandoverRow): Promise<boolean> {
  const scope = await scopeOf(tx)
  if (scope.kind === 'company' || scope.memberId === leaverId) return true
  return scope.kind === 'departments' && (await leadsLeaver(tx, handoverId, scope.departmentIds))
}

/** The member behind the caller; null for the operator and the system. */
export function memberOf({ caller }: Tx): string | null {
  return isCompanyCaller(caller) ? caller.memberId : null
}

function may({ caller }: Tx, permission: Permission): boolean {
  return (
    isCompanyCaller(caller) &&
    roleAllows(caller.role, permission) &&
    (caller.scopes === null || caller.scopes.includes(permission))
  )
}

interface Seen {
  readonly acceptances: readonly AcceptanceRow[]
  readonly seesAll: boolean
}

function actionsOf(tx: Tx, row: ShownHandover, { acceptances, seesAll }: Seen): HandoverAction[] {
  const { state, undoUntil } = row
  const own = acceptances.find(({ memberId }) => memberId === memberOf(tx))
  const person = personOf(tx.caller)
  const can = (step: Parameters<typeof stateAfter>[1]) => stateAfter(state, step) !== null
  const writes: readonly (readonly [HandoverAction, boolean])[] = [
    ['change', can('change')],
    ['plan', can('change')],
    ['submit', can('ask')],
    ['run', can('start') && state !== 'scheduled'],
    ['pause', can('pause')],
    ['resume', can('resume')],
    ['cancel', can('cancel')],
    ['undo', can('undo') && (undoUntil === null || tx.now <= undoUntil)],
    ['items', itemActionStates.includes(state)],
  ]
  const approves = can('approve') && (state === 'pending_approval' || person !== row.plannedBy)
  const answers = own !== undefined && mayAnswer(state, own.state, true)
  return [
    ...(may(tx, 'handovers:write')
      ? writes.flatMap(([action, isAllowed]) => (isAllowed ? [action] : []))
      : []),
    ...(approves && may(tx, 'handovers:approve') ? (['approve'] as const) : []),
    ...(answers && may(tx, 'handovers:accept') ? (['accept'] as const) : []),
    ...(row.finishedAt === null || !seesAll ? [] : (['receipt'] as const)),
  ]
}

/** A handover as lists show it. */
export function present(row: ShownHandover): Handover {
  const { total, observed, waiting, failed, skipped, handed, undone } = row
  const { handoverId, kind, state, leaver, alreadyLeft, effectiveAt, timeZone, endsAt, reason, version } = row
  return {
    handoverId,
    kind,
    state,
    leaver,
    alreadyLeft,
    effectiveAt,
    timeZone,
    endsAt,
    defaultSuccessor: row.defaultSuccessor,
    fallback: row.fallback,
    reason,
    coverage: {
      total,
      observed,
      waiting,
      needsYou: failed,
      skipped,
      handed,
      undone,
      planned: total - observed - waiting - failed - skipped - handed - undone,
    },
    createdBy: row.createdBy,
    createdByName: row.createdByName,
    createdAt: row.createdAt,
    startedAt: row.startedAt,
    finishedAt: row.finishedAt,
    undoUntil: row.undoUntil,
    version,
  }
}
