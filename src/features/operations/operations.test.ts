import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { addNumber } from '../../../test/builders/numbers.ts'
import { BatchScene } from '../../../test/builders/operations.ts'
import { addMember, ledgerOf } from '../../../test/builders/people.ts'
import { bodyOf, createCompany, tokenFor } from '../../../test/builders.ts'
import { type Answer, openWorld, type World } from '../../../test/world.ts'
import { operationStates, operationSteps, stateAfter } from './states.ts'

let world: World
let scene: BatchScene

beforeAll(async () => {
  world = await openWorld()
})
afterAll(() => world.close())

beforeEach(async () => {
  scene = await BatchScene.open(world)
})

describe('the table of states', () => {
  it('reaches every state, and none but done and cancelled is an end', () => {
    const reached = new Set(Object.values(operationSteps).map(({ to }) => to))
    expect([...operationStates].filter((state) => !reached.has(state))).toEqual([])
    const ends = operationStates.filter((state) =>
      Object.values(operationSteps).every(({ from }) => !(from as readonly string[]).includes(state)),
    )
    expect(ends).toEqual(['cancelled'])
    expect(stateAfter('done', 'pause')).toBeNull()
  })
})

describe('NUM-8 an operation', () => {
  it('shows how far it is, how fast, and when it will be done', async () => {
    const { operationId } = await scene.begin(5)
    expect(await scene.show(operationId)).toMatchObject({
      state: 'running',
      total: 5,
      pending: 5,
      perSecond: null,
    })
    await scene.oneSlice(operationId)
    const shown = await scene.show(operationId)
    expect(shown).toMatchObject({ state: 'running', done: 2, pending: 3, createdByName: 'Olivia Owner' })
    expect(shown.perSecond).toBeGreaterThan(0)
    expect(shown.finishAt >= shown.nextAt).toBe(true)
    await world.runDueWork()
    expect(await scene.show(operationId)).toMatchObject({ state: 'done', done: 5, pending: 0, nextAt: null })
    expect(await ledgerOf(scene.company, operationId)).toEqual(['operation.finished', 'operation.begun'])
  })

  it('gives its items in pages, by state, in the order that was sent', async () => {
    const { operationId } = await scene.begin(5)
    await scene.oneSlice(operationId)
    const first = await scene.show(operationId, 'limit=3')
    expect(first.items.map((item: Answer['body']) => item.state)).toEqual(['done', 'done', 'pending'])
    const second = await scene.show(operationId, `limit=3&cursor=${first.nextCursor}`)
    expect(second).toMatchObject({ nextCursor: null })
    expect(second.items.map((item: Answer['body']) => item.position)).toEqual([3, 4])
    const done = await scene.show(operationId, 'items=done')
    expect(done.items.map((item: Answer['body']) => item.position)).toEqual([0, 1])
    expect(done.items[0]).toMatchObject({
      subjectLabel: expect.stringMatching(/^\+49/),
      outcome: { at: expect.any(String) },
    })
    expect(await scene.show(operationId, 'limit=0')).toMatchObject({ items: [], nextCursor: null })
    const wrong = await scene.company.owner.get(`/v1/operations/${operationId}?cursor=xx`)
    expect(wrong).toMatchObject({ status: 400, body: { code: 'page.cursor_invalid' } })
  })

  it('stops after its slice when paused, goes on when resumed, and tells the holders of what was done', async () => {
    const { operationId } = await scene.begin(5)
    await scene.oneSlice(operationId)
    bodyOf(await scene.steer(operationId, 'pause'), 200)
    await world.runDueWork()
    expect(await scene.show(operationId)).toMatchObject({ state: 'paused', done: 2, finishAt: null })
    const told = await world.tamper(
      `select data from pgboss.job where name = 'numbers.tell-holders-of-slices' and data ->> 'operationId' = $1`,
      [operationId],
    )
    expect(told.rows).toMatchObject([{ data: { fromSlice: '0', toSlice: '1' } }])
    expect(await scene.steer(operationId, 'pause')).toMatchObject({
      status: 409,
      body: { code: 'operation.not_now' },
    })
    bodyOf(await scene.steer(operationId, 'resume'), 200)
    await world.runDueWork()
    expect(await scene.show(operationId)).toMatchObject({ state: 'done', done: 5 })
  })

  it('leaves the rest as it is when cancelled, and says so of each item', async () => {
    const { operationId } = await scene.begin(3)
    await scene.oneSlice(operationId)
    bodyOf(await scene.steer(operationId, 'cancel'), 200)
    await world.runDueWork()
    const shown = await scene.show(operationId)
    expect(shown).toMatchObject({ state: 'cancelled', done: 2, finishedAt: expect.any(String) })
    expect(shown.items.map((item: Answer['body']) => item.state)).toEqual(['done', 'done', 'cancelled'])
    expect((await scene.show(operationId, 'items=cancelled')).items).toHaveLength(1)
    expect((await scene.show(operationId, 'items=pending')).items).toEqual([])
    expect((await scene.steer(operationId, 'resume')).status).toBe(409)
  })

  it('waits between its portions as long as the scene.company says, and counts that into the finish time', async () => {
    bodyOf(await scene.company.owner.patch('/v1/company', { policies: { minBatchGapMinutes: 30 } }), 200)
    const begunAt = world.clock.now().getTime()
    const { operationId, finishAt } = await scene.begin(5)
    expect(new Date(finishAt).getTime() - begunAt).toBeGreaterThanOrEqual(60 * 60_000)
    await world.runDueWork()
    expect(await scene.show(operationId)).toMatchObject({ state: 'running', done: 2 })
    const beside = await scene.begin(1)
    await world.runDueWork()
    expect(await scene.show(beside.operationId)).toMatchObject({ state: 'running', done: 0 })
    for (const done of [4, 5]) {
      world.clock.advance({ minutes: 30 })
      await scene.oneSlice(operationId)
      expect(await scene.show(operationId)).toMatchObject({ done })
    }
  })

  it('HAN-10 waits for a second person above the limit, and runs once approved', async () => {
    const moves = await scene.toBeMoved(4)
    bodyOf(await scene.company.owner.patch('/v1/company', { policies: { moveLimitPerDay: 3 } }), 200)
    const rejected = await scene.start(moves, scene.admin)
    expect(rejected).toMatchObject({ state: 'pending_approval', requestId: expect.any(String), nextAt: null })
    await world.runDueWork()
    expect(await scene.show(rejected.operationId)).toMatchObject({ done: 0 })
    const own = await scene.admin.post(`/v1/requests/${rejected.requestId}/approve`)
    expect(own).toMatchObject({ status: 403, body: { code: 'request.own' } })
    bodyOf(await scene.company.owner.post(`/v1/requests/${rejected.requestId}/reject`, { reason: 'no' }), 200)
    expect(await scene.show(rejected.operationId)).toMatchObject({ state: 'cancelled' })
    const approved = await scene.start(moves, scene.admin)
    bodyOf(await scene.company.owner.post(`/v1/requests/${approved.requestId}/approve`), 200)
    await world.runDueWork()
    expect(await scene.show(approved.operationId)).toMatchObject({ state: 'done', done: 4 })
  })

  it('HAN-10 counts what else the same person has begun, so that two batches do not pass together', async () => {
    const [first, second] = [await scene.toBeMoved(4), await scene.toBeMoved(4)]
    bodyOf(await scene.company.owner.patch('/v1/company', { policies: { moveLimitPerDay: 7 } }), 200)
    expect(await scene.start(first, scene.admin)).toMatchObject({ state: 'running' })
    expect(await scene.start(second, scene.admin)).toMatchObject({ state: 'pending_approval' })
  })

  it('waits for a second person when who began it may no longer move numbers', async () => {
    const { operationId } = await scene.begin(3, scene.admin)
    await scene.oneSlice(operationId)
    bodyOf(await scene.company.owner.patch(`/v1/members/${scene.adminId}`, { role: 'member' }), 200)
    await world.runDueWork()
    const shown = await scene.show(operationId)
    expect(shown).toMatchObject({ state: 'pending_approval', done: 2 })
    bodyOf(await scene.company.owner.patch(`/v1/members/${scene.adminId}`, { role: 'admin' }), 200)
    bodyOf(await scene.company.owner.post(`/v1/requests/${shown.requestId}/approve`), 200)
    await world.runDueWork()
    expect(await scene.show(operationId)).toMatchObject({ state: 'done', done: 3 })
  })

  it('ALL-1 is not there for another scene.company, and only read by an Auditor', async () => {
    const { operationId } = await scene.begin(1)
    const other = await createCompany(world)
    expect((await other.owner.get(`/v1/operations/${operationId}`)).status).toBe(404)
    expect((await other.owner.post(`/v1/operations/${operationId}/cancel`)).status).toBe(404)
    const auditor = await tokenFor(
      world,
      scene.company,
      (await addMember(scene.company, { role: 'auditor' })).memberId,
    )
    expect((await auditor.get(`/v1/operations/${operationId}`)).status).toBe(200)
    expect((await auditor.post(`/v1/operations/${operationId}/pause`)).status).toBe(403)
  })
})

describe('undoing an operation', () => {
  it('NUM-11 brings every number back, also through full hands, once', async () => {
    const { operationId } = await scene.begin(3)
    await world.runDueWork()
    const undo = bodyOf(await scene.steer(operationId, 'undo'), 202)
    expect(undo).toMatchObject({ kind: 'number_moves_undo', undoes: operationId, total: 3 })
    await world.runDueWork()
    expect(await scene.show(undo.operationId)).toMatchObject({ state: 'done', done: 3 })
    const held = bodyOf(await scene.company.owner.get(`/v1/numbers?holderId=${scene.anna}`), 200).items
    expect(held).toHaveLength(3)
    expect(await scene.show(operationId)).toMatchObject({ undoneBy: undo.operationId })
    expect(await scene.steer(operationId, 'undo')).toMatchObject({
      status: 409,
      body: { code: 'operation.undone_already' },
    })
  })

  it('is refused where it left nothing behind', async () => {
    const { operationId } = await scene.begin(1)
    bodyOf(await scene.steer(operationId, 'cancel'), 200)
    const refused = await scene.steer(
      operationId,
      'undo',
      scene.company.owner.with({ 'accept-language': 'zh' }),
    )
    expect(refused).toMatchObject({
      status: 409,
      body: { code: 'operation.nothing_to_undo', title: '该任务没有可撤销的内容。' },
    })
  })

  it('leaves a number where it is that has moved since', async () => {
    const { operationId } = await scene.begin(2)
    await world.runDueWork()
    const [first] = (await scene.show(operationId)).items
    bodyOf(await scene.company.owner.post(`/v1/numbers/${first.subjectId}/park`), 200)
    const undo = bodyOf(await scene.steer(operationId, 'undo'), 202)
    await world.runDueWork()
    const shown = await scene.show(undo.operationId)
    expect(shown).toMatchObject({ done: 1, failed: 1 })
    expect(shown.items[0]).toMatchObject({ state: 'failed', code: 'undo.moved_since' })
  })

  it('cancels what still waits, and the deletion of history with its request', async () => {
    bodyOf(await scene.company.owner.patch('/v1/company', { policies: { cooldownMinutes: 30 } }), 200)
    const { operationId } = await scene.begin(1, scene.company.owner, {
      when: 'earliest',
      history: 'delete',
      reason: 'GDPR',
    })
    await world.runDueWork()
    expect((await scene.show(operationId)).items[0]).toMatchObject({
      state: 'waiting',
      outcome: { waitsFor: 'scheduled', moveId: expect.any(String) },
    })
    const undo = bodyOf(await scene.steer(operationId, 'undo'), 202)
    await world.runDueWork()
    expect(await scene.show(undo.operationId)).toMatchObject({ done: 1 })
    expect(
      bodyOf(await scene.company.owner.get('/v1/scheduled-moves?state=cancelled'), 200).items,
    ).toHaveLength(1)
  })

  it('NUM-14 takes back a move that had waited for a check and was made since', async () => {
    const { company, anna, bela } = scene
    const number = await addNumber(company, `+86139${String(Date.now()).slice(-8)}`)
    const clear = async () => {
      const [request] = bodyOf(await company.owner.get('/v1/requests?state=open'), 200).items
      const evidence = { evidence: 'seen' }
      bodyOf(await company.owner.post(`/v1/requests/${request.requestId}/approve`, evidence), 200)
    }
    bodyOf(await company.owner.post(`/v1/numbers/${number.numberId}/assign`, { toMemberId: anna }), 202)
    await clear()
    const { operationId } = await scene.start([{ numberId: number.numberId, toMemberId: bela }])
    await world.runDueWork()
    expect(await scene.show(operationId)).toMatchObject({ waiting: 1 })
    await clear()
    const holder = async () =>
      bodyOf(await company.owner.get(`/v1/numbers/${number.numberId}`), 200).holder.memberId
    expect(await holder()).toBe(bela)
    const undo = bodyOf(await scene.steer(operationId, 'undo'), 202)
    await world.runDueWork()
    expect(await scene.show(undo.operationId)).toMatchObject({ state: 'done', done: 1, failed: 0 })
    expect(await holder()).toBe(anna)
  })

  it('NUM-5 one request decides the deletion of all histories; undoing the batch withdraws it', async () => {
    const deleting = { history: 'delete', reason: 'the client asked for it' }
    const first = await scene.begin(2, scene.admin, deleting)
    await world.runDueWork()
    const requests = bodyOf(await scene.company.owner.get('/v1/requests?state=open'), 200).items
    expect(requests).toMatchObject([
      { kind: 'delete_history', subjectKind: 'operation', subjectId: first.operationId },
    ])
    await scene.steer(first.operationId, 'undo')
    await world.runDueWork()
    const [withdrawn] = bodyOf(await scene.company.owner.get('/v1/requests?state=withdrawn'), 200).items
    expect(withdrawn.requestId).toBe(requests[0].requestId)
    const second = await scene.begin(2, scene.admin, deleting)
    await world.runDueWork()
    const [open] = bodyOf(await scene.company.owner.get('/v1/requests?state=open'), 200).items
    bodyOf(await scene.company.owner.post(`/v1/requests/${open.requestId}/approve`), 200)
    const states = await world.tamper(
      'select distinct e.state from history_erasures e where e.request_id = $1',
      [open.requestId],
    )
    expect(states.rows).toEqual([{ state: 'approved' }])
    expect(open.subjectId).toBe(second.operationId)
  })
})
