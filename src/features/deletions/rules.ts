import type { Instant } from '../../kernel/fields.ts'
import { Refusal } from '../../kernel/refusal.ts'
import { phrases, usualCoolingDays } from './model.ts'
import { deletionRefusal } from './refusals.ts'

/** ACC-2: of the companies that somebody belongs to the longest cooling-off counts; without any the usual one. */
export function coolingDaysOf(policies: readonly number[]): number {
  return policies.length === 0 ? usualCoolingDays : Math.max(...policies)
}

/** @throws Refusal `deletion.not_confirmed` unless one of the phrases was typed exactly */
export function requireTyped(typed: string, language: 'en' | 'zh'): void {
  if (typed === phrases.en || typed === phrases.zh) return
  throw new Refusal(deletionRefusal.typedWrong, { phrase: phrases[language] })
}

/** How long a company that was declined waits before it may ask again. */
export const askAgainDays = 7

/** How often a company may ask within that time, whatever it withdraws. */
export const mostRequests = 3

/** What is to be done with an account whose time has come. */
export type DueDecision = 'erase' | 'put_off' | 'not_yet'

export interface DueFacts {
  readonly state: 'waiting' | 'erasing'
  readonly cause: 'asked' | 'sealed' | 'restored'
  readonly dueAt: Instant
  readonly now: Instant
  /** Whether it is a member, who has not left, of some company. */
  readonly isMember: boolean
  /** Whether it is the last Owner of some company. */
  readonly isLastOwner: boolean
  /** Whether an objection waits to be settled. */
  readonly isFrozen: boolean
}

/**
 * Whether an account is erased now. A sealed one is not while it is a member somewhere, and none is while it is the last
 * Owner of a company, or while an objection is open: whoever asked for the end may be whom it is about. A sealed account
 * does not wait for an objection that nobody can settle any more. What has begun is carried on.
 */
export function decideDue(facts: DueFacts): DueDecision {
  const { state, cause, dueAt, now, isMember, isLastOwner, isFrozen } = facts
  if (state === 'erasing') return 'erase'
  if (dueAt > now) return 'not_yet'
  if (isLastOwner || (cause === 'sealed' ? isMember : isFrozen)) return 'put_off'
  return 'erase'
}
