import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { heldNumber, hire } from '../../../test/builders/numbers.ts'
import { addWorkAccount } from '../../../test/builders/tasks.ts'
import { bodyOf, createCompany, type TestCompany, tokenFor } from '../../../test/builders.ts'
import { type Answer, openWorld, type World } from '../../../test/world.ts'

let world: World
let company: TestCompany
let leaver: string
let heir: string
let numbers: string[]

beforeAll(async () => {
  world = await openWorld()
})
afterAll(() => world.close())
beforeEach(async () => {
  company = await createCompany(world)
  leaver = await hire(company, 'Lena Leaver')
  heir = await hire(company, 'Henri Heir')
  numbers = []
  for (let made = 0; made < 3; made++) numbers.push((await heldNumber(company, leaver)).numberId)
  world.clock.advance({ hours: 1 })
})

type Body = Answer['body']

async function begin(wish: object = {}): Promise<Body> {
  const asked = { leaverId: leaver, defaultSuccessorId: heir, ...wish }
  return bodyOf(await company.owner.post('/v1/handovers', asked), 201)
}

async function run({ handoverId, planHash }: Body, wish: object = {}): Promise<Body> {
  return bodyOf(await company.owner.post(`/v1/handovers/${handoverId}/run`, { planHash, ...wish }), 202)
}

async function finished(wish: object = {}): Promise<Body> {
  const handover = await begin(wish)
  await run(handover)
  await world.runDueWork()
  return look(handover)
}

async function look({ handoverId }: Body): Promise<Body> {
  return bodyOf(await company.owner.get(`/v1/handovers/${handoverId}`), 200)
}

async function itemsOf({ handoverId }: Body): Promise<Body[]> {
  return bodyOf(await company.owner.get(`/v1/handovers/${handoverId}/items`), 200).items
}

async function holderOf(numberId: string | undefined): Promise<string | null> {
  return bodyOf(await company.owner.get(`/v1/numbers/${numberId}`), 200).holder?.memberId ?? null
}

async function statusOf(memberId: string): Promise<string> {
  return bodyOf(await company.owner.get(`/v1/members/${memberId}`), 200).status
}

describe('HAN-3 a run', () => {
  it('cuts the access first, passes everything on, and ends with a leaver who holds nothing (HAN-9)', async () => {
    const done = await finished()
    expect(done).toMatchObject({ state: 'finished', stillHeld: [] })
    expect(await Promise.all(numbers.map(holderOf))).toEqual([heir, heir, heir])
    expect(await statusOf(leaver)).toBe('left')
    const items = await itemsOf(done)
    expect(items.map(({ state }) => state)).toEqual(items.map(() => 'observed'))
    expect(items[0]).toMatchObject({ kind: 'access', phase: 'access' })
    expect(items.at(-1)).toMatchObject({ kind: 'membership' })
    const { items: held } = bodyOf(await company.owner.get(`/v1/members/${leaver}/holdings`), 200)
    expect(held).toEqual([])
  })

  it('does nothing twice when it is worked on again', async () => {
    const done = await finished()
    await world.runDueWork()
    await world.runDueWork()
    const custody = bodyOf(await company.owner.get(`/v1/numbers/${numbers[0]}/custody`), 200).items
    expect(custody.filter((stretch: Body) => stretch.holder?.memberId === heir)).toHaveLength(1)
    expect((await look(done)).version).toBe(done.version)
  })

  it('waits for its time, and then begins by itself', async () => {
    const effectiveAt = new Date(world.clock.now().getTime() + 86_400_000).toISOString()
    const handover = await begin({ effectiveAt })
    expect(await run(handover)).toMatchObject({ state: 'scheduled' })
    await world.runDueWork()
    expect(await holderOf(numbers[0])).toBe(leaver)
    world.clock.advance({ hours: 25 })
    await world.runDueWork()
    expect(await look(handover)).toMatchObject({ state: 'finished' })
    expect(await holderOf(numbers[0])).toBe(heir)
  })

  it('HAN-2 stops at its time when the world has drifted, and shows the difference', async () => {
    const effectiveAt = new Date(world.clock.now().getTime() + 86_400_000).toISOString()
    const handover = await begin({ effectiveAt })
    await run(handover)
    const late = await heldNumber(company, leaver)
    world.clock.advance({ hours: 25 })
    await world.runDueWork()
    expect(await look(handover)).toMatchObject({
      state: 'stopped',
      stopCause: 'drift',
      difference: { added: 1, removed: 0, items: [{ change: 'added', holdingId: late.numberId }] },
    })
    expect(await holderOf(numbers[0])).toBe(leaver)
  })

  it('HAN-4 one item that fails stops no other, and can be skipped with a reason', async () => {
    const handover = await begin()
    await run(handover)
    const client = await tokenFor(world, company, company.ownerMemberId)
    const third = await hire(company, 'Third Person')
    bodyOf(await client.post(`/v1/numbers/${numbers[1]}/reassign`, { toMemberId: third }), 200)
    await world.runDueWork()
    const failed = (await itemsOf(handover)).find(({ state }) => state === 'failed')
    expect(failed).toMatchObject({ holdingId: numbers[1], code: 'number.moved_meanwhile' })
    expect(await look(handover)).toMatchObject({ state: 'running', coverage: { needsYou: 1 } })
    const skip = `/v1/handovers/${handover.handoverId}/items/${failed?.itemId}/skip`
    bodyOf(await company.owner.post(skip, { reason: 'Third has it' }), 200)
    await world.runDueWork()
    expect(await look(handover)).toMatchObject({ state: 'finished', coverage: { skipped: 1 } })
    expect(await holderOf(numbers[1])).toBe(third)
  })

  it('HAN-4 a task that a skipped item waits for is cancelled, so that it does not come about after all', async () => {
    await addWorkAccount(company, { holderId: leaver })
    const handover = await begin()
    await run(handover)
    await world.runDueWork()
    const waiting = (await itemsOf(handover)).find(({ kind }) => kind === 'work_account')
    expect(waiting).toMatchObject({ state: 'waiting', waitsFor: 'task' })
    const tasks = () => company.owner.get(`/v1/tasks?originId=${handover.handoverId}`)
    expect(bodyOf(await tasks(), 200).items).toMatchObject([{ state: 'planned' }])
    const skip = `/v1/handovers/${handover.handoverId}/items/${waiting?.itemId}/skip`
    bodyOf(await company.owner.post(skip, { reason: 'The account was closed' }), 200)
    expect(bodyOf(await tasks(), 200).items).toMatchObject([{ state: 'cancelled' }])
    await world.runDueWork()
    expect(await look(handover)).toMatchObject({ coverage: { skipped: 1 } })
  })

  it('HAN-4 an item handed to a person is done when that task is observed', async () => {
    const handover = await begin()
    await run(handover)
    const third = await hire(company, 'Third Person')
    bodyOf(await company.owner.post(`/v1/numbers/${numbers[1]}/reassign`, { toMemberId: third }), 200)
    await world.runDueWork()
    const failed = (await itemsOf(handover)).find(({ state }) => state === 'failed')
    const hand = `/v1/handovers/${handover.handoverId}/items/${failed?.itemId}/hand`
    const handed = bodyOf(
      await company.owner.post(hand, { toMemberId: third, instructions: 'Ask the carrier' }),
      200,
    )
    expect(handed).toMatchObject({ state: 'handed' })
    const helper = await tokenFor(world, company, third)
    bodyOf(await helper.post(`/v1/tasks/${handed.taskId}/claim`, { note: 'Done' }), 200)
    bodyOf(await company.owner.post(`/v1/tasks/${handed.taskId}/observe`, { how: 'evidence' }), 200)
    await world.runDueWork()
    expect(await look(handover)).toMatchObject({ state: 'finished' })
  })

  it('can be paused and resumed', async () => {
    const handover = await begin()
    await run(handover)
    const at = `/v1/handovers/${handover.handoverId}`
    expect(bodyOf(await company.owner.post(`${at}/pause`, {}), 200)).toMatchObject({ state: 'paused' })
    await world.runDueWork()
    expect(await holderOf(numbers[0])).toBe(leaver)
    bodyOf(await company.owner.post(`${at}/resume`, {}), 200)
    await world.runDueWork()
    expect(await look(handover)).toMatchObject({ state: 'finished' })
  })

  it('a cool-down is waited for, and the leaver is without access meanwhile (NUM-4)', async () => {
    const late = (await heldNumber(company, leaver)).numberId
    const handover = await begin()
    await run(handover)
    await world.runDueWork()
    expect(await statusOf(leaver)).toBe('suspended')
    expect(await look(handover)).toMatchObject({ state: 'running', coverage: { waiting: 2 } })
    world.clock.advance({ minutes: 31 })
    await world.runDueWork()
    expect(await look(handover)).toMatchObject({ state: 'finished' })
    expect(await holderOf(late)).toBe(heir)
  })

  it('HAN-5 who was taken back meanwhile does not leave', async () => {
    const late = (await heldNumber(company, leaver)).numberId
    const handover = await begin()
    await run(handover)
    await world.runDueWork()
    bodyOf(await company.owner.patch(`/v1/members/${leaver}`, { status: 'active' }), 200)
    world.clock.advance({ minutes: 31 })
    await world.runDueWork()
    expect(await statusOf(leaver)).toBe('active')
    expect(await holderOf(late)).toBe(heir)
    const membership = (await itemsOf(handover)).find(({ kind }) => kind === 'membership')
    expect(membership).toMatchObject({ state: 'failed' })
  })

  it('two handovers for one thing: one wins, the other sees drift', async () => {
    const other = await hire(company, 'Other Heir')
    const one = await begin()
    const two = await begin({ defaultSuccessorId: other })
    await run(one)
    await world.runDueWork()
    const refused = await company.owner.post(`/v1/handovers/${two.handoverId}/run`, {
      planHash: two.planHash,
    })
    expect(refused).toMatchObject({ status: 409, body: { code: 'handover.plan_changed' } })
    expect(await holderOf(numbers[0])).toBe(heir)
  })
})

describe('HAN-7 an undo', () => {
  it('brings back holder, access and employment', async () => {
    const done = await finished()
    const at = `/v1/handovers/${done.handoverId}/undo`
    const dry = bodyOf(await company.owner.post(at, { dryRun: true }), 200)
    expect(dry).toMatchObject({ isBegun: false, lostTotal: 0 })
    expect(await holderOf(numbers[0])).toBe(heir)
    bodyOf(await company.owner.post(at, { reason: 'She stays' }), 202)
    await world.runDueWork()
    expect(await look(done)).toMatchObject({ state: 'undone' })
    expect(await Promise.all(numbers.map(holderOf))).toEqual([leaver, leaver, leaver])
    expect(await statusOf(leaver)).toBe('active')
  })

  it('leaves what somebody else moved since, and says so', async () => {
    const done = await finished()
    const third = await hire(company, 'Third Person')
    world.clock.advance({ hours: 1 })
    bodyOf(await company.owner.post(`/v1/numbers/${numbers[2]}/reassign`, { toMemberId: third }), 200)
    bodyOf(await company.owner.post(`/v1/handovers/${done.handoverId}/undo`, {}), 202)
    await world.runDueWork()
    expect(await Promise.all(numbers.map(holderOf))).toEqual([leaver, leaver, third])
    const kept = (await itemsOf(done)).find(({ holdingId }) => holdingId === numbers[2])
    expect(kept).toMatchObject({ state: 'observed', code: 'number.moved_meanwhile' })
  })

  it('is over after its window: handover.undo_over, and the handover is closed', async () => {
    const done = await finished()
    world.clock.advance({ hours: 73 })
    expect(await company.owner.post(`/v1/handovers/${done.handoverId}/undo`, {})).toMatchObject({
      status: 409,
      body: { code: 'handover.undo_over' },
    })
    await world.runDueWork()
    expect(await look(done)).toMatchObject({ state: 'closed' })
  })

  it('is refused where nothing was done: handover.nothing_to_undo', async () => {
    const handover = await begin()
    await run(handover)
    const at = `/v1/handovers/${handover.handoverId}/undo`
    expect(await company.owner.post(at, {})).toMatchObject({ body: { code: 'handover.nothing_to_undo' } })
  })
})
