import type { Instant } from '../../../kernel/fields.ts'
import { addHours, addMinutes } from '../../../kernel/instant.ts'
import { Refusal } from '../../../kernel/refusal.ts'
import type { Identifier } from '../../accounts/model.ts'
import type { MemberStatus } from '../../people/model.ts'
import { hasAccess } from '../../people/states.ts'
import { type Conditions, rebindingRefusal, type Solution, takeoverRefusal } from '../model.ts'

/** How long a recycled number waits for an objection (ACC-6), and losses for a yes. */
const recycledDays = 3
const confirmMinutes = 30

/** A phone that is the only address of an account passes by time alone once nobody has used it for so long. */
export const usedLatelyDays = 90

/** For how long an account does not ask again for a phone whose person objected. */
export const vetoDays = 90

/** How long the former person can dispute a takeover by the link of the message. */
export const disputeDays = 30

export function recycledUntil(now: Instant): Instant {
  return addHours(now, recycledDays * 24)
}

/** How long a sealed account without a password waits for an objection before it comes back. */
export function recoveryUntil(now: Instant): Instant {
  return addHours(now, recycledDays * 24)
}

export function confirmUntil(now: Instant): Instant {
  return addMinutes(now, confirmMinutes)
}

/** A company's number as its would-be owner meets it. */
export type Line =
  | { readonly kind: 'elsewhere' }
  | {
      readonly kind: 'own_company'
      readonly company: string
      readonly admins: readonly string[]
      readonly isAssignedToTaker: boolean
    }

/** The account that has the phone now. */
export interface Occupied {
  readonly isOwn: boolean
  /** What its person is in the company that owns the number; null for nobody there. */
  readonly status: MemberStatus | null
  /** The ledger shows that this member held the number here at or after the binding, which came after the company's. */
  readonly heldHere: boolean
}

export interface PhoneFacts {
  /** Null for a number that no company owns here. */
  readonly line: Line | null
  readonly occupied: Occupied | null
}

/** What may be done: bind it now, bind it after the losses were confirmed, or after the wait. */
export type Passage = 'bind' | 'confirm' | 'wait'

/**
 * Decides how a phone that was proved by a code comes to an account (ACC-5, ACC-6).
 * @throws Refusal `takeover.own_already`, `takeover.not_your_company`, `takeover.not_assigned`,
 * `takeover.person_active`
 */
export function decidePassage({ line, occupied }: PhoneFacts): Passage {
  if (occupied?.isOwn) throw new Refusal(takeoverRefusal.ownAlready)
  if (line?.kind === 'elsewhere') throw new Refusal(takeoverRefusal.notYourCompany)
  if (line && !line.isAssignedToTaker) {
    throw new Refusal(takeoverRefusal.notAssigned, { company: line.company, admins: line.admins.join(', ') })
  }
  if (occupied === null) return 'bind'
  if (line === null) return 'wait'
  if (occupied.status !== null && hasAccess(occupied.status)) throw new Refusal(takeoverRefusal.personActive)
  return occupied.heldHere ? 'confirm' : 'wait'
}

export interface WaysIn {
  readonly identifiers: readonly Pick<Identifier, 'identifierId' | 'canLogin' | 'frozenAt'>[]
  /** Phones that open nothing, since others hold the company's number (ACC-12). */
  readonly shut: ReadonlySet<string>
  readonly passkeys: number
}

/**
 * Whether its person can still sign in (ACC-7). What an objection froze opens nothing, and only somebody who signs in
 * could settle it. Kinds that the installation does not offer count all the same: it can offer them again, and an erased
 * account does not come back.
 */
export function hasWayIn({ identifiers, passkeys, shut }: WaysIn): boolean {
  return passkeys > 0 || identifiers.some((one) => opens(one) && !shut.has(one.identifierId))
}

/** Whether an identifier is all that its person can sign in with. */
export function isLastWayIn(identifierId: string, { identifiers, ...ways }: WaysIn): boolean {
  const others = identifiers.filter((one) => one.identifierId !== identifierId)
  const isWayIn = identifiers.some((one) => one.identifierId === identifierId && opens(one))
  return isWayIn && !hasWayIn({ ...ways, identifiers: others })
}

function opens({ canLogin, frozenAt }: WaysIn['identifiers'][number]): boolean {
  return canLogin && frozenAt === null
}

export interface Situation {
  readonly e164: string
  readonly holderId: string | null
  /** Who held the number before; null where the ledger knows nobody. */
  readonly formerMemberId: string | null
}

/**
 * The seed's conditions (ACC-11): solution 1 where the company owns the number and the former member is available and
 * agrees; solution 2 where not.
 * @throws Refusal `rebinding.not_company_owned`, `rebinding.former_unknown`, `rebinding.nobody_holds`
 */
export function chooseSolution(conditions: Conditions, situation: Situation): Solution {
  const { e164, holderId, formerMemberId } = situation
  if (!conditions.companyOwned) throw new Refusal(rebindingRefusal.notCompany, { days: recycledDays })
  if (conditions.formerAvailable && conditions.consent !== null) {
    if (formerMemberId === null) throw new Refusal(rebindingRefusal.formerUnknown, { e164 })
    return 'former_deletes'
  }
  if (holderId === null) throw new Refusal(rebindingRefusal.nobodyHolds, { e164 })
  return 'take_over'
}
