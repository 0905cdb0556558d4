import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { LeaverScene } from '../../../test/builders/handovers.ts'
import { heldNumber, hire } from '../../../test/builders/numbers.ts'
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

function policy(policies: object): Promise<Answer> {
  return scene.owner.patch('/v1/company', { policies })
}

async function member(memberId: string): Promise<Body> {
  return bodyOf(await scene.owner.get(`/v1/members/${memberId}`), 200)
}

describe('who gets one thing of many', () => {
  it('does not see what others get, what they answered, nor the receipt', async () => {
    const other = await hire(scene.company, 'Other Heir')
    const choices = [{ kind: 'number', id: scene.numbers[0]?.numberId, toMemberId: other }]
    const { handoverId } = await scene.runThrough({ choices })
    world.clock.advance({ minutes: 5 })
    await world.runDueWork()
    const heir = await scene.as(other)
    const at = `/v1/handovers/${handoverId}`
    const seen = bodyOf(await heir.get(at), 200)
    expect(seen).toMatchObject({ choices: [], stillHeld: null, difference: null })
    expect(seen.acceptances.map((one: Body) => one.member.memberId)).toEqual([other])
    expect(seen.actions).not.toContain('receipt')
    expect(bodyOf(await heir.get(`${at}/items`), 200).items).toHaveLength(1)
    expect(await heir.get(`${at}/receipt`)).toMatchObject({ status: 404 })
    expect(await heir.get(`${at}/receipt?format=pdf`)).toMatchObject({ status: 404 })
    expect((await scene.owner.get(`${at}/receipt`)).status).toBe(200)
  })

  it('HAN-6 has accepted that, and is asked anew before they get more', async () => {
    await policy({ handoverAcceptance: 'required' })
    const other = await hire(scene.company, 'Other Heir')
    const choices = [{ kind: 'number', id: scene.numbers[0]?.numberId, toMemberId: other }]
    const { handoverId, planHash } = await scene.begin({ defaultSuccessorId: null, choices })
    const at = `/v1/handovers/${handoverId}`
    bodyOf(await scene.owner.post(`${at}/submit`, { planHash }), 200)
    const heir = await scene.as(other)
    bodyOf(await heir.post(`${at}/acceptance`, { accept: true }), 200)
    const more = bodyOf(await scene.owner.patch(at, { defaultSuccessorId: other, choices: [] }), 200)
    expect(more.acceptances).toMatchObject([{ state: 'planned', decidedAt: null }])
    expect(await scene.run(handoverId)).toMatchObject({ body: { code: 'handover.needs_acceptance' } })
    bodyOf(await scene.owner.post(`${at}/submit`, { planHash: more.planHash }), 200)
    bodyOf(await heir.post(`${at}/acceptance`, { accept: true }), 200)
    await heldNumber(scene.company, scene.leaver)
    expect(await scene.run(handoverId)).toMatchObject({ body: { code: 'handover.needs_acceptance' } })
  })

  it('HAN-6 is not asked again where they get less', async () => {
    await policy({ handoverAcceptance: 'required' })
    const { handoverId, planHash } = await scene.begin()
    const at = `/v1/handovers/${handoverId}`
    bodyOf(await scene.owner.post(`${at}/submit`, { planHash }), 200)
    bodyOf(await (await scene.as(scene.successor)).post(`${at}/acceptance`, { accept: true }), 200)
    const choices = [{ kind: 'number', id: scene.numbers[0]?.numberId, way: 'park' }]
    const less = bodyOf(await scene.owner.patch(at, { choices }), 200)
    expect(less.acceptances).toMatchObject([{ state: 'accepted' }])
    expect((await scene.run(handoverId)).status).toBe(202)
  })
})

describe('HAN-10 a second person', () => {
  it('has approved one plan, and is not named for another that runs instead', async () => {
    const { handoverId, planHash } = await scene.begin()
    const ada = await scene.secondPerson()
    bodyOf(await ada.post(`/v1/handovers/${handoverId}/approve`, { planHash }), 200)
    await heldNumber(scene.company, scene.leaver)
    expect(bodyOf(await scene.run(handoverId), 202).approval).toMatchObject({ approvedBy: null })
  })

  it('handover.over_leavers: is asked for of those that are begun at the same moment, too', async () => {
    await policy({ handoverLeaversPerDay: 1 })
    const drafts: Body[] = []
    for (const name of ['First', 'Second', 'Third'])
      drafts.push(await scene.begin({ leaverId: await hire(scene.company, name) }))
    const answers = await Promise.all(
      drafts.map(({ handoverId, planHash }) =>
        scene.owner.post(`/v1/handovers/${handoverId}/run`, { planHash }),
      ),
    )
    expect(answers.map(({ status }) => status).sort()).toEqual([202, 409, 409])
  })

  it('handover.over_leavers: is asked for what one person has ordered for one day, on however many days', async () => {
    await policy({ handoverLeaversPerDay: 1 })
    const effectiveAt = new Date(world.clock.now().getTime() + 5 * 86_400_000).toISOString()
    const begun: string[] = []
    const answers: string[] = []
    for (const name of ['First', 'Second']) {
      const { handoverId } = await scene.begin({ leaverId: await hire(scene.company, name), effectiveAt })
      begun.push(handoverId)
      answers.push((await scene.run(handoverId)).body.code ?? 'scheduled')
      world.clock.advance({ hours: 25 })
    }
    expect(answers).toEqual(['scheduled', 'handover.over_leavers'])
    world.clock.advance({ hours: 72 })
    await world.runDueWork()
    const states = await Promise.all(begun.map(async (handoverId) => (await scene.show(handoverId)).state))
    expect(states).toEqual(['finished', 'draft'])
  })
})

describe('an Owner who leaves', () => {
  const own = (bea: string, wish: object = {}) => ({
    leaverId: bea,
    defaultSuccessorId: scene.successor,
    ...wish,
  })

  it('may have ordered it themselves, also with the role for their successor', async () => {
    for (const wish of [{}, { choices: [{ kind: 'role', way: 'pass_on' }] }]) {
      scene = await LeaverScene.open(world)
      const bea = await hire(scene.company, 'Bea Boss', { role: 'owner' })
      const boss = await scene.as(bea)
      const { handoverId, planHash } = bodyOf(await boss.post('/v1/handovers', own(bea, wish)), 201)
      bodyOf(await boss.post(`/v1/handovers/${handoverId}/run`, { planHash }), 202)
      await world.runDueWork()
      expect(await scene.show(handoverId)).toMatchObject({ state: 'finished', coverage: { skipped: 0 } })
      expect(await member(bea)).toMatchObject({ status: 'left', role: 'member' })
    }
  })

  it('gets the role back from an Owner only, not by the undo of an Admin', async () => {
    const bea = await hire(scene.company, 'Bea Boss', { role: 'owner' })
    const { handoverId } = await scene.runThrough(own(bea, { choices: [{ kind: 'role', way: 'pass_on' }] }))
    expect(await member(scene.successor)).toMatchObject({ role: 'owner' })
    const ada = await scene.secondPerson()
    bodyOf(await ada.post(`/v1/handovers/${handoverId}/undo`, {}), 202)
    await world.runDueWork()
    const role = (await scene.items(handoverId)).find(({ kind }) => kind === 'role')
    expect(role).toMatchObject({ state: 'observed', code: 'member.owner_only' })
    expect(await member(scene.successor)).toMatchObject({ role: 'owner' })
    expect(await member(bea)).toMatchObject({ role: 'member' })
  })
})
