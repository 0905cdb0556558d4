import { describe, expect, it } from 'vitest'
import { movesAtOnce, movesLeft, numbersThatMatter } from './over-limit.ts'

describe('HAN-10 how many moves are left to one person', () => {
  it.each([
    ['by day only, up to 100 numbers', { moves: 12, numbers: 100 }, { perDay: 20, percent: 1 }, 8],
    ['by percentage above 100 numbers', { moves: 9, numbers: 101 }, { perDay: 1000, percent: 10 }, 1],
    ['none at the percentage', { moves: 10, numbers: 101 }, { perDay: 1000, percent: 10 }, 0],
    ['by day where that is less', { moves: 3, numbers: 100_000 }, { perDay: 5, percent: 10 }, 2],
  ])('%s', (_, made, limit, left) => {
    expect(movesLeft(made, limit)).toBe(left)
  })

  it.each([1, 10, 33, 100])('counting only the numbers that matter never shortens %s percent', (percent) => {
    const limit = { perDay: 1_000_000, percent }
    for (const moves of [0, 1, 10, 999]) {
      const numbers = numbersThatMatter(moves, limit)
      expect(movesLeft({ moves, numbers }, limit)).toBeGreaterThan(movesAtOnce)
    }
  })
})
