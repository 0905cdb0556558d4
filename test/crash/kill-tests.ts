import { afterAll, beforeAll, describe, it } from 'vitest'
import { victims } from './baton-process.ts'
import { Killing, type KillSize } from './kill.ts'

/** The tests that kill Baton at random moments, short or long. */
export function killTests(size: KillSize): void {
  let killing: Killing
  const timeout = 120_000 * size.times
  beforeAll(async () => {
    killing = await Killing.begin(size)
  }, 120_000)
  afterAll(() => killing?.end(), 60_000)

  describe(`kill -9 at a random moment, ${size.times} of each`, () => {
    it('NUM-8 a batch that nobody disturbs ends', { timeout }, () => killing.measure('moves'))
    it('records come in when nobody disturbs', { timeout }, () => killing.measure('records'))

    it('HAN-3 a handover that nobody disturbs ends', { timeout }, () => killing.measure('handover'))

    for (const victim of victims) {
      it(
        `NUM-8 ALL-2 of ${victim} in a batch: it goes on by itself, and each move is made once`,
        { timeout },
        () => killing.kill('moves', victim),
      )
      it(
        `ALL-2 of ${victim} while records come in: what was answered is there, and each record once`,
        { timeout },
        () => killing.kill('records', victim),
      )
      it(
        `HAN-4 HAN-7 of ${victim} in a handover and in its undo: both go on, and each number moves once`,
        { timeout },
        () => killing.kill('handover', victim),
      )
    }
  })
}
