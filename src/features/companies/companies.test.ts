import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createCompany } from '../../../test/builders.ts'
import { openWorld, type World } from '../../../test/world.ts'

let world: World
beforeAll(async () => {
  world = await openWorld()
})
afterAll(() => world.close())

describe('a company', () => {
  it('reads', async () => {
    const company = await createCompany(world, { policies: { cooldownMinutes: 5 } })
    const answer = await company.owner.get('/v1/company')
    expect(answer.body).toMatchObject({
      companyId: company.companyId,
      policies: { cooldownMinutes: 5, undoWindowHours: 72 },
      version: 2,
    })
  })
})
