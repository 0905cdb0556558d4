import { Refusal } from '../../../kernel/refusal.ts'
import type { Tx } from '../../../platform/db/tx.ts'
import {
  attempted,
  type DoneItem,
  eachItem,
  forecast,
  type HandoverFacts,
  type HandoverStep,
  type Observation,
  type Particulars,
  type Remark,
  remarkOf,
  type StepForecast,
  type StepItem,
  type StepResult,
  stepRefusal,
} from '../../custody-ports/index.ts'
import { lockMembers } from '../../people/index.ts'
import type { KnownMember } from '../../people/model.ts'
import { type AskedTask, cancelTasksOf, tasksAbout } from '../../tasks/index.ts'
import { workAccountRefusal, workAccountRemark } from '../model.ts'
import { type AccountTaskKind, type AccountWay, decideTask } from '../rules.ts'
import { lockAccounts } from '../store.ts'
import { type AccountView, findAccounts, membersOf } from '../views.ts'
import { openAccountTask } from './open-task.ts'
import { factsOf, isUnderWay } from './pass-on.ts'

/** One item with all that is known about it. */
interface Case {
  readonly item: StepItem
  readonly account: AccountView | undefined
  readonly tasks: readonly AskedTask[]
  readonly to: KnownMember | null
  readonly facts: HandoverFacts
}

function seenOf({ state, holder_id, number_id }: AccountView): Particulars {
  return { holderId: holder_id, state, numberId: number_id }
}

/** What the account is when the step has had its effect. */
function targetOf({ item, account, to }: Case): Particulars {
  if (item.way === 'leave' || !account) return account ? seenOf(account) : {}
  if (account.system_kind === 'wecom') return { holderId: null, state: 'released', numberId: null }
  if (item.way === 'end') return { holderId: null, state: 'closed', numberId: null }
  const holderId = item.way === 'pass_on' ? (to?.memberId ?? item.toMemberId) : null
  return { holderId, state: 'held', numberId: account.number_id }
}

function isDone(one: Case): boolean {
  if (!one.account) return false
  const target = targetOf(one)
  return one.account.state === target['state'] && one.account.holder_id === target['holderId']
}

function isOfThis(task: AskedTask, { handoverId }: HandoverFacts): boolean {
  return task.originKind === 'handover' && task.originId === handoverId
}

/** The way of an item, as accounts know it. */
function wayOf({ way }: StepItem): AccountWay {
  if (way === 'leave') throw new Error('what is left as it is has no task')
  return way
}

/**
 * Which task does it.
 * @throws Refusal what stands in the way
 */
function decide({ item, account, tasks, to, facts }: Case): { account: AccountView; kind: AccountTaskKind } {
  const { label } = item
  if (!account || account.holder_id !== facts.leaverId) throw new Refusal(stepRefusal.notHeld, { label })
  const other = tasks.find((task) => isUnderWay(task) && !isOfThis(task, facts))
  if (other)
    throw new Refusal(workAccountRefusal.taskOpen, { title: other.title.en }, { taskId: other.taskId })
  if (item.way === 'pass_on' && to === null) throw new Refusal(stepRefusal.successorMissing, { label })
  if (to !== null && to.status !== 'active') {
    throw new Refusal(stepRefusal.successorNotActive, { successor: to.name, status: to.status })
  }
  return { account, kind: decideTask(factsOf(account), { way: wayOf(item), to }) }
}

async function casesOf(
  tx: Tx,
  facts: HandoverFacts,
  items: readonly StepItem[],
): Promise<(item: StepItem) => Case> {
  const ids = items.map((item) => item.holdingId)
  const accounts = new Map((await findAccounts(tx, ids)).map((account) => [account.work_account_id, account]))
  const takers = new Map((await membersOf(tx, takersOf(items))).map((member) => [member.memberId, member]))
  const tasks = new Map<string, AskedTask[]>()
  for (const task of await tasksAbout(tx, ids)) {
    tasks.set(task.subjectId, [...(tasks.get(task.subjectId) ?? []), task])
  }
  return (item) => ({
    item,
    account: accounts.get(item.holdingId),
    tasks: tasks.get(item.holdingId) ?? [],
    to: item.way === 'pass_on' ? (takers.get(item.toMemberId ?? '') ?? null) : null,
    facts,
  })
}

function takersOf(items: readonly StepItem[]): string[] {
  return [...new Set(items.flatMap((item) => (item.way === 'pass_on' ? (item.toMemberId ?? []) : [])))]
}

async function plan(
  tx: Tx,
  facts: HandoverFacts,
  items: readonly StepItem[],
): Promise<readonly StepForecast[]> {
  const caseOf = await casesOf(tx, facts, items)
  return items.map((item) => {
    const one = caseOf(item)
    const before = one.account ? seenOf(one.account) : {}
    if (item.way === 'leave') return forecast(item, { before, after: before })
    const isWecom = one.account?.system_kind === 'wecom'
    return forecast(
      item,
      { before, after: targetOf(one) },
      {
        isReversible: !isWecom && item.way !== 'end',
        waitsFor: 'task',
        blockers: obstaclesOf(one),
        warnings: isWecom && item.way === 'end' ? [remark(one, workAccountRemark.wecomWait)] : [],
        lostForEver: isWecom ? [remark(one, workAccountRemark.wecomLost)] : [],
      },
    )
  })
}

function obstaclesOf(one: Case): Remark[] {
  try {
    decide(one)
    return []
  } catch (error) {
    if (error instanceof Refusal) return [remarkOf(error)]
    throw error
  }
}

function remark({ account }: Case, rule: Remark['rule']): Remark {
  return { rule, values: { login: account?.login ?? '' }, data: {} }
}

/** Members first, then accounts, as in every other lock of both. */
async function lock(tx: Tx, items: readonly StepItem[]): Promise<void> {
  const takers = takersOf(items)
  if (takers.length > 0) await lockMembers(tx, takers)
  await lockAccounts(
    tx,
    items.map((item) => item.holdingId),
  )
}

async function carryOut(
  tx: Tx,
  facts: HandoverFacts,
  items: readonly StepItem[],
): Promise<readonly StepResult[]> {
  await lock(tx, items)
  const caseOf = await casesOf(tx, facts, items)
  return eachItem(items, async (item) => {
    const one = caseOf(item)
    const seen = one.account ? seenOf(one.account) : {}
    const before = { ...seen, holderId: facts.leaverId }
    if (item.way === 'leave') return attempted(item, seen, seen)
    if (isDone(one)) return attempted(item, before, targetOf(one))
    const own = one.tasks.find((task) => isUnderWay(task) && isOfThis(task, facts))
    if (own) return waitingFor(item, own.taskId, before)
    const taskId = await openAccountTask(tx, {
      ...decide(one),
      to: one.to,
      origin: { kind: 'handover', id: facts.handoverId },
      dueAt: null,
      addressee: {},
    })
    return waitingFor(item, taskId, before)
  })
}

function waitingFor(item: StepItem, taskId: string, before: Particulars): StepResult {
  return { itemId: item.itemId, state: 'waiting', waitsFor: 'task', until: null, reference: taskId, before }
}

async function observe(
  tx: Tx,
  facts: HandoverFacts,
  items: readonly DoneItem[],
): Promise<readonly Observation[]> {
  const caseOf = await casesOf(tx, facts, items)
  return items.map((item) => {
    const one = caseOf(item)
    const seen = one.account ? seenOf(one.account) : {}
    return { itemId: item.itemId, isThere: item.way === 'leave' || isDone(one), seen }
  })
}

/**
 * A task that is still open is cancelled. An account that somebody saw passed on comes back by a task of its own, since
 * only people can give it back (WRK-3); one that is closed, deleted or whose number was taken over does not come back.
 */
async function undo(
  tx: Tx,
  facts: HandoverFacts,
  items: readonly DoneItem[],
): Promise<readonly StepResult[]> {
  await cancelForward(tx, facts, items)
  await lockMembers(tx, [facts.leaverId])
  await lock(tx, items)
  const caseOf = await casesOf(tx, facts, items)
  const [leaver = null] = await membersOf(tx, [facts.leaverId])
  return eachItem(items, (item) => bringBack(tx, caseOf(item), { leaver, before: item.before }))
}

async function cancelForward(tx: Tx, facts: HandoverFacts, items: readonly DoneItem[]): Promise<void> {
  const tasks = await tasksAbout(
    tx,
    items.map((item) => item.holdingId),
  )
  const forward = tasks.filter(
    (task) => isUnderWay(task) && isOfThis(task, facts) && !leadsBack(task, facts.leaverId),
  )
  const subjectIds = forward.map((task) => task.subjectId)
  if (subjectIds.length === 0) return
  const origin = { originKind: 'handover', originId: facts.handoverId, subjectIds }
  await cancelTasksOf(tx, origin, 'the handover is taken back')
}

function leadsBack(task: AskedTask, leaverId: string): boolean {
  return task.particulars['toMemberId'] === leaverId
}

interface Back {
  readonly leaver: KnownMember | null
  readonly before: Particulars
}

async function bringBack(tx: Tx, one: Case, { leaver, before }: Back): Promise<StepResult> {
  const { item, account, tasks, facts } = one
  const { leaverId } = facts
  if (item.way === 'leave') return attempted(item, before, before)
  if (!account) throw new Refusal(stepRefusal.changedSince, { label: item.label })
  if (account.state !== 'held') {
    throw new Refusal(workAccountRemark.notBack, { login: account.login, state: account.state })
  }
  if (account.holder_id === leaverId) return attempted(item, before, seenOf(account))
  const back = tasks.find((task) => isUnderWay(task) && leadsBack(task, leaverId))
  if (back) return waitingFor(item, back.taskId, before)
  if (!isDone(one)) throw new Refusal(stepRefusal.changedSince, { label: item.label })
  const taskId = await openAccountTask(tx, {
    account,
    kind: decideTask(factsOf(account), { way: 'pass_on', to: leaver }),
    to: leaver,
    origin: { kind: 'handover', id: facts.handoverId },
    dueAt: null,
    addressee: {},
  })
  return waitingFor(item, taskId, before)
}

/** How accounts in outside systems pass on: by tasks of people, done when somebody saw it (WRK-3). */
export const workAccountStep: HandoverStep = {
  holding: 'work_account',
  phase: 'work_accounts',
  ways: {
    leave: ['pass_on', 'park', 'end'],
    move: ['pass_on', 'park', 'end', 'leave'],
    loan: ['leave'],
  },
  refusals: [
    ...Object.values(stepRefusal),
    ...Object.values(workAccountRefusal),
    ...Object.values(workAccountRemark),
  ],
  plan,
  carryOut,
  observe,
  undo,
}
