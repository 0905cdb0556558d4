import type { Tx } from '../../platform/db/tx.ts'
import type { Holding } from './model.ts'

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

/** What an upper feature tells the lower ones; filled by each feature's contributes.ts and wired in app.ts. */
export interface Contribution {
  /** Everything the member holds in this feature. */
  listHoldings?(tx: Tx, memberId: string): Promise<Holding[]>
  /** Acts on a request that this feature had opened; true when it was this feature's. */
  requestDecided?(tx: Tx, request: DecidedRequest): Promise<boolean>
  /** Erases what belongs to the number and happened before `cutOff` (NUM-5). */
  eraseHistory?(tx: Tx, numberId: string, cutOff: string): Promise<void>
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

/** Lets every feature erase its part of a number's history. */
export async function eraseHistory(tx: Tx, numberId: string, cutOff: string): Promise<void> {
  for (const one of contributions) await one.eraseHistory?.(tx, numberId, cutOff)
}
