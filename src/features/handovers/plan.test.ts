import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { LeaverScene } from '../../../test/builders/handovers.ts'
import { addNumber, heldNumber, hire } from '../../../test/builders/numbers.ts'
import { ledgerOf } from '../../../test/builders/people.ts'
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

function numbersOf(plan: Body): Body[] {
  return plan.items.filter((item: Body) => item.kind === 'number')
}

describe('HAN-2 the plan of a handover', () => {
  it('names every holding with from, to, way and order, and writes nothing', async () => {
    const { handoverId, state } = await scene.begin()
    expect(state).toBe('draft')
    const plan = await scene.plan(handoverId)
    expect(plan).toMatchObject({ isWritten: true, difference: null, blocked: 0, needsApproval: false })
    expect(plan.total).toBe(plan.items.length)
    expect(
      numbersOf(plan)
        .map((item) => item.label)
        .sort(),
    ).toEqual(scene.numbers.map(({ e164 }) => e164).sort())
    for (const item of numbersOf(plan))
      expect(item).toMatchObject({ way: 'pass_on', to: { memberId: scene.successor }, history: 'keep' })
    const inOrder = plan.items.toSorted((one: Body, other: Body) => one.position - other.position)
    expect(inOrder[0]).toMatchObject({ kind: 'access', way: 'end', phase: 'access' })
    expect(inOrder.at(-1)).toMatchObject({ kind: 'membership', phase: 'membership' })
    expect(
      bodyOf(await scene.owner.get(`/v1/numbers/${scene.numbers[0]?.numberId}`), 200).holder.memberId,
    ).toBe(scene.leaver)
  })

  it('has the same hash each time it is asked for, and another one for another decision', async () => {
    const { handoverId } = await scene.begin()
    const first = await scene.plan(handoverId)
    expect((await scene.plan(handoverId)).planHash).toBe(first.planHash)
    const choices = [{ kind: 'number', id: scene.numbers[0]?.numberId, history: 'hide' }]
    bodyOf(await scene.owner.patch(`/v1/handovers/${handoverId}`, { choices }), 200)
    expect((await scene.plan(handoverId)).planHash).not.toBe(first.planHash)
  })

  it('groups by who gets it, and follows a choice of one holding, of a kind, and of the whole', async () => {
    const other = await hire(scene.company, 'Otto Other')
    const [one] = scene.numbers
    const { handoverId } = await scene.begin({
      choices: [
        { kind: 'number', id: one?.numberId, toMemberId: other },
        { kind: 'number', way: 'park' },
      ],
    })
    const plan = await scene.plan(handoverId)
    const byLabel = new Map(numbersOf(plan).map((item) => [item.label, item]))
    expect(byLabel.get(one?.e164 ?? '')).toMatchObject({
      way: 'pass_on',
      to: { memberId: other },
      isChosen: true,
    })
    expect(byLabel.get(scene.numbers[1]?.e164 ?? '')).toMatchObject({
      way: 'park',
      to: null,
      isChosen: false,
    })
    expect(plan.groups[0]).toMatchObject({ to: { memberId: other }, way: 'pass_on', items: 1 })
    expect(plan.groups.map((group: Body) => group.way)).toContain('park')
  })

  it('pages through its items without losing or repeating one', async () => {
    const { handoverId } = await scene.begin()
    const whole = await scene.plan(handoverId)
    const seen: Body[] = []
    let cursor = ''
    do {
      const page = await scene.plan(handoverId, `?limit=2${cursor}`)
      seen.push(...page.items)
      cursor = page.nextCursor === null ? '' : `&cursor=${encodeURIComponent(page.nextCursor)}`
    } while (cursor !== '')
    expect(seen).toEqual(whole.items)
    expect((await scene.plan(handoverId, '?kind=number')).items).toHaveLength(2)
    const foul = await scene.owner.get(`/v1/handovers/${handoverId}/plan?cursor=x`)
    expect(bodyOf(foul, 400).code).toBe('page.cursor_invalid')
  })

  it('parks what nobody is chosen for, gives it to the fallback where there is one, and shows a blocker else', async () => {
    const alone = await scene.begin({ defaultSuccessorId: null })
    for (const item of numbersOf(await scene.plan(alone.handoverId))) expect(item.way).toBe('park')
    const held = await scene.begin({
      defaultSuccessorId: null,
      choices: [{ kind: 'number', way: 'pass_on' }],
    })
    const plan = await scene.plan(held.handoverId, '?only=blocked')
    expect(plan.items).toHaveLength(2)
    expect(plan.items[0].blockers[0]).toMatchObject({ code: 'successor.missing' })
    const kept = await scene.begin({ defaultSuccessorId: null, fallbackId: scene.successor })
    for (const item of numbersOf(await scene.plan(kept.handoverId)))
      expect(item.to).toMatchObject({ memberId: scene.successor })
  })

  it('NUM-3 sends what the successor has no room for to the fallback, and says so', async () => {
    const fallback = await hire(scene.company, 'Fay Fallback')
    for (let count = 0; count < 4; count += 1) await heldNumber(scene.company, scene.successor)
    const blocked = await scene.begin()
    expect((await scene.plan(blocked.handoverId)).blocked).toBeGreaterThan(0)
    const { handoverId } = await scene.begin({ fallbackId: fallback })
    const plan = await scene.plan(handoverId)
    expect(plan.blocked).toBe(0)
    const [kept] = numbersOf(plan).filter((item) => item.to.memberId === scene.successor)
    const moved = numbersOf(plan).filter((item) => item.to.memberId === fallback)
    expect([kept ? 1 : 0, moved.length]).toEqual([1, 1])
    expect(moved[0].warnings.map((warning: Body) => warning.code)).toContain('handover.took_fallback')
  })

  it('speaks the language of its reader', async () => {
    const { handoverId } = await scene.begin({
      defaultSuccessorId: null,
      choices: [{ kind: 'number', way: 'pass_on' }],
    })
    const chinese = scene.owner.with({ 'accept-language': 'zh-CN' })
    const plan = bodyOf(await chinese.get(`/v1/handovers/${handoverId}/plan?only=blocked`), 200)
    expect(plan.items[0].blockers[0].title).toMatch(/\p{Script=Han}/u)
  })

  it('warns of another handover that is under way with the same holdings', async () => {
    const first = await scene.begin({ effectiveAt: '2030-01-01T00:00:00Z' })
    bodyOf(await scene.run(first.handoverId), 202)
    const second = await scene.begin()
    const [item] = numbersOf(await scene.plan(second.handoverId))
    expect(item?.warnings).toContainEqual(
      expect.objectContaining({ code: 'handover.also_in', data: { handoverId: first.handoverId } }),
    )
  })
})

describe('HAN-2 a plan that does not hold any more', () => {
  it('shows the difference, refuses the run with it, and runs once it is written down anew', async () => {
    const { handoverId, planHash } = await scene.begin()
    const late = await heldNumber(scene.company, scene.leaver)
    world.clock.advance({ hours: 1 })
    const plan = await scene.plan(handoverId)
    expect(plan).toMatchObject({ isWritten: false, difference: { added: 1, removed: 0, changed: 0 } })
    expect(plan.difference.items[0]).toMatchObject({
      change: 'added',
      label: late.e164,
      holdingId: late.numberId,
    })
    const refused = await scene.owner.post(`/v1/handovers/${handoverId}/run`, { planHash })
    expect(bodyOf(refused, 409)).toMatchObject({
      code: 'handover.plan_changed',
      planHash: plan.planHash,
      difference: { added: 1 },
    })
    const anew = bodyOf(await scene.owner.post(`/v1/handovers/${handoverId}/plan`), 200)
    expect(anew.planHash).toBe(plan.planHash)
    expect((await scene.plan(handoverId)).isWritten).toBe(true)
    expect(await ledgerOf(scene.company, handoverId)).toEqual(['handover.planned', 'handover.created'])
  })

  it('is the same again when what came is gone', async () => {
    const { handoverId, planHash } = await scene.begin()
    const late = await heldNumber(scene.company, scene.leaver)
    bodyOf(await scene.owner.post(`/v1/numbers/${late.numberId}/park`, {}), 200)
    expect(await scene.plan(handoverId)).toMatchObject({ planHash, isWritten: true, difference: null })
  })
})

describe('a handover that makes no sense', () => {
  const cases: [string, string, (scene: LeaverScene) => object][] = [
    ['handover.same_member', 'to the leaver', (s) => ({ defaultSuccessorId: s.leaver })],
    ['handover.same_member', 'to the leaver as fallback', (s) => ({ fallbackId: s.leaver })],
    ['handover.end_needed', 'a loan without an end', () => ({ kind: 'loan' })],
    ['handover.end_of_loans_only', 'an end without a loan', () => ({ endsAt: '2030-01-01T00:00:00Z' })],
    [
      'handover.end_before_start',
      'an end before the start',
      () => ({ kind: 'loan', effectiveAt: '2030-02-01T00:00:00Z', endsAt: '2030-01-01T00:00:00Z' }),
    ],
    [
      'handover.way_not_possible',
      'a number that ends',
      () => ({ choices: [{ kind: 'number', way: 'end' }] }),
    ],
  ]
  for (const [code, what, wishOf] of cases)
    it(`is refused as ${code}: ${what}`, async () => {
      const order = { leaverId: scene.leaver, defaultSuccessorId: scene.successor, ...wishOf(scene) }
      expect(bodyOf(await scene.owner.post('/v1/handovers', order), 422).code).toBe(code)
    })

  it('handover.not_held: a choice about something that somebody else holds', async () => {
    const parked = await addNumber(scene.company)
    const order = { leaverId: scene.leaver, choices: [{ kind: 'number', id: parked.numberId, way: 'park' }] }
    expect(bodyOf(await scene.owner.post('/v1/handovers', order), 422)).toMatchObject({
      code: 'handover.not_held',
      choices: [{ kind: 'number', id: parked.numberId }],
    })
  })

  it('handover.leaver_left: of somebody who has left', async () => {
    const gone = await hire(scene.company, 'Gone')
    bodyOf(await scene.owner.patch(`/v1/members/${gone}`, { status: 'left' }), 200)
    expect(bodyOf(await scene.owner.post('/v1/handovers', { leaverId: gone }), 409).code).toBe(
      'handover.leaver_left',
    )
  })

  it('thing.not_found: of or to nobody', async () => {
    const nobody = '0190a000-0000-7000-8000-00000000dead'
    for (const order of [{ leaverId: nobody }, { leaverId: scene.leaver, defaultSuccessorId: nobody }])
      expect(bodyOf(await scene.owner.post('/v1/handovers', order), 404).code).toBe('thing.not_found')
  })
})
