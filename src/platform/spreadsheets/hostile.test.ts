import { monitorEventLoopDelay } from 'node:perf_hooks'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { hostileFiles } from '../../../test/spreadsheets/hostile-files.ts'
import { Uploads } from '../../../test/spreadsheets/read-all.ts'
import { SpreadsheetError } from './fault.ts'
import type { ReadUsage } from './wire.ts'

const mostBytes = 128 * 1024 * 1024
const mostSeconds = 15
// What the process that answers people may be held up by, on a machine that does other things as well: by half of the
// files, by all but a few, by any.
const mostDelaysMs = [
  [0.5, 100],
  [0.95, 250],
  [1, 1000],
] as const

let uploads: Uploads
beforeAll(async () => {
  uploads = await Uploads.open()
})
afterAll(() => uploads.close())

describe('a file that was made to kill its reader', () => {
  const delays: number[] = []

  it.each(hostileFiles)('%s', async (_, make, fault) => {
    const bytes = make()
    const used: ReadUsage[] = []
    const delay = monitorEventLoopDelay({ resolution: 5 })
    // The first turn would count the making of the file.
    await new Promise((resolve) => setImmediate(resolve))
    delay.enable()
    const found = await uploads.read(bytes, { onUsage: (usage) => used.push(usage) }).then(
      () => null,
      (error: unknown) => {
        if (error instanceof SpreadsheetError) return error.fault
        throw error
      },
    )
    delay.disable()
    delays.push(delay.max / 1e6)
    expect(found).toBe(fault)
    if (fault === 'empty' || fault === 'too_large') return
    const [usage] = used
    expect(usage?.seconds).toBeLessThan(mostSeconds)
    expect(usage?.peakBytes ?? 0).toBeLessThan(mostBytes)
  })

  it('there are a hundred of them, and no two alike', () => {
    const names = hostileFiles.map(([name]) => name)
    expect(new Set(names).size).toBe(names.length)
    expect(names.length).toBeGreaterThanOrEqual(100)
  })

  it('holds nobody else up meanwhile', () => {
    const sorted = delays.toSorted((one, other) => one - other)
    expect(sorted.length).toBe(hostileFiles.length)
    for (const [share, mostMs] of mostDelaysMs)
      expect(sorted[Math.ceil(sorted.length * share) - 1]).toBeLessThan(mostMs)
  })
})
