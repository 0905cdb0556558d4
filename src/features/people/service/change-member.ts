import type { RouteInput } from '../../../kernel/route.ts'
import type { Tx } from '../../../platform/db/tx.ts'
import { type JsonValue, record } from '../../audit/index.ts'
import type { Holding } from '../../custody-ports/index.ts'
import type { peopleContract } from '../contract.ts'
import type { ChangedMember, DepartmentPlace, MemberChange } from '../model.ts'
import {
  decideStatus,
  placesDiffer,
  requireAnotherOwner,
  requireEmptyHands,
  requireOwnerRights,
} from '../rules.ts'
import { memberTokens } from '../search-tokens.ts'
import type { StatusChange } from '../states.ts'
import * as store from '../store.ts'
import * as views from '../views.ts'
import { recordDestination } from './destination.ts'
import { heldStill } from './holdings.ts'
import { checkManager, readBack, requireLocked, staffCodeTaken } from './members.ts'
import { normaliseDestination, normaliseMobile, requirePlaces } from './particulars.ts'
import { refuseOtherVersion } from './versions.ts'

type Input = RouteInput<typeof peopleContract.changeMember>

/** One change of a member, loaded and decided, to be written and recorded. */
interface Decided {
  readonly before: store.MemberRow
  readonly after: store.MemberRow
  readonly status: StatusChange | null
  /** The departments to write; null where they stay. */
  readonly places: readonly DepartmentPlace[] | null
  readonly reason: string | undefined
  /** What the ledger is told beside; nothing for a change by hand. */
  readonly effect?: Readonly<Record<string, JsonValue>>
}

/**
 * Changes person, departments, role or status of a member (NUM-13, NUM-17).
 * @throws Refusal `version.changed`, `thing.not_found`, or any that the contract lists
 */
export async function changeMember(tx: Tx, { params, body, expectedVersion }: Input): Promise<ChangedMember> {
  if (touchesStructure(body)) await store.lockStructure(tx)
  const before = await requireLocked(tx, params.memberId)
  refuseOtherVersion(before.version, expectedVersion)
  requireOwnerRights(tx.caller, before.role, body.role)
  const holdings = await heldStill(tx, before.memberId)
  const change = await decide(tx, { before, body, holdings })
  write(tx, change)
  recordAll(tx, change)
  endAccess(tx, change)
  const moved = change.places !== null || change.after.role !== before.role
  return {
    ...(await readBack(tx, before.memberId)),
    holdings,
    offersHandover: moved && holdings.length > 0,
  }
}

function endAccess(tx: Tx, { status, before }: Decided): void {
  if (!status?.endsAccess) return
  tx.announce({ kind: 'access-ended', companyId: tx.companyId, memberId: before.memberId })
}

/** A change that a handover makes of a member whose row is locked, which its ledger entries tell. */
export interface HandedChange {
  readonly before: store.MemberRow
  readonly after: Pick<store.MemberRow, 'role' | 'status' | 'managerId'>
  /** What the new status asks for; null where it stays. */
  readonly status: StatusChange | null
  readonly reason: string | null
  readonly effect: Readonly<Record<string, JsonValue>>
}

/** Writes and records a change of role, status or manager that was decided, with everything that follows from it. */
export function writeHandedChange(tx: Tx, handed: HandedChange): void {
  const { before, status } = handed
  const leftAt = handed.after.status === 'left' ? (before.leftAt ?? tx.now) : null
  const after = { ...before, ...handed.after, leftAt, version: before.version + 1 }
  const reason = handed.reason ?? undefined
  const change: Decided = { before, after, status, places: null, reason, effect: handed.effect }
  write(tx, change)
  recordAll(tx, change)
  endAccess(tx, change)
}

// Roles, statuses, reporting lines and staff codes are decided by looking at other members too.
function touchesStructure(body: MemberChange): boolean {
  return (
    body.role !== undefined ||
    body.status !== undefined ||
    body.staffCode !== undefined ||
    typeof body.managerId === 'string'
  )
}

interface Wish {
  readonly before: store.MemberRow
  readonly body: MemberChange
  readonly holdings: readonly Holding[]
}

async function decide(tx: Tx, { before, body, holdings }: Wish): Promise<Decided> {
  const status = body.status
    ? decideStatus({ name: before.name, from: before.status, to: body.status, reason: body.reason })
    : null
  const after = becomes(before, body, tx.now)
  requireAnotherOwner({ ...before, before, after }, await views.activeOwnerIds(tx))
  if (after.staffCode !== before.staffCode) await requireFreeStaffCode(tx, after.staffCode)
  if (after.managerId !== null && after.managerId !== before.managerId) {
    await checkManager(tx, before, after.managerId)
  }
  const places = await newPlaces(tx, before.memberId, body.departments)
  if (status?.needsEmptyHands) requireEmptyHands(before.name, holdings, places ?? undefined)
  return { before, after, status, places, reason: body.reason }
}

function becomes(before: store.MemberRow, body: MemberChange, now: string): store.MemberRow {
  const status = body.status ?? before.status
  return {
    ...before,
    staffCode: body.staffCode ?? before.staffCode,
    name: body.name ?? before.name,
    alias: body.alias === undefined ? before.alias : body.alias,
    email: body.email === undefined ? before.email : body.email,
    mobile:
      typeof body.mobile === 'string' ? normaliseMobile(body.mobile) : wiped(before.mobile, body.mobile),
    destination:
      typeof body.destination === 'string'
        ? normaliseDestination(body.destination)
        : wiped(before.destination, body.destination),
    title: body.title === undefined ? before.title : body.title,
    managerId: body.managerId === undefined ? before.managerId : body.managerId,
    role: body.role ?? before.role,
    status,
    leftAt: status === 'left' ? (before.leftAt ?? now) : null,
    version: before.version + 1,
  }
}

function wiped(before: string | null, wish: null | undefined): string | null {
  return wish === null ? null : before
}

async function requireFreeStaffCode(tx: Tx, staffCode: string): Promise<void> {
  if (await views.findByStaffCode(tx, staffCode)) throw await staffCodeTaken(tx, staffCode)
}

async function newPlaces(
  tx: Tx,
  memberId: string,
  wished: readonly DepartmentPlace[] | undefined,
): Promise<readonly DepartmentPlace[] | null> {
  if (!wished) return null
  await requirePlaces(tx, wished)
  return placesDiffer(await views.readPlaces(tx, memberId), wished) ? wished : null
}

function write(tx: Tx, { before, after, places }: Decided): void {
  store.updateMember(tx, after)
  const tokens = memberTokens(after)
  if (tokens.join() !== memberTokens(before).join()) {
    store.writeSearchTokens(tx, { word: 'member', subjectId: after.memberId, tokens })
  }
  if (places) store.replacePlaces(tx, after.memberId, places)
}

const recordedFields = ['staffCode', 'name', 'alias', 'email', 'mobile', 'title', 'managerId'] as const

function recordAll(tx: Tx, { before, after, status, places, reason, effect = {} }: Decided): void {
  const subject = { subjectKind: 'member', subjectId: after.memberId, reason }
  const changed: string[] = recordedFields.filter((field) => before[field] !== after[field])
  if (places) changed.push('departments')
  const roleChanged = before.role !== after.role
  const rerouted = before.destination !== after.destination
  if (status) {
    record(tx, {
      action: status.action,
      ...subject,
      effect: { from: before.status, to: after.status, version: after.version, ...effect },
      details: { name: after.name },
    })
  }
  if (roleChanged) {
    record(tx, {
      action: 'member.role_changed',
      ...subject,
      effect: { from: before.role, to: after.role, version: after.version, ...effect },
      details: { name: after.name },
    })
  }
  if (rerouted) recordDestination(tx, before, after)
  if (changed.length > 0 || (!status && !roleChanged && !rerouted)) {
    record(tx, {
      action: 'member.updated',
      ...subject,
      effect: {
        changed,
        managerId: after.managerId,
        version: after.version,
        ...(places
          ? { departments: places.map(({ departmentId, isLead }) => ({ departmentId, isLead })) }
          : {}),
        ...effect,
      },
      details: { before: particularsOf(before), after: particularsOf(after) },
    })
  }
}

function particularsOf({ staffCode, name, alias, email, mobile, title }: store.MemberRow) {
  return { staffCode, name, alias, email, mobile, title }
}
