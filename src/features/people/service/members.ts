import { decodeCursor, encodeCursor } from '../../../kernel/cursor.ts'
import { Refusal } from '../../../kernel/refusal.ts'
import type { RouteInput, RouteOutput } from '../../../kernel/route.ts'
import type { Tx } from '../../../platform/db/tx.ts'
import { httpRefusal } from '../../../platform/http/refusals.ts'
import { record } from '../../audit/index.ts'
import { activeHoldsOn } from '../../requests/index.ts'
import type { peopleContract } from '../contract.ts'
import { type Member, type MemberDetail, type MemberHoldings, memberRefusal } from '../model.ts'
import {
  contactViewOf,
  maskDestination,
  maskEmail,
  maskMobile,
  requireAnotherOwner,
  requireEmptyHands,
  requireOwnerRights,
  requireSoundManager,
  seesContactsOf,
} from '../rules.ts'
import { scopeOf, subtreeOf } from '../scope.ts'
import { searchWords } from '../search-tokens.ts'
import * as store from '../store.ts'
import * as views from '../views.ts'
import { everythingHeld, heldStill } from './holdings.ts'
import { normaliseDestination, normaliseMobile, requirePlaces } from './particulars.ts'
import { refuseOtherVersion } from './versions.ts'

type Routes = typeof peopleContract
type ListQuery = RouteInput<Routes['listMembers']>['query']
type MemberPage = RouteOutput<Routes['listMembers']>

/** Members in the reader's scope, filtered, in the wished order. @throws Refusal `page.cursor_invalid` */
export function listMembers(tx: Tx, { query }: RouteInput<Routes['listMembers']>): Promise<MemberPage> {
  return pageOfMembers(tx, query, { exceptLeft: false })
}

/** The same by name, without those who have left. @throws Refusal `page.cursor_invalid` */
export function listMembersHere(
  tx: Tx,
  asked: Pick<ListQuery, 'search' | 'limit' | 'cursor'>,
): Promise<MemberPage> {
  const { search, limit, cursor } = asked
  const query = { search, limit, cursor, sort: 'name', includeSubdepartments: 'false' } as const
  return pageOfMembers(tx, query, { exceptLeft: true })
}

/** The same in any of several departments, for a file. @throws Refusal `page.cursor_invalid` */
export function listMembersIn(
  tx: Tx,
  query: ListQuery,
  narrowed: { readonly departmentIds: readonly string[] | undefined; readonly exceptLeft: boolean },
): Promise<MemberPage> {
  return pageOfMembers(tx, query, narrowed)
}

async function pageOfMembers(
  tx: Tx,
  query: ListQuery,
  narrowed: Pick<views.MemberQuery, 'exceptLeft'> & Partial<Pick<views.MemberQuery, 'departmentIds'>>,
): Promise<MemberPage> {
  const wanted = { ...(await memberQuery(tx, query)), ...narrowed }
  if (wanted.words?.length === 0) return { items: [], nextCursor: null }
  const rows = await views.listMembers(tx, wanted)
  const shown = rows.slice(0, query.limit)
  const last = shown.at(-1)
  const nextCursor =
    rows.length > query.limit && last
      ? encodeCursor(cursorList(query), [last[wanted.order], last.memberId])
      : null
  return { items: shown.map((row) => present(tx, row)), nextCursor }
}

async function memberQuery(tx: Tx, query: ListQuery): Promise<Omit<views.MemberQuery, 'exceptLeft'>> {
  const order = query.sort.replace('-', '') as keyof typeof views.memberOrders
  const after = query.cursor === undefined ? undefined : readCursor(query, order, query.cursor)
  return {
    scope: await scopeOf(tx),
    words: query.search === undefined ? undefined : searchWords(query.search),
    byContacts: seesContactsOf(tx.caller),
    status: query.status,
    role: query.role,
    departmentIds: await wantedDepartments(tx, query),
    managerId: query.managerId,
    holding: query.holding === 'true',
    order,
    descending: query.sort.startsWith('-'),
    after,
    limit: query.limit,
  }
}

function readCursor(query: ListQuery, order: keyof typeof views.memberOrders, cursor: string): string[] {
  const keys = decodeCursor(cursorList(query), cursor, [views.memberOrders[order].form, 'id'])
  if (keys === null) throw new Refusal(httpRefusal.cursorInvalid)
  return keys
}

function cursorList(query: ListQuery): string {
  return `members:${query.sort}`
}

async function wantedDepartments(tx: Tx, query: ListQuery): Promise<string[] | undefined> {
  if (query.departmentId === undefined) return undefined
  return query.includeSubdepartments === 'true' ? subtreeOf(tx, query.departmentId) : [query.departmentId]
}

/** A member in the reader's scope with what must be passed on. @throws Refusal `thing.not_found` */
export async function readMember(
  tx: Tx,
  { params }: RouteInput<Routes['readMember']>,
): Promise<MemberDetail> {
  const row = await views.readMember(tx, params.memberId, await scopeOf(tx))
  if (!row) throw noSuchMember()
  return { ...present(tx, row), holdings: await heldStill(tx, params.memberId) }
}

/** Everything that a member in the reader's scope holds (HAN-1). @throws Refusal `thing.not_found` */
export async function readHoldings(tx: Tx, memberId: string): Promise<MemberHoldings> {
  await requireSeenMember(tx, memberId)
  return everythingHeld(tx, memberId)
}

/** @throws Refusal `thing.not_found` for a member who is not there or outside the reader's scope */
export async function requireSeenMember(tx: Tx, memberId: string): Promise<void> {
  if (!(await views.readMember(tx, memberId, await scopeOf(tx)))) throw noSuchMember()
}

/**
 * Adds a member.
 * @throws Refusal `member.staff_code_taken`, `member.mobile_invalid`, `member.destination_invalid`,
 * `member.manager_has_left`, `member.owner_only`,
 * `thing.not_found` for a manager or department
 */
export async function createMember(
  tx: Tx,
  { body }: RouteInput<Routes['createMember']>,
): Promise<MemberDetail> {
  requireOwnerRights(tx.caller, body.role)
  await store.lockStructure(tx)
  const memberId = tx.newId()
  if (body.managerId !== undefined) await checkManager(tx, { memberId, name: body.name }, body.managerId)
  await requirePlaces(tx, body.departments)
  const member: store.MemberRow = {
    memberId,
    staffCode: body.staffCode,
    name: body.name,
    alias: body.alias ?? null,
    email: body.email ?? null,
    mobile: body.mobile === undefined ? null : normaliseMobile(body.mobile),
    destination: body.destination === undefined ? null : normaliseDestination(body.destination),
    title: body.title ?? null,
    managerId: body.managerId ?? null,
    role: body.role,
    status: 'active',
    accountId: null,
    version: 1,
    leftAt: null,
  }
  if (!(await store.insertMember(tx, member))) throw await staffCodeTaken(tx, member.staffCode)
  store.replacePlaces(tx, memberId, body.departments)
  record(tx, {
    action: 'member.created',
    subjectKind: 'member',
    subjectId: memberId,
    effect: {
      role: member.role,
      status: member.status,
      managerId: member.managerId,
      departments: body.departments.map((place) => place.departmentId),
    },
    details: {
      name: member.name,
      staffCode: member.staffCode,
      email: member.email,
      mobile: member.mobile,
      destination: member.destination,
    },
  })
  return readBack(tx, memberId)
}

/**
 * NUM-13: removes a member who was added by mistake: one that holds nothing and has no history.
 * @throws Refusal `member.holds`, `member.on_hold`, `member.has_history`, `member.has_reports`, `member.last_owner`,
 * `member.owner_only`, `version.changed`, `thing.not_found`
 */
export async function removeMember(
  tx: Tx,
  { params, expectedVersion }: RouteInput<Routes['removeMember']>,
): Promise<undefined> {
  await store.lockStructure(tx)
  const member = await requireLocked(tx, params.memberId)
  refuseOtherVersion(member.version, expectedVersion)
  requireOwnerRights(tx.caller, member.role)
  requireAnotherOwner({ ...member, before: member, after: null }, await views.activeOwnerIds(tx))
  // Reports and tokens have refusals of their own below.
  const held = (await heldStill(tx, member.memberId)).filter(({ kind }) => !refusedApart.has(kind))
  requireEmptyHands(member.name, held)
  await requireNoHold(tx, member)
  if (member.accountId !== null || (await views.hasHistory(tx, member.memberId))) {
    throw new Refusal(memberRefusal.hasHistory, { name: member.name })
  }
  const { count, reports } = await views.readReports(tx, member.memberId)
  if (count > 0) throw new Refusal(memberRefusal.hasReports, { name: member.name, count }, { reports })
  store.deleteMember(tx, member.memberId)
  record(tx, {
    action: 'member.removed',
    subjectKind: 'member',
    subjectId: member.memberId,
    effect: { role: member.role, status: member.status },
    details: { name: member.name, staffCode: member.staffCode },
  })
}

const refusedApart: ReadonlySet<string> = new Set(['report', 'api_token'])

// ALL-7: a hold beats deletion.
async function requireNoHold(tx: Tx, { memberId, name }: store.MemberRow): Promise<void> {
  const holds = await activeHoldsOn(tx, 'member', memberId)
  if (holds.length > 0) {
    throw new Refusal(memberRefusal.onHold, { name }, { holdIds: holds.map((hold) => hold.holdId) })
  }
}

/** The locked row of a member. @throws Refusal `thing.not_found` */
export async function requireLocked(tx: Tx, memberId: string): Promise<store.MemberRow> {
  const member = await store.lockMember(tx, memberId)
  if (!member) throw noSuchMember()
  return member
}

/** @throws Refusal `thing.not_found`, or why this one cannot be the manager */
export async function checkManager(
  tx: Tx,
  member: { readonly memberId: string; readonly name: string },
  managerId: string,
): Promise<void> {
  const chain = await views.managerChain(tx, managerId)
  if (chain.length === 0) throw noSuchMember()
  requireSoundManager(member, chain)
}

/** The refusal that names whose code it is. */
export async function staffCodeTaken(tx: Tx, staffCode: string): Promise<Refusal> {
  const owner = await views.findByStaffCode(tx, staffCode)
  return new Refusal(
    memberRefusal.staffCodeTaken,
    { staffCode, name: owner?.name ?? staffCode },
    { memberId: owner?.memberId },
  )
}

/** A member as this caller sees it after the own change. */
export async function readBack(tx: Tx, memberId: string): Promise<MemberDetail> {
  const row = await views.readMember(tx, memberId, { kind: 'company' })
  if (!row) throw noSuchMember()
  return { ...present(tx, row), holdings: await heldStill(tx, memberId) }
}

function present(tx: Tx, { joined, ...row }: views.MemberView): Member {
  const isMasked = contactViewOf(tx.caller, row.memberId) === 'masked'
  return {
    ...row,
    email: isMasked && row.email !== null ? maskEmail(row.email) : row.email,
    mobile: isMasked && row.mobile !== null ? maskMobile(row.mobile) : row.mobile,
    destination: isMasked && row.destination !== null ? maskDestination(row.destination) : row.destination,
    contactMasked: isMasked,
    account: joined ? 'joined' : 'none',
  }
}

function noSuchMember(): Refusal {
  return new Refusal(httpRefusal.notFound, { thing: 'member' })
}
