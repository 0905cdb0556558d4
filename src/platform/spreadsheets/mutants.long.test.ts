import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readMutants } from '../../../test/spreadsheets/mutants.ts'
import { Uploads } from '../../../test/spreadsheets/read-all.ts'

let uploads: Uploads
beforeAll(async () => {
  uploads = await Uploads.open()
})
afterAll(() => uploads.close())

describe('fifty thousand files that were damaged at random', () => {
  // `BATON_TEST_RUNS=1000000` reads as many as a night has time for.
  it('are read or refused, in time and within the limits', { timeout: 3_600_000 }, async () => {
    const seed = Number(process.env['BATON_TEST_SEED'] ?? Date.now() % 1_000_000)
    const count = Number(process.env['BATON_TEST_RUNS'] ?? 50_000)
    const { read, faults } = await readMutants(uploads, { seed, count, inProcessEvery: 250 })
    expect(read + [...faults.values()].reduce((sum, times) => sum + times, 0)).toBe(count)
  })
})
