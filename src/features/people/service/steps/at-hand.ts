import { Refusal } from '../../../../kernel/refusal.ts'
import type { Tx } from '../../../../platform/db/tx.ts'
import { httpRefusal } from '../../../../platform/http/refusals.ts'
import { type JsonValue, stepsRecorded } from '../../../audit/index.ts'
import {
  type HandoverFacts,
  type Particulars,
  type Remark,
  remarkOf,
  type StepItem,
  stepRefusal,
} from '../../../custody-ports/index.ts'
import { memberRefusal } from '../../model.ts'
import { type MemberRow, memberRows } from '../../store.ts'

/** The rows of the members that a step is about, who must exist. */
export type People = ReadonlyMap<string, MemberRow>

/** @throws Refusal `thing.not_found` */
export function person(people: People, memberId: string): MemberRow {
  const row = people.get(memberId)
  if (!row) throw new Refusal(httpRefusal.notFound, { thing: 'member' })
  return row
}

/** The leaver and everyone who gets something. */
export function loadPeople(
  tx: Tx,
  facts: Pick<HandoverFacts, 'leaverId'>,
  { items, lock }: { readonly items: readonly StepItem[]; readonly lock: 'locked' | 'as they are' },
): Promise<People> {
  const ids = new Set([facts.leaverId, ...items.flatMap(({ toMemberId }) => toMemberId ?? [])])
  return memberRows(tx, [...ids].sort(), lock)
}

/**
 * The one who takes over an item.
 * @throws Refusal `successor.missing`, `successor.not_active`
 */
export function requireSuccessor(people: People, { toMemberId, label }: StepItem): MemberRow {
  if (toMemberId === null) throw new Refusal(stepRefusal.successorMissing, { label })
  const successor = person(people, toMemberId)
  if (successor.status !== 'active') {
    const { name, status, memberId } = successor
    throw new Refusal(stepRefusal.successorNotActive, { successor: name, status }, { memberId })
  }
  return successor
}

/** What `decide` refuses, as blockers of a plan. */
export function blockersOf(decide: () => unknown): Remark[] {
  try {
    decide()
    return []
  } catch (error) {
    if (error instanceof Refusal) return [remarkOf(error)]
    throw error
  }
}

/**
 * A run acts as the system: what only an Owner may do, an Owner must have decided (or the operator of the machine).
 * @throws Refusal `member.owner_only`
 */
export async function requireOwnerDecided(
  tx: Tx,
  facts: HandoverFacts,
  isAboutOwners: boolean,
): Promise<void> {
  const { decidedBy } = facts
  if (!isAboutOwners || !/^[0-9a-f]{8}-/.test(decidedBy)) return
  const decider = (await memberRows(tx, [decidedBy], 'as they are')).get(decidedBy)
  if (decider?.role !== 'owner') throw new Refusal(memberRefusal.ownerOnly)
  if (decider.status === 'active' || (await wasCutOffByIt(tx, facts))) return
  throw new Refusal(memberRefusal.ownerOnly)
}

// An Owner who hands over what they hold themselves was an active one until this very handover ended their access.
async function wasCutOffByIt(tx: Tx, { decidedBy, leaverId, handoverId }: HandoverFacts): Promise<boolean> {
  if (decidedBy !== leaverId) return false
  const done = await stepsRecorded(tx, handoverId, [leaverId])
  return [...done.values()].some(({ after }) => after['status'] === 'suspended')
}

/** The same as a blocker of a plan. */
export async function ownerBlockers(tx: Tx, facts: HandoverFacts, isAboutOwners: boolean): Promise<Remark[]> {
  try {
    await requireOwnerDecided(tx, facts, isAboutOwners)
    return []
  } catch (error) {
    if (error instanceof Refusal) return [remarkOf(error)]
    throw error
  }
}

/** What a step did to an item, as its ledger entry keeps it. */
export function stepEffect(
  { handoverId }: HandoverFacts,
  { itemId }: StepItem,
  done: { readonly before: Particulars; readonly after: Particulars },
): Readonly<Record<string, JsonValue>> {
  return { handoverId, itemId, before: done.before as JsonValue, after: done.after as JsonValue }
}
