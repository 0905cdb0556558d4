import { describe, expect, it } from 'vitest'
import { createBackoff } from './backoff.ts'

describe('a due row that fails', () => {
  it('rests twice as long each time, ten minutes at most, until it succeeds', () => {
    const backoff = createBackoff()
    const rests: number[] = []
    for (let turn = 0; turn < 12; turn++) {
      backoff.failed('row', 0)
      let seconds = 0
      while (backoff.resting(seconds * 1_000).includes('row')) seconds += 1
      rests.push(seconds)
    }
    expect(rests).toEqual([1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 600, 600])
    backoff.succeeded('row')
    expect(backoff.resting(0)).toEqual([])
  })

  it('is forgotten when nobody tries it any more', () => {
    const backoff = createBackoff()
    for (let turn = 0; turn < 10; turn++) backoff.failed('row', 0)
    backoff.resting(5_000_000)
    backoff.failed('row', 5_000_000)
    expect(backoff.resting(5_000_999)).toEqual(['row'])
    expect(backoff.resting(5_001_000)).toEqual([])
  })
})
