import type { Instant } from '../../../kernel/fields.ts'
import { Refusal } from '../../../kernel/refusal.ts'
import { stepRefusal } from '../../custody-ports/refusals.ts'
import { handedRemark } from '../model/handed.ts'
import { moveRefusal, numberRefusal } from '../model.ts'
import type { CompanyFacts, NextCustody, NumberFacts, RecipientFacts } from './facts.ts'
import { decidePark, type Stretch } from './may-end.ts'
import { decideMove, takesEffectAt } from './may-move.ts'

/** What a handover wants of one number. */
export interface HandedNumber {
  readonly leaverId: string
  readonly way: 'pass_on' | 'park'
  readonly history: 'keep' | 'hide' | 'delete'
  readonly returnAt: Instant | null
  readonly reason: string | null
  /** As its reader knows it. */
  readonly label: string
}

export interface HandedFacts {
  readonly number: NumberFacts
  /** Null where nobody is named; room is judged over all numbers together. */
  readonly recipient: RecipientFacts | null
  readonly company: CompanyFacts
  /** Whether the leaver still has access, and so keeps a number that waits for a check (NUM-14). */
  readonly leaverHasAccess: boolean
  readonly now: Instant
}

/** What becomes of it: it moves, waits for its cool-down, or for a check (`park` null: the leaver keeps it meanwhile). */
export type HandedDecision =
  | { readonly outcome: 'done'; readonly custody: NextCustody }
  | { readonly outcome: 'cooling'; readonly dueAt: Instant }
  | { readonly outcome: 'checked'; readonly dueAt: Instant; readonly park: NextCustody | null }

/**
 * Decides what a handover does with a number that its leaver holds (HAN-3, NUM-3 to NUM-5, NUM-14): parking is exempt
 * from the cool-down, passing on waits for it.
 * @throws Refusal as `decideMove` and `decidePark` do, `successor.missing`
 */
export function decideHanded(facts: HandedFacts, asked: HandedNumber): HandedDecision {
  const { number, recipient, company, now } = facts
  if (asked.way === 'park') return { outcome: 'done', custody: decidePark(number, asked.leaverId, now) }
  if (!recipient) throw new Refusal(stepRefusal.successorMissing, { label: asked.label })
  const decision = decideMove(
    {
      number,
      recipient: { ...recipient, counted: 0 },
      company: { ...company, licencesFree: 1 },
      overLimit: false,
      now,
    },
    {
      kind: 'reassign',
      toMemberId: recipient.memberId,
      history: asked.history,
      expectedHolderId: asked.leaverId,
      at: null,
      returnAt: asked.returnAt,
      when: 'earliest',
      overrideReason: null,
      reason: asked.reason,
      askedBy: 'owner',
      approved: true,
      checked: false,
    },
  )
  if (decision.outcome === 'done') return decision
  const { dueAt } = decision
  if (decision.outcome === 'scheduled') return { outcome: 'cooling', dueAt }
  // What is lent has a lender, so that it is not parked meanwhile.
  const stays = facts.leaverHasAccess || asked.returnAt !== null
  return { outcome: 'checked', dueAt, park: stays ? null : decidePark(number, asked.leaverId, now) }
}

/** Where a number is that its leaver does not hold any more. */
export interface Elsewhere {
  readonly e164: string
  readonly state: 'held' | 'parked' | 'released'
  readonly holderName: string | null
}

/** Why a number that went elsewhere is left alone (HAN-5). */
export function driftOf({ e164, state, holderName }: Elsewhere): Refusal {
  if (state === 'released') return new Refusal(numberRefusal.released, { e164 })
  if (state === 'parked') return new Refusal(handedRemark.parkedMeanwhile, { e164 })
  return new Refusal(handedRemark.movedMeanwhile, { e164, holder: holderName ?? '' })
}

export interface HandBackFacts {
  readonly number: NumberFacts
  /** What was before the handover. */
  readonly before: Pick<Stretch, 'state' | 'holderId' | 'visibleFrom' | 'assignedAt'>
  readonly leaver: RecipientFacts
  readonly now: Instant
}

/**
 * Decides the undo of a handover's move (HAN-7): everything as it was. Exempt from the cool-down; who has left gets
 * nothing back, and room is judged over all numbers together.
 * @throws Refusal `recipient.not_active`
 */
export function decideHandBack({ number, before, leaver, now }: HandBackFacts): NextCustody {
  if (leaver.status === 'left')
    throw new Refusal(moveRefusal.recipientNotActive, { member: leaver.name, status: leaver.status })
  return {
    at: takesEffectAt(now, number.heldFrom),
    state: before.state,
    holderId: before.holderId,
    visibleFrom: before.visibleFrom,
    assignedAt: before.assignedAt,
    cause: 'undone',
    takesLicence: false,
    freesLicence: false,
  }
}
