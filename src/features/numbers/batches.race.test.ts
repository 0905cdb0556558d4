import { afterAll, beforeAll, describe, it } from 'vitest'
import { expectExact } from '../../../test/batches/compare.ts'
import { storm } from '../../../test/batches/storm.ts'
import { openWorld, type World } from '../../../test/world.ts'

let world: World
beforeAll(async () => {
  world = await openWorld()
})
afterAll(() => world.close())

const seconds = Number(process.env['BATON_STORM_SECONDS'] ?? 5)

describe('overlapping batches, undos and single moves by six callers, with two processes that run them', () => {
  it(
    'NUM-1 NUM-3 NUM-8 leave every account exact, and never lock each other out',
    { timeout: (seconds + 60) * 1000 },
    async () => expectExact(world, await storm(world, { seconds, callers: 6, numbers: 24, members: 6 })),
  )
})
