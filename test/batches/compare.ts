import fc from 'fast-check'
import { expect } from 'vitest'
import type { World } from '../world.ts'
import { ComparedCompany, type Tally } from './company.ts'
import { faultsOf } from './faults.ts'
import { BatchModel } from './model.ts'
import { histories, told } from './steps.ts'
import type { StormEnd } from './storm.ts'

/** Takes random histories of batches and compares after every step what Baton shows with what the model says. */
export async function compareWithModel(
  world: World,
  size: { readonly runs: number; readonly steps: number; readonly timeLimitMs: number },
): Promise<Tally> {
  const seed = Number(process.env['BATON_TEST_SEED'] ?? Date.now() % 1_000_000)
  const tally: Tally = new Map()
  await fc.assert(
    fc.asyncProperty(histories(size.steps), async (history) => {
      const model = new BatchModel(history.cap, history.limit)
      const company = await ComparedCompany.open(world, { history, model, tally })
      for (const step of history.steps) await company.take(step)
      await company.compareOperations()
      expect(await faultsOf(world.tamper, company.companyId, 'instants')).toEqual([])
      tally.set('histories', (tally.get('histories') ?? 0) + 1)
    }),
    {
      examples: told.map((history) => [history]),
      numRuns: Number(process.env['BATON_TEST_RUNS'] ?? size.runs),
      seed,
      verbose: 0,
      endOnFailure: process.env['BATON_TEST_SHRINK'] === undefined,
      interruptAfterTimeLimit: size.timeLimitMs,
      markInterruptAsFailure: false,
    },
  )
  if (process.env['BATON_TEST_SHOW'] || process.env['BATON_LONG'])
    process.stdout.write(
      `batches against their model, seed ${seed}: ${JSON.stringify(Object.fromEntries([...tally].sort()))}\n`,
    )
  return tally
}

/** After a storm: nobody met a bug, nobody waited in a ring, everything came to its end, every account is exact. */
export async function expectExact(world: World, end: StormEnd): Promise<void> {
  const { companyId, bugs, collisions, outcomes, states } = end
  if (process.env['BATON_STORM_SHOW'] || process.env['BATON_LONG'])
    process.stdout.write(
      `storm: ${JSON.stringify({ collisions, states: [...states], outcomes: [...outcomes].sort() })}\n`,
    )
  expect(bugs).toEqual([])
  expect(await faultsOf(world.tamper, companyId, 'now')).toEqual([])
  expect([...states.keys()].filter((state) => state !== 'done' && state !== 'cancelled')).toEqual([])
  expect(states.get('done')).toBeGreaterThan(5)
  expect(collisions).toBe(0)
  const { rows } = await world.tamper(
    'select deadlocks from pg_stat_database where datname = current_database()',
  )
  expect(rows).toEqual([{ deadlocks: '0' }])
}
