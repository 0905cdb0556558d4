import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { carryManyThrough } from '../../../test/handovers/carry-through.ts'
import { openWorld, type World } from '../../../test/world.ts'

let world: World
beforeAll(async () => {
  world = await openWorld()
})
afterAll(() => world.close())

describe('random leavers, choices and faults', () => {
  it('HAN-4 HAN-7 HAN-9 nothing is lost or done twice, and an undo brings everything back', {
    timeout: 240_000,
  }, async () => {
    const ends = await carryManyThrough(world, { runs: 25, timeLimitMs: 180_000 })
    expect(ends.get('finished') ?? 0).toBeGreaterThan(0)
    expect(ends.get('cut short') ?? 0).toBeGreaterThan(0)
    expect(ends.get('undone') ?? 0).toBeGreaterThan(3)
  })
})
