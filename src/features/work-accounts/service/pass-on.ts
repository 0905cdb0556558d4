import { normaliseInstant } from '../../../kernel/instant.ts'
import { Refusal } from '../../../kernel/refusal.ts'
import type { RouteInput, RouteOutput } from '../../../kernel/route.ts'
import type { Tx } from '../../../platform/db/tx.ts'
import { httpRefusal } from '../../../platform/http/refusals.ts'
import { lockMembers } from '../../people/index.ts'
import { tasksAbout } from '../../tasks/index.ts'
import type { workAccountsContract } from '../contract.ts'
import { type WorkAccountDetail, workAccountRefusal } from '../model.ts'
import { decideTask } from '../rules.ts'
import type { AccountRow } from '../store.ts'
import { type AccountView, findAccounts } from '../views.ts'
import { lockAccount, noSuchAccount, readWorkAccount } from './accounts.ts'
import { openAccountTask, openConfirmation } from './open-task.ts'
import { deletionRequested, deletionWithdrawn, ended, parked, passedOn } from './outcome.ts'

type Routes = typeof workAccountsContract
type Language = 'en' | 'zh'

/**
 * Opens the task that passes an account on; its holder changes when somebody saw it done (WRK-3).
 * @throws Refusal as `decideTask` does, `work_account.task_open`, `task.for_nobody_fit`, `task.due_past`,
 * `thing.not_found`
 */
export async function passOnWorkAccount(
  tx: Tx,
  { params, body, expectedVersion, language }: RouteInput<Routes['passOnWorkAccount']>,
): Promise<RouteOutput<Routes['passOnWorkAccount']>> {
  const [to = null] = body.toMemberId === undefined ? [] : await lockMembers(tx, [body.toMemberId])
  if (to === null && body.toMemberId !== undefined)
    throw new Refusal(httpRefusal.notFound, { thing: 'member' })
  await lockAccount(tx, params.workAccountId, expectedVersion)
  await requireNothingUnderWay(tx, params.workAccountId, language)
  const account = await lockedView(tx, params.workAccountId)
  const kind = decideTask(factsOf(account), { way: body.way, to })
  const dueAt = body.dueAt === undefined ? null : normaliseInstant(body.dueAt)
  const { forMemberId, forName, forContact } = body
  const taskId = await openAccountTask(tx, {
    account,
    kind,
    to,
    origin: null,
    dueAt,
    addressee: { forMemberId, forName, forContact },
  })
  return { taskId, account: await readWorkAccount(tx, params.workAccountId) }
}

/** What the rules look at. */
export function factsOf(account: AccountView) {
  return {
    state: account.state,
    systemKind: account.system_kind,
    holderId: account.holder_id,
    hasNumber: account.number_id !== null,
  }
}

async function lockedView(tx: Tx, workAccountId: string): Promise<AccountView> {
  const [account] = await findAccounts(tx, [workAccountId])
  if (!account) throw noSuchAccount()
  return account
}

/** @throws Refusal `work_account.task_open` while a task about the account is open; the caller holds its lock */
async function requireNothingUnderWay(tx: Tx, workAccountId: string, language: Language): Promise<void> {
  const open = (await tasksAbout(tx, [workAccountId])).find(isUnderWay)
  if (!open) return
  throw new Refusal(workAccountRefusal.taskOpen, { title: open.title[language] }, { taskId: open.taskId })
}

/** Whether a task that a feature asked for is still to be done or seen. */
export function isUnderWay({ kind, state }: { readonly kind: string; readonly state: string }): boolean {
  return kind !== 'by_hand' && (state === 'planned' || state === 'claimed')
}

/**
 * WRK-5: notes that its person has begun to delete a WeCom account, and opens the task to confirm it.
 * @throws Refusal `work_account.not_wecom`, `work_account.not_in_state`, `work_account.task_open`,
 * `work_account.deletion_past`, `thing.not_found`
 */
export async function requestDeletion(
  tx: Tx,
  { params, body, expectedVersion, language }: RouteInput<Routes['requestDeletion']>,
): Promise<WorkAccountDetail> {
  const account = await lockFree(tx, { ...params, expectedVersion, language })
  const { system_kind } = await lockedView(tx, params.workAccountId)
  if (system_kind !== 'wecom') throw new Refusal(workAccountRefusal.notWecom)
  const until = body.until === undefined ? null : normaliseInstant(body.until)
  await deletionRequested(tx, account, { taskId: null, note: body.note ?? null, until })
  await openConfirmation(tx, params.workAccountId, null)
  return readWorkAccount(tx, params.workAccountId)
}

interface Wanted {
  readonly workAccountId: string
  readonly expectedVersion: number | null
  readonly language: Language
}

async function lockFree(tx: Tx, { workAccountId, expectedVersion, language }: Wanted): Promise<AccountRow> {
  const account = await lockAccount(tx, workAccountId, expectedVersion)
  await requireNothingUnderWay(tx, workAccountId, language)
  return account
}

/**
 * WRK-3: says what became of an account, with a note as evidence, where no task is under way.
 * @throws Refusal as the outcome's function does, `work_account.task_open`, `work_account.wecom_personal`,
 * `work_account.not_wecom`, `thing.not_found`
 */
export async function attestWorkAccount(
  tx: Tx,
  { params, body, expectedVersion, language }: RouteInput<Routes['attestWorkAccount']>,
): Promise<WorkAccountDetail> {
  const { outcome, toMemberId = '', note } = body
  if (outcome === 'passed_on') await lockMembers(tx, [toMemberId])
  const account = await lockFree(tx, { ...params, expectedVersion, language })
  const { system_kind } = await lockedView(tx, params.workAccountId)
  const isWecomOutcome = outcome === 'released' || outcome === 'deletion_withdrawn'
  if (isWecomOutcome && system_kind !== 'wecom') throw new Refusal(workAccountRefusal.notWecom)
  if (!isWecomOutcome && system_kind === 'wecom') throw new Refusal(workAccountRefusal.wecomPersonal)
  const proof = { taskId: null, note }
  if (outcome === 'passed_on') await passedOn(tx, account, { ...proof, toMemberId })
  else if (outcome === 'parked') await parked(tx, account, proof)
  else if (outcome === 'deletion_withdrawn') await deletionWithdrawn(tx, account, proof)
  else await ended(tx, account, { ...proof, step: outcome === 'closed' ? 'close' : 'release' })
  return readWorkAccount(tx, params.workAccountId)
}
