import type { Instant } from '../../../kernel/fields.ts'
import { Refusal } from '../../../kernel/refusal.ts'
import type { HandoverKind, Person } from '../model.ts'
import { handoverRefusal } from '../refusals.ts'

interface Begun {
  readonly kind: HandoverKind
  readonly effectiveAt: Instant
  readonly endsAt: Instant | null
}

interface Facts {
  readonly leaver: Person
  readonly successors: readonly string[]
  readonly now: Instant
}

/**
 * Whether a handover makes sense as a whole: its leaver is still here and gets nothing from it, and a loan has an end.
 * @throws Refusal `handover.leaver_left`, `handover.same_member`, `handover.end_needed`, `handover.end_of_loans_only`,
 * `handover.end_before_start`
 */
export function mustFit({ kind, effectiveAt, endsAt }: Begun, { leaver, successors, now }: Facts): void {
  if (leaver.status === 'left') throw new Refusal(handoverRefusal.leaverLeft, { name: leaver.name })
  if (successors.includes(leaver.memberId)) throw new Refusal(handoverRefusal.sameMember)
  if (kind === 'loan' && endsAt === null) throw new Refusal(handoverRefusal.endNeeded)
  if (kind !== 'loan' && endsAt !== null) throw new Refusal(handoverRefusal.endOfLoansOnly)
  if (endsAt !== null && (endsAt <= effectiveAt || endsAt <= now))
    throw new Refusal(handoverRefusal.endBeforeStart, { endsAt, effectiveAt })
}
