import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readMutants } from '../../../test/spreadsheets/mutants.ts'
import { Uploads } from '../../../test/spreadsheets/read-all.ts'

let uploads: Uploads
beforeAll(async () => {
  uploads = await Uploads.open()
})
afterAll(() => uploads.close())

describe('five thousand files that were damaged at random', () => {
  it('are read or refused, in time and within the limits', { timeout: 300_000 }, async () => {
    const seed = Number(process.env['BATON_TEST_SEED'] ?? Date.now() % 1_000_000)
    const { read, faults } = await readMutants(uploads, { seed, count: 5000, inProcessEvery: 100 })
    // Some damage does not show; most of it does.
    expect(read).toBeGreaterThan(0)
    expect(faults.get('damaged') ?? 0).toBeGreaterThan(0)
  })
})
