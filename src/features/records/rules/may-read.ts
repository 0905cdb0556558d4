import type { Instant } from '../../../kernel/fields.ts'
import type { Role } from '../../../kernel/permission.ts'
import type { Withheld } from '../model.ts'

/** Who asks. The operator of the machine asks as an Owner and is no member. */
export interface Reader {
  readonly role: Role
  readonly memberId: string | null
}

/** What decides about a number's records now: custody, and history that goes. */
export interface SightFacts {
  readonly holderId: string | null
  readonly visibleFrom: Instant
  /** Whether the number is held in a department that the reader leads. */
  readonly isInLedDepartment: boolean
  /** What lies before is to be deleted, once approved and due; null when nothing is. */
  readonly deletedBefore: Instant | null
  /** What lies before is erased, or is being erased; null when nothing is. */
  readonly erasedBefore: Instant | null
}

/** What a reader sees of a number: records from `existsFrom` on exist, and whose contents may be read how. */
export interface Sight {
  readonly existsFrom: Instant
  /** From here on contents are the reader's own as the holder; null when the reader does not hold the number. */
  readonly ownFrom: Instant | null
  /** What contents that are not the reader's own take. */
  readonly others: 'reason' | 'not_granted'
}

export const beginningOfTime: Instant = '0001-01-01T00:00:00.000000Z'

const companyWide: ReadonlySet<Role> = new Set(['owner', 'admin', 'auditor'])
const readsWithReason: ReadonlySet<Role> = new Set(['owner', 'admin'])
const seesWhatIsToBeDeleted: ReadonlySet<Role> = new Set(['owner', 'auditor'])

/**
 * Decides what someone sees of a number's records by custody as it is now (NUM-5, NUM-6, NUM-16, ALL-7); null when
 * the number is none of theirs.
 */
export function sightOf(reader: Reader, facts: SightFacts): Sight | null {
  const isHolder = reader.memberId !== null && reader.memberId === facts.holderId
  const isCompanyWide = companyWide.has(reader.role)
  if (!isHolder && !isCompanyWide && !(reader.role === 'lead' && facts.isInLedDepartment)) return null
  const existsFrom = latestOf(
    facts.erasedBefore,
    seesWhatIsToBeDeleted.has(reader.role) ? null : facts.deletedBefore,
    isHolder && !isCompanyWide ? facts.visibleFrom : null,
  )
  return {
    existsFrom,
    ownFrom: isHolder ? latestOf(existsFrom, facts.visibleFrom, facts.deletedBefore) : null,
    others: readsWithReason.has(reader.role) ? 'reason' : 'not_granted',
  }
}

/** How a record appears: not at all, with its contents, with them against an entry in the ledger, or without. */
export type Appearance = 'unseen' | 'own' | 'for_reason' | Withheld

/** Decides how one record appears to someone who sees its number so. */
export function appearanceOf(sight: Sight | null, occurredAt: Instant, hasReason: boolean): Appearance {
  if (sight === null || occurredAt < sight.existsFrom) return 'unseen'
  if (sight.ownFrom !== null && occurredAt >= sight.ownFrom) return 'own'
  if (sight.others === 'not_granted') return 'not_granted'
  return hasReason ? 'for_reason' : 'reason_needed'
}

/**
 * The instant from which contents may be read; null when none may. Filters that look into contents look no further
 * back, so that nobody finds out by searching what they may not read.
 */
export function contentsFrom(sight: Sight, hasReason: boolean): Instant | null {
  return sight.others === 'reason' && hasReason ? sight.existsFrom : sight.ownFrom
}

function latestOf(...instants: readonly (Instant | null)[]): Instant {
  return instants.reduce<Instant>(
    (latest, instant) => (instant !== null && instant > latest ? instant : latest),
    beginningOfTime,
  )
}

/**
 * Decides through what a filter on contents looks when someone who sees the whole company asks for no number in
 * particular: everything, only what they hold, or nothing before they give a reason.
 */
export function contentsReach({ role }: Reader, hasReason: boolean): 'company' | 'own' | 'reason_needed' {
  if (!readsWithReason.has(role)) return 'own'
  return hasReason ? 'company' : 'reason_needed'
}

/** Whether history that is to be deleted exists for someone (NUM-5). */
export function seesToBeDeleted({ role }: Reader): boolean {
  return seesWhatIsToBeDeleted.has(role)
}
