import type { Instant } from '../../kernel/fields.ts'
import type { Tx } from '../../platform/db/tx.ts'
import type { Dependent, FormerMember, Holding, Remark } from './model.ts'

export { lockHistory } from './history-lock.ts'
export type {
  Dependent,
  DoneItem,
  FormerMember,
  HandoverFacts,
  Holding,
  Observation,
  Particulars,
  Remark,
  StepForecast,
  StepItem,
  StepResult,
} from './model.ts'
export { toPassOn } from './model.ts'
export { stepRefusal } from './refusals.ts'
export { attempted, eachItem, failed, forecast, remarkOf } from './step-answers.ts'
export type { HandoverStep } from './steps.ts'
export { stepFor, stepKinds, wireSteps } from './steps.ts'

/** A decided request, as the feature that opened it hears of it, in the transaction of the decision. */
export interface DecidedRequest {
  readonly requestId: string
  readonly kind: string
  readonly subjectKind: string
  readonly subjectId: string
  readonly payload: unknown
  readonly requestedBy: string
  readonly approved: boolean
  readonly reason: string | null
}

/** A task that came to its end, as the feature that asked for it hears of it, in the same transaction. */
export interface SettledTask {
  readonly taskId: string
  readonly kind: string
  readonly subjectKind: string
  readonly subjectId: string
  readonly originKind: string | null
  readonly originId: string | null
  readonly outcome: 'observed' | 'cancelled'
}

/** What a number had before a time, which is to be erased. */
export interface DoomedHistory {
  readonly numberId: string
  readonly cutOff: string
}

/** What an upper feature tells the lower ones; filled by each feature's contributes.ts and wired in app.ts. */
export interface Contribution {
  /** Everything the member holds in this feature. */
  listHoldings?(tx: Tx, memberId: string): Promise<Holding[]>
  /** What hangs on these numbers in this feature, by number (WRK-4). */
  dependentsOf?(tx: Tx, numberIds: readonly string[]): Promise<ReadonlyMap<string, readonly Dependent[]>>
  /** Acts on a task that came to its end. Every feature hears of every task. */
  taskSettled?(tx: Tx, task: SettledTask): Promise<void>
  /** Acts on a request that this feature had opened; true when it was this feature's. */
  requestDecided?(tx: Tx, request: DecidedRequest): Promise<boolean>
  /**
   * Erases what belongs to the number and happened before `cutOff` (NUM-5), oldest first and at most `limit` at once.
   * @returns how much is gone; 0 when nothing was left
   */
  eraseHistory?(tx: Tx, history: DoomedHistory, limit: number): Promise<number>
  /** Until when, at least, what a request is about can still be undone; null where it cannot, or is not this feature's. */
  undoableUntil?(tx: Tx, requestId: string): Promise<Instant | null>
  /** In the company's realm: the company gives this number up for good, in this transaction. */
  numberReleased?(tx: Tx, numberId: string): Promise<void>
  /** In the company's realm: what is lost for ever here when this member's own account is deleted (ACC-2). */
  lossesOf?(tx: Tx, memberId: string): Promise<Remark[]>
  /** In the company's realm: erases what this feature keeps of the person. Repeated, it finds nothing more. */
  eraseMember?(tx: Tx, former: FormerMember): Promise<void>
  /** In the account's realm: its person has just signed in. */
  personSignedIn?(tx: Tx): Promise<void>
  /** In the account's realm, at its erasure: erases what this feature keeps of it. Repeated, it finds nothing more. */
  accountGone?(tx: Tx): Promise<void>
}

let contributions: readonly Contribution[] = []

/** Wires the features' contributions, once, in the composition root. */
export function wireContributions(all: readonly Contribution[]): void {
  contributions = all
}

/** HAN-1: everything a member holds, over all features. */
export async function holdingsOf(tx: Tx, memberId: string): Promise<Holding[]> {
  const all: Holding[] = []
  for (const one of contributions) all.push(...((await one.listHoldings?.(tx, memberId)) ?? []))
  return all
}

/** WRK-4: what hangs on these numbers, over all features; a number without dependents has no entry. */
export async function dependentsOf(tx: Tx, numberIds: readonly string[]): Promise<Map<string, Dependent[]>> {
  const all = new Map<string, Dependent[]>()
  if (numberIds.length === 0) return all
  for (const one of contributions) {
    for (const [numberId, found] of (await one.dependentsOf?.(tx, numberIds)) ?? []) {
      all.set(numberId, [...(all.get(numberId) ?? []), ...found])
    }
  }
  return all
}

/** Lets every feature act on a task that came to its end. */
export async function tellTaskSettled(tx: Tx, task: SettledTask): Promise<void> {
  for (const one of contributions) await one.taskSettled?.(tx, task)
}

/** Lets the feature that opened a request act on its decision. */
export async function tellDecided(tx: Tx, request: DecidedRequest): Promise<void> {
  for (const one of contributions) if (await one.requestDecided?.(tx, request)) return
  throw new Error(`no feature acts on requests of kind ${request.kind}`)
}

/** Lets every feature erase up to `limit` of its part of a number's history; resolves to how much is gone. */
export async function eraseHistory(tx: Tx, history: DoomedHistory, limit: number): Promise<number> {
  let gone = 0
  for (const one of contributions) gone += (await one.eraseHistory?.(tx, history, limit)) ?? 0
  return gone
}

/** Until when, at least, what a request is about can still be undone as a whole; null where it cannot. */
export async function undoableUntil(tx: Tx, requestId: string): Promise<Instant | null> {
  for (const one of contributions) {
    const until = (await one.undoableUntil?.(tx, requestId)) ?? null
    if (until !== null) return until
  }
  return null
}

/** Lets every feature act on a number that the company gives up for good. */
export async function tellNumberReleased(tx: Tx, numberId: string): Promise<void> {
  for (const one of contributions) await one.numberReleased?.(tx, numberId)
}

/** ACC-2: what is lost for ever in this company when the member's own account is deleted, over all features. */
export async function lossesOf(tx: Tx, memberId: string): Promise<Remark[]> {
  const all: Remark[] = []
  for (const one of contributions) all.push(...((await one.lossesOf?.(tx, memberId)) ?? []))
  return all
}

/** Lets every feature erase what it keeps of the person that a member was. */
export async function eraseMember(tx: Tx, former: FormerMember): Promise<void> {
  for (const one of contributions) await one.eraseMember?.(tx, former)
}

/** In the account's realm: lets every feature act on its person's having signed in. */
export async function tellSignedIn(tx: Tx): Promise<void> {
  for (const one of contributions) await one.personSignedIn?.(tx)
}

/** In the account's realm: lets every feature erase what it keeps of an account that is being erased. */
export async function tellAccountGone(tx: Tx): Promise<void> {
  for (const one of contributions) await one.accountGone?.(tx)
}
