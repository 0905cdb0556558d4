import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { compareWithModel } from '../../../test/batches/compare.ts'
import { openWorld, type World } from '../../../test/world.ts'

let world: World
beforeAll(async () => {
  world = await openWorld()
})
afterAll(() => world.close())

describe('any order of batches, their undos, single moves and time', () => {
  it('NUM-3 NUM-8 NUM-9 NUM-10 NUM-11 does what a simple model says, and what the dry run said', {
    timeout: 120_000,
  }, async () => {
    const tally = await compareWithModel(world, { runs: 12, steps: 30, timeLimitMs: 60_000 })
    expect(tally.get('histories')).toBeGreaterThan(3)
  })
})
