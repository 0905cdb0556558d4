import { type Caller, isCompanyCaller } from '../../kernel/caller.ts'
import type { Role } from '../../kernel/permission.ts'
import { Refusal } from '../../kernel/refusal.ts'
import type { Holding } from '../custody-ports/model.ts'
import { type DepartmentPlace, departmentRefusal, type KnownMember, memberRefusal } from './model.ts'
import { type MemberStatus, type StatusChange, statusChanges } from './states.ts'

/** How much of a member's e-mail and mobile a reader is shown. */
export type ContactView = 'full' | 'masked'

/** Owner, Admin, the machine's operator and the own person see contacts whole; leads and auditors masked. */
export function contactViewOf(caller: Caller, memberId: string): ContactView {
  if (!isCompanyCaller(caller)) return 'masked'
  if (seesContactsOf(caller) || caller.memberId === memberId) return 'full'
  return 'masked'
}

/** Whether the caller sees everybody's contacts whole, and so may search by them. */
export function seesContactsOf(caller: Caller): boolean {
  return isCompanyCaller(caller) && (caller.role === 'owner' || caller.role === 'admin')
}

/** `+8613800001000` becomes `+86138****1000`: of any number only the last four digits and what is before eight stay. */
export function maskMobile(e164: string): string {
  return `${e164.slice(0, -8)}****${e164.slice(-4)}`
}

/** `zhang.san@example.com` becomes `z***@example.com`. */
export function maskEmail(email: string): string {
  const at = email.lastIndexOf('@')
  return `${email.slice(0, 1)}***${email.slice(at)}`
}

/** A phone number as `maskMobile`; of a SIP URI only the host stays: `sip:***@pbx.example.com`. */
export function maskDestination(destination: string): string {
  return destination.startsWith('+') ? maskMobile(destination) : destination.replace(/:.*@/, ':***@')
}

/**
 * Only an Owner makes Owners, changes anything of one, or removes one.
 * @throws Refusal `member.owner_only`
 */
export function requireOwnerRights(caller: Caller, before: Role, after: Role = before): void {
  if (before !== 'owner' && after !== 'owner') return
  if (!isCompanyCaller(caller) || caller.role !== 'owner') throw new Refusal(memberRefusal.ownerOnly)
}

/** A member before and after a change; `after: null` when the member is removed. */
export interface StandingChange {
  readonly memberId: string
  readonly name: string
  readonly before: Standing
  readonly after: Standing | null
}

interface Standing {
  readonly role: Role
  readonly status: MemberStatus
}

/**
 * A company always has an Owner who is active.
 * @param activeOwnerIds the active Owners before the change, read under the lock of the structure
 * @throws Refusal `member.last_owner`
 */
export function requireAnotherOwner(change: StandingChange, activeOwnerIds: readonly string[]): void {
  const isOne = ({ role, status }: Standing) => role === 'owner' && status === 'active'
  if (!isOne(change.before) || (change.after !== null && isOne(change.after))) return
  if (activeOwnerIds.some((id) => id !== change.memberId)) return
  throw new Refusal(memberRefusal.lastOwner, { name: change.name })
}

export interface StatusWish {
  readonly name: string
  readonly from: MemberStatus
  readonly to: MemberStatus
  readonly reason: string | undefined
}

/**
 * What a wished change of status asks for; null when the member is that already.
 * @throws Refusal `member.status_impossible`, `member.reason_required`
 */
export function decideStatus({ name, from, to, reason }: StatusWish): StatusChange | null {
  if (from === to) return null
  const change = statusChanges[from][to]
  if (!change) {
    const possible = Object.keys(statusChanges[from]).join(', ')
    throw new Refusal(memberRefusal.statusImpossible, { name, from, to, possible })
  }
  if (change.needsReason && !reason) throw new Refusal(memberRefusal.reasonRequired, { name })
  return change
}

/**
 * NUM-13: who holds anything can neither leave nor be removed.
 * @param places the departments that the same change gives the member; undefined when it leaves them as they are
 * @throws Refusal `member.holds` with `holdings`
 */
export function requireEmptyHands(
  name: string,
  holdings: readonly Holding[],
  places?: readonly DepartmentPlace[],
): void {
  const left = places ? holdings.filter((holding) => staysWith(holding, places)) : holdings
  if (left.length > 0)
    throw new Refusal(
      memberRefusal.holds,
      { name, count: left.length },
      { holdings: left.slice(0, mostListed) },
    )
}

const mostListed = 1000

function staysWith(holding: Holding, places: readonly DepartmentPlace[]): boolean {
  if (holding.kind !== 'department_lead') return true
  return places.some((place) => place.isLead && place.departmentId === holding.id)
}

/**
 * Nobody is the own manager, directly or through others, and who has left manages nobody.
 * @param chain the wished manager and everyone above, in order
 * @throws Refusal `member.manager_is_self`, `member.manager_has_left`, `member.manager_cycle`
 */
export function requireSoundManager(
  member: Pick<KnownMember, 'memberId' | 'name'>,
  chain: readonly Pick<KnownMember, 'memberId' | 'name' | 'status'>[],
): void {
  const [manager] = chain
  if (!manager) return
  if (manager.memberId === member.memberId) throw new Refusal(memberRefusal.managerIsSelf)
  if (manager.status === 'left') throw new Refusal(memberRefusal.managerHasLeft, { manager: manager.name })
  if (chain.some((above) => above.memberId === member.memberId)) {
    throw new Refusal(memberRefusal.managerCycle, { manager: manager.name, name: member.name })
  }
}

/**
 * A department never comes to lie below itself.
 * @param pathOfParent the wished parent and everything above it
 * @throws Refusal `department.cycle`
 */
export function requireNoCycle(
  department: { readonly departmentId: string; readonly name: string },
  pathOfParent: readonly string[],
): void {
  if (pathOfParent.includes(department.departmentId)) {
    throw new Refusal(departmentRefusal.cycle, { name: department.name })
  }
}

/**
 * A department goes only when nobody and nothing is in it.
 * @throws Refusal `department.not_empty` with both counts
 */
export function requireEmptyDepartment(name: string, inside: { members: number; departments: number }): void {
  if (inside.members > 0 || inside.departments > 0) {
    throw new Refusal(departmentRefusal.notEmpty, { name, ...inside })
  }
}

/** Tells whether two lists of departments differ, in themselves or in who leads. */
export function placesDiffer(before: readonly DepartmentPlace[], after: readonly DepartmentPlace[]): boolean {
  const asText = (places: readonly DepartmentPlace[]) =>
    places
      .map((place) => `${place.departmentId}:${place.isLead}`)
      .sort()
      .join()
  return asText(before) !== asText(after)
}
