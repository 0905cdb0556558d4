import type { Instant } from '../../../kernel/fields.ts'
import { addMinutes } from '../../../kernel/instant.ts'
import type { RefusalRule, RefusalValues } from '../../../kernel/refusal.ts'
import { recordRefusal } from '../model.ts'

/** A number of the company: a line that was released and added again has several, one after another. */
export interface NumberLife {
  readonly numberId: string
  readonly createdAt: Instant
  readonly releasedAt: Instant | null
  /** What lies before is erased, or is being erased; null when nothing is. */
  readonly erasedBefore: Instant | null
}

/** Why one record is not taken in, while the others are. */
export interface RefusedRecord {
  readonly rule: RefusalRule
  readonly values: RefusalValues
}

export type Decided = { readonly numberId: string } | RefusedRecord

/** How far the clock of a source may be ahead. */
const skewMinutes = 5
const earliest: Instant = '2000-01-01T00:00:00.000000Z'

/** Decides whether a record's time is one at which records happen; null when it is. */
export function refuseTime(occurredAt: Instant, now: Instant): RefusedRecord | null {
  if (occurredAt > addMinutes(now, skewMinutes))
    return { rule: recordRefusal.inFuture, values: { occurredAt } }
  if (occurredAt < earliest) {
    return { rule: recordRefusal.tooOld, values: { occurredAt, earliest: earliest.slice(0, 10) } }
  }
  return null
}

/**
 * Decides to which number a record belongs (NUM-12): the one that the line was at the time; the first one also has what
 * is older than itself. What was erased does not come back (NUM-5).
 * @param lives the numbers of this line, oldest first
 */
export function decideIngest(
  record: { readonly number: string; readonly occurredAt: Instant },
  lives: readonly NumberLife[],
): Decided {
  const { number, occurredAt } = record
  const index = lives.findIndex(({ releasedAt }) => releasedAt === null || occurredAt < releasedAt)
  const life = lives[index]
  // Between two lives the line was nobody's here, perhaps another company's.
  if (!life || (index > 0 && occurredAt < life.createdAt)) {
    return { rule: recordRefusal.numberUnknown, values: { number } }
  }
  if (life.erasedBefore !== null && occurredAt < life.erasedBefore) {
    return { rule: recordRefusal.erased, values: { cutOff: life.erasedBefore } }
  }
  return { numberId: life.numberId }
}
