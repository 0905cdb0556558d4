import { Refusal } from '../../../kernel/refusal.ts'
import { handoverRefusal } from '../refusals.ts'

/** What one person has handed over and moved in 24 h, this handover included. */
export interface Touched {
  readonly policy: 'above_limit' | 'always'
  /** Different leavers. */
  readonly leavers: number
  /** Null for no such limit. */
  readonly leaversLimit: number | null
  /** Numbers that this plan moves, with those of the person's handovers that are still to come. */
  readonly moves: number
  /** How many more numbers the person may move alone; null for any number. */
  readonly movesLeft: number | null
}

/** Why a second person has to approve a handover (HAN-10); null where nobody has to. */
export function whyApproval(touched: Touched): Refusal | null {
  const { policy, leavers, leaversLimit, moves, movesLeft } = touched
  if (policy === 'always') return new Refusal(handoverRefusal.needsApproval)
  if (leaversLimit !== null && leavers > leaversLimit)
    return new Refusal(handoverRefusal.overLeavers, { leavers, limit: leaversLimit }, { leavers })
  if (movesLeft !== null && moves > movesLeft)
    return new Refusal(handoverRefusal.overMoves, { moves, left: Math.max(0, movesLeft) }, { moves })
  return null
}
