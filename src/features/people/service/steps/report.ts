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
  remarkOf,
  type StepForecast,
  type StepItem,
  type StepResult,
  stepRefusal,
} from '../../../custody-ports/index.ts'
import { type KnownMember, memberRefusal } from '../../model.ts'
import { requireSoundManager } from '../../rules.ts'
import { lockStructure, memberRows } from '../../store.ts'
import { managerChain } from '../../views.ts'
import { writeHandedChange } from '../change-member.ts'
import { type People, person, requireSuccessor, stepEffect } from './at-hand.ts'

/** Whoever reported to the leaver reports to the successor; without one, to the leaver's own manager. */
export const reportStep: HandoverStep = {
  holding: 'report',
  phase: 'roles',
  ways: { leave: ['pass_on', 'end'], move: ['pass_on', 'end', 'leave'], loan: ['leave'] },
  refusals: [
    ...Object.values(stepRefusal),
    memberRefusal.managerIsSelf,
    memberRefusal.managerHasLeft,
    memberRefusal.managerCycle,
  ],
  plan,
  carryOut,
  observe,
  undo,
}

interface Lines {
  readonly people: People
  /** Each possible new manager with everyone above. */
  readonly chains: ReadonlyMap<string, readonly KnownMember[]>
}

async function loadLines(
  tx: Tx,
  facts: HandoverFacts,
  { items, lock }: { readonly items: readonly StepItem[]; readonly lock: 'locked' | 'as they are' },
): Promise<Lines> {
  const ids = items.flatMap(({ holdingId, toMemberId }) => [holdingId, ...(toMemberId ? [toMemberId] : [])])
  const people = await memberRows(tx, [...new Set([facts.leaverId, ...ids])].sort(), lock)
  const managers = new Set([
    ...items.flatMap(({ toMemberId }) => toMemberId ?? []),
    ...[person(people, facts.leaverId).managerId ?? []].flat(),
  ])
  const chains = new Map<string, readonly KnownMember[]>()
  for (const managerId of managers) chains.set(managerId, await managerChain(tx, managerId))
  return { people, chains }
}

/**
 * Whom the report reports to then; null for nobody.
 * @throws Refusal `successor.missing`, `successor.not_active`, and why one cannot be the manager
 */
function decideManager({ people, chains }: Lines, facts: HandoverFacts, item: StepItem): string | null {
  if (item.way === 'end') return null
  const report = person(people, item.holdingId)
  const above = person(people, facts.leaverId).managerId
  // The successor is often one of the reports, and nobody reports to themselves.
  const isOwnSuccessor = item.toMemberId === item.holdingId
  if (item.toMemberId !== null && !isOwnSuccessor) requireSuccessor(people, item)
  const managerId = isOwnSuccessor ? above : (item.toMemberId ?? above)
  if (managerId === null) {
    if (isOwnSuccessor) return null
    throw new Refusal(stepRefusal.successorMissing, { label: item.label })
  }
  requireSoundManager(report, chains.get(managerId) ?? [])
  return managerId
}

async function plan(tx: Tx, facts: HandoverFacts, items: readonly StepItem[]): Promise<StepForecast[]> {
  const lines = await loadLines(tx, facts, { items, lock: 'as they are' })
  return items.map((item) => {
    const before = { managerId: facts.leaverId }
    if (item.way === 'leave') return forecast(item, { before, after: before })
    try {
      return forecast(item, { before, after: { managerId: decideManager(lines, facts, item) } })
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
      const after = { managerId: item.toMemberId }
      return forecast(item, { before, after }, { blockers: [remarkOf(error)] })
    }
  })
}

async function carryOut(tx: Tx, facts: HandoverFacts, items: readonly StepItem[]): Promise<StepResult[]> {
  await lockStructure(tx)
  const lines = await loadLines(tx, facts, { items, lock: 'locked' })
  return eachItem(items, async (item) => {
    const report = person(lines.people, item.holdingId)
    const before = { managerId: report.managerId }
    if (item.way === 'leave') return attempted(item, before, before)
    if (report.managerId !== facts.leaverId) {
      const done = (await stepsRecorded(tx, facts.handoverId, [item.holdingId])).get(item.itemId)
      if (done && done.after['managerId'] === report.managerId)
        return attempted(item, done.before, done.after)
      throw new Refusal(stepRefusal.notHeld, { label: item.label })
    }
    const after = { managerId: decideManager(lines, facts, item) }
    writeHandedChange(tx, {
      before: report,
      after: { ...report, ...after },
      status: null,
      reason: facts.reason,
      effect: stepEffect(facts, item, { before, after }),
    })
    return attempted(item, before, after)
  })
}

async function observe(tx: Tx, facts: HandoverFacts, items: readonly DoneItem[]) {
  const people = await memberRows(
    tx,
    items.map(({ holdingId }) => holdingId),
    'as they are',
  )
  return items.map(({ itemId, holdingId, way, after }) => {
    const managerId = people.get(holdingId)?.managerId ?? null
    const isThere =
      way === 'leave' || (managerId !== facts.leaverId && managerId === (after?.['managerId'] ?? null))
    return { itemId, isThere, seen: { managerId } }
  })
}

async function undo(tx: Tx, facts: HandoverFacts, items: readonly DoneItem[]): Promise<StepResult[]> {
  await lockStructure(tx)
  const lines = await loadLines(tx, facts, { items, lock: 'locked' })
  const leaverChain = await managerChain(tx, facts.leaverId)
  return eachItem(items, async (item) => {
    const report = person(lines.people, item.holdingId)
    const [before, after] = [{ managerId: report.managerId }, { managerId: facts.leaverId }]
    if (item.way === 'leave' || report.managerId === facts.leaverId) return attempted(item, before, after)
    if (report.managerId !== (item.after?.['managerId'] ?? null))
      throw new Refusal(stepRefusal.changedSince, { label: item.label })
    requireSoundManager(report, leaverChain)
    writeHandedChange(tx, {
      before: report,
      after: { ...report, ...after },
      status: null,
      reason: facts.reason,
      effect: stepEffect(facts, item, { before, after }),
    })
    return attempted(item, before, after)
  })
}
