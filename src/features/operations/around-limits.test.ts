import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { heldNumber, hire } from '../../../test/builders/numbers.ts'
import { BatchScene } from '../../../test/builders/operations.ts'
import { bodyOf } from '../../../test/builders.ts'
import { openWorld, type World } from '../../../test/world.ts'

let world: World
let scene: BatchScene

beforeAll(async () => {
  world = await openWorld()
})
afterAll(() => world.close())

beforeEach(async () => {
  scene = await BatchScene.open(world)
})

describe('an operation whose beginner lost the role', () => {
  it('HAN-10 runs to its end once a second person has approved it', async () => {
    const { operationId } = await scene.start(await scene.toBeMoved(5), scene.admin)
    await scene.oneSlice(operationId)
    bodyOf(await scene.company.owner.patch(`/v1/members/${scene.adminId}`, { role: 'member' }), 200)
    await world.runDueWork()
    const { requestId } = await scene.show(operationId)
    bodyOf(await scene.company.owner.post(`/v1/requests/${requestId}/approve`), 200)
    await world.runDueWork()
    expect(await scene.show(operationId)).toMatchObject({ state: 'done', done: 5 })
  })
})

describe('retry', () => {
  it('HAN-10 of more than one person may move waits for a second person', async () => {
    const moves = await scene.toBeMoved(5)
    await scene.setPolicies({ moveLimitPerDay: 3, cooldownMinutes: 30 })
    const [, ...cooling] = moves as { numberId: string }[]
    world.clock.advance({ minutes: 31 })
    for (const { numberId } of cooling)
      await world.tamper('update numbers set assigned_at = held_from + $2 where number_id = $1', [
        numberId,
        '31 minutes',
      ])
    const { operationId, state } = await scene.start(moves, scene.admin)
    expect(state).toBe('running')
    await world.runDueWork()
    expect(await scene.show(operationId)).toMatchObject({ state: 'done', done: 1, failed: 4 })
    world.clock.advance({ minutes: 31 })
    const again = bodyOf(await scene.steer(operationId, 'retry', scene.admin), 200)
    await world.runDueWork()
    expect(await scene.show(operationId)).toMatchObject({ state: 'pending_approval', done: 1 })
    expect((await scene.admin.post(`/v1/requests/${again.requestId}/approve`)).status).toBe(403)
    bodyOf(await scene.company.owner.post(`/v1/requests/${again.requestId}/approve`), 200)
    await world.runDueWork()
    expect(await scene.show(operationId)).toMatchObject({ state: 'done', done: 5 })
  })

  it('NUM-8 keeps the size of portions and the wait between them', async () => {
    const moves = await scene.toBeMoved(5)
    await scene.setPolicies({ cooldownMinutes: 30, minBatchGapMinutes: 45 })
    const good = { numberId: (await heldNumber(scene.company, scene.anna)).numberId, toMemberId: scene.bela }
    await world.tamper('update numbers set assigned_at = null where number_id = $1', [good.numberId])
    const { operationId } = await scene.start([...moves, good])
    await world.runDueWork()
    expect(await scene.show(operationId)).toMatchObject({ state: 'done', done: 1, failed: 5 })
    world.clock.advance({ minutes: 31 })
    bodyOf(await scene.steer(operationId, 'retry'), 200)
    await world.runDueWork()
    expect(await scene.show(operationId)).toMatchObject({ state: 'running', done: 1 })
    world.clock.advance({ minutes: 15 })
    await world.runDueWork()
    expect(await scene.show(operationId)).toMatchObject({ state: 'running', done: 3 })
  })

  it('of an operation that was taken back is refused', async () => {
    const moves = await scene.toBeMoved(2)
    const { operationId } = await scene.start(moves)
    const [first] = moves as { numberId: string }[]
    bodyOf(await scene.company.owner.post(`/v1/numbers/${first?.numberId}/park`), 200)
    await world.runDueWork()
    expect(await scene.show(operationId)).toMatchObject({ done: 1, failed: 1 })
    bodyOf(await scene.steer(operationId, 'undo'), 202)
    await world.runDueWork()
    expect((await scene.steer(operationId, 'retry')).status).toBe(409)
  })
})

describe('the wait between portions', () => {
  it('NUM-8 is not cut short by pause and resume', async () => {
    const moves = await scene.toBeMoved(4)
    await scene.setPolicies({ minBatchGapMinutes: 45 })
    const { operationId } = await scene.start(moves)
    await world.runDueWork()
    world.clock.advance({ minutes: 5 })
    bodyOf(await scene.steer(operationId, 'pause'), 200)
    bodyOf(await scene.steer(operationId, 'resume'), 200)
    await world.runDueWork()
    expect(await scene.show(operationId)).toMatchObject({ done: 2 })
  })

  it('NUM-8 does not count portions in which nothing is left', async () => {
    await scene.setPolicies({ minBatchGapMinutes: 45, maxBatchSize: 1 })
    const cap = 20
    const [a, b] = [await scene.toBeMoved(cap), [] as object[]]
    for (let n = 0; n < cap; n++)
      b.push({ numberId: (await heldNumber(scene.company, scene.bela)).numberId, toMemberId: scene.anna })
    const carl = await hire(scene.company, 'Carl')
    const one = {
      numberId: (await heldNumber(scene.company, carl)).numberId,
      toMemberId: await hire(scene.company, 'Dora'),
    }
    const body = bodyOf(
      await scene.company.owner.post('/v1/number-moves', {
        moves: [a[0], b[0], a[1], b[1], one],
        dryRun: true,
      }),
      200,
    )
    expect(body.plan).toMatchObject({ moves: 1, refused: 4, batches: 1 })
  })
})

describe('undo', () => {
  it('that was cancelled half-way can be begun anew', async () => {
    const { operationId } = await scene.start(await scene.toBeMoved(4))
    await world.runDueWork()
    const undo = bodyOf(await scene.steer(operationId, 'undo'), 202)
    await scene.oneSlice(undo.operationId)
    bodyOf(await scene.steer(undo.operationId, 'cancel'), 200)
    const again = bodyOf(await scene.steer(operationId, 'undo'), 202)
    await world.runDueWork()
    expect(await scene.show(again.operationId)).toMatchObject({ state: 'done', done: 2 })
    expect(
      bodyOf(await scene.company.owner.get(`/v1/numbers?holderId=${scene.anna}`), 200).items,
    ).toHaveLength(4)
  })
})

describe('an approved batch', () => {
  it('NUM-14 HAN-10 is not to be approved again, move by move, once its checks are cleared', async () => {
    const moves: object[] = []
    for (let n = 0; n < 4; n++) {
      const number = `+86138001${38000 + n}`
      const { numberId } = bodyOf(await scene.company.owner.post('/v1/numbers', { number }), 201)
      moves.push({ numberId, toMemberId: scene.bela })
    }
    await scene.setPolicies({ moveLimitPerDay: 2 })
    const { operationId, requestId } = await scene.start(moves, scene.admin)
    bodyOf(await scene.company.owner.post(`/v1/requests/${requestId}/approve`), 200)
    await world.runDueWork()
    expect(await scene.show(operationId)).toMatchObject({ state: 'done', waiting: 4 })
    const checks = bodyOf(await scene.company.owner.get('/v1/requests?state=open'), 200).items
    expect(checks).toHaveLength(4)
    for (const check of checks)
      bodyOf(
        await scene.company.owner.post(`/v1/requests/${check.requestId}/approve`, { evidence: 'seen' }),
        200,
      )
    expect(bodyOf(await scene.company.owner.get('/v1/requests?state=open'), 200).items).toEqual([])
    expect(
      bodyOf(await scene.company.owner.get(`/v1/numbers?holderId=${scene.bela}`), 200).items,
    ).toHaveLength(4)
  })
})
