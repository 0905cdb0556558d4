import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { heldNumber, hire } from '../../../test/builders/numbers.ts'
import { addWorkAccount, openTask } from '../../../test/builders/tasks.ts'
import { bodyOf, createCompany, type TestCompany, tokenFor } from '../../../test/builders.ts'
import { openWorld, type World } from '../../../test/world.ts'
import { systemCaller } from '../../kernel/caller.ts'
import type { Tx } from '../../platform/db/tx.ts'
import {
  type DoneItem,
  type HandoverFacts,
  type HandoverStep,
  type StepItem,
  type StepResult,
  stepFor,
} from '../custody-ports/index.ts'

let world: World
let company: TestCompany
let anna: string
let bela: string
let facts: HandoverFacts
beforeAll(async () => {
  world = await openWorld()
})
beforeEach(async () => {
  company = await createCompany(world)
  anna = await hire(company, 'Anna')
  bela = await hire(company, 'Béla')
  facts = {
    handoverId: world.clock.newId(),
    kind: 'leave',
    leaverId: anna,
    effectiveAt: '2026-03-01T00:00:00.000000Z',
    reason: null,
    decidedBy: company.ownerMemberId,
  }
})
afterAll(() => world.close())

function itemOf(holdingId: string, wish: Partial<StepItem> = {}): StepItem {
  return {
    itemId: holdingId,
    holdingId,
    label: 'label',
    way: 'pass_on',
    toMemberId: bela,
    history: null,
    returnAt: null,
    ...wish,
  }
}

function inCompany<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
  const caller = systemCaller(company.companyId, 'handover', company.ownerMemberId)
  return world.parts.database.inRealmOf(caller, work)
}

async function first<T>(answers: Promise<readonly T[]>): Promise<T> {
  const [answer] = await answers
  if (!answer) throw new Error('no answer for the item')
  return answer
}

type Kind = 'work_account' | 'task'

function step(kind: Kind): HandoverStep {
  return stepFor(kind)
}

function plan(kind: Kind, item: StepItem) {
  return inCompany((tx) => first(step(kind).plan(tx, facts, [item])))
}

function carryOut(kind: Kind, item: StepItem) {
  return inCompany((tx) => first(step(kind).carryOut(tx, facts, [item])))
}

function observe(kind: Kind, item: DoneItem) {
  return inCompany((tx) => first(step(kind).observe(tx, facts, [item])))
}

function undo(kind: Kind, item: DoneItem) {
  return inCompany((tx) => first(step(kind).undo(tx, facts, [item])))
}

function done(item: StepItem, result: StepResult): DoneItem {
  if (result.state === 'failed') throw new Error(result.refusal.code)
  const reference = result.state === 'waiting' ? result.reference : null
  return { ...item, before: result.before, after: null, reference }
}

function see(taskId: string | null) {
  return company.owner
    .post(`/v1/tasks/${taskId}/observe`, { how: 'read_back' })
    .then((answer) => bodyOf(answer, 200))
}

async function holderOf(workAccountId: string): Promise<string | null> {
  return bodyOf(await company.owner.get(`/v1/work-accounts/${workAccountId}`), 200).holderId
}

describe('an account in a handover', () => {
  it('HAN-2 waits for a task, and WRK-3 is done when somebody saw it; doing it again does nothing twice', async () => {
    const { workAccountId } = await addWorkAccount(company, { holderId: anna })
    const item = itemOf(workAccountId)
    expect(await plan('work_account', item)).toMatchObject({
      before: { holderId: anna, state: 'held' },
      after: { holderId: bela, state: 'held' },
      waitsFor: 'task',
      isReversible: true,
      blockers: [],
    })
    const waiting = await carryOut('work_account', item)
    expect(waiting).toMatchObject({ state: 'waiting', waitsFor: 'task', before: { holderId: anna } })
    expect(await carryOut('work_account', item)).toEqual(waiting)
    expect(await observe('work_account', done(item, waiting))).toMatchObject({ isThere: false })
    await see(done(item, waiting).reference)
    expect(await carryOut('work_account', item)).toMatchObject({
      state: 'attempted',
      after: { holderId: bela },
    })
    expect(await observe('work_account', done(item, waiting))).toMatchObject({
      isThere: true,
      seen: { holderId: bela },
    })
    const { items } = bodyOf(await company.owner.get(`/v1/tasks?originId=${facts.handoverId}`), 200)
    expect(items).toHaveLength(1)
  })

  it('HAN-7 is taken back while the task is open by cancelling it, later by a task that gives it back', async () => {
    const { workAccountId } = await addWorkAccount(company, { holderId: anna })
    const item = itemOf(workAccountId)
    const early = done(item, await carryOut('work_account', item))
    expect(await undo('work_account', early)).toMatchObject({ state: 'attempted', after: { holderId: anna } })
    expect(bodyOf(await company.owner.get(`/v1/tasks/${early.reference}`), 200).state).toBe('cancelled')
    const late = done(item, await carryOut('work_account', item))
    await see(late.reference)
    const back = await undo('work_account', late)
    expect(back).toMatchObject({ state: 'waiting', waitsFor: 'task' })
    expect(await undo('work_account', late)).toEqual(back)
    await see(done(item, back).reference)
    expect(await holderOf(workAccountId)).toBe(anna)
    expect(await undo('work_account', late)).toMatchObject({ state: 'attempted' })
  })

  it('HAN-5 fails where somebody else has it by now, something is under way, or nobody fit takes it', async () => {
    const { workAccountId } = await addWorkAccount(company, { holderId: anna })
    const { taskId } = bodyOf(
      await company.owner.post(`/v1/work-accounts/${workAccountId}/pass-on`, { way: 'park' }),
      201,
    )
    const item = itemOf(workAccountId)
    const failing = (code: string) => ({ state: 'failed', refusal: { code } })
    expect(await carryOut('work_account', item)).toMatchObject(failing('work_account.task_open'))
    const forecast = await plan('work_account', item)
    expect(forecast.blockers[0]).toMatchObject({ data: { taskId } })
    bodyOf(await company.owner.post(`/v1/tasks/${taskId}/cancel`, { reason: 'x' }), 200)
    const nobody = itemOf(workAccountId, { toMemberId: null })
    expect(await carryOut('work_account', nobody)).toMatchObject(failing('successor.missing'))
    bodyOf(await company.owner.patch(`/v1/members/${bela}`, { status: 'suspended' }), 200)
    expect(await carryOut('work_account', item)).toMatchObject(failing('successor.not_active'))
    const attested = { outcome: 'passed_on', toMemberId: company.ownerMemberId, note: 'x' }
    bodyOf(await company.owner.post(`/v1/work-accounts/${workAccountId}/attest`, attested), 200)
    expect(await carryOut('work_account', item)).toMatchObject(failing('holding.passed_on'))
    const undone = await undo('work_account', { ...item, before: {}, after: null, reference: null })
    expect(undone).toMatchObject(failing('holding.changed_since'))
  })

  it('that is closed does not come back', async () => {
    const { workAccountId } = await addWorkAccount(company, { holderId: anna })
    const item = itemOf(workAccountId, { way: 'end', toMemberId: null })
    expect(await plan('work_account', item)).toMatchObject({
      isReversible: false,
      after: { state: 'closed' },
    })
    const waiting = done(item, await carryOut('work_account', item))
    await see(waiting.reference)
    expect(await observe('work_account', waiting)).toMatchObject({ isThere: true, seen: { state: 'closed' } })
    expect(await undo('work_account', waiting)).toMatchObject({
      state: 'failed',
      refusal: { code: 'work_account.not_brought_back' },
    })
  })

  it('WRK-5 at WeCom says what is lost, and is done after the wait', async () => {
    const number = await heldNumber(company, anna)
    const { workAccountId } = await addWorkAccount(company, {
      systemKind: 'wecom',
      holderId: anna,
      numberId: number.numberId,
    })
    const item = itemOf(workAccountId, { way: 'end', toMemberId: null })
    const forecast = await plan('work_account', item)
    expect(forecast.lostForEver.map(({ rule }) => rule.code)).toEqual(['work_account.wecom_data_lost'])
    expect(forecast.warnings.map(({ rule }) => rule.code)).toEqual(['work_account.wecom_wait'])
    const parking = await plan('work_account', itemOf(workAccountId, { way: 'park', toMemberId: null }))
    expect(parking.blockers.map(({ rule }) => rule.code)).toEqual(['work_account.wecom_personal'])
    const deleting = done(item, await carryOut('work_account', item))
    await see(deleting.reference)
    const confirming = done(item, await carryOut('work_account', item))
    expect(confirming.reference).not.toBe(deleting.reference)
    expect(await observe('work_account', confirming)).toMatchObject({ isThere: false })
    await see(confirming.reference)
    expect(await carryOut('work_account', item)).toMatchObject({ state: 'attempted' })
    expect(await observe('work_account', confirming)).toMatchObject({ isThere: true })
  })
})

describe('a task in a handover', () => {
  it('passes on to the successor, who is told, and back again while it is open', async () => {
    const { taskId } = await openTask(company, anna, { forMemberId: anna })
    const item = itemOf(taskId)
    expect(await plan('task', item)).toMatchObject({ after: { forMemberId: bela }, blockers: [] })
    const result = await carryOut('task', item)
    expect(result).toMatchObject({ state: 'attempted', before: { forMemberId: anna } })
    expect(await carryOut('task', item)).toEqual(result)
    const belasClient = await tokenFor(world, company, bela)
    expect(bodyOf(await belasClient.get('/v1/tasks?mine=true'), 200).items).toHaveLength(1)
    expect(bodyOf(await belasClient.get('/v1/notices'), 200).items).toMatchObject([
      { kind: 'task.opened', taskId },
    ])
    expect(await observe('task', done(item, result))).toMatchObject({ isThere: true })
    expect(await undo('task', done(item, result))).toMatchObject({ state: 'attempted' })
    expect(bodyOf(await company.owner.get(`/v1/tasks/${taskId}`), 200).forMemberId).toBe(anna)
  })

  it('falls to any Admin, fails when it is over, and stays done when the successor did it', async () => {
    const one = await openTask(company, anna, { forMemberId: anna })
    const parking = itemOf(one.taskId, { way: 'park', toMemberId: null })
    expect(await carryOut('task', parking)).toMatchObject({ after: { forMemberId: null } })
    const other = await openTask(company, anna, { forMemberId: anna })
    const item = itemOf(other.taskId)
    const passed = done(item, await carryOut('task', item))
    await see(other.taskId)
    expect(await undo('task', passed)).toMatchObject({
      state: 'failed',
      refusal: { code: 'holding.changed_since' },
    })
    expect(await carryOut('task', item)).toMatchObject({ state: 'attempted', after: { forMemberId: bela } })
    const gone = await openTask(company, anna, { forMemberId: anna })
    bodyOf(await company.owner.post(`/v1/tasks/${gone.taskId}/cancel`, { reason: 'x' }), 200)
    expect(await carryOut('task', itemOf(gone.taskId))).toMatchObject({
      state: 'failed',
      refusal: { code: 'holding.passed_on' },
    })
  })
})
