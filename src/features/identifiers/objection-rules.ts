import type { Instant } from '../../kernel/fields.ts'
import type { AccountChangeKind, IdentifierKind } from '../accounts/model.ts'
import type { IdentifierUses } from './model.ts'
import { type HeldIdentifier, loginWays, type Ways } from './rules.ts'

/** An identifier by what it is, since an objection binds it anew under another id. */
export interface Named {
  readonly kind: IdentifierKind
  readonly value: string
}

export interface BoundIdentifier extends HeldIdentifier, Named {
  readonly kind: IdentifierKind
  readonly boundAt: Instant
}

interface Picture extends IdentifierUses {
  readonly boundAt: Instant
}

/** A change that can still be objected to, or waits to be settled. */
export interface UnsettledChange<Kept extends Picture = Picture> {
  readonly changeId: string
  readonly kind: AccountChangeKind
  /** The passkey, where it is one. */
  readonly subjectId: string | null
  readonly identifier: Named | null
  readonly before: Kept | null
  readonly after: Kept | null
  readonly changedAt: Instant
  readonly objectionId: string | null
}

/**
 * What waits with the change that is objected to: it and all that came after it, since what was built on what was
 * somebody else's is somebody else's, too (ACC-9).
 * @param unsettled the oldest first
 */
export function objectedWith<Change extends UnsettledChange>(
  unsettled: readonly Change[],
  changeId: string,
): Change[] {
  const first = unsettled.findIndex((change) => change.changeId === changeId)
  return first === -1 ? [] : unsettled.slice(first)
}

/** Of each identifier that changed: how it was before all of it, and how it is after. Null: not there. */
export interface Course<Kept extends Picture = Picture> {
  readonly identifier: Named
  readonly before: Kept | null
  readonly after: Kept | null
}

/** The way that each identifier went through these changes. */
export function coursesOf<Kept extends Picture>(changes: readonly UnsettledChange<Kept>[]): Course<Kept>[] {
  const courses = new Map<string, Course<Kept>>()
  for (const { identifier, before, after } of changes) {
    if (identifier === null) continue
    const known = courses.get(keyOf(identifier))
    courses.set(keyOf(identifier), { identifier, before: known ? known.before : before, after })
  }
  return [...courses.values()]
}

function keyOf({ kind, value }: Named): string {
  return `${kind} ${value}`
}

/** What becomes of an identifier that is bound. */
export interface NewStand extends IdentifierUses {
  readonly identifierId: string
  readonly isFrozen: boolean
}

export interface Objection {
  /** What is bound, with what the objection could bind again. */
  readonly bound: readonly BoundIdentifier[]
  /** Those that stay usable. */
  readonly passkeys: number
  readonly unsettled: readonly UnsettledChange[]
  readonly changeId: string
}

/**
 * How identifiers stand while an objection waits: what was bound meanwhile is frozen, what was removed or used otherwise
 * is as before. What came back and was itself bound lately stays frozen, too: it may be whoever the objection is about.
 *
 * @returns null where nothing would be left to sign in with, so that everything stays usable
 */
export function standsUnderObjection({ bound, passkeys, unsettled, changeId }: Objection): NewStand[] | null {
  const waiting = objectedWith(unsettled, changeId)
  const courses = coursesOf(waiting)
  const stands = bound.flatMap((one) => {
    const course = courses.find(({ identifier }) => keyOf(identifier) === keyOf(one))
    if (!course) return []
    const uses = course.before ?? one
    const isFrozen = course.before === null || isBoundLately(one, unsettled)
    return [{ identifierId: one.identifierId, canLogin: uses.canLogin, canVerify: uses.canVerify, isFrozen }]
  })
  return loginWays(waysOf(standing(bound, stands), passkeys)).length > 0 ? stands : null
}

function isBoundLately(named: Named, unsettled: readonly UnsettledChange[]): boolean {
  return unsettled.some(
    ({ kind, identifier }) =>
      kind === 'identifier_bound' && identifier !== null && keyOf(identifier) === keyOf(named),
  )
}

/** What is bound once some of it stands otherwise. */
export function standing(bound: readonly BoundIdentifier[], stands: readonly NewStand[]): BoundIdentifier[] {
  return bound.map((one) => ({
    ...one,
    ...stands.find(({ identifierId }) => identifierId === one.identifierId),
  }))
}

function waysOf(identifiers: readonly BoundIdentifier[], passkeys: number): Ways {
  return { identifiers, passkeys, hasAuthenticator: false, objectionId: null }
}

/** How one came in: an identifier, or a passkey; of a session that is older than the objection nothing is said. */
export interface Settlers {
  readonly identifierIds: readonly string[]
  readonly passkeyIds: readonly string[]
}

export interface HeldPasskey {
  readonly passkeyId: string
  readonly addedAt: Instant
}

/**
 * By what one must have come in to settle an objection (ACC-9): what was there before the change, rather what was there
 * for longer than changes can be objected to. Where nothing is that old, whatever still opens the account.
 */
export function settlersOf(
  { bound, unsettled, changeId }: Omit<Objection, 'passkeys'>,
  passkeys: readonly HeldPasskey[],
): Settlers {
  const root = unsettled.find((change) => change.changeId === changeId)
  const all: Entrance[] = [
    ...bound
      .filter(({ canLogin, isFrozen, canOpen }) => canLogin && canOpen && !isFrozen)
      .map((one) => ({
        identifierId: one.identifierId,
        since: one.boundAt,
        isLate: isBoundLately(one, unsettled),
      })),
    ...passkeys.map(({ passkeyId, addedAt }) => ({
      passkeyId,
      since: addedAt,
      isLate: unsettled.some(({ kind, subjectId }) => kind === 'passkey_added' && subjectId === passkeyId),
    })),
  ]
  const older = all.filter(({ since }) => root !== undefined && since < root.changedAt)
  const settled = older.filter(({ isLate }) => !isLate)
  const fit = [settled, older, all].find((some) => some.length > 0) ?? []
  return {
    identifierIds: fit.flatMap(({ identifierId }) => identifierId ?? []),
    passkeyIds: fit.flatMap(({ passkeyId }) => passkeyId ?? []),
  }
}

interface Entrance {
  readonly identifierId?: string
  readonly passkeyId?: string
  readonly since: Instant
  /** Came by a change that can still be objected to. */
  readonly isLate: boolean
}

/** What a decision on an objection does to the identifiers: what goes, and how the others stand. */
export interface Settlement {
  readonly gone: readonly BoundIdentifier[]
  readonly stands: readonly NewStand[]
}

/**
 * What becomes of the identifiers when an objection is settled: with `keep` as the changes left them, with `undo` as they
 * were before.
 * @returns null where nothing would be left to sign in with
 */
export function settlementOf(
  { bound, passkeys, unsettled, changeId }: Objection,
  decision: 'keep' | 'undo',
): Settlement | null {
  const gone: BoundIdentifier[] = []
  const stands: NewStand[] = []
  for (const { identifier, before, after } of coursesOf(objectedWith(unsettled, changeId))) {
    const one = bound.find((held) => keyOf(held) === keyOf(identifier))
    if (!one) continue
    const picture = decision === 'keep' ? after : before
    if (picture === null) gone.push(one)
    else
      stands.push({
        identifierId: one.identifierId,
        canLogin: picture.canLogin,
        canVerify: picture.canVerify,
        isFrozen: false,
      })
  }
  const rest = standing(bound, stands).filter(
    (one) => !gone.some(({ identifierId }) => identifierId === one.identifierId),
  )
  return loginWays(waysOf(rest, passkeys)).length > 0 ? { gone, stands } : null
}
