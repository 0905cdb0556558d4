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
import { hasAccess, leave, takeBack } from '../../states.ts'
import { lockStructure } from '../../store.ts'
import { writeHandedChange } from '../change-member.ts'
import { heldStill } from '../holdings.ts'
import { requireLocked } from '../members.ts'
import { loadPeople, person, requireOwnerDecided, stepEffect } from './at-hand.ts'

/** HAN-9: whoever holds nothing any more has left. */
export const membershipStep: HandoverStep = {
  holding: 'membership',
  phase: 'membership',
  ways: { leave: ['end'], move: ['leave'], loan: ['leave'] },
  refusals: [memberRefusal.ownerOnly, leaverRemark.statusDrifted, stepRefusal.changedSince],
  plan,
  carryOut,
  observe,
  undo,
}

async function plan(tx: Tx, facts: HandoverFacts, items: readonly StepItem[]): Promise<StepForecast[]> {
  const { status } = person(await loadPeople(tx, facts, { items, lock: 'as they are' }), facts.leaverId)
  return items.map((item) =>
    forecast(item, { before: { status }, after: { status: item.way === 'leave' ? status : 'left' } }),
  )
}

async function carryOut(tx: Tx, facts: HandoverFacts, items: readonly StepItem[]): Promise<StepResult[]> {
  await lockStructure(tx)
  return eachItem(items, async (item) => {
    const leaver = await requireLocked(tx, facts.leaverId)
    const { name, status } = leaver
    const before = { status }
    if (item.way === 'leave') return attempted(item, before, before)
    if (status === 'left') {
      const done = (await stepsRecorded(tx, facts.handoverId, [leaver.memberId])).get(item.itemId)
      if (done?.after['status'] === 'left') return attempted(item, done.before, done.after)
    }
    // Who has access again was taken back in the meantime, and stays (HAN-5).
    if (hasAccess(status) || status === 'left')
      throw new Refusal(leaverRemark.statusDrifted, { name, status })
    await requireOwnerDecided(tx, facts, leaver.role === 'owner')
    if ((await heldStill(tx, leaver.memberId)).length > 0) {
      return { itemId: item.itemId, state: 'waiting', waitsFor: 'rest', until: null, reference: null, before }
    }
    const after = { status: 'left' } as const
    writeHandedChange(tx, {
      before: leaver,
      after: { ...leaver, ...after },
      status: leave,
      reason: facts.reason,
      effect: stepEffect(facts, item, { before, after }),
    })
    return attempted(item, before, after)
  })
}

async function observe(tx: Tx, facts: HandoverFacts, items: readonly DoneItem[]) {
  const { status } = person(await loadPeople(tx, facts, { items, lock: 'as they are' }), facts.leaverId)
  return items.map(({ itemId, way }) => ({
    itemId,
    isThere: way === 'leave' || status === 'left',
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
    if (leaver.status !== 'left') throw new Refusal(stepRefusal.changedSince, { label: item.label })
    writeHandedChange(tx, {
      before: leaver,
      after: { ...leaver, ...after },
      status: takeBack,
      reason: facts.reason ?? 'the handover was undone',
      effect: stepEffect(facts, item, { before, after }),
    })
    return attempted(item, before, after)
  })
}
