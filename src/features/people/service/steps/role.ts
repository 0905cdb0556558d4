import { type Role, roles } from '../../../../kernel/permission.ts'
import { Refusal } from '../../../../kernel/refusal.ts'
import type { Tx } from '../../../../platform/db/tx.ts'
import { stepsRecorded } from '../../../audit/index.ts'
import {
  attempted,
  type DoneItem,
  eachItem,
  forecast,
  type HandoverFacts,
  type HandoverStep,
  type Particulars,
  type Remark,
  type StepForecast,
  type StepItem,
  type StepResult,
  stepRefusal,
} from '../../../custody-ports/index.ts'
import { leaverRemark, memberRefusal, Role as RoleNoun } from '../../model.ts'
import { requireAnotherOwner } from '../../rules.ts'
import { lockStructure, type MemberRow } from '../../store.ts'
import { activeOwnerIds } from '../../views.ts'
import { writeHandedChange } from '../change-member.ts'
import {
  blockersOf,
  loadPeople,
  ownerBlockers,
  type People,
  person,
  requireOwnerDecided,
  requireSuccessor,
  stepEffect,
} from './at-hand.ts'

const plainRole = 'member'

/** The leaver's role ends; the successor gets it only where someone says so. */
export const roleStep: HandoverStep = {
  holding: 'role',
  phase: 'roles',
  ways: { leave: ['end', 'pass_on'], move: ['leave', 'end', 'pass_on'], loan: ['leave'] },
  refusals: [
    ...Object.values(stepRefusal),
    memberRefusal.lastOwner,
    memberRefusal.ownerOnly,
    leaverRemark.roleKept,
    leaverRemark.rolePassesOn,
  ],
  plan,
  carryOut,
  observe,
  undo,
}

/** Roles of both sides; the successor's is null where nobody gets the role. */
interface Roles {
  readonly leaver: Role
  readonly successor: Role | null
}

function rolesNow(people: People, facts: HandoverFacts, { way, toMemberId }: StepItem): Roles {
  const successor = way === 'pass_on' && toMemberId !== null ? person(people, toMemberId).role : null
  return { leaver: person(people, facts.leaverId).role, successor }
}

function rolesThen({ leaver, successor }: Roles): Roles {
  return { leaver: plainRole, successor: successor === null ? null : stronger(successor, leaver) }
}

// A lead and an auditor see different things: neither is more, so that each keeps what they have.
function stronger(own: Role, passed: Role): Role {
  const isMore = roles.indexOf(passed) < roles.indexOf(own)
  const isSide = own !== plainRole && (passed === 'lead' || passed === 'auditor')
  return isMore && !isSide ? passed : own
}

async function plan(tx: Tx, facts: HandoverFacts, items: readonly StepItem[]): Promise<StepForecast[]> {
  const people = await loadPeople(tx, facts, { items, lock: 'as they are' })
  const owners = await activeOwnerIds(tx)
  const leaver = person(people, facts.leaverId)
  const ownerOnly = await ownerBlockers(tx, facts, leaver.role === 'owner')
  return items.map((item) => {
    const before = rolesNow(people, facts, item)
    if (item.way === 'leave') return forecast(item, { before: asData(before), after: asData(before) })
    const after = rolesThen(before)
    return forecast(
      item,
      { before: asData(before), after: asData(after) },
      {
        blockers: [...ownerOnly, ...blockersOf(() => refuse(people, { item, leaver, owners }))],
        warnings: warningsOf(people, { item, leaver, after }),
      },
    )
  })
}

function asData({ leaver, successor }: Roles): Particulars {
  return { leaver, successor }
}

interface Considered {
  readonly item: StepItem
  readonly leaver: MemberRow
}

// Who gives the Owner's role away leaves an Owner behind: the one who gets it.
function refuse(people: People, { item, leaver, owners }: Considered & { owners: readonly string[] }): void {
  const successor = item.way === 'pass_on' ? requireSuccessor(people, item) : null
  const others = successor && leaver.role === 'owner' ? [...owners, successor.memberId] : owners
  requireAnotherOwner({ ...leaver, before: leaver, after: { ...leaver, role: plainRole } }, others)
}

function warningsOf(people: People, { item, leaver, after }: Considered & { after: Roles }): Remark[] {
  const successor = item.way === 'pass_on' ? people.get(item.toMemberId ?? '') : undefined
  if (!successor) return []
  const { memberId, name, role } = successor
  return after.successor === role
    ? [
        {
          rule: leaverRemark.roleKept,
          values: { successor: name, role, leaver: leaver.name },
          data: { memberId },
        },
      ]
    : [
        {
          rule: leaverRemark.rolePassesOn,
          values: { successor: name, role: leaver.role },
          data: { memberId },
        },
      ]
}

async function carryOut(tx: Tx, facts: HandoverFacts, items: readonly StepItem[]): Promise<StepResult[]> {
  await lockStructure(tx)
  return eachItem(items, async (item) => {
    const people = await loadPeople(tx, facts, { items, lock: 'locked' })
    const leaver = person(people, facts.leaverId)
    const before = rolesNow(people, facts, item)
    if (item.way === 'leave') return attempted(item, asData(before), asData(before))
    if (leaver.role === plainRole || isOtherRole(leaver.role, item.label)) {
      const done = (await stepsRecorded(tx, facts.handoverId, [leaver.memberId])).get(item.itemId)
      if (done?.after['leaver'] === leaver.role) return attempted(item, done.before, done.after)
      throw new Refusal(stepRefusal.notHeld, { label: item.label })
    }
    await requireOwnerDecided(tx, facts, leaver.role === 'owner')
    refuse(people, { item, leaver, owners: await activeOwnerIds(tx) })
    const after = rolesThen(before)
    setRoles(tx, facts, { item, people, before, after })
    return attempted(item, asData(before), asData(after))
  })
}

// What was planned for one role does not hold for another.
function isOtherRole(role: Role, label: string): boolean {
  return RoleNoun.safeParse(label).success && label !== role
}

interface Change {
  readonly item: StepItem
  readonly people: People
  readonly before: Roles
  readonly after: Roles
}

function setRoles(tx: Tx, facts: HandoverFacts, { item, people, before, after }: Change): void {
  const done = { before: asData(before), after: asData(after) }
  const change = (row: MemberRow, role: Role, effect: ReturnType<typeof stepEffect>) =>
    writeHandedChange(tx, {
      before: row,
      after: { ...row, role },
      status: null,
      reason: facts.reason,
      effect,
    })
  if (after.successor !== null && after.successor !== before.successor && item.toMemberId !== null)
    change(person(people, item.toMemberId), after.successor, { handoverId: facts.handoverId })
  if (after.leaver !== before.leaver)
    change(person(people, facts.leaverId), after.leaver, stepEffect(facts, item, done))
}

async function observe(tx: Tx, facts: HandoverFacts, items: readonly DoneItem[]) {
  const people = await loadPeople(tx, facts, { items, lock: 'as they are' })
  return items.map((item) => {
    const seen = rolesNow(people, facts, item)
    const isThere =
      item.way === 'leave' ||
      (seen.leaver === plainRole && seen.successor === (item.after?.['successor'] ?? null))
    return { itemId: item.itemId, isThere, seen: asData(seen) }
  })
}

async function undo(tx: Tx, facts: HandoverFacts, items: readonly DoneItem[]): Promise<StepResult[]> {
  await lockStructure(tx)
  return eachItem(items, async (item) => {
    const people = await loadPeople(tx, facts, { items, lock: 'locked' })
    const before = rolesNow(people, facts, item)
    const after: Roles = {
      leaver: RoleNoun.parse(item.before['leaver']),
      successor: RoleNoun.nullable().parse(item.before['successor'] ?? null),
    }
    const isBack = before.leaver === after.leaver && before.successor === after.successor
    if (item.way === 'leave' || isBack) return attempted(item, asData(before), asData(after))
    if (before.leaver !== item.after?.['leaver'] || before.successor !== (item.after['successor'] ?? null))
      throw new Refusal(stepRefusal.changedSince, { label: item.label })
    await requireOwnerDecided(tx, facts, after.leaver === 'owner')
    await requireOwnerLeft(tx, facts, { item, people, before, after })
    setRoles(tx, facts, { item, people, before, after })
    return attempted(item, asData(before), asData(after))
  })
}

// The Owner's role goes back only to someone who is active again.
async function requireOwnerLeft(
  tx: Tx,
  facts: HandoverFacts,
  { item, people, after }: Change,
): Promise<void> {
  if (item.toMemberId === null || after.successor === null) return
  const [leaver, successor] = [person(people, facts.leaverId), person(people, item.toMemberId)]
  const owners = await activeOwnerIds(tx)
  const others =
    leaver.status === 'active' && after.leaver === 'owner' ? [...owners, leaver.memberId] : owners
  requireAnotherOwner(
    { ...successor, before: successor, after: { ...successor, role: after.successor } },
    others,
  )
}
