import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { compareWithModel } from '../../../test/records-model.ts'
import { openWorld, type World } from '../../../test/world.ts'

let world: World
beforeAll(async () => {
  world = await openWorld()
})
afterAll(() => world.close())

describe('any order of records, moves, deletions, holds and time', () => {
  it('NUM-5 NUM-6 NUM-11 ALL-7 shows everybody what a simple model says', { timeout: 150_000 }, async () => {
    const compared = await compareWithModel(world, { runs: 8, steps: 40, timeLimitMs: 90_000 })
    expect(compared).toBeGreaterThanOrEqual(2)
  })
})
