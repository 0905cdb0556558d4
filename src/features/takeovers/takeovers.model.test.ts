import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { historyThatSeals, playTakeovers, stepsOfTakeovers } from '../../../test/takeovers-model.ts'
import { openWorld, type World } from '../../../test/world.ts'

const histories = 8
const manyMinutes = 10 * 60_000

let world: World
beforeAll(async () => {
  world = await openWorld()
})
afterAll(() => world.close())

describe('ACC-5 ACC-6 ACC-7 identifiers and sealing as a whole', () => {
  it(
    `${histories} random histories lead neither to two holders nor to an account without a way in, sealed ones apart`,
    async () => {
      await fc.assert(
        fc.asyncProperty(stepsOfTakeovers, (steps) => playTakeovers(world, steps)),
        { numRuns: histories, endOnFailure: true, examples: [[historyThatSeals]] },
      )
      const { rows } = await world.tamper(
        `select array_agg(distinct kind order by kind) as kinds from security_events where kind in ('sealed', 'recovered')`,
      )
      expect(rows, 'what the histories came through').toEqual([{ kinds: ['recovered', 'sealed'] }])
    },
    manyMinutes,
  )
})
