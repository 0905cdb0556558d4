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
  type StepForecast,
  type StepItem,
  type StepResult,
  stepRefusal,
} from '../../../custody-ports/index.ts'
import { leaverRemark, MemberStatus, memberRefusal } from '../../model.ts'
import { decideStatus, requireAnotherOwner } from '../../rules.ts'
import { hasAccess } from '../../states.ts'
import { lockStructure, type MemberRow } from '../../store.ts'
import { activeOwnerIds } from '../../views.ts'
import { writeHandedChange } from '../change-member.ts'
import { requireLocked } from '../members.ts'
import { blockersOf, loadPeople, ownerBlockers, person, requireOwnerDecided, stepEffect } from './at-hand.ts'

const cutOff = 'suspended'

/** HAN-3: the leaver's access ends first. */
export const accessStep: HandoverStep = {
  holding: 'access',
  phase: 'access',
  ways: { leave: ['end'], move: ['leave'], loan: ['leave'] },
  refusals: [
    memberRefusal.lastOwner,
    memberRefusal.ownerOnly,
    leaverRemark.statusDrifted,
    leaverRemark.accessEnds,
    stepRefusal.changedSince,
  ],
  plan,
  carryOut,
  observe,
  undo,
}

async function plan(tx: Tx, facts: HandoverFacts, items: readonly StepItem[]): Promise<StepForecast[]> {
  const leaver = person(await loadPeople(tx, facts, { items, lock: 'as they are' }), facts.leaverId)
  const { name, memberId, status } = leaver
  const owners = await activeOwnerIds(tx)
  const ownerOnly = await ownerBlockers(tx, facts, leaver.role === 'owner')
  return items.map((item) => {
    if (item.way === 'leave') return forecast(item, { before: { status }, after: { status } })
    return forecast(
      item,
      { before: { status }, after: { status: cutOff } },
      {
        blockers: [...ownerOnly, ...blockersOf(() => requireOwnerStays(leaver, owners))],
        warnings: [{ rule: leaverRemark.accessEnds, values: { name }, data: { memberId } }],
      },
    )
  })
}

function requireOwnerStays(leaver: MemberRow, owners: readonly string[]): void {
  requireAnotherOwner({ ...leaver, before: leaver, after: { ...leaver, status: cutOff } }, owners)
}

async function carryOut(tx: Tx, facts: HandoverFacts, items: readonly StepItem[]): Promise<StepResult[]> {
  await lockStructure(tx)
  return eachItem(items, async (item) => {
    const leaver = await requireLocked(tx, facts.leaverId)
    const before = { status: leaver.status }
    if (item.way === 'leave') return attempted(item, before, before)
    if (!hasAccess(leaver.status)) return repeated(tx, facts, { item, leaver })
    await requireOwnerDecided(tx, facts, leaver.role === 'owner')
    requireOwnerStays(leaver, await activeOwnerIds(tx))
    const after = { status: cutOff }
    setStatus(tx, facts, { item, leaver, to: cutOff, done: { before, after } })
    return attempted(item, before, after)
  })
}

interface AtHand {
  readonly item: StepItem
  readonly leaver: MemberRow
}

async function repeated(tx: Tx, facts: HandoverFacts, { item, leaver }: AtHand): Promise<StepResult> {
  const done = (await stepsRecorded(tx, facts.handoverId, [facts.leaverId])).get(item.itemId)
  if (done?.after['status'] === leaver.status) return attempted(item, done.before, done.after)
  throw new Refusal(leaverRemark.statusDrifted, { name: leaver.name, status: leaver.status })
}

interface StatusSet extends AtHand {
  readonly to: MemberStatus
  readonly done: Parameters<typeof stepEffect>[2]
}

function setStatus(tx: Tx, facts: HandoverFacts, { item, leaver, to, done }: StatusSet): void {
  const reason = facts.reason
  const status = decideStatus({ name: leaver.name, from: leaver.status, to, reason: reason ?? undefined })
  writeHandedChange(tx, {
    before: leaver,
    after: { ...leaver, status: to },
    status,
    reason,
    effect: stepEffect(facts, item, done),
  })
}

async function observe(tx: Tx, facts: HandoverFacts, items: readonly DoneItem[]) {
  const { status } = person(await loadPeople(tx, facts, { items, lock: 'as they are' }), facts.leaverId)
  return items.map(({ itemId, way }) => ({
    itemId,
    isThere: way === 'leave' || !hasAccess(status),
    seen: { status },
  }))
}

async function undo(tx: Tx, facts: HandoverFacts, items: readonly DoneItem[]): Promise<StepResult[]> {
  await lockStructure(tx)
  return eachItem(items, async (item) => {
    const leaver = await requireLocked(tx, facts.leaverId)
    const to = MemberStatus.parse(item.before['status'])
    const [before, after] = [{ status: leaver.status }, { status: to }]
    if (item.way === 'leave' || leaver.status === to) return attempted(item, before, after)
    await requireOwnerDecided(tx, facts, leaver.role === 'owner')
    if (leaver.status !== cutOff) throw new Refusal(stepRefusal.changedSince, { label: item.label })
    setStatus(tx, facts, { item, leaver, to, done: { before, after } })
    return attempted(item, before, after)
  })
}
