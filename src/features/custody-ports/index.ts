import type { Tx } from '../../platform/db/tx.ts'
import type { Holding } from './model.ts'

export { lockHistory } from './history-lock.ts'
export type { Holding } from './model.ts'

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

/** What a number had before a time, which is to be erased. */
export interface DoomedHistory {
  readonly numberId: string
  readonly cutOff: string
}

/** What an upper feature tells the lower ones; filled by each feature's contributes.ts and wired in app.ts. */
export interface Contribution {
  /** Everything the member holds in this feature. */
  listHoldings?(tx: Tx, memberId: string): Promise<Holding[]>
  /** Acts on a request that this feature had opened; true when it was this feature's. */
  requestDecided?(tx: Tx, request: DecidedRequest): Promise<boolean>
  /**
   * Erases what belongs to the number and happened before `cutOff` (NUM-5), oldest first and at most `limit` at once.
   * @returns how much is gone; 0 when nothing was left
   */
  eraseHistory?(tx: Tx, history: DoomedHistory, limit: number): Promise<number>
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
