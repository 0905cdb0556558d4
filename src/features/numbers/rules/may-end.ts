import type { Instant } from '../../../kernel/fields.ts'
import { addHours } from '../../../kernel/instant.ts'
import { Refusal } from '../../../kernel/refusal.ts'
import type { Dependent } from '../../custody-ports/model.ts'
import { type Cause, moveRefusal, numberRefusal } from '../model.ts'
import type { CompanyFacts, NextCustody, NumberFacts, RecipientFacts } from './facts.ts'
import { refuseRecipient, takesEffectAt } from './may-move.ts'

/**
 * Decides parking: the company keeps the number, the holder loses it now. A waiting move and a loan's return stay, and
 * the cool-down goes on from where it was (NUM-4).
 * @throws Refusal `number.released`, `number.parked`, `number.holder_changed`
 */
export function decidePark(
  number: NumberFacts,
  expectedHolderId: string | null | undefined,
  now: Instant,
): NextCustody {
  const { e164 } = number
  if (number.state === 'released') throw new Refusal(numberRefusal.released, { e164 })
  if (expectedHolderId !== undefined && expectedHolderId !== number.holderId) {
    throw new Refusal(numberRefusal.holderChanged, { e164 }, { holderId: number.holderId })
  }
  if (number.state === 'parked') throw new Refusal(numberRefusal.isParked, { e164 })
  return {
    at: takesEffectAt(now, number.heldFrom),
    state: 'parked',
    holderId: null,
    visibleFrom: number.visibleFrom,
    assignedAt: number.assignedAt,
    cause: 'parked',
    takesLicence: false,
    freesLicence: false,
  }
}

/**
 * Decides release, the end of ownership (NUM-15): nothing may hang on the number, and it is typed to confirm.
 * @throws Refusal `number.released`, `number.held`, `number.already_scheduled`, `number.on_loan`, `number.on_hold`,
 * `number.confirmation_wrong`
 */
export function decideRelease(number: NumberFacts, confirmedE164: string | null, now: Instant): NextCustody {
  const { e164 } = number
  if (number.state === 'released') throw new Refusal(numberRefusal.released, { e164 })
  if (number.state === 'held')
    throw new Refusal(numberRefusal.isHeld, { e164 }, { holderId: number.holderId })
  for (const move of number.waiting) {
    if (move.kind === 'return')
      throw new Refusal(numberRefusal.onLoan, { e164, returnAt: move.dueAt, moveId: move.moveId })
    throw new Refusal(numberRefusal.alreadyScheduled, {
      e164,
      moveId: move.moveId,
      dueAt: move.dueAt,
      waitsFor: move.state,
    })
  }
  if (number.underHold) throw new Refusal(numberRefusal.onHold, { e164 })
  if (confirmedE164 !== e164) throw new Refusal(numberRefusal.confirmationWrong, { e164 })
  return {
    at: takesEffectAt(now, number.heldFrom),
    state: 'released',
    holderId: null,
    visibleFrom: number.visibleFrom,
    assignedAt: number.assignedAt,
    cause: 'released',
    takesLicence: false,
    freesLicence: number.licensed,
  }
}

/**
 * NUM-15, WRK-4: a number does not go while something outside is reached or verified by it. People's own accounts here
 * do not keep it: they lose it with the release, with notice.
 * @throws Refusal `number.has_dependents` with `dependents`
 */
export function refuseDependents(e164: string, all: readonly Dependent[]): void {
  const dependents = all.filter(({ kind }) => kind !== 'identifier')
  if (dependents.length === 0) return
  throw new Refusal(numberRefusal.hasDependents, { e164, count: dependents.length }, { dependents })
}

/** A stretch of custody as the ledger has it. */
export interface Stretch {
  readonly state: 'held' | 'parked' | 'released'
  readonly holderId: string | null
  readonly visibleFrom: Instant
  readonly assignedAt: Instant | null
  readonly cause: Cause
  readonly tookLicence: boolean
  readonly heldFrom: Instant
}

export interface UndoFacts {
  readonly number: NumberFacts
  readonly latest: Stretch
  readonly before: Stretch | null
  /** The member who would get the number back; null when it goes back to the park. */
  readonly recipient: RecipientFacts | null
  readonly company: CompanyFacts
  readonly now: Instant
}

const undoable: ReadonlySet<Cause> = new Set(['assigned', 'reassigned', 'lent', 'parked'])

/** Until when the latest move can be undone; null when it is none that can. */
export function undoUntil(
  latest: Pick<Stretch, 'cause' | 'heldFrom'>,
  undoWindowHours: number,
  now: Instant,
): Instant | null {
  if (!undoable.has(latest.cause)) return null
  const end = addHours(latest.heldFrom, undoWindowHours)
  return end > now ? end : null
}

/**
 * Decides undo: the latest move only, inside the window; exempt from the cool-down, not from cap or status (NUM-11,
 * ADR 0013). Holder, visibility, cool-down and licence become what they were.
 * @throws Refusal `undo.nothing`, `undo.window_over`, `recipient.not_active`, `recipient.at_cap`
 */
export function decideUndo(facts: UndoFacts): NextCustody {
  const { number, latest, before, recipient, company, now } = facts
  if (!before || !undoable.has(latest.cause)) {
    throw new Refusal(moveRefusal.nothingToUndo, { e164: number.e164, cause: latest.cause })
  }
  const until = addHours(latest.heldFrom, company.undoWindowHours)
  if (until <= now) throw new Refusal(moveRefusal.undoOver, { undoUntil: until })
  if (recipient) refuseRecipient(recipient)
  return {
    at: takesEffectAt(now, number.heldFrom),
    state: before.state,
    holderId: before.holderId,
    visibleFrom: before.visibleFrom,
    assignedAt: before.assignedAt,
    cause: 'undone',
    takesLicence: false,
    freesLicence: latest.tookLicence,
  }
}
