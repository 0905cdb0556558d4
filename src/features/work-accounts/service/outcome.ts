import type { Instant } from '../../../kernel/fields.ts'
import { laterOf, nextMicrosecond } from '../../../kernel/instant.ts'
import { Refusal } from '../../../kernel/refusal.ts'
import type { Tx } from '../../../platform/db/tx.ts'
import { httpRefusal } from '../../../platform/http/refusals.ts'
import { record } from '../../audit/index.ts'
import type { SettledTask } from '../../custody-ports/index.ts'
import { lockMembers } from '../../people/index.ts'
import { tasksAbout } from '../../tasks/index.ts'
import { type WorkAccountState, workAccountRefusal } from '../model.ts'
import { type AccountTaskKind, decideDeletionEnd, mustTake } from '../rules.ts'
import * as store from '../store.ts'
import * as views from '../views.ts'
import { addWorkAccount, lockAccount } from './accounts.ts'
import { openConfirmation } from './open-task.ts'

type Account = store.AccountRow

/** What became of an account: the state that it has now, and who holds it. */
interface Outcome {
  readonly state: WorkAccountState
  readonly holderId: string | null
}

/** Writes a new holder or an end, with the stretch of custody that it begins. */
async function become(tx: Tx, account: Account, { state, holderId }: Outcome): Promise<void> {
  const hasEnded = state === 'released' || state === 'closed'
  const since = laterOf(tx.now, nextMicrosecond(account.held_since))
  await store.updateAccount(tx, account, {
    state,
    holder_id: holderId,
    held_since: since,
    deletion_until: null,
    ...(hasEnded ? { number_id: null, number_use: null } : {}),
  })
  store.endStretch(tx, account.work_account_id, since)
  if (!hasEnded) store.openStretch(tx, { workAccountId: account.work_account_id, from: since, holderId })
}

interface Said {
  readonly action: string
  readonly to: string | null
  /** What shows it: the task that was observed, or the note of whoever attests it. */
  readonly taskId: string | null
  readonly note: string | null
}

function recordOutcome(tx: Tx, account: Account, { action, to, taskId, note }: Said): void {
  record(tx, {
    action,
    subjectKind: 'work_account',
    subjectId: account.work_account_id,
    effect: { from: account.holder_id, to, numberId: account.number_id, taskId },
    ...(note === null ? {} : { details: { note } }),
  })
}

/** Why something is believed: a task that was observed, or the note of whoever attests it. */
export interface Proof {
  readonly taskId: string | null
  readonly note: string | null
}

/**
 * The account is with this member now.
 * @throws Refusal `work_account.member_left`, `work_account.already_held`, `work_account.not_in_state`
 */
export async function passedOn(
  tx: Tx,
  account: Account,
  said: Proof & { toMemberId: string },
): Promise<void> {
  const [member] = await lockMembers(tx, [said.toMemberId])
  if (!member) throw new Refusal(httpRefusal.notFound, { thing: 'member' })
  if (member.status === 'left') throw new Refusal(workAccountRefusal.memberLeft, { name: member.name })
  if (account.holder_id === member.memberId) {
    throw new Refusal(workAccountRefusal.alreadyHeld, { name: member.name })
  }
  await become(tx, account, { state: mustTake('passOn', account.state), holderId: member.memberId })
  recordOutcome(tx, account, { ...said, action: 'work_account.passed_on', to: member.memberId })
}

/**
 * The company keeps the account now.
 * @throws Refusal `work_account.kept_already`, `work_account.not_in_state`
 */
export async function parked(tx: Tx, account: Account, proof: Proof): Promise<void> {
  if (account.holder_id === null) throw new Refusal(workAccountRefusal.keptAlready)
  await become(tx, account, { state: mustTake('passOn', account.state), holderId: null })
  recordOutcome(tx, account, { ...proof, action: 'work_account.parked', to: null })
}

/**
 * The account is gone (`close`), or its number is free (`release`).
 * @throws Refusal `work_account.not_in_state`
 */
export async function ended(
  tx: Tx,
  account: Account,
  said: Proof & { step: 'close' | 'release' },
): Promise<void> {
  await become(tx, account, { state: mustTake(said.step, account.state), holderId: null })
  const action = said.step === 'close' ? 'work_account.closed' : 'work_account.released'
  recordOutcome(tx, account, { ...said, action, to: null })
}

/**
 * WRK-5: its person has begun to delete a WeCom account.
 * @returns until when that can still be cancelled
 * @throws Refusal `work_account.not_in_state`, `work_account.deletion_past`
 */
export async function deletionRequested(
  tx: Tx,
  account: Account,
  said: Proof & { until: Instant | null },
): Promise<Instant> {
  const until = decideDeletionEnd(said.until, tx.now)
  const state = mustTake('requestDeletion', account.state)
  await store.updateAccount(tx, account, { state, deletion_until: until })
  record(tx, {
    action: 'work_account.deletion_requested',
    subjectKind: 'work_account',
    subjectId: account.work_account_id,
    effect: { holderId: account.holder_id, until, taskId: said.taskId },
    ...(said.note === null ? {} : { details: { note: said.note } }),
  })
  return until
}

/** @throws Refusal `work_account.not_in_state` */
export async function deletionWithdrawn(tx: Tx, account: Account, proof: Proof): Promise<void> {
  const state = mustTake('withdrawDeletion', account.state)
  await store.updateAccount(tx, account, { state, deletion_until: null })
  recordOutcome(tx, account, { ...proof, action: 'work_account.deletion_withdrawn', to: account.holder_id })
}

// S000 solution 2: the number leaves the former account and hangs on the successor's.
async function numberChanged(tx: Tx, account: Account, said: Proof & { toMemberId: string }): Promise<void> {
  const [number, own] = [
    account.number_id === null ? undefined : await views.findNumber(tx, account.number_id),
    await views.findWecomAccountOf(tx, said.toMemberId),
  ]
  await ended(tx, account, { ...said, step: 'release' })
  if (!number) return
  if (own) {
    const mine = await lockAccount(tx, own.work_account_id, null)
    await store.updateAccount(tx, mine, { number_id: number.number_id, number_use: 'both' })
    record(tx, {
      action: 'work_account.changed',
      subjectKind: 'work_account',
      subjectId: mine.work_account_id,
      effect: { fields: ['numberId'], numberId: number.number_id, numberBefore: mine.number_id },
    })
    return
  }
  await addWorkAccount(tx, {
    systemId: account.system_id,
    login: number.e164,
    holderId: said.toMemberId,
    heldSince: null,
    numberId: number.number_id,
    numberUse: 'both',
    note: null,
  })
}

const effects: Readonly<
  Record<
    AccountTaskKind,
    (tx: Tx, account: Account, said: Proof & { toMemberId: string }) => Promise<unknown>
  >
> = {
  'work_account.pass_on': passedOn,
  'work_account.park': parked,
  'work_account.close': (tx, account, said) => ended(tx, account, { ...said, step: 'close' }),
  'work_account.delete': (tx, account, said) => deletionRequested(tx, account, { ...said, until: null }),
  'work_account.confirm_deleted': (tx, account, said) => ended(tx, account, { ...said, step: 'release' }),
  'work_account.change_mobile': numberChanged,
}

function isAccountTask(kind: string): kind is AccountTaskKind {
  return kind in effects
}

/**
 * WRK-3: what a task asked for takes effect when somebody saw it done. After the request for a deletion follows the task
 * to confirm it.
 * @throws Refusal where the account has become something else in the meantime
 */
export async function taskSettled(tx: Tx, task: SettledTask): Promise<void> {
  if (task.subjectKind !== 'work_account' || !isAccountTask(task.kind) || task.outcome !== 'observed') return
  const asked = (await tasksAbout(tx, [task.subjectId])).find(({ taskId }) => taskId === task.taskId)
  if (!asked) throw new Error('a task that was just observed is gone')
  const toMemberId = asked.particulars['toMemberId'] ?? ''
  // Members before accounts, as in every other lock of both.
  if (toMemberId !== '') await lockMembers(tx, [toMemberId])
  const account = await lockAccount(tx, task.subjectId, null)
  await effects[task.kind](tx, account, { taskId: task.taskId, note: null, toMemberId })
  if (task.kind !== 'work_account.delete') return
  const origin =
    task.originKind === null || task.originId === null ? null : { kind: task.originKind, id: task.originId }
  await openConfirmation(tx, account.work_account_id, origin)
}
