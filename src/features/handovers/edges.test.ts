import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { LeaverScene } from '../../../test/builders/handovers.ts'
import { addNumber, heldNumber, hire } from '../../../test/builders/numbers.ts'
import { bodyOf } from '../../../test/builders.ts'
import { type Answer, openWorld, type World } from '../../../test/world.ts'
import { systemCaller } from '../../kernel/caller.ts'
import { lossRemark } from './model.ts'
import { runSlice } from './service/run-slice.ts'

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

async function itemOf(handoverId: string, holdingId: string | undefined): Promise<Body> {
  return (await scene.items(handoverId)).find((item) => item.holdingId === holdingId)
}

async function membershipOf(handoverId: string): Promise<Body> {
  return (await scene.items(handoverId)).find(({ kind }) => kind === 'membership')
}

function act(handoverId: string, { itemId }: Body, verb: 'retry' | 'skip' | 'hand', body: object = {}) {
  return scene.owner.post(`/v1/handovers/${handoverId}/items/${itemId}/${verb}`, body)
}

async function holderOf(numberId: string | undefined): Promise<string | null> {
  return bodyOf(await scene.owner.get(`/v1/numbers/${numberId}`), 200).holder?.memberId ?? null
}

async function waitsForCheck(handoverId: string, numberId: string): Promise<void> {
  bodyOf(await scene.run(handoverId), 202)
  await world.runDueWork()
  expect(await itemOf(handoverId, numberId)).toMatchObject({ state: 'waiting', waitsFor: 'check' })
}

async function decide(verb: 'approve' | 'reject', body: object): Promise<Answer> {
  const open = await scene.owner.get('/v1/requests?state=open&kind=country_check')
  const [asked] = bodyOf(open, 200).items
  return scene.owner.post(`/v1/requests/${asked.requestId}/${verb}`, body)
}

/** Runs slice by slice until the item was carried out, and not yet looked at. */
async function untilAttempted(handoverId: string, holdingId: string | undefined): Promise<void> {
  const caller = systemCaller(scene.company.companyId, 'handovers.run', scene.company.ownerMemberId)
  for (let slice = 0; slice < 10; slice += 1) {
    await world.parts.database.inRealmOf(caller, (tx) => runSlice(tx, handoverId))
    if ((await itemOf(handoverId, holdingId)).state === 'attempted') return
  }
  throw new Error('the item was never carried out')
}

/** A number of a country whose moves wait for a check, with Lena, past its cool-down. */
async function checkedNumber(): Promise<string> {
  const { numberId } = await addNumber(scene.company, `+86138${String(20_000_000 + checked++)}`)
  const { move } = bodyOf(
    await scene.owner.post(`/v1/numbers/${numberId}/assign`, { toMemberId: scene.leaver }),
    202,
  )
  bodyOf(await scene.owner.post(`/v1/requests/${move.requestId}/approve`, { evidence: 'seen' }), 200)
  world.clock.advance({ hours: 1 })
  return numberId
}
let checked = 0

describe('one item of a run', () => {
  it('handover.item_not_now: what is observed is neither tried again, skipped nor handed to anybody', async () => {
    await heldNumber(scene.company, scene.leaver)
    const running = (await scene.begin()).handoverId
    bodyOf(await scene.run(running), 202)
    await world.runDueWork()
    const access = (await scene.items(running)).find(({ kind }) => kind === 'access')
    expect(access).toMatchObject({ state: 'observed' })
    expect(await scene.show(running)).toMatchObject({ state: 'running' })
    const tries = [
      act(running, access, 'retry'),
      act(running, access, 'skip', { reason: 'not needed' }),
      act(running, access, 'hand', { name: 'Porter', instructions: 'Take the badge' }),
    ]
    for (const answer of await Promise.all(tries))
      expect(answer).toMatchObject({ status: 409, body: { code: 'handover.item_not_now' } })
    world.clock.advance({ minutes: 31 })
    await world.runDueWork()
    expect(await scene.show(running)).toMatchObject({ state: 'finished' })
    expect(await act(running, access, 'retry')).toMatchObject({ body: { code: 'handover.not_now' } })
  })

  it('goes on by itself when the check that it waits for is approved (NUM-5)', async () => {
    const numberId = await checkedNumber()
    const { handoverId } = await scene.begin()
    await waitsForCheck(handoverId, numberId)
    bodyOf(await decide('approve', { evidence: 'seen' }), 200)
    world.clock.advance({ minutes: 2 })
    await world.runDueWork()
    expect(await scene.show(handoverId)).toMatchObject({ state: 'finished', stillHeld: [] })
    expect(await holderOf(numberId)).toBe(scene.successor)
  })

  it('handover.reference_ended: fails when the check it waits for is rejected, and says what is left to do', async () => {
    const numberId = await checkedNumber()
    const { handoverId } = await scene.begin()
    await waitsForCheck(handoverId, numberId)
    bodyOf(await decide('reject', { reason: 'no papers' }), 200)
    world.clock.advance({ minutes: 2 })
    await world.runDueWork()
    const rejected = await itemOf(handoverId, numberId)
    expect(rejected).toMatchObject({ state: 'failed', code: 'handover.reference_ended' })
    expect(await scene.show(handoverId)).toMatchObject({ coverage: { needsYou: 1 } })
    bodyOf(await act(handoverId, rejected, 'retry'), 200)
    await world.runDueWork()
    expect(await itemOf(handoverId, numberId)).toMatchObject({ state: 'failed', code: 'check.turned_down' })
    bodyOf(await act(handoverId, rejected, 'skip', { reason: 'It stays parked' }), 200)
    await world.runDueWork()
    expect(await scene.show(handoverId)).toMatchObject({ state: 'finished', stillHeld: [] })
    expect(await holderOf(numberId)).toBe(null)
  })

  it('handover.not_seen: is not called done when its effect has gone before it was looked at', async () => {
    const { handoverId } = await scene.begin()
    bodyOf(await scene.run(handoverId), 202)
    const [one] = scene.numbers
    await untilAttempted(handoverId, one?.numberId)
    const third = await hire(scene.company, 'Third')
    const away = { toMemberId: third, overrideCooldown: { reason: 'A customer waits' } }
    bodyOf(await scene.owner.post(`/v1/numbers/${one?.numberId}/reassign`, away), 200)
    for (let look = 0; look < 8; look += 1) {
      await world.runDueWork()
      world.clock.advance({ minutes: 2 })
    }
    const unseen = await itemOf(handoverId, one?.numberId)
    expect(unseen).toMatchObject({ state: 'failed', code: 'handover.not_seen' })
    expect(await holderOf(one?.numberId)).toBe(third)
    expect(await scene.show(handoverId)).toMatchObject({ state: 'running', coverage: { needsYou: 1 } })
    bodyOf(await act(handoverId, unseen, 'skip', { reason: 'Third has it' }), 200)
    await world.runDueWork()
    expect(await scene.show(handoverId)).toMatchObject({ state: 'finished', stillHeld: [] })
  })
})

describe('HAN-9 a leaver who holds something again', () => {
  it('handover.still_held: stays suspended where that is left as it is, and the finish names it', async () => {
    const fresh = await heldNumber(scene.company, scene.leaver)
    const { handoverId } = await scene.begin()
    bodyOf(await scene.run(handoverId), 202)
    await world.runDueWork()
    expect(await itemOf(handoverId, fresh.numberId)).toMatchObject({ state: 'waiting', waitsFor: 'cooldown' })
    const late = await addNumber(scene.company)
    const at = `/v1/members/${scene.leaver}`
    bodyOf(await scene.owner.patch(at, { status: 'active' }), 200)
    bodyOf(await scene.owner.post(`/v1/numbers/${late.numberId}/assign`, { toMemberId: scene.leaver }), 200)
    bodyOf(await scene.owner.patch(at, { status: 'suspended' }), 200)
    world.clock.advance({ minutes: 31 })
    await world.runDueWork()
    const refused = await membershipOf(handoverId)
    expect(refused).toMatchObject({ state: 'failed', code: 'handover.still_held' })
    expect(refused.title).toContain('1')
    bodyOf(await act(handoverId, refused, 'retry'), 200)
    await world.runDueWork()
    expect(await membershipOf(handoverId)).toMatchObject({ state: 'failed', code: 'handover.still_held' })
    bodyOf(await act(handoverId, refused, 'skip', { reason: 'She keeps one line for a month' }), 200)
    await world.runDueWork()
    expect(await scene.show(handoverId)).toMatchObject({ state: 'finished' })
    const { stillHeld } = await scene.show(handoverId)
    expect(stillHeld.filter(({ kind }: Body) => kind === 'number')).toEqual([
      { kind: 'number', id: late.numberId, label: late.e164 },
    ])
    expect(bodyOf(await scene.owner.get(at), 200).status).toBe('suspended')
    expect(await holderOf(fresh.numberId)).toBe(scene.successor)
  })
})

describe('HAN-7 what an undo cannot bring back', () => {
  it('handover.not_brought_back: is said before it begins, and an undo revives no token', async () => {
    const lena = await scene.as(scene.leaver)
    expect((await lena.get('/v1/me')).status).toBe(200)
    const { handoverId } = await scene.runThrough()
    expect((await lena.get('/v1/me')).status).toBe(401)
    const at = `/v1/handovers/${handoverId}/undo`
    const dry = bodyOf(await scene.owner.post(at, { dryRun: true }), 200)
    expect(dry).toMatchObject({ isBegun: false, lostTotal: 1 })
    expect(dry.lost).toMatchObject([{ kind: 'api_token', why: lossRemark.ofKind.en.title }])
    expect(await holderOf(scene.numbers[0]?.numberId), 'a dry run changes nothing').toBe(scene.successor)
    bodyOf(await scene.owner.post(at, {}), 202)
    await world.runDueWork()
    expect(await scene.show(handoverId)).toMatchObject({ state: 'undone' })
    expect(await holderOf(scene.numbers[0]?.numberId)).toBe(scene.leaver)
    expect((await lena.get('/v1/me')).status, 'the token stays ended').toBe(401)
    expect((await (await scene.as(scene.leaver)).get('/v1/me')).status, 'a new one works').toBe(200)
  })
})

describe('HAN-6 a successor who has to accept', () => {
  it('handover.successor_declined: trying again gives nothing to who declined, until they accept after all', async () => {
    const policies = { handoverAcceptance: 'required' }
    bodyOf(await scene.owner.patch('/v1/company', { policies }), 200)
    const otto = await hire(scene.company, 'Otto')
    const one = scene.numbers[0]?.numberId
    const draft = await scene.begin({ choices: [{ kind: 'number', id: one, toMemberId: otto }] })
    const { handoverId } = draft
    const at = `/v1/handovers/${handoverId}`
    bodyOf(await scene.owner.post(`${at}/submit`, { planHash: draft.planHash }), 200)
    const [as, sam] = [await scene.as(otto), await scene.as(scene.successor)]
    bodyOf(await as.post(`${at}/acceptance`, { accept: false, reason: 'on leave' }), 200)
    expect((await scene.run(handoverId, { despiteBlockers: true })).body.code).toBe(
      'handover.needs_acceptance',
    )
    bodyOf(await sam.post(`${at}/acceptance`, { accept: true }), 200)
    expect((await scene.run(handoverId)).body.code).toBe('handover.blocked')
    bodyOf(await scene.run(handoverId, { despiteBlockers: true }), 202)
    await world.runDueWork()
    const declined = await itemOf(handoverId, one)
    expect(declined).toMatchObject({ state: 'failed', code: 'handover.successor_declined' })

    const again = await act(handoverId, declined, 'retry')
    expect(again).toMatchObject({ status: 409, body: { code: 'handover.successor_declined' } })
    expect(again.body.next).toContain('Ask Otto')
    await world.runDueWork()
    expect(await holderOf(one)).toBe(scene.leaver)

    expect(bodyOf(await sam.get(at), 200).actions).not.toContain('accept')
    expect((await sam.post(`${at}/acceptance`, { accept: false })).body.code).toBe('handover.not_now')
    expect(bodyOf(await as.get(at), 200).actions).toContain('accept')
    bodyOf(await as.post(`${at}/acceptance`, { accept: true }), 200)
    bodyOf(await act(handoverId, declined, 'retry'), 200)
    await world.runDueWork()
    expect(await holderOf(one)).toBe(otto)
    expect(await scene.show(handoverId)).toMatchObject({ state: 'finished', stillHeld: [] })
  })
})
