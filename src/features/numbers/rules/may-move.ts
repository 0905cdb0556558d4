import type { Instant } from '../../../kernel/fields.ts'
import { addMinutes, laterOf, nextMicrosecond } from '../../../kernel/instant.ts'
import { Refusal } from '../../../kernel/refusal.ts'
import { moveRefusal, numberRefusal } from '../model.ts'
import type {
  AskedMove,
  CompanyFacts,
  NextCustody,
  NumberFacts,
  RecipientFacts,
  WaitingFacts,
} from './facts.ts'

export interface MoveFacts {
  readonly number: NumberFacts
  readonly recipient: RecipientFacts
  readonly company: CompanyFacts
  /** True when the actor is above the limit of moves that one person may make alone in 24 h. */
  readonly overLimit: boolean
  readonly now: Instant
}

/** What becomes of a move: it happens now, or waits and says for what (NUM-16). */
export type MoveDecision =
  | { readonly outcome: 'done'; readonly custody: NextCustody }
  | { readonly outcome: 'scheduled' | 'pending_check' | 'pending_approval'; readonly dueAt: Instant }

/**
 * Decides a move of a number to a member: NUM-1 to NUM-5, NUM-9 to NUM-11, NUM-14.
 * @throws Refusal every code of `numberRefusal` and `moveRefusal` that concerns a move
 */
export function decideMove(facts: MoveFacts, asked: AskedMove): MoveDecision {
  const { number, company, now } = facts
  refuseWrongState(number, asked, facts.recipient)
  const loan = refuseLoanOrSchedule(number, asked)
  const startsAt = refuseBadTimes(number, asked, now)
  if (asked.history === 'delete') refuseDeletion(number, company, asked)
  refuseReceiving(number, facts.recipient)
  if (!number.licensed && company.licencesFree < 1)
    throw new Refusal(moveRefusal.noLicence, { total: company.licencesTotal })
  const dueAt = loan ? startsAt : afterCooldown({ number, company, startsAt }, asked)
  refuseReturnBefore(dueAt, asked)
  if (facts.overLimit && !asked.approved) return { outcome: 'pending_approval', dueAt }
  if (company.checkedCountries.has(number.country) && !asked.checked && !loan)
    return { outcome: 'pending_check', dueAt }
  if (dueAt > now) return { outcome: 'scheduled', dueAt }
  return { outcome: 'done', custody: custodyOf({ number, now, loan }, asked) }
}

/** When the cool-down of a number ends (NUM-4); null when it is not cooling down. */
export function availableAt(
  number: Pick<NumberFacts, 'assignedAt'>,
  cooldownMinutes: number,
  now: Instant,
): Instant | null {
  if (number.assignedAt === null || cooldownMinutes === 0) return null
  const end = addMinutes(number.assignedAt, cooldownMinutes)
  return end > now ? end : null
}

/** The instant at which a change of custody takes effect: never before the open stretch has lasted a microsecond. */
export function takesEffectAt(now: Instant, heldFrom: Instant): Instant {
  return laterOf(now, nextMicrosecond(heldFrom))
}

function refuseWrongState(number: NumberFacts, asked: AskedMove, recipient: RecipientFacts): void {
  const { e164 } = number
  if (number.state === 'released') throw new Refusal(numberRefusal.released, { e164 })
  if (asked.expectedHolderId !== undefined && asked.expectedHolderId !== number.holderId) {
    throw new Refusal(numberRefusal.holderChanged, { e164 }, { holderId: number.holderId })
  }
  refuseAlreadyTheirs(number, recipient)
  if (asked.kind === 'assign' && number.state === 'held')
    throw new Refusal(numberRefusal.isHeld, { e164 }, { holderId: number.holderId })
  if (asked.kind === 'reassign' && number.state === 'parked')
    throw new Refusal(numberRefusal.isParked, { e164 })
}

// Returns the loan that this move ends: back to its lender, now.
function refuseLoanOrSchedule(number: NumberFacts, asked: AskedMove): WaitingFacts | null {
  const { e164 } = number
  const waiting = number.waiting.find((move) => move.kind === 'move')
  if (waiting) {
    throw new Refusal(numberRefusal.alreadyScheduled, {
      e164,
      moveId: waiting.moveId,
      dueAt: waiting.dueAt,
      waitsFor: waiting.state,
    })
  }
  const loan = number.waiting.find((move) => move.kind === 'return')
  if (!loan) return null
  const endsLoan = loan.toMemberId === asked.toMemberId && asked.at === null && asked.returnAt === null
  if (!endsLoan) throw new Refusal(numberRefusal.onLoan, { e164, returnAt: loan.dueAt, moveId: loan.moveId })
  if (asked.history === 'delete') throw new Refusal(moveRefusal.loanKeepsHistory)
  return loan
}

function refuseBadTimes(number: NumberFacts, asked: AskedMove, now: Instant): Instant {
  if (asked.at !== null && asked.at < now) throw new Refusal(moveRefusal.inThePast, { at: asked.at })
  const startsAt = asked.at ?? now
  if (asked.returnAt === null) return startsAt
  if (number.state === 'parked') throw new Refusal(moveRefusal.loanFromPark)
  refuseReturnBefore(startsAt, asked)
  if (asked.history === 'delete') throw new Refusal(moveRefusal.loanKeepsHistory)
  return startsAt
}

function refuseReturnBefore(startsAt: Instant, { returnAt }: AskedMove): void {
  if (returnAt !== null && returnAt <= startsAt)
    throw new Refusal(moveRefusal.returnBeforeStart, { returnAt, startsAt })
}

function refuseDeletion(number: NumberFacts, company: CompanyFacts, asked: AskedMove): void {
  if (asked.reason === null) throw new Refusal(moveRefusal.reasonNeeded)
  if (number.underHold) throw new Refusal(numberRefusal.onHold, { e164: number.e164 })
  if (company.minimumRetentionDays > 0)
    throw new Refusal(moveRefusal.retained, { days: company.minimumRetentionDays })
}

/** A number as far as the question who may receive it goes. */
export interface ReceivableNumber extends Pick<NumberFacts, 'e164' | 'holderId'> {
  readonly waiting: readonly Pick<WaitingFacts, 'kind' | 'toMemberId'>[]
}

/**
 * Decides whether a member can receive this number, or any (NUM-3).
 * @throws Refusal `number.already_theirs`, `recipient.not_active`, `recipient.at_cap`
 */
export function refuseReceiving(number: ReceivableNumber | null, recipient: RecipientFacts): void {
  if (number) refuseAlreadyTheirs(number, recipient)
  // The lender's place was kept; only someone who is no longer active cannot take the number back.
  const isLender = number?.waiting.some(
    (move) => move.kind === 'return' && move.toMemberId === recipient.memberId,
  )
  if (isLender) refuseInactive(recipient)
  else refuseRecipient(recipient)
}

function refuseAlreadyTheirs(
  { e164, holderId }: Pick<NumberFacts, 'e164' | 'holderId'>,
  { memberId, name }: RecipientFacts,
): void {
  if (holderId === memberId) throw new Refusal(numberRefusal.alreadyTheirs, { e164, member: name })
}

/** @throws Refusal `recipient.not_active`, `recipient.at_cap` (NUM-3) */
export function refuseRecipient(recipient: RecipientFacts): void {
  refuseInactive(recipient)
  refuseAtCap(recipient)
}

function refuseInactive(recipient: RecipientFacts): void {
  if (recipient.status !== 'active') {
    throw new Refusal(moveRefusal.recipientNotActive, { member: recipient.name, status: recipient.status })
  }
}

function refuseAtCap(recipient: RecipientFacts): void {
  if (recipient.counted < recipient.cap) return
  throw new Refusal(
    moveRefusal.recipientAtCap,
    { member: recipient.name, held: recipient.counted, tier: recipient.tier, cap: recipient.cap },
    { heldNumbers: recipient.heldNumbers, ways: ['remove_one', 'upgrade'] },
  )
}

interface Cooling {
  readonly number: NumberFacts
  readonly company: CompanyFacts
  readonly startsAt: Instant
}

function afterCooldown({ number, company, startsAt }: Cooling, asked: AskedMove): Instant {
  // Also while nothing cools down: a move that waits keeps its override.
  if (asked.overrideReason !== null && asked.askedBy !== 'owner')
    throw new Refusal(numberRefusal.overrideOwnerOnly)
  const free = availableAt(number, company.cooldownMinutes, startsAt)
  if (free === null || asked.overrideReason !== null) return startsAt
  if (asked.when === 'earliest') return free
  throw new Refusal(
    numberRefusal.coolingDown,
    { e164: number.e164, availableAt: free },
    { ways: asked.askedBy === 'owner' ? ['wait', 'earliest', 'override'] : ['wait', 'earliest'] },
  )
}

/**
 * From when on the recipient of a move sees the number's history (NUM-5): with `keep` as the holder before, at the end
 * of a loan as its lender did, else from `at`, the moment of the move.
 */
export function visibleAfter(
  number: Pick<NumberFacts, 'visibleFrom' | 'waiting'>,
  asked: Pick<AskedMove, 'history' | 'toMemberId'>,
  at: Instant,
): Instant {
  if (asked.history !== 'keep') return at
  const loan = number.waiting.find((move) => move.kind === 'return' && move.toMemberId === asked.toMemberId)
  return loan?.restoreVisibleFrom ?? number.visibleFrom
}

interface Stretch {
  readonly number: NumberFacts
  readonly now: Instant
  readonly loan: WaitingFacts | null
}

function custodyOf({ number, now, loan }: Stretch, asked: AskedMove): NextCustody {
  const at = takesEffectAt(now, number.heldFrom)
  return {
    at,
    state: 'held',
    holderId: asked.toMemberId,
    visibleFrom: visibleAfter(number, asked, at),
    assignedAt: at,
    cause: loan
      ? 'returned'
      : asked.returnAt !== null
        ? 'lent'
        : asked.kind === 'assign'
          ? 'assigned'
          : 'reassigned',
    takesLicence: !number.licensed,
    freesLicence: false,
  }
}
