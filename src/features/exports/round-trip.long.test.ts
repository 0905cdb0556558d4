import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, it } from 'vitest'
import { expectRoundTrips } from '../../../test/round-trips.ts'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'baton-round-trip-'))
})
afterAll(() => rm(folder, { recursive: true }))

describe('thousands of files of members or numbers', () => {
  it('that were exported are imported as what they were', { timeout: 600_000 }, () =>
    expectRoundTrips(folder, 10_000),
  )
})
