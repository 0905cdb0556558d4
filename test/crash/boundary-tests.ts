import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { holdingKinds } from '../../src/features/custody-ports/model.ts'
import { Boundaries, type Stretch, stretches } from './boundaries.ts'
import type { Cut } from './way.ts'

/** The tests that kill Baton at the boundaries of a handover's steps: at each, on both sides, or at every n-th cut. */
export function boundaryTests({ every, timeout }: { every: number; timeout: number }): void {
  let boundaries: Boundaries
  beforeAll(async () => {
    boundaries = await Boundaries.begin()
    await boundaries.measure()
  }, 120_000)
  afterAll(() => boundaries?.end(), 60_000)

  describe(`kill -9 at the boundaries of a handover's steps, ${every === 1 ? 'all' : `one of ${every}`}`, () => {
    it('HAN-1 the handover has a step of every kind, and takes back all that can come back', () => {
      const carriedOut = boundaries.stepsOf('run').map((step) => step.replace(/^carry out /, ''))
      expect(carriedOut).toEqual(expect.arrayContaining([...holdingKinds]))
      const back = boundaries.stepsOf('undo').map((step) => step.replace(/^undo /, ''))
      expect(back).toEqual(expect.arrayContaining([...holdingKinds]))
    })

    it('HAN-4 HAN-7 it goes on by itself, does nothing twice, and comes to what an undisturbed one does', {
      timeout,
    }, async () => {
      const cuts = { run: cutsOf(boundaries, 'run', every), undo: cutsOf(boundaries, 'undo', every) }
      const rounds = Math.max(cuts.run.length, cuts.undo.length)
      await boundaries.cutAll(
        Array.from({ length: rounds }, (_, round) => ({
          run: cuts.run[round] ?? null,
          undo: cuts.undo[round] ?? null,
        })),
      )
      for (const stretch of stretches) {
        const steps = boundaries.stepsOf(stretch).length
        expect(boundaries.cutsMade(stretch), stretch).toBe(Math.ceil((2 * steps) / every))
        process.stdout.write(`${stretch}: killed at ${cuts[stretch].length} of ${2 * steps} cuts\n`)
      }
    })
  })
}

// Both sides of every commit, then one of `every`; an odd `every` comes to both sides.
function cutsOf(boundaries: Boundaries, stretch: Stretch, every: number): readonly Cut[] {
  const all = boundaries.stepsOf(stretch).flatMap((_, place): Cut[] => [
    { at: place + 1, side: 'before' },
    { at: place + 1, side: 'after' },
  ])
  return all.filter((_, place) => place % every === 0)
}
