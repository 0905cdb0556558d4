import type { Instant } from '../../../kernel/fields.ts'
import { addHours, laterOf } from '../../../kernel/instant.ts'
import type { Tx } from '../../../platform/db/tx.ts'
import { openTasks, type TaskPlan } from '../../tasks/index.ts'
import type { AccountTaskKind } from '../rules.ts'
import { type AccountView, findAccounts } from '../views.ts'

/** What a task about an account is a part of; null for nothing. */
export type Origin = TaskPlan['origin']

/** A task about an account, decided. */
export interface AccountTask {
  readonly account: AccountView
  readonly kind: AccountTaskKind
  /** Who gets it; null unless it is passed on. */
  readonly to: { readonly memberId: string; readonly name: string } | null
  readonly origin: Origin
  readonly dueAt: Instant | null
  /** Who is to do it, where it is not the usual one; empty for the usual one. */
  readonly addressee: TaskPlan['addressee']
}

const templateOf: Readonly<Record<AccountTaskKind, string>> = {
  'work_account.pass_on': 'system.pass_on',
  'work_account.park': 'system.take_back',
  'work_account.close': 'system.close',
  'work_account.delete': 'wecom.delete_account',
  'work_account.confirm_deleted': 'wecom.confirm_deleted',
  'work_account.change_mobile': 'wecom.change_mobile',
}

/** Only their person can do these: it is an account of their own. */
const personal: ReadonlySet<AccountTaskKind> = new Set(['work_account.delete', 'work_account.change_mobile'])

/**
 * Opens the task that passes an account on, ends it, or confirms its end.
 * @returns the id of the task
 * @throws Refusal as `openTasks` does
 */
export async function openAccountTask(tx: Tx, task: AccountTask): Promise<string> {
  const { account, kind } = task
  const own = ownWordsOf(account, kind)
  const [taskId] = await openTasks(tx, [
    {
      kind,
      subjectKind: 'work_account',
      subjectId: account.work_account_id,
      origin: task.origin,
      addressee: isEmpty(task.addressee) ? usualAddressee(task) : task.addressee,
      isPersonal: personal.has(kind),
      template: own === null ? templateOf[kind] : `${templateOf[kind]}_own`,
      particulars: particularsOf(task, own),
      link: account.system_kind === 'wecom' ? null : account.system_link,
      dueAt: task.dueAt,
    },
  ])
  if (taskId === undefined) throw new Error('one plan opens one task')
  return taskId
}

function isEmpty(addressee: TaskPlan['addressee']): boolean {
  return addressee.forMemberId === undefined && addressee.forName === undefined
}

// Whoever gets an account takes it over; a person deletes their own; everything else is for any Owner or Admin.
function usualAddressee({ account, kind, to }: AccountTask): TaskPlan['addressee'] {
  const memberId = kind === 'work_account.delete' ? account.holder_id : (to?.memberId ?? null)
  return memberId === null ? {} : { forMemberId: memberId }
}

function ownWordsOf(account: AccountView, kind: AccountTaskKind): string | null {
  if (account.system_kind === 'wecom') return null
  return kind === 'work_account.close' ? account.close_instructions : account.pass_on_instructions
}

function particularsOf({ account, to }: AccountTask, own: string | null): TaskPlan['particulars'] {
  const some: Readonly<Record<string, string | null | undefined>> = {
    system: account.system_name,
    login: account.login,
    holder: account.holder_name,
    number: account.e164,
    until: account.deletion_until?.slice(0, 10),
    successor: to?.name,
    toMemberId: to?.memberId,
    instructions: own,
  }
  return Object.fromEntries(
    Object.entries(some).flatMap(([name, value]) => (typeof value === 'string' ? [[name, value]] : [])),
  )
}

const confirmWithinHours = 48

/** After the request for a deletion: somebody looks, when the wait is over, whether the account is gone. */
export async function openConfirmation(tx: Tx, workAccountId: string, origin: Origin): Promise<string> {
  const [account] = await findAccounts(tx, [workAccountId])
  if (!account) throw new Error('an account that was just written is gone')
  const from = laterOf(tx.now, account.deletion_until ?? tx.now)
  return openAccountTask(tx, {
    account,
    kind: 'work_account.confirm_deleted',
    to: null,
    origin,
    dueAt: addHours(from, confirmWithinHours),
    addressee: {},
  })
}
