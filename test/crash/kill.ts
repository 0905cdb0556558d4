import { randomInt } from 'node:crypto'
import { expect } from 'vitest'
import { BatonProcess, createChance, type Victim } from './baton-process.ts'
import { handoverRound } from './handovers.ts'
import { ingestRound } from './ingest.ts'
import { movesRound } from './moves.ts'

export interface KillSize {
  /** How often each of the two victims is killed in the middle of each kind of work. */
  readonly times: number
  readonly numbers: number
  readonly sliceSize: number
  /** Lines of each stream of records. */
  readonly lines: number
}

type Work = 'moves' | 'records' | 'handover'

const roundOf = { moves: movesRound, records: ingestRound, handover: handoverRound } as const

/** Kills Baton again and again at random moments of its work, and looks each time at what it has kept. */
export class Killing {
  readonly #baton: BatonProcess
  readonly #size: KillSize
  readonly #chance: () => number
  readonly #took: Record<Work, number> = { moves: 0, records: 0, handover: 0 }
  readonly seed: number
  #companies = 0

  private constructor(baton: BatonProcess, size: KillSize) {
    this.#baton = baton
    this.#size = size
    this.seed = Number(process.env['BATON_TEST_SEED'] ?? randomInt(2 ** 31))
    this.#chance = createChance(this.seed)
  }

  static async begin(size: KillSize): Promise<Killing> {
    const killing = new Killing(await BatonProcess.create(), size)
    await killing.#baton.start()
    return killing
  }

  /** Does the work undisturbed, to know how long it takes on this machine. */
  async measure(work: Work): Promise<void> {
    this.#took[work] = (await this.#round(work, { killAfterMs: null, kill: async () => {} })).took
  }

  /** Kills it that often at random moments of the work. */
  async kill(work: Work, victim: Victim): Promise<void> {
    for (let time = 1; time <= this.#size.times; time++) {
      const killAfterMs = Math.round(this.#chance() * this.#took[work])
      let said = ''
      const kill = async () => {
        await this.#baton.kill(victim)
        said = await this.#baton.start()
      }
      const { says } = await this.#round(work, { killAfterMs, kill })
      // A database that has outlived Baton is taken over, one that was killed is started anew.
      expect(said.includes('adopted')).toBe(victim === 'the server')
      process.stdout.write(`${work}, ${victim} killed after ${killAfterMs} ms (seed ${this.seed}): ${says}\n`)
    }
  }

  #round(work: Work, stop: { killAfterMs: number | null; kill(): Promise<void> }) {
    const index = this.#companies++
    return roundOf[work](this.#baton, { ...this.#size, ...stop, index })
  }

  end(): Promise<void> {
    return this.#baton.remove()
  }
}
