import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { carryThrough } from '../../../test/handovers/carry-through.ts'
import { leavingArbitrary } from '../../../test/handovers/random-leaver.ts'
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
    const ends = new Map<string, number>()
    await fc.assert(
      fc.asyncProperty(leavingArbitrary, async (wish) => {
        for (const end of await carryThrough(world, wish)) ends.set(end, (ends.get(end) ?? 0) + 1)
      }),
      { numRuns: 25 },
    )
    expect(ends.get('finished') ?? 0).toBeGreaterThan(5)
    expect(ends.get('undone') ?? 0).toBeGreaterThan(15)
  })
})
