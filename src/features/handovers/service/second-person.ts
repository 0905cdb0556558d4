import { personOf } from '../../../kernel/caller.ts'
import { addHours, laterOf } from '../../../kernel/instant.ts'
import type { Refusal } from '../../../kernel/refusal.ts'
import type { Tx } from '../../../platform/db/tx.ts'
import type { Policies } from '../../companies/index.ts'
import { movesLeftOf } from '../../numbers/index.ts'
import { whyApproval } from '../rules/needs-approval.ts'
import type { HandoverRow } from '../store.ts'
import { touchedBy } from '../views.ts'
import type { LivePlan } from './live-plan.ts'

const limitHours = 24

interface Asked {
  readonly handover: Pick<HandoverRow, 'handoverId' | 'leaverId' | 'effectiveAt'> &
    Partial<Pick<HandoverRow, 'askedBy' | 'orderedBy'>>
  readonly policies: Policies
  /** Numbers that the plan passes on. */
  readonly moves: number
  /** Handovers that are begun together with it, and come before it. */
  readonly before?: { readonly leaverIds: readonly string[]; readonly moves: number }
}

/**
 * Why a second person has to approve a handover before it runs (HAN-10); null where nobody has to. What the one who asks
 * for it has handed over and moved in 24 h counts together.
 */
export async function whySecondPerson(tx: Tx, asked: Asked): Promise<Refusal | null> {
  const { handover, policies } = asked
  const person = handover.orderedBy ?? handover.askedBy ?? personOf(tx.caller)
  const { handoverId, leaverId } = handover
  const at = laterOf(handover.effectiveAt, tx.now)
  const touched = await touchedBy(tx, { person, handoverId, at, since: addHours(tx.now, -limitHours) })
  const before = asked.before ?? { leaverIds: [], moves: 0 }
  return whyApproval({
    policy: policies.handoverApproval,
    leavers: new Set([...touched.leaverIds, ...before.leaverIds, leaverId]).size,
    leaversLimit: policies.handoverLeaversPerDay,
    moves: asked.moves === 0 ? 0 : asked.moves + before.moves + touched.moves,
    movesLeft: await movesLeftOf(tx, policies, person),
  })
}

/** How many numbers a plan passes on, which is what the limit of moves counts. */
export function movesOf({ items }: LivePlan): number {
  return items.filter(({ decided }) => decided.kind === 'number' && decided.way === 'pass_on').length
}
