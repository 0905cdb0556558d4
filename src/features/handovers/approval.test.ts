import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { LeaverScene } from '../../../test/builders/handovers.ts'
import { heldNumber, hire } from '../../../test/builders/numbers.ts'
import { ledgerOf } from '../../../test/builders/people.ts'
import { bodyOf } from '../../../test/builders.ts'
import { type Answer, type Client, openWorld, type World } from '../../../test/world.ts'

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

function policy(policies: object): Promise<Answer> {
  return scene.owner.patch('/v1/company', { policies })
}

function submit({ handoverId, planHash }: Body, by: Client = scene.owner): Promise<Answer> {
  return by.post(`/v1/handovers/${handoverId}/submit`, { planHash })
}

function approve({ handoverId, planHash }: Body, by: Client): Promise<Answer> {
  return by.post(`/v1/handovers/${handoverId}/approve`, { planHash })
}

describe('HAN-10 a second person', () => {
  it('is not asked below the limit: submitted, the plan is settled at once', async () => {
    const draft = await scene.begin()
    expect(draft.approval.isNeeded).toBe(false)
    expect(bodyOf(await submit(draft), 200)).toMatchObject({
      state: 'approved',
      approval: { requestId: null },
    })
    expect(bodyOf(await scene.run(draft.handoverId), 202).state).toBe('running')
  })

  it('handover.needs_approval: is asked for each where the company says so, and approves by the request', async () => {
    await policy({ handoverApproval: 'always' })
    const draft = await scene.begin()
    expect(draft.approval).toMatchObject({ isNeeded: true, code: 'handover.needs_approval' })
    expect(bodyOf(await scene.run(draft.handoverId), 409).code).toBe('handover.needs_approval')
    const asked = bodyOf(await submit(draft), 200)
    expect(asked).toMatchObject({ state: 'pending_approval' })
    const { requestId } = asked.approval
    const { items } = bodyOf(await scene.owner.get('/v1/requests?state=open'), 200)
    expect(items[0]).toMatchObject({
      requestId,
      kind: 'over_limit',
      subjectKind: 'handover',
      payload: { planHash: draft.planHash },
    })
    const ada = await scene.secondPerson()
    bodyOf(await ada.post(`/v1/requests/${requestId}/approve`, {}), 200)
    expect(await scene.show(draft.handoverId)).toMatchObject({
      state: 'approved',
      approval: { isNeeded: false, approvedByName: 'Ada Admin' },
    })
    expect(bodyOf(await scene.run(draft.handoverId), 202).state).toBe('running')
    expect(await ledgerOf(scene.company, draft.handoverId)).toEqual(
      expect.arrayContaining([
        'handover.started',
        'handover.approved',
        'handover.submitted',
        'handover.created',
      ]),
    )
  })

  it('approves a draft that nobody has submitted, or the submitted one, by its hash', async () => {
    await policy({ handoverApproval: 'always' })
    const ada = await scene.secondPerson()
    const plain = await scene.begin()
    expect(bodyOf(await approve(plain, ada), 200)).toMatchObject({ state: 'approved' })
    const asked = await scene.begin()
    bodyOf(await submit(asked), 200)
    expect(bodyOf(await approve(asked, ada), 200)).toMatchObject({ state: 'approved' })
    const { items } = bodyOf(await scene.owner.get('/v1/requests?state=approved'), 200)
    expect(items).toHaveLength(1)
  })

  it('request.own: never approves the own plan, also not what one changed of another', async () => {
    await policy({ handoverApproval: 'always' })
    const ada = await scene.secondPerson()
    const draft = await scene.begin()
    expect(bodyOf(await approve(draft, scene.owner), 403)).toMatchObject({ code: 'request.own' })
    const changed = bodyOf(
      await ada.patch(`/v1/handovers/${draft.handoverId}`, { reason: 'other words' }),
      200,
    )
    expect(bodyOf(await approve(changed, ada), 403).code).toBe('request.own')
    bodyOf(await submit(changed), 200)
    expect(bodyOf(await approve(changed, scene.owner), 403).code).toBe('request.own')
  })

  it('request.own_early: the only Owner waits for 24 hours instead', async () => {
    await policy({ handoverApproval: 'always' })
    const draft = await scene.begin()
    bodyOf(await submit(draft), 200)
    expect(bodyOf(await approve(draft, scene.owner), 409).code).toBe('request.own_early')
    world.clock.advance({ hours: 25 })
    expect(bodyOf(await approve(draft, scene.owner), 200)).toMatchObject({ state: 'approved' })
    const { items } = bodyOf(await scene.owner.get(`/v1/audit?subjectId=${draft.handoverId}`), 200)
    expect(items.find((entry: Body) => entry.action === 'handover.approved').effect).toMatchObject({
      alone: true,
    })
  })

  it('handover.nobody_else: of two Admins of whom one plans and the other submits, one may after 24 hours', async () => {
    await policy({ handoverApproval: 'always' })
    const ada = await scene.secondPerson()
    const draft = await scene.begin()
    bodyOf(await submit(draft, ada), 200)
    expect(bodyOf(await approve(draft, ada), 403).code).toBe('request.own')
    expect(bodyOf(await approve(draft, scene.owner), 409)).toMatchObject({ code: 'handover.nobody_else' })
    world.clock.advance({ hours: 25 })
    expect(bodyOf(await approve(draft, scene.owner), 200)).toMatchObject({ state: 'approved' })
    const { items } = bodyOf(await scene.owner.get(`/v1/audit?subjectId=${draft.handoverId}`), 200)
    expect(items.find((entry: Body) => entry.action === 'handover.approved').effect).toMatchObject({
      alone: true,
    })
  })

  it('is whoever had no part in the plan where there is somebody, however long it waits', async () => {
    await policy({ handoverApproval: 'always' })
    const ada = await scene.secondPerson()
    const third = await hire(scene.company, 'Toni Third', { role: 'admin' })
    const draft = await scene.begin()
    bodyOf(await submit(draft, ada), 200)
    world.clock.advance({ hours: 25 })
    const refused = bodyOf(await approve(draft, scene.owner), 403)
    expect(refused).toMatchObject({ code: 'request.own', others: 'Toni Third' })
    expect(bodyOf(await approve(draft, await scene.as(third)), 200)).toMatchObject({ state: 'approved' })
  })

  it('approves exactly what was submitted: a plan that changed since is refused, there and among the requests', async () => {
    await policy({ handoverApproval: 'always' })
    const ada = await scene.secondPerson()
    const draft = await scene.begin()
    const { approval } = bodyOf(await submit(draft), 200)
    await heldNumber(scene.company, scene.leaver)
    const refused = await ada.post(`/v1/requests/${approval.requestId}/approve`, {})
    expect(bodyOf(refused, 409)).toMatchObject({ code: 'handover.plan_changed', difference: { added: 1 } })
    const { planHash } = await scene.plan(draft.handoverId)
    expect(bodyOf(await approve({ ...draft, planHash }, ada), 409).code).toBe('handover.plan_changed')
    expect((await scene.show(draft.handoverId)).state).toBe('pending_approval')
  })

  it('sees the approval fall away with a change of the plan, and the request withdrawn', async () => {
    await policy({ handoverApproval: 'always' })
    const ada = await scene.secondPerson()
    const draft = await scene.begin()
    bodyOf(await submit(draft), 200)
    bodyOf(await approve(draft, ada), 200)
    const changed = bodyOf(
      await scene.owner.patch(`/v1/handovers/${draft.handoverId}`, {
        choices: [{ kind: 'number', way: 'park' }],
      }),
      200,
    )
    expect(changed).toMatchObject({ state: 'draft', approval: { isNeeded: true, approvedBy: null } })
    expect(bodyOf(await scene.run(draft.handoverId), 409).code).toBe('handover.needs_approval')
    const { items } = bodyOf(await scene.owner.get('/v1/requests?state=withdrawn'), 200)
    expect(items).toHaveLength(1)
  })

  it('keeps the approval when the plan that is written down anew is the same', async () => {
    await policy({ handoverApproval: 'always' })
    const draft = await scene.begin()
    bodyOf(await approve(draft, await scene.secondPerson()), 200)
    expect(bodyOf(await scene.owner.post(`/v1/handovers/${draft.handoverId}/plan`), 200)).toMatchObject({
      state: 'approved',
    })
  })

  it('sends it back to a draft by rejecting it', async () => {
    await policy({ handoverApproval: 'always' })
    const draft = await scene.begin()
    const { approval } = bodyOf(await submit(draft), 200)
    const ada = await scene.secondPerson()
    bodyOf(await ada.post(`/v1/requests/${approval.requestId}/reject`, { reason: 'not yet' }), 200)
    expect(await scene.show(draft.handoverId)).toMatchObject({
      state: 'draft',
      approval: { requestId: null },
    })
    expect(bodyOf(await submit(draft), 200).state).toBe('pending_approval')
  })

  it('handover.over_leavers: is asked for one leaver more than the limit, summed over 24 hours', async () => {
    await policy({ handoverLeaversPerDay: 2 })
    for (let count = 0; count < 2; count += 1) {
      const { handoverId } = await scene.begin({ leaverId: await hire(scene.company, 'Short Stay') })
      bodyOf(await scene.run(handoverId), 202)
    }
    const third = await scene.begin()
    expect(bodyOf(await scene.run(third.handoverId), 409)).toMatchObject({
      code: 'handover.over_leavers',
      leavers: 3,
    })
    world.clock.advance({ hours: 25 })
    expect(bodyOf(await scene.run(third.handoverId), 202).state).toBe('running')
  })

  it('handover.over_moves: is asked above the moves that one person may make, those of other handovers counted', async () => {
    const other = await hire(scene.company, 'Olga')
    for (let count = 0; count < 2; count += 1) await heldNumber(scene.company, other)
    world.clock.advance({ hours: 25 })
    await policy({ moveLimitPerDay: 3 })
    const first = await scene.begin()
    bodyOf(await scene.run(first.handoverId), 202)
    const second = await scene.begin({ leaverId: other })
    expect(bodyOf(await scene.run(second.handoverId), 409).code).toBe('handover.over_moves')
    await world.runDueWork()
    expect(bodyOf(await scene.run(second.handoverId), 409).code).toBe('handover.over_moves')
  })

  it('is the same for the operator of the machine as for anybody', async () => {
    await policy({ handoverApproval: 'always' })
    const { handoverId } = await scene.begin()
    const { planHash } = await scene.plan(handoverId)
    const run = await scene.company.operator.post(`/v1/handovers/${handoverId}/run`, { planHash })
    expect(bodyOf(run, 409).code).toBe('handover.needs_approval')
  })
})

describe('HAN-6 a successor', () => {
  it('is told at the start, and not asked, unless the company says otherwise', async () => {
    const { handoverId } = await scene.begin()
    const sam = await scene.as(scene.successor)
    expect((await sam.get(`/v1/handovers/${handoverId}`)).status).toBe(404)
    bodyOf(await scene.run(handoverId), 202)
    expect((await scene.show(handoverId)).acceptances).toMatchObject([
      { member: { memberId: scene.successor }, state: 'informed' },
    ])
    const { items } = bodyOf(await sam.get('/v1/notices'), 200)
    expect(items).toContainEqual(expect.objectContaining({ kind: 'handover.comes_to_you', handoverId }))
    expect(bodyOf(await sam.get('/v1/handovers?mine=true'), 200).items).toHaveLength(1)
  })

  it('handover.needs_acceptance: has to accept first where the company says so', async () => {
    await policy({ handoverAcceptance: 'required' })
    const draft = await scene.begin()
    const plan = await scene.plan(draft.handoverId, '?kind=number')
    expect(plan.needsAcceptance).toBe(true)
    expect(plan.items[0].warnings).toMatchObject([{ code: 'handover.awaits_acceptance' }])
    expect(bodyOf(await scene.run(draft.handoverId), 409)).toMatchObject({
      code: 'handover.needs_acceptance',
      memberIds: [scene.successor],
    })
    const sam = await scene.as(scene.successor)
    expect((await sam.post(`/v1/handovers/${draft.handoverId}/acceptance`, { accept: true })).status).toBe(
      404,
    )
    bodyOf(await submit(draft), 200)
    const { items } = bodyOf(await sam.get('/v1/notices'), 200)
    expect(items.map((notice: Body) => notice.kind)).toContain('handover.asks_you')
    const accepted = bodyOf(
      await sam.post(`/v1/handovers/${draft.handoverId}/acceptance`, { accept: true }),
      200,
    )
    expect(accepted.acceptances).toMatchObject([{ state: 'accepted' }])
    expect(accepted.actions).toEqual(['accept'])
    expect(bodyOf(await scene.run(draft.handoverId), 202).state).toBe('running')
    expect(
      bodyOf(await sam.post(`/v1/handovers/${draft.handoverId}/acceptance`, { accept: false }), 409).code,
    ).toBe('handover.not_now')
  })

  it('handover.blocked: stops what is meant for them by declining, until somebody else is chosen', async () => {
    await policy({ handoverAcceptance: 'required' })
    const draft = await scene.begin()
    bodyOf(await submit(draft), 200)
    const sam = await scene.as(scene.successor)
    bodyOf(
      await sam.post(`/v1/handovers/${draft.handoverId}/acceptance`, { accept: false, reason: 'on leave' }),
      200,
    )
    const plan = await scene.plan(draft.handoverId, '?only=blocked')
    expect(plan.items[0].blockers[0]).toMatchObject({ code: 'handover.successor_declined' })
    expect(bodyOf(await scene.run(draft.handoverId), 409).code).toBe('handover.blocked')
    const otto = await hire(scene.company, 'Otto')
    const changed = bodyOf(
      await scene.owner.patch(`/v1/handovers/${draft.handoverId}`, { defaultSuccessorId: otto }),
      200,
    )
    expect(changed.acceptances).toMatchObject([{ member: { memberId: otto }, state: 'planned' }])
    expect((await scene.plan(draft.handoverId)).blocked).toBe(0)
  })

  it('gets nothing that they declined where the rest runs without it: that waits for the one who runs it', async () => {
    await policy({ handoverAcceptance: 'required' })
    const otto = await hire(scene.company, 'Otto')
    const [one] = scene.numbers
    const draft = await scene.begin({ choices: [{ kind: 'number', id: one?.numberId, toMemberId: otto }] })
    bodyOf(await submit(draft), 200)
    const answers: readonly (readonly [string, boolean])[] = [
      [otto, false],
      [scene.successor, true],
    ]
    for (const [memberId, accept] of answers)
      bodyOf(
        await (await scene.as(memberId)).post(`/v1/handovers/${draft.handoverId}/acceptance`, { accept }),
        200,
      )
    bodyOf(await scene.run(draft.handoverId, { despiteBlockers: true }), 202)
    await world.runDueWork()
    const items = await scene.items(draft.handoverId, '?kind=number')
    expect(items.find((item) => item.holdingId === one?.numberId)).toMatchObject({
      state: 'failed',
      code: 'handover.successor_declined',
    })
    expect(items.find((item) => item.holdingId !== one?.numberId)).toMatchObject({ state: 'observed' })
    expect(await scene.show(draft.handoverId)).toMatchObject({ state: 'running', coverage: { needsYou: 1 } })
  })

  it('sees only what comes to them, a stranger nothing, and the leaver nothing before it runs', async () => {
    const otto = await hire(scene.company, 'Otto')
    const [one] = scene.numbers
    const { handoverId } = await scene.begin({
      choices: [{ kind: 'number', id: one?.numberId, toMemberId: otto }],
    })
    const lena = await scene.as(scene.leaver)
    expect((await lena.get(`/v1/handovers/${handoverId}`)).status).toBe(404)
    expect(bodyOf(await lena.get('/v1/handovers'), 200).items).toEqual([])
    bodyOf(await scene.run(handoverId), 202)
    expect(bodyOf(await lena.get(`/v1/handovers/${handoverId}/items`), 200).items.length).toBeGreaterThan(2)
    const own = bodyOf(await (await scene.as(otto)).get(`/v1/handovers/${handoverId}/items`), 200)
    expect(own.items.map((item: Body) => item.holdingId)).toEqual([one?.numberId])
    const stranger = await scene.as(await hire(scene.company, 'Stranger'))
    expect((await stranger.get(`/v1/handovers/${handoverId}`)).status).toBe(404)
  })
})

describe('a handover whose time is to come', () => {
  const effectiveIn = (hours: number) =>
    new Date(world.clock.now().getTime() + hours * 3_600_000).toISOString()

  it('starts by itself then', async () => {
    const { handoverId } = await scene.begin({ effectiveAt: effectiveIn(5) })
    expect(bodyOf(await scene.run(handoverId), 202)).toMatchObject({ state: 'scheduled' })
    await world.runDueWork()
    expect((await scene.show(handoverId)).state).toBe('scheduled')
    world.clock.advance({ hours: 6 })
    await world.runDueWork()
    expect(await scene.show(handoverId)).toMatchObject({ state: 'finished' })
    expect(await ledgerOf(scene.company, handoverId)).toEqual(
      expect.arrayContaining(['handover.scheduled', 'handover.started', 'handover.finished']),
    )
  })

  it('HAN-2 stops with the difference when the plan has changed by then, and goes on after a new plan', async () => {
    const { handoverId } = await scene.begin({ effectiveAt: effectiveIn(5) })
    bodyOf(await scene.run(handoverId), 202)
    const late = await heldNumber(scene.company, scene.leaver)
    world.clock.advance({ hours: 6 })
    await world.runDueWork()
    const stopped = await scene.show(handoverId)
    expect(stopped).toMatchObject({ state: 'stopped', stopCause: 'drift', difference: { added: 1 } })
    expect(stopped.difference.items[0]).toMatchObject({ change: 'added', label: late.e164 })
    bodyOf(await scene.owner.post(`/v1/handovers/${handoverId}/plan`), 200)
    expect(bodyOf(await scene.run(handoverId), 202).state).toBe('running')
  })

  it('waits for an admin when who set it going may no longer', async () => {
    const adam = await hire(scene.company, 'Adam', { role: 'admin' })
    const admin = await scene.as(adam)
    const { handoverId } = await scene.begin({ effectiveAt: effectiveIn(5) })
    const { planHash } = await scene.plan(handoverId)
    bodyOf(await admin.post(`/v1/handovers/${handoverId}/run`, { planHash }), 202)
    bodyOf(await scene.owner.patch(`/v1/members/${adam}`, { role: 'member' }), 200)
    world.clock.advance({ hours: 6 })
    await world.runDueWork()
    expect(await scene.show(handoverId)).toMatchObject({ state: 'stopped', stopCause: 'role' })
    const { items } = bodyOf(await scene.owner.get('/v1/notices'), 200)
    expect(items.map((notice: Body) => notice.kind)).toContain('handover.stopped')
  })

  it('can be given up before, and never afterwards (handover.not_now)', async () => {
    const { handoverId } = await scene.begin({ effectiveAt: effectiveIn(5) })
    bodyOf(await scene.run(handoverId), 202)
    expect(
      bodyOf(await scene.owner.post(`/v1/handovers/${handoverId}/cancel`, { reason: 'stays' }), 200),
    ).toMatchObject({
      state: 'cancelled',
      actions: [],
    })
    world.clock.advance({ hours: 6 })
    await world.runDueWork()
    expect((await scene.show(handoverId)).state).toBe('cancelled')
    expect(bodyOf(await scene.owner.post(`/v1/handovers/${handoverId}/cancel`, {}), 409).code).toBe(
      'handover.not_now',
    )
    expect(bodyOf(await scene.owner.get(`/v1/handovers/${handoverId}/plan`), 409).code).toBe(
      'handover.not_now',
    )
  })
})
