import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { LeaverScene } from '../../../test/builders/handovers.ts'
import { addNumber, hire } from '../../../test/builders/numbers.ts'
import { bodyOf } from '../../../test/builders.ts'
import { type Answer, openWorld, type World } from '../../../test/world.ts'

type Body = Answer['body']

let world: World
let scene: LeaverScene

beforeAll(async () => {
  world = await openWorld()
})
afterAll(() => world.close())
beforeEach(async () => {
  scene = await LeaverScene.open(world)
})

async function running(wish: object = {}): Promise<string> {
  const { handoverId } = await scene.begin(wish)
  bodyOf(await scene.run(handoverId), 202)
  return handoverId
}

async function itemOf(handoverId: string, holdingId: string | undefined): Promise<Body> {
  return (await scene.items(handoverId)).find((item) => item.holdingId === holdingId)
}

async function act(handoverId: string, holdingId: string | undefined, [verb, body]: [string, object]) {
  const { itemId } = await itemOf(handoverId, holdingId)
  const done = await scene.owner.post(`/v1/handovers/${handoverId}/items/${itemId}/${verb}`, body)
  await world.runDueWork()
  return bodyOf(done, 200)
}

async function undo(handoverId: string): Promise<Body> {
  bodyOf(await scene.owner.post(`/v1/handovers/${handoverId}/undo`, {}), 202)
  await world.runDueWork()
  return scene.show(handoverId)
}

async function holderOf(numberId: string | undefined): Promise<string | null> {
  return bodyOf(await scene.owner.get(`/v1/numbers/${numberId}`), 200).holder?.memberId ?? null
}

/** A running handover in which a number is parked until somebody has checked the successor. */
async function waitingForCheck(): Promise<{ handoverId: string; numberId: string }> {
  const { numberId } = await addNumber(scene.company, `+86136${String(20_000_000 + checked++)}`)
  const assigned = await scene.owner.post(`/v1/numbers/${numberId}/assign`, { toMemberId: scene.leaver })
  const { requestId } = bodyOf(assigned, 202).move
  bodyOf(await scene.owner.post(`/v1/requests/${requestId}/approve`, { evidence: 'seen' }), 200)
  world.clock.advance({ hours: 1 })
  const handoverId = await running()
  await world.runDueWork()
  expect(await holderOf(numberId)).toBe(null)
  return { handoverId, numberId }
}
let checked = 0

/** A running handover of which one number has gone to somebody else, so that its item failed. */
async function withOneFailed(): Promise<{ handoverId: string; gone: string; kept: string; third: string }> {
  const third = await hire(scene.company, 'Third Person')
  const [gone, kept] = scene.numbers.map(({ numberId }) => numberId)
  if (gone === undefined || kept === undefined) throw new Error('Lena holds two numbers')
  const handoverId = await running()
  bodyOf(await scene.owner.post(`/v1/numbers/${gone}/reassign`, { toMemberId: third }), 200)
  await world.runDueWork()
  return { handoverId, gone, kept, third }
}

describe('HAN-7 an undo', () => {
  it('brings back a number whose check was rejected, and that was parked for it', async () => {
    const { handoverId, numberId } = await waitingForCheck()
    const { items } = bodyOf(await scene.owner.get('/v1/requests?state=open&kind=country_check'), 200)
    bodyOf(await scene.owner.post(`/v1/requests/${items[0].requestId}/reject`, { reason: 'no papers' }), 200)
    world.clock.advance({ minutes: 2 })
    await world.runDueWork()
    expect(await itemOf(handoverId, numberId)).toMatchObject({ state: 'failed' })
    expect(await undo(handoverId)).toMatchObject({ state: 'undone' })
    expect(await itemOf(handoverId, numberId)).toMatchObject({ state: 'undone', code: null })
    expect(await holderOf(numberId)).toBe(scene.leaver)
  })

  it('brings back what was skipped or handed to a person while it waited', async () => {
    const orders: [string, object][] = [
      ['skip', { reason: 'not now' }],
      ['hand', { name: 'Porter', instructions: 'Ask the carrier' }],
    ]
    for (const order of orders) {
      scene = await LeaverScene.open(world)
      const { handoverId, numberId } = await waitingForCheck()
      await act(handoverId, numberId, order)
      expect(await undo(handoverId)).toMatchObject({ state: 'undone', coverage: { handed: 0 } })
      expect(await holderOf(numberId)).toBe(scene.leaver)
    }
  })

  it('comes to its end where an item was only handed to a person, whose task ends with it', async () => {
    const { handoverId, gone, kept, third } = await withOneFailed()
    const { taskId } = await act(handoverId, gone, ['hand', { toMemberId: third, instructions: 'Give it' }])
    expect(await undo(handoverId)).toMatchObject({ state: 'undone', coverage: { handed: 0, skipped: 1 } })
    expect(bodyOf(await scene.owner.get(`/v1/tasks/${taskId}`), 200).state).toBe('cancelled')
    expect(await Promise.all([gone, kept].map(holderOf))).toEqual([third, scene.leaver])
  })

  it('leaves what a person did instead, and brings back the rest', async () => {
    const { handoverId, gone, kept, third } = await withOneFailed()
    const { taskId } = await act(handoverId, gone, ['hand', { toMemberId: third, instructions: 'Give it' }])
    const helper = await scene.as(third)
    bodyOf(await helper.post(`/v1/tasks/${taskId}/claim`, { note: 'Done' }), 200)
    bodyOf(await scene.owner.post(`/v1/tasks/${taskId}/observe`, { how: 'evidence' }), 200)
    await world.runDueWork()
    expect(await undo(handoverId)).toMatchObject({ state: 'undone' })
    expect(await itemOf(handoverId, gone)).toMatchObject({ state: 'observed' })
    expect(await Promise.all([gone, kept].map(holderOf))).toEqual([third, scene.leaver])
  })

  it('of a loan brings it back once, before and after it has come back by itself', async () => {
    for (const hours of [0, 11]) {
      scene = await LeaverScene.open(world)
      const endsAt = new Date(world.clock.now().getTime() + 10 * 3_600_000).toISOString()
      const { handoverId } = await scene.runThrough({ kind: 'loan', endsAt })
      world.clock.advance({ hours })
      await world.runDueWork()
      expect(await undo(handoverId)).toMatchObject({ state: 'undone' })
      world.clock.advance({ hours: 12 })
      await world.runDueWork()
      expect(await holderOf(scene.numbers[0]?.numberId)).toBe(scene.leaver)
      expect((await scene.items(handoverId)).every(({ code }) => code === null)).toBe(true)
    }
  })

  it('NUM-5 finds the history that was to be deleted, however long the run took', async () => {
    const ada = await scene.secondPerson()
    const number = scene.numbers[0]?.numberId
    const { handoverId } = await waitingForCheck()
    await undo(handoverId)
    const again = await running({
      reason: 'privacy',
      choices: [{ kind: 'number', id: number, history: 'delete' }],
    })
    await world.runDueWork()
    const asked = async () => bodyOf(await scene.owner.get('/v1/requests?kind=delete_history'), 200).items[0]
    bodyOf(await ada.post(`/v1/requests/${(await asked()).requestId}/approve`, {}), 200)
    world.clock.advance({ hours: 80 })
    await world.runDueWork()
    expect(await scene.show(again)).toMatchObject({ state: 'running' })
    expect(await undo(again)).toMatchObject({ state: 'undone' })
    expect(await asked()).toMatchObject({ state: 'withdrawn' })
    expect(await holderOf(number)).toBe(scene.leaver)
  })
})
