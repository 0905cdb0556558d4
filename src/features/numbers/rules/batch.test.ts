import { describe, expect, it } from 'vitest'
import { type Change, giveWay, sliceChanges } from './batch.ts'
import type { CompanyFacts, RecipientFacts } from './facts.ts'

const company: CompanyFacts = {
  licencesTotal: 10,
  licencesFree: 10,
  cooldownMinutes: 0,
  undoWindowHours: 72,
  minimumRetentionDays: 0,
  checkedCountries: new Set(),
}

function members(counts: Readonly<Record<string, number>>, cap: number): Map<string, RecipientFacts> {
  return new Map(
    Object.entries(counts).map(([memberId, counted]) => [
      memberId,
      { memberId, name: memberId, status: 'active', counted, heldNumbers: [], tier: 'connect', cap },
    ]),
  )
}

function changes(...pairs: readonly (readonly [string | null, string | null])[]): Change[] {
  return pairs.map(([from, to], position) => ({ position, from, to, needsLicence: false }))
}

describe('who gives way', () => {
  it('NUM-3 is whoever comes later to a full recipient, and who needed the room that they would have left', () => {
    const moves = changes([null, 'anna'], ['bela', 'anna'], ['cleo', 'bela'])
    const refused = giveWay(moves, { members: members({ anna: 4, bela: 5, cleo: 1 }, 5), company })
    expect([...refused.keys()].sort()).toEqual([1, 2])
  })

  it('NUM-3 a member who is above a lowered cap takes only what leaves them within it', () => {
    const moves = changes(['anna', null], ['anna', null], ['anna', null], [null, 'anna'], [null, 'anna'])
    const refused = giveWay(moves, { members: members({ anna: 7 }, 5), company })
    expect([...refused.keys()]).toEqual([4])
  })
})

describe('how a batch is cut', () => {
  it('NUM-3 keeps together what passes through full hands, and gives what is linked too long no slice', () => {
    const ring = changes(['anna', 'bela'], ['bela', 'cleo'], ['cleo', 'anna'], [null, 'dora'])
    const full = members({ anna: 5, bela: 5, cleo: 5, dora: 0 }, 5)
    const cut = sliceChanges(ring, full, { size: 2, mostLinked: null })
    expect(cut).toMatchObject({ slices: 2, tooLong: new Map() })
    expect(new Set([0, 1, 2].map((position) => cut.sliceOf.get(position))).size).toBe(1)
    const short = sliceChanges(ring, full, { size: 2, mostLinked: 2 })
    expect(short).toMatchObject({ slices: 1, sliceOf: new Map([[3, 0]]) })
    expect([...short.tooLong]).toEqual([
      [0, 3],
      [1, 3],
      [2, 3],
    ])
  })

  it('NUM-8 finds one ring through 20,000 full hands in a moment', () => {
    const hands = 20_000
    const ids = Array.from({ length: hands }, (_, index) => `member ${index}`)
    const ring = changes(...ids.map((id, index) => [id, ids[(index + 1) % hands] ?? null] as const))
    const again = ring.map((change) => ({ ...change, position: change.position + hands }))
    const full = members(Object.fromEntries(ids.map((id) => [id, 5])), 5)
    const from = process.cpuUsage().user
    const { slices } = sliceChanges([...ring, ...again], full, { size: 2_000, mostLinked: null })
    expect(slices).toBe(1)
    expect((process.cpuUsage().user - from) / 1000).toBeLessThan(2_000)
  })
})
