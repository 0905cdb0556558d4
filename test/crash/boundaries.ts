import path from 'node:path'
import { expect } from 'vitest'
import type { TrustedKey } from '../../src/features/audit/index.ts'
import { verifyReceipt } from '../../src/features/handovers/receipt/verify.ts'
import { createKeyRing } from '../../src/platform/crypto/key-ring.ts'
import { faultsOf } from '../batches/faults.ts'
import { BatonProcess } from './baton-process.ts'
import { ledgerFindings, must, type Question } from './company.ts'
import { createLeaving, type LeavingCompany } from './leaver.ts'
import { type Account, accountOf, stateOf } from './undisturbed.ts'
import { type Cut, Way } from './way.ts'

/** The way to the end and the way back. */
export const stretches = ['run', 'undo'] as const
export type Stretch = (typeof stretches)[number]

/** Where each stretch of one handover is cut; null for nowhere. */
export type Cuts = Readonly<Record<Stretch, Cut | null>>

const lanesAtOnce = 2

/** Handovers of equal companies, each cut by `kill -9` at boundaries of its steps, and what an undisturbed one comes to. */
export class Boundaries {
  readonly #lanes: readonly BatonProcess[]
  readonly #wanted = new Map<Stretch, Account>()
  readonly #steps = new Map<Stretch, readonly string[]>()
  readonly #made: Record<Stretch, number> = { run: 0, undo: 0 }
  #companies = 0

  private constructor(lanes: readonly BatonProcess[]) {
    this.#lanes = lanes
  }

  /** Starts Batons that are killed side by side: most of the time goes into starting them again. */
  static async begin(): Promise<Boundaries> {
    const lanes = await Promise.all(
      Array.from({ length: lanesAtOnce }, () => BatonProcess.create({ isArmed: true })),
    )
    await Promise.all(lanes.map((baton) => baton.start()))
    return new Boundaries(lanes)
  }

  /** What the commits of an undisturbed run or undo are about, in their order. */
  stepsOf(stretch: Stretch): readonly string[] {
    const steps = this.#steps.get(stretch)
    if (!steps) throw new Error('measured first')
    return steps
  }

  /** How often it was killed on that stretch. */
  cutsMade(stretch: Stretch): number {
    return this.#made[stretch]
  }

  /** Goes the whole way undisturbed, and keeps what it came to. */
  async measure(): Promise<void> {
    const [baton] = this.#lanes
    if (baton) await this.#go(baton, { run: null, undo: null })
  }

  /** Goes the whole way for each, killed once on each stretch where a cut is told: it comes to what was measured. */
  async cutAll(rounds: readonly Cuts[]): Promise<void> {
    const left = [...rounds]
    await Promise.all(
      this.#lanes.map(async (baton) => {
        for (let cuts = left.shift(); cuts; cuts = left.shift()) await this.#go(baton, cuts)
      }),
    )
  }

  async end(): Promise<void> {
    await Promise.all(this.#lanes.map((baton) => baton.remove()))
  }

  async #go(baton: BatonProcess, cuts: Cuts): Promise<void> {
    const company = await createLeaving(baton, this.#companies++)
    const messages = await messagesIn(company)
    const before = await stateOf(company, ['tokens'])
    const undo: Question = {
      method: 'POST',
      path: `/v1/handovers/${company.handoverId}/undo`,
      body: {},
      key: `undo ${company.handoverId}`,
    }
    const ways = { run: { ask: company.run, end: 'finished' }, undo: { ask: undo, end: 'undone' } } as const
    for (const stretch of stretches) {
      const way = new Way(company, { ...ways[stretch], cut: cuts[stretch] })
      const steps = await way.go()
      this.#made[stretch] += way.deaths
      await this.#lookAt(company, { stretch, cut: cuts[stretch], steps, messages })
    }
    expect(await stateOf(company, ['tokens']), 'HAN-7 the exact previous state').toEqual(before)
  }

  async #lookAt(company: LeavingCompany, seen: Seen): Promise<void> {
    expect(await ledgerFindings(company)).toEqual([])
    const { baton, companyId } = company
    const faults = await baton.asSuperuser((client) =>
      faultsOf((sql, values) => client.query(sql, values), companyId, 'instants'),
    )
    expect(faults).toEqual([])
    await mustVerify(company)
    const account = { ...(await accountOf(company)), messages: (await messagesIn(company)) - seen.messages }
    const { stretch, cut } = seen
    if (!this.#wanted.has(stretch)) {
      this.#wanted.set(stretch, account)
      this.#steps.set(stretch, seen.steps)
    }
    expect(account, `${stretch} killed ${cut?.side} commit ${cut?.at}`).toEqual(this.#wanted.get(stretch))
  }
}

interface Seen {
  readonly stretch: Stretch
  readonly cut: Cut | null
  readonly steps: readonly string[]
  /** How many there were before. */
  readonly messages: number
}

async function messagesIn({ baton }: LeavingCompany): Promise<number> {
  const { rows } = await baton.asSuperuser((client) => client.query('select count(*)::integer from messages'))
  return rows[0].count
}

// By the keys in the data folder, as `baton receipt verify` does.
async function mustVerify(company: LeavingCompany): Promise<void> {
  const { baton, handoverId } = company
  const file = await must(company, { method: 'GET', path: `/v1/handovers/${handoverId}/receipt` })
  const pinned = await createKeyRing(path.join(baton.folder, 'keys')).pinned()
  const keys = pinned.map(
    ({ keyName, publicKey, retiredAt }): TrustedKey => ({ keyName, publicKey, validUntil: retiredAt }),
  )
  expect(verifyReceipt(JSON.stringify(file), keys).findings).toEqual([])
}
