import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { compareWithModel } from '../../../test/records-model.ts'
import { openWorld, type World } from '../../../test/world.ts'

let world: World
beforeAll(async () => {
  world = await openWorld()
})
afterAll(() => world.close())

describe('many long orders of records, moves, deletions, holds and time', () => {
  it('NUM-5 NUM-6 NUM-11 ALL-7 show everybody what a simple model says', { timeout: 480_000 }, async () => {
    const compared = await compareWithModel(world, { runs: 60, steps: 80, timeLimitMs: 300_000 })
    expect(compared).toBeGreaterThanOrEqual(10)
  })
})
