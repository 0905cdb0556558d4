import { addHours } from '../../../kernel/instant.ts'
import type { RouteInput, RouteOutput } from '../../../kernel/route.ts'
import type { Tx } from '../../../platform/db/tx.ts'
import { capOf } from '../../companies/index.ts'
import { requireSeenMember } from '../../people/index.ts'
import type { handoversContract } from '../contract.ts'
import type { Successor } from '../model/items.ts'
import { bestSuccessors } from '../rules/suggest.ts'
import { type Candidate, candidatesFor, capAndHeld, sharedCounterparts } from '../successor-views.ts'

type Routes = typeof handoversContract
const lookBackHours = 180 * 24

/**
 * Who could take over from a member, with the reasons and the room they have (NUM-3).
 * @throws Refusal `thing.not_found`
 */
export async function listSuccessors(
  tx: Tx,
  { params }: RouteInput<Routes['listSuccessors']>,
): Promise<RouteOutput<Routes['listSuccessors']>> {
  const { memberId } = params
  await requireSeenMember(tx, memberId)
  const shared = await sharedCounterparts(tx, memberId, addHours(tx.now, -lookBackHours))
  const candidates = await candidatesFor(tx, memberId, [...shared.keys()])
  const { tier, capOverride, numbers } = await capAndHeld(tx, memberId)
  const cap = capOf(tier, capOverride)
  const found = candidates.map((candidate) =>
    suggestionOf(candidate, { cap, numbers, sharedCounterparts: shared.get(candidate.memberId) ?? 0 }),
  )
  return { items: bestSuccessors(found) }
}

interface Counts {
  readonly cap: number
  /** Numbers of the leaver. */
  readonly numbers: number
  readonly sharedCounterparts: number
}

function suggestionOf(candidate: Candidate, { cap, numbers, sharedCounterparts: shared }: Counts): Successor {
  const { memberId, name, staffCode, status, title, departments, held } = candidate
  return {
    member: { memberId, name, staffCode, status },
    title,
    departments,
    reasons: [
      ...(candidate.isManager ? (['manager'] as const) : []),
      ...(candidate.isColleague ? (['same_department'] as const) : []),
      ...(shared > 0 ? (['same_counterparts'] as const) : []),
    ],
    sharedCounterparts: shared,
    held,
    cap,
    free: cap - held,
    fits: cap - held >= numbers,
  }
}
