import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { heldNumber, hire } from '../../../test/builders/numbers.ts'
import { addMember } from '../../../test/builders/people.ts'
import { bodyOf, createCompany, type TestCompany, tokenFor } from '../../../test/builders.ts'
import { type Answer, type Client, openWorld, type World } from '../../../test/world.ts'
import { systemCaller } from '../../kernel/caller.ts'
import { runSlice } from './service/run-slice.ts'

let world: World
let company: TestCompany
let admin: Client
let adminId: string
let anna: string
let bela: string

beforeAll(async () => {
  world = await openWorld()
})
afterAll(() => world.close())

beforeEach(async () => {
  company = await createCompany(world, { tier: 'max', policies: { cooldownMinutes: 0, maxBatchSize: 2 } })
  adminId = (await addMember(company, { name: 'Ada Admin', role: 'admin' })).memberId
  admin = await tokenFor(world, company, adminId)
  anna = await hire(company, 'Anna')
  bela = await hire(company, 'Bela')
})

/** So many numbers of Anna's, to be moved to Bela. */
async function toBeMoved(count: number): Promise<object[]> {
  const moves: object[] = []
  for (let n = 0; n < count; n++)
    moves.push({ numberId: (await heldNumber(company, anna)).numberId, toMemberId: bela })
  return moves
}

async function start(moves: object[], by = company.owner, wish: object = {}): Promise<Answer['body']> {
  return bodyOf(await by.post('/v1/number-moves', { moves, ...wish }), 202).operation
}

/** Runs one slice, as the runner does, and no more. */
function oneSlice(operationId: string): Promise<boolean> {
  const caller = systemCaller(company.companyId, 'operations.run', company.ownerMemberId)
  return world.parts.database.inRealmOf(caller, (tx) => runSlice(tx, operationId))
}

async function show(operationId: string): Promise<Answer['body']> {
  return bodyOf(await company.owner.get(`/v1/operations/${operationId}?limit=100`), 200)
}

function steer(operationId: string, step: string, by = company.owner): Promise<Answer> {
  return by.post(`/v1/operations/${operationId}/${step}`, { reason: 'because' })
}

async function setPolicies(policies: object): Promise<void> {
  bodyOf(await company.owner.patch('/v1/company', { policies }), 200)
}

describe('an operation whose beginner lost the role', () => {
  it('HAN-10 runs to its end once a second person has approved it', async () => {
    const { operationId } = await start(await toBeMoved(5), admin)
    await oneSlice(operationId)
    bodyOf(await company.owner.patch(`/v1/members/${adminId}`, { role: 'member' }), 200)
    await world.runDueWork()
    const { requestId } = await show(operationId)
    bodyOf(await company.owner.post(`/v1/requests/${requestId}/approve`), 200)
    await world.runDueWork()
    expect(await show(operationId)).toMatchObject({ state: 'done', done: 5 })
  })
})

describe('retry', () => {
  it('HAN-10 of more than one person may move waits for a second person', async () => {
    const moves = await toBeMoved(5)
    await setPolicies({ moveLimitPerDay: 3, cooldownMinutes: 30 })
    const [, ...cooling] = moves as { numberId: string }[]
    world.clock.advance({ minutes: 31 })
    for (const { numberId } of cooling)
      await world.tamper('update numbers set assigned_at = held_from + $2 where number_id = $1', [
        numberId,
        '31 minutes',
      ])
    const { operationId, state } = await start(moves, admin)
    expect(state).toBe('running')
    await world.runDueWork()
    expect(await show(operationId)).toMatchObject({ state: 'done', done: 1, failed: 4 })
    world.clock.advance({ minutes: 31 })
    const again = bodyOf(await steer(operationId, 'retry', admin), 200)
    await world.runDueWork()
    expect(await show(operationId)).toMatchObject({ state: 'pending_approval', done: 1 })
    expect((await admin.post(`/v1/requests/${again.requestId}/approve`)).status).toBe(403)
    bodyOf(await company.owner.post(`/v1/requests/${again.requestId}/approve`), 200)
    await world.runDueWork()
    expect(await show(operationId)).toMatchObject({ state: 'done', done: 5 })
  })

  it('NUM-8 keeps the size of portions and the wait between them', async () => {
    const moves = await toBeMoved(5)
    await setPolicies({ cooldownMinutes: 30, minBatchGapMinutes: 45 })
    const good = { numberId: (await heldNumber(company, anna)).numberId, toMemberId: bela }
    await world.tamper('update numbers set assigned_at = null where number_id = $1', [good.numberId])
    const { operationId } = await start([...moves, good])
    await world.runDueWork()
    expect(await show(operationId)).toMatchObject({ state: 'done', done: 1, failed: 5 })
    world.clock.advance({ minutes: 31 })
    bodyOf(await steer(operationId, 'retry'), 200)
    await world.runDueWork()
    expect(await show(operationId)).toMatchObject({ state: 'running', done: 1 })
    world.clock.advance({ minutes: 15 })
    await world.runDueWork()
    expect(await show(operationId)).toMatchObject({ state: 'running', done: 3 })
  })

  it('of an operation that was taken back is refused', async () => {
    const moves = await toBeMoved(2)
    const { operationId } = await start(moves)
    const [first] = moves as { numberId: string }[]
    bodyOf(await company.owner.post(`/v1/numbers/${first?.numberId}/park`), 200)
    await world.runDueWork()
    expect(await show(operationId)).toMatchObject({ done: 1, failed: 1 })
    bodyOf(await steer(operationId, 'undo'), 202)
    await world.runDueWork()
    expect((await steer(operationId, 'retry')).status).toBe(409)
  })
})

describe('the wait between portions', () => {
  it('NUM-8 is not cut short by pause and resume', async () => {
    const moves = await toBeMoved(4)
    await setPolicies({ minBatchGapMinutes: 45 })
    const { operationId } = await start(moves)
    await world.runDueWork()
    world.clock.advance({ minutes: 5 })
    bodyOf(await steer(operationId, 'pause'), 200)
    bodyOf(await steer(operationId, 'resume'), 200)
    await world.runDueWork()
    expect(await show(operationId)).toMatchObject({ done: 2 })
  })

  it('NUM-8 does not count portions in which nothing is left', async () => {
    await setPolicies({ minBatchGapMinutes: 45, maxBatchSize: 1 })
    const cap = 20
    const [a, b] = [await toBeMoved(cap), [] as object[]]
    for (let n = 0; n < cap; n++)
      b.push({ numberId: (await heldNumber(company, bela)).numberId, toMemberId: anna })
    const carl = await hire(company, 'Carl')
    const one = {
      numberId: (await heldNumber(company, carl)).numberId,
      toMemberId: await hire(company, 'Dora'),
    }
    const body = bodyOf(
      await company.owner.post('/v1/number-moves', { moves: [a[0], b[0], a[1], b[1], one], dryRun: true }),
      200,
    )
    expect(body.plan).toMatchObject({ moves: 1, refused: 4, batches: 1 })
  })
})

describe('undo', () => {
  it('that was cancelled half-way can be begun anew', async () => {
    const { operationId } = await start(await toBeMoved(4))
    await world.runDueWork()
    const undo = bodyOf(await steer(operationId, 'undo'), 202)
    await oneSlice(undo.operationId)
    bodyOf(await steer(undo.operationId, 'cancel'), 200)
    const again = bodyOf(await steer(operationId, 'undo'), 202)
    await world.runDueWork()
    expect(await show(again.operationId)).toMatchObject({ state: 'done', done: 2 })
    expect(bodyOf(await company.owner.get(`/v1/numbers?holderId=${anna}`), 200).items).toHaveLength(4)
  })
})

describe('an approved batch', () => {
  it('NUM-14 HAN-10 is not to be approved again, move by move, once its checks are cleared', async () => {
    const moves: object[] = []
    for (let n = 0; n < 4; n++) {
      const number = `+86138001${38000 + n}`
      const { numberId } = bodyOf(await company.owner.post('/v1/numbers', { number }), 201)
      moves.push({ numberId, toMemberId: bela })
    }
    await setPolicies({ moveLimitPerDay: 2 })
    const { operationId, requestId } = await start(moves, admin)
    bodyOf(await company.owner.post(`/v1/requests/${requestId}/approve`), 200)
    await world.runDueWork()
    expect(await show(operationId)).toMatchObject({ state: 'done', waiting: 4 })
    const checks = bodyOf(await company.owner.get('/v1/requests?state=open'), 200).items
    expect(checks).toHaveLength(4)
    for (const check of checks)
      bodyOf(await company.owner.post(`/v1/requests/${check.requestId}/approve`, { evidence: 'seen' }), 200)
    expect(bodyOf(await company.owner.get('/v1/requests?state=open'), 200).items).toEqual([])
    expect(bodyOf(await company.owner.get(`/v1/numbers?holderId=${bela}`), 200).items).toHaveLength(4)
  })
})
