import { decodeCursor, encodeCursor } from '../../../kernel/cursor.ts'
import type { Instant } from '../../../kernel/fields.ts'
import { normaliseInstant } from '../../../kernel/instant.ts'
import { Refusal } from '../../../kernel/refusal.ts'
import type { RouteInput, RouteOutput } from '../../../kernel/route.ts'
import type { Tx } from '../../../platform/db/tx.ts'
import { httpRefusal } from '../../../platform/http/refusals.ts'
import { record } from '../../audit/index.ts'
import { dependentsOf } from '../../custody-ports/index.ts'
import { lockMembers, scopeOf } from '../../people/index.ts'
import { tasksAbout } from '../../tasks/index.ts'
import type { workAccountsContract } from '../contract.ts'
import { type NumberUse, type WorkAccountDetail, workAccountRefusal } from '../model.ts'
import { presentAccount, presentDetail } from '../present.ts'
import { mustTake } from '../rules.ts'
import * as store from '../store.ts'
import * as views from '../views.ts'
import { wecomSystemId } from './systems.ts'

type Routes = typeof workAccountsContract

const listName = 'work-accounts:-id'

/**
 * Accounts in the reader's scope, newest first.
 * @throws Refusal `page.cursor_invalid`
 */
export async function listWorkAccounts(
  tx: Tx,
  { query }: RouteInput<Routes['listWorkAccounts']>,
): Promise<RouteOutput<Routes['listWorkAccounts']>> {
  const beforeId = query.cursor === undefined ? null : decodeCursor(listName, query.cursor, ['id'])?.[0]
  if (beforeId === undefined) throw new Refusal(httpRefusal.cursorInvalid)
  const found = await views.listAccounts(tx, { scope: await scopeOf(tx), query, beforeId })
  const page = found.slice(0, query.limit)
  const last = page.at(-1)
  return {
    items: page.map(presentAccount),
    nextCursor: found.length > page.length && last ? encodeCursor(listName, [last.work_account_id]) : null,
  }
}

/** @throws Refusal `thing.not_found` for an account that is not there or outside the reader's scope */
export async function readWorkAccount(tx: Tx, workAccountId: string): Promise<WorkAccountDetail> {
  const [account] = await views.findAccounts(tx, [workAccountId], await scopeOf(tx))
  if (!account) throw noSuchAccount()
  return presentDetail(account, await views.findHolders(tx, workAccountId))
}

/** The refusal of an account that is not there. */
export function noSuchAccount(): Refusal {
  return new Refusal(httpRefusal.notFound, { thing: 'work account' })
}

/** A new account in an outside system. */
export interface AccountPlan {
  readonly systemId: string
  readonly login: string
  /** Null where the company keeps it. */
  readonly holderId: string | null
  /** Null for now. */
  readonly heldSince: Instant | null
  readonly numberId: string | null
  readonly numberUse: NumberUse | null
  readonly note: string | null
}

/**
 * Adds an account with its holder and the number that hangs on it (WRK-6).
 * @returns its id
 * @throws Refusal `work_account.login_taken`, `work_account.member_left`, `thing.not_found`
 */
export async function addWorkAccount(tx: Tx, plan: AccountPlan): Promise<string> {
  if (plan.holderId !== null) await requireHolder(tx, plan.holderId)
  await store.lockNames(tx)
  const system = await views.findSystem(tx, plan.systemId)
  if (!system) throw new Refusal(httpRefusal.notFound, { thing: 'system' })
  await requireFreeLogin(tx, plan, system.name)
  if (plan.numberId !== null) await requireNumber(tx, plan.numberId)
  const numberUse = plan.numberId === null ? null : (plan.numberUse ?? 'both')
  const heldSince = plan.heldSince ?? tx.now
  const workAccountId = await store.insertAccount(tx, {
    system_id: plan.systemId,
    login: plan.login,
    holder_id: plan.holderId,
    held_since: heldSince,
    number_id: plan.numberId,
    number_use: numberUse,
    note: plan.note,
  })
  record(tx, {
    action: 'work_account.added',
    subjectKind: 'work_account',
    subjectId: workAccountId,
    effect: {
      systemId: plan.systemId,
      holderId: plan.holderId,
      heldSince,
      numberId: plan.numberId,
      numberUse,
    },
    details: { system: system.name, login: plan.login },
  })
  return workAccountId
}

async function requireHolder(tx: Tx, memberId: string): Promise<void> {
  const [member] = await lockMembers(tx, [memberId])
  if (!member) throw new Refusal(httpRefusal.notFound, { thing: 'member' })
  if (member.status === 'left') throw new Refusal(workAccountRefusal.memberLeft, { name: member.name })
}

interface Login {
  readonly systemId: string
  readonly login: string
}

async function requireFreeLogin(tx: Tx, { systemId, login }: Login, system: string): Promise<void> {
  const [other] = await views.findAccountsNamed(tx, [{ systemId, login }])
  if (!other) return
  const values = { system, login: other.login }
  throw new Refusal(workAccountRefusal.loginTaken, values, { workAccountId: other.workAccountId })
}

async function requireNumber(tx: Tx, numberId: string): Promise<void> {
  if (!(await views.findNumber(tx, numberId))) throw new Refusal(httpRefusal.notFound, { thing: 'number' })
}

/** @throws Refusal as `addWorkAccount` does */
export async function createWorkAccount(
  tx: Tx,
  { body }: RouteInput<Routes['createWorkAccount']>,
): Promise<WorkAccountDetail> {
  const systemId = body.systemId ?? (await wecomSystemId(tx))
  const since = body.heldSince === undefined ? null : normaliseInstant(body.heldSince)
  const workAccountId = await addWorkAccount(tx, {
    systemId,
    login: body.login,
    holderId: body.holderId ?? null,
    heldSince: since !== null && since < tx.now ? since : null,
    numberId: body.numberId ?? null,
    numberUse: body.numberUse ?? null,
    note: body.note ?? null,
  })
  return readWorkAccount(tx, workAccountId)
}

/**
 * The locked row of an account.
 * @throws Refusal `thing.not_found`, `version.changed`
 */
export async function lockAccount(
  tx: Tx,
  workAccountId: string,
  expectedVersion: number | null,
): Promise<store.AccountRow> {
  const [account] = await store.lockAccounts(tx, [workAccountId])
  if (!account) throw noSuchAccount()
  if (expectedVersion !== null && expectedVersion !== account.version) {
    throw new Refusal(httpRefusal.versionChanged, { version: account.version })
  }
  return account
}

/**
 * Corrects name, note or number of an account.
 * @throws Refusal `version.changed`, `work_account.login_taken`, `work_account.not_in_state`, `thing.not_found`
 */
export async function changeWorkAccount(
  tx: Tx,
  { params, body, expectedVersion }: RouteInput<Routes['changeWorkAccount']>,
): Promise<WorkAccountDetail> {
  await store.lockNames(tx)
  const account = await lockAccount(tx, params.workAccountId, expectedVersion)
  const { login = account.login } = body
  const touchesNumber = body.numberId !== undefined || body.numberUse !== undefined
  if (touchesNumber || login !== account.login) mustTake('release', account.state)
  if (login.toLowerCase() !== account.login.toLowerCase()) {
    const system = await views.findSystem(tx, account.system_id)
    await requireFreeLogin(tx, { systemId: account.system_id, login }, system?.name ?? '')
  }
  const numberId = body.numberId === undefined ? account.number_id : body.numberId
  if (numberId !== null && numberId !== account.number_id) await requireNumber(tx, numberId)
  const numberUse = numberId === null ? null : (body.numberUse ?? account.number_use ?? 'both')
  await store.updateAccount(tx, account, {
    login,
    number_id: numberId,
    number_use: numberUse,
    note: body.note === undefined ? account.note : body.note,
  })
  record(tx, {
    action: 'work_account.changed',
    subjectKind: 'work_account',
    subjectId: account.work_account_id,
    effect: { fields: Object.keys(body).sort(), numberId, numberUse, numberBefore: account.number_id },
    details: { login, loginBefore: account.login },
  })
  return readWorkAccount(tx, account.work_account_id)
}

/**
 * Removes an account that was added by mistake: one that never changed hands and that nobody had a task about.
 * @throws Refusal `work_account.has_history`, `thing.not_found`
 */
export async function removeWorkAccount(tx: Tx, workAccountId: string): Promise<undefined> {
  const account = await lockAccount(tx, workAccountId, null)
  const holders = await views.findHolders(tx, workAccountId)
  const tasks = await tasksAbout(tx, [workAccountId])
  if (account.state !== 'held' || holders.length > 1 || tasks.length > 0) {
    throw new Refusal(workAccountRefusal.hasHistory)
  }
  await store.deleteAccount(tx, workAccountId)
  record(tx, {
    action: 'work_account.removed',
    subjectKind: 'work_account',
    subjectId: workAccountId,
    effect: { systemId: account.system_id, holderId: account.holder_id, numberId: account.number_id },
    details: { login: account.login, note: account.note },
  })
}

/**
 * WRK-4: what hangs on a number in the reader's scope, over all features.
 * @throws Refusal `thing.not_found`
 */
export async function listNumberDependents(
  tx: Tx,
  { params }: RouteInput<Routes['listNumberDependents']>,
): Promise<RouteOutput<Routes['listNumberDependents']>> {
  const { numberId } = params
  if (!(await views.findNumber(tx, numberId, await scopeOf(tx)))) {
    throw new Refusal(httpRefusal.notFound, { thing: 'number' })
  }
  const found = await dependentsOf(tx, [numberId])
  return { numberId, dependents: [...(found.get(numberId) ?? [])] }
}
