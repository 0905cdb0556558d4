import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { LeaverScene } from '../../../test/builders/handovers.ts'
import { bodyOf } from '../../../test/builders.ts'
import { type Answer, openWorld, type World } from '../../../test/world.ts'
import { type HandoverStep, stepFor } from '../custody-ports/index.ts'

let world: World
let scene: LeaverScene

beforeAll(async () => {
  world = await openWorld()
})
afterAll(() => world.close())
beforeEach(async () => {
  scene = await LeaverScene.open(world, { numbers: 3 })
})
afterEach(() => vi.restoreAllMocks())

/** Lets the step of numbers fail with an error of its own wherever this number is among them. */
function breakStep(does: 'carryOut' | 'observe' | 'undo', numberId: string | undefined): void {
  const step: HandoverStep = stepFor('number')
  const original = step[does].bind(step) as HandoverStep['carryOut']
  const broken: HandoverStep['carryOut'] = (tx, facts, items) => {
    if (items.some(({ holdingId }) => holdingId === numberId)) throw new TypeError('a mistake in the step')
    return original(tx, facts, items)
  }
  vi.spyOn(step as { carryOut: HandoverStep['carryOut'] }, does as 'carryOut').mockImplementation(broken)
}

/** Lets the runner try as often as it does; what it says of failures. */
async function tryOnAndOn(): Promise<Error[]> {
  const said: Error[] = []
  for (let turn = 0; turn < 7; turn++) {
    await world.runDueWork().catch((error: AggregateError) => said.push(...error.errors))
    world.clock.advance({ seconds: 20 })
  }
  return said
}

async function started(): Promise<string> {
  const { handoverId } = await scene.begin()
  bodyOf(await scene.run(handoverId), 202)
  return handoverId
}

function act(
  handoverId: string,
  item: Answer['body'],
  what: { readonly action: string; readonly [field: string]: unknown },
): Promise<Answer> {
  const { action, ...body } = what
  return scene.owner.post(`/v1/handovers/${handoverId}/items/${item.itemId}/${action}`, body)
}

describe('HAN-4 a step that meets an error of its own', { timeout: 90_000 }, () => {
  it('handover.step_failed: is given up after some tries, said in the log and to whoever runs it; the rest goes on', async () => {
    const [broken] = scene.numbers
    breakStep('carryOut', broken?.numberId)
    const handoverId = await started()
    const said = await tryOnAndOn()
    const items = await scene.items(handoverId, '?kind=number')
    expect(items.map(({ holdingId, state }) => [holdingId, state])).toEqual(
      expect.arrayContaining(
        scene.numbers.map(({ numberId }) => [
          numberId,
          numberId === broken?.numberId ? 'failed' : 'observed',
        ]),
      ),
    )
    const [failed] = items.filter(({ state }) => state === 'failed')
    expect(failed).toMatchObject({ code: 'handover.step_failed' })
    expect(await scene.show(handoverId)).toMatchObject({ state: 'running', coverage: { needsYou: 1 } })
    const given = said.filter(({ message }) => message.includes('was given up'))
    expect(given.map(({ message, cause }) => [message, cause])).toEqual([
      [expect.stringContaining(failed?.itemId), expect.any(TypeError)],
    ])

    vi.restoreAllMocks()
    bodyOf(await act(handoverId, failed, { action: 'retry' }), 200)
    await world.runDueWork()
    expect(await scene.show(handoverId)).toMatchObject({ state: 'finished', stillHeld: [] })
  })

  it('can be handed to a person, or skipped, too', async () => {
    const [broken] = scene.numbers
    breakStep('observe', broken?.numberId)
    const handoverId = await started()
    await tryOnAndOn()
    const [failed] = await scene.items(handoverId, '?state=failed')
    expect(failed).toMatchObject({ holdingId: broken?.numberId, code: 'handover.step_failed' })
    const handed = await act(handoverId, failed, {
      action: 'hand',
      toMemberId: scene.company.ownerMemberId,
      instructions: 'Look who has it',
    })
    expect(bodyOf(handed, 200)).toMatchObject({ state: 'handed', code: null })
    bodyOf(await act(handoverId, failed, { action: 'skip', reason: 'It is with Sam' }), 200)
    await world.runDueWork()
    expect(await scene.show(handoverId)).toMatchObject({ state: 'finished', coverage: { skipped: 1 } })
  })

  it('does not keep an undo from its end: what cannot come back stays and says so (HAN-7)', async () => {
    const { handoverId } = await scene.runThrough()
    const [broken] = scene.numbers
    breakStep('undo', broken?.numberId)
    bodyOf(await scene.owner.post(`/v1/handovers/${handoverId}/undo`, {}), 202)
    await tryOnAndOn()
    expect(await scene.show(handoverId)).toMatchObject({ state: 'undone' })
    const items = await scene.items(handoverId, '?kind=number')
    for (const item of items)
      expect(item).toMatchObject(
        item.holdingId === broken?.numberId
          ? { state: 'observed', code: 'handover.step_failed' }
          : { state: 'undone', code: null },
      )
    const held = await Promise.all(
      scene.numbers.map(async ({ numberId }) =>
        bodyOf(await scene.owner.get(`/v1/numbers/${numberId}`), 200),
      ),
    )
    expect(held.map(({ holder }) => holder.memberId)).toEqual([scene.successor, scene.leaver, scene.leaver])
  })
})
