import { Refusal } from '../../../../kernel/refusal.ts'
import type { Tx } from '../../../../platform/db/tx.ts'
import { record, stepsRecorded } from '../../../audit/index.ts'
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
import { type PlacesOf, placesIn } from '../../holding-views.ts'
import { leaverRemark } from '../../model.ts'
import { keepDepartments, lockStructure, type MemberRow, setPlace } from '../../store.ts'
import { blockersOf, loadPeople, type People, requireSuccessor, stepEffect } from './at-hand.ts'

/** A department gets another lead, or for the time being none. */
export const departmentLeadStep: HandoverStep = {
  holding: 'department_lead',
  phase: 'roles',
  ways: { leave: ['pass_on', 'end'], move: ['pass_on', 'end', 'leave'], loan: ['leave'] },
  refusals: [...Object.values(stepRefusal), leaverRemark.leadRoleMissing, leaverRemark.leadSees],
  plan,
  carryOut,
  observe,
  undo,
}

/** Who leads a department as far as the handover goes, and how the successor was in it. */
function found(places: PlacesOf, facts: HandoverFacts, item: StepItem): Particulars {
  const { holdingId, toMemberId } = item
  return {
    leaverLeads: places.get(facts.leaverId, holdingId) === 'lead',
    successor: toMemberId === null ? null : places.get(toMemberId, holdingId),
  }
}

function becomes({ way, toMemberId }: StepItem): Particulars {
  return { leaverLeads: false, successor: way === 'pass_on' && toMemberId !== null ? 'lead' : null }
}

function placesOf(tx: Tx, items: readonly StepItem[]): Promise<PlacesOf> {
  return placesIn(
    tx,
    items.map(({ holdingId }) => holdingId),
  )
}

async function plan(tx: Tx, facts: HandoverFacts, items: readonly StepItem[]): Promise<StepForecast[]> {
  const [people, places] = [
    await loadPeople(tx, facts, { items, lock: 'as they are' }),
    await placesOf(tx, items),
  ]
  return items.map((item) => {
    const before = found(places, facts, item)
    if (item.way === 'leave') return forecast(item, { before, after: before })
    const told = item.way === 'pass_on' ? rightsOf(people, item) : { warnings: [], becomesVisible: [] }
    return forecast(
      item,
      { before, after: becomes(item) },
      { blockers: item.way === 'pass_on' ? blockersOf(() => requireSuccessor(people, item)) : [], ...told },
    )
  })
}

function rightsOf(
  people: People,
  { toMemberId, label: department, holdingId }: StepItem,
): { warnings: Remark[]; becomesVisible: Remark[] } {
  const successor = people.get(toMemberId ?? '')
  if (!successor || successor.role === 'owner' || successor.role === 'admin')
    return { warnings: [], becomesVisible: [] }
  const { name, role, memberId } = successor
  const told = {
    values: { successor: name, department, role },
    data: { memberId, departmentId: holdingId },
  }
  return role === 'lead'
    ? { warnings: [], becomesVisible: [{ rule: leaverRemark.leadSees, ...told }] }
    : { warnings: [{ rule: leaverRemark.leadRoleMissing, ...told }], becomesVisible: [] }
}

async function carryOut(tx: Tx, facts: HandoverFacts, items: readonly StepItem[]): Promise<StepResult[]> {
  await lockStructure(tx)
  const people = await loadPeople(tx, facts, { items, lock: 'locked' })
  const places = await placesOf(tx, items)
  return eachItem(items, async (item) => {
    const before = found(places, facts, item)
    if (item.way === 'leave') return attempted(item, before, before)
    if (before['leaverLeads'] !== true) return repeated(tx, facts, item)
    const successor = item.way === 'pass_on' ? requireSuccessor(people, item) : null
    const after = becomes(item)
    setPlace(tx, { memberId: facts.leaverId, departmentId: item.holdingId, isLead: false })
    tell(tx, facts, { item, before, after })
    if (successor && before['successor'] !== 'lead') place(tx, facts, { item, successor, place: 'lead' })
    return attempted(item, before, after)
  })
}

// That nobody else leads it is not asked: a department may have several leads.
async function repeated(tx: Tx, facts: HandoverFacts, item: StepItem): Promise<StepResult> {
  const done = (await stepsRecorded(tx, facts.handoverId, [facts.leaverId])).get(item.itemId)
  if (done?.after['leaverLeads'] === false) return attempted(item, done.before, done.after)
  throw new Refusal(stepRefusal.notHeld, { label: item.label })
}

interface Done {
  readonly item: StepItem
  readonly before: Particulars
  readonly after: Particulars
}

function tell(tx: Tx, facts: HandoverFacts, { item, before, after }: Done): void {
  record(tx, {
    action: 'member.updated',
    subjectKind: 'member',
    subjectId: facts.leaverId,
    effect: {
      changed: ['departments'],
      departmentId: item.holdingId,
      isLead: after['leaverLeads'] === true,
      ...stepEffect(facts, item, { before, after }),
    },
    reason: facts.reason,
    details: { department: item.label },
  })
}

interface Placed {
  readonly item: StepItem
  readonly successor: Pick<MemberRow, 'memberId'>
  readonly place: unknown
}

const isLeadAt: Readonly<Record<string, boolean | null>> = { lead: true, member: false, none: null }

function place(tx: Tx, facts: HandoverFacts, { item, successor, place: where }: Placed): void {
  const { memberId } = successor
  const isLead = isLeadAt[String(where)] ?? null
  setPlace(tx, { memberId, departmentId: item.holdingId, isLead })
  record(tx, {
    action: 'member.updated',
    subjectKind: 'member',
    subjectId: memberId,
    effect: {
      changed: ['departments'],
      departmentId: item.holdingId,
      isLead,
      handoverId: facts.handoverId,
    },
    reason: facts.reason,
    details: { department: item.label },
  })
}

async function observe(tx: Tx, facts: HandoverFacts, items: readonly DoneItem[]) {
  const places = await placesOf(tx, items)
  return items.map((item) => {
    const seen = found(places, facts, item)
    const isThere =
      item.way === 'leave' ||
      (seen['leaverLeads'] === false && (item.way === 'end' || seen['successor'] === 'lead'))
    return { itemId: item.itemId, isThere, seen }
  })
}

async function undo(tx: Tx, facts: HandoverFacts, items: readonly DoneItem[]): Promise<StepResult[]> {
  await lockStructure(tx)
  await loadPeople(tx, facts, { items, lock: 'locked' })
  const places = await placesOf(tx, items)
  const kept = await keepDepartments(
    tx,
    items.map(({ holdingId }) => holdingId),
  )
  return eachItem(items, async (item) => {
    if (!kept.has(item.holdingId)) throw new Refusal(stepRefusal.changedSince, { label: item.label })
    const before = found(places, facts, item)
    const after = item.before
    if (item.way === 'leave' || before['leaverLeads'] === true) return attempted(item, before, after)
    if (item.way === 'pass_on' && before['successor'] !== 'lead')
      throw new Refusal(stepRefusal.changedSince, { label: item.label })
    setPlace(tx, { memberId: facts.leaverId, departmentId: item.holdingId, isLead: true })
    tell(tx, facts, { item, before, after })
    const wasLead = after['successor'] === 'lead'
    if (item.way === 'pass_on' && item.toMemberId !== null && !wasLead)
      place(tx, facts, { item, successor: { memberId: item.toMemberId }, place: after['successor'] })
    return attempted(item, before, after)
  })
}
