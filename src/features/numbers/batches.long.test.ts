import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { compareWithModel, expectExact } from '../../../test/batches/compare.ts'
import { storm } from '../../../test/batches/storm.ts'
import { openWorld, type World } from '../../../test/world.ts'

let world: World
beforeAll(async () => {
  world = await openWorld()
})
afterAll(() => world.close())

describe('thousands of moves in random batches', () => {
  it('NUM-3 NUM-8 NUM-9 NUM-10 NUM-11 do what a simple model says, and what the dry run said', {
    timeout: 400_000,
  }, async () => {
    const tally = await compareWithModel(world, { runs: 2_000, steps: 40, timeLimitMs: 180_000 })
    // However slow the machine, chance has tried each of them some times.
    for (const deed of ['line move', 'line wait', 'undo-batch allowed', 'retry allowed', 'cancel allowed'])
      expect({ deed, times: tally.get(deed) ?? 0 }).toMatchObject({
        times: expect.toSatisfy((times) => times >= 3),
      })
  })

  for (const numbers of [12, 100])
    it(
      `NUM-1 NUM-3 NUM-8 40 seconds of overlapping batches over ${numbers} numbers leave every account exact`,
      { timeout: 150_000 },
      async () => expectExact(world, await storm(world, { seconds: 40, callers: 10, numbers, members: 6 })),
    )
})
