import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { bodyOf, createCompany } from '../../../test/builders.ts'
import { canonicalState } from '../../../test/canonical-state.ts'
import { applyWhole, repairPlanted } from '../../../test/imports/journey.ts'
import { openWorld, type World } from '../../../test/world.ts'

let world: World
beforeAll(async () => {
  world = await openWorld()
})
afterAll(() => world.close())

describe('10,000 rows with 600 planted problems', () => {
  it('MIG-3 are repaired, applied and taken back, and nothing is left of them', {
    timeout: 900_000,
  }, async () => {
    const company = await createCompany(world)
    const before = await canonicalState(world, company.companyId)
    const { sent, repaired, changes, sheet } = await repairPlanted(company, 10_000)
    expect(changes).toBeLessThanOrEqual(15)
    const lost = sheet.planted.filter(({ isRepairable }) => !isRepairable).length
    expect(repaired.counts).toMatchObject({ new: 10_000 - lost, error: lost })
    const done = await applyWhole(world, company, sent.importId)
    expect(done.operation).toMatchObject({ done: 10_000 - lost, failed: 0 })
    bodyOf(await company.owner.post(`/v1/imports/${sent.importId}/undo`), 202)
    await world.runDueWork()
    const gone = bodyOf(await company.owner.get(`/v1/imports/${sent.importId}`), 200)
    expect(gone).toMatchObject({ state: 'undone', undoOperation: { failed: 0 } })
    expect(await canonicalState(world, company.companyId)).toEqual(before)
  })
})
