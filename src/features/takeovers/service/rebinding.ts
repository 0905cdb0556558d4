import { normaliseInstant } from '../../../kernel/instant.ts'
import { Refusal } from '../../../kernel/refusal.ts'
import type { RouteInput, RouteOutput } from '../../../kernel/route.ts'
import type { Tx } from '../../../platform/db/tx.ts'
import { httpRefusal } from '../../../platform/http/refusals.ts'
import { record } from '../../audit/index.ts'
import { scopeOf } from '../../people/index.ts'
import { cancelTasksOf, openTasks, type TaskPlan, tasksAbout } from '../../tasks/index.ts'
import { findBindings, findNumber, type SeenNumber } from '../binding-views.ts'
import type { takeoversContract } from '../contract.ts'
import type { Rebinding } from '../model.ts'
import {
  findRebinding,
  insertRebinding,
  lockRebinding,
  type RebindingRow,
  replaceRebinding,
} from '../rebinding-store.ts'
import { type NeededTask, tasksFor } from '../rules/rebinding-tasks.ts'
import { chooseSolution } from '../rules/takeover.ts'

type Routes = typeof takeoversContract

/** What the tasks of a chosen solution are a part of. */
export const originKind = 'rebinding'

/**
 * The solution that counts for a number in the reader's scope, and how far it is.
 * @throws Refusal `thing.not_found`
 */
export async function readRebinding(
  tx: Tx,
  { params }: RouteInput<Routes['readRebinding']>,
): Promise<RouteOutput<Routes['readRebinding']>> {
  const number = await requireNumber(tx, params.numberId)
  const row = await findRebinding(tx, params.numberId)
  return { rebinding: row ? await present(tx, row, number) : null }
}

/**
 * Chooses by the conditions of the manual how a number leaves an earlier account, records the consent, and opens the
 * tasks (ACC-11). What was chosen before gives way, with its tasks.
 * @throws Refusal as `chooseSolution` and `openTasks` do, `thing.not_found`
 */
export async function chooseRebinding(
  tx: Tx,
  { params, body }: RouteInput<Routes['chooseRebinding']>,
): Promise<Rebinding> {
  const number = await requireNumber(tx, params.numberId)
  const solution = chooseSolution(body, number)
  const before = await lockRebinding(tx, number.numberId)
  if (before) {
    await cancelTasksOf(tx, { originKind, originId: before.rebindingId }, 'another solution was chosen')
    replaceRebinding(tx, before.rebindingId)
  }
  const consent =
    solution === 'former_deletes' && body.consent !== null
      ? { ...body.consent, at: normaliseInstant(body.consent.at) }
      : null
  const rebindingId = tx.newId()
  const { formerAvailable } = body
  const { formerMemberId, holderId: forMemberId } = number
  const row = {
    rebindingId,
    numberId: number.numberId,
    solution,
    formerAvailable,
    formerMemberId,
    forMemberId,
  }
  await insertRebinding(tx, { ...row, consent })
  record(tx, {
    action: 'rebinding.chosen',
    subjectKind: 'number',
    subjectId: number.numberId,
    effect: {
      rebindingId,
      solution,
      formerAvailable,
      formerMemberId,
      forMemberId,
      consentAt: consent?.at ?? null,
      consentHow: consent?.how ?? null,
    },
    details: { consentBy: consent?.by ?? null, note: consent?.note ?? null },
  })
  await openTasks(tx, plansFor(row, number))
  const consentBy = consent?.by ?? null
  return present(tx, { ...row, consentBy, consentAt: consent?.at ?? null, chosenAt: tx.now }, number)
}

/** @throws Refusal `thing.not_found` */
async function requireNumber(tx: Tx, numberId: string): Promise<SeenNumber> {
  const number = await findNumber(tx, numberId, await scopeOf(tx))
  if (!number) throw new Refusal(httpRefusal.notFound, { thing: 'number' })
  return number
}

function plansFor(
  { rebindingId, solution }: Pick<RebindingRow, 'rebindingId' | 'solution'>,
  number: SeenNumber,
): TaskPlan[] {
  const needed = tasksFor(solution, { ...number, formerIsGone: number.formerStatus === 'left' })
  return needed.map((task) => ({
    kind: task.template,
    subjectKind: 'number',
    subjectId: number.numberId,
    origin: { kind: originKind, id: rebindingId },
    addressee: addresseeOf(task),
    isPersonal: task.template === 'rebinding.delete_account',
    template: task.template,
    particulars: {
      number: number.e164,
      ...(number.holderName === null ? {} : { holder: number.holderName }),
    },
    link: null,
    dueAt: null,
  }))
}

function addresseeOf({ forMemberId, forName, formerMemberId }: NeededTask): TaskPlan['addressee'] {
  if (forMemberId !== null) return { forMemberId }
  if (forName === null) return {}
  return { forName: forName.slice(0, 100), ...(formerMemberId === undefined ? {} : { formerMemberId }) }
}

async function present(tx: Tx, row: RebindingRow, number: SeenNumber): Promise<Rebinding> {
  const { rebindingId, numberId, solution, formerMemberId, forMemberId } = row
  const about = await tasksAbout(tx, [numberId])
  const tasks = about.filter((task) => task.originKind === originKind && task.originId === rebindingId)
  const isOpen = tasks.some(({ state }) => state === 'planned' || state === 'claimed')
  const bindings = await findBindings(tx, [numberId])
  return {
    rebindingId,
    numberId,
    solution,
    state: isOpen ? 'open' : 'done',
    isStillLinked: bindings.some(({ isHolder }) => !isHolder),
    formerMemberId,
    forMemberId,
    taskIds: tasks.map(({ taskId }) => taskId),
    formerHasAccount: number.formerMemberId === formerMemberId && number.formerHasAccount,
    consentBy: row.consentBy,
    consentAt: row.consentAt,
    chosenAt: row.chosenAt,
  }
}
