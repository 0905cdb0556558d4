import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { carryManyThrough } from '../../../test/handovers/carry-through.ts'
import { openWorld, type World } from '../../../test/world.ts'

let world: World
beforeAll(async () => {
  world = await openWorld()
})
afterAll(() => world.close())

describe('hundreds of random leavers, choices and faults', () => {
  it('HAN-4 HAN-7 HAN-9 nothing is lost or done twice, and an undo brings everything back', {
    timeout: 500_000,
  }, async () => {
    const ends = await carryManyThrough(world, { runs: 300, timeLimitMs: 300_000 })
    // However slow the machine, chance has brought some to each end.
    for (const end of ['finished', 'cut short', 'undone'])
      expect({ end, times: ends.get(end) ?? 0 }).toMatchObject({
        times: expect.toSatisfy((times) => times >= 3),
      })
  })
})
