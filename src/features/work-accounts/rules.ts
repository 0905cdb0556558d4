import type { Instant } from '../../kernel/fields.ts'
import { addHours } from '../../kernel/instant.ts'
import { Refusal } from '../../kernel/refusal.ts'
import { type SystemKind, type WorkAccountState, workAccountRefusal } from './model.ts'
import { stateAfter, type WorkAccountStep } from './states.ts'

/** What may be done with an account: pass it on, let the company keep it, end it. */
export type AccountWay = 'pass_on' | 'park' | 'end'

/** Kinds of tasks about accounts, each with its effect when somebody saw it done. */
export type AccountTaskKind =
  | 'work_account.pass_on'
  | 'work_account.park'
  | 'work_account.close'
  | 'work_account.delete'
  | 'work_account.confirm_deleted'
  | 'work_account.change_mobile'

export interface AccountFacts {
  readonly state: WorkAccountState
  readonly systemKind: SystemKind
  readonly holderId: string | null
  readonly hasNumber: boolean
}

export interface AccountWish {
  readonly way: AccountWay
  /** Who gets it; null unless it is passed on. */
  readonly to: { readonly memberId: string; readonly name: string; readonly status: string } | null
}

/**
 * Where a step leads.
 * @throws Refusal `work_account.not_in_state`
 */
export function mustTake(step: WorkAccountStep, state: WorkAccountState): WorkAccountState {
  const next = stateAfter(state, step)
  if (next === null) throw new Refusal(workAccountRefusal.state, { state })
  return next
}

/**
 * Which task does what is wished. A WeCom account is never kept, closed or given: its person deletes it (S000 solution
 * 1), or the successor takes its number over (solution 2).
 * @throws Refusal `work_account.not_in_state`, `work_account.wecom_personal`, `work_account.number_missing`,
 * `work_account.already_held`, `work_account.kept_already`, `work_account.member_left`
 */
export function decideTask(account: AccountFacts, { way, to }: AccountWish): AccountTaskKind {
  if (to !== null && to.status !== 'active')
    throw new Refusal(workAccountRefusal.memberLeft, { name: to.name })
  if (account.systemKind === 'wecom') return decideWecom(account, way, to)
  mustTake(way === 'end' ? 'close' : 'passOn', account.state)
  if (way === 'end') return 'work_account.close'
  if (way === 'park') {
    if (account.holderId === null) throw new Refusal(workAccountRefusal.keptAlready)
    return 'work_account.park'
  }
  if (to !== null && account.holderId === to.memberId) {
    throw new Refusal(workAccountRefusal.alreadyHeld, { name: to.name })
  }
  return 'work_account.pass_on'
}

function decideWecom(account: AccountFacts, way: AccountWay, to: AccountWish['to']): AccountTaskKind {
  mustTake('release', account.state)
  if (way === 'park') throw new Refusal(workAccountRefusal.wecomPersonal)
  if (way === 'end') return account.state === 'held' ? 'work_account.delete' : 'work_account.confirm_deleted'
  if (to !== null && account.holderId === to.memberId) {
    throw new Refusal(workAccountRefusal.alreadyHeld, { name: to.name })
  }
  if (!account.hasNumber) throw new Refusal(workAccountRefusal.numberMissing)
  return 'work_account.change_mobile'
}

const deletionWaitHours = 15 * 24

/**
 * Until when the deletion of a WeCom account can still be cancelled.
 * @throws Refusal `work_account.deletion_past`
 */
export function decideDeletionEnd(wished: Instant | null, now: Instant): Instant {
  if (wished !== null && wished <= now) throw new Refusal(workAccountRefusal.deletionPast)
  return wished ?? addHours(now, deletionWaitHours)
}
