import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createCompany, type TestCompany } from '../../../test/builders.ts'
import { fillCompany } from '../../../test/fill.ts'
import { openWorld, type World } from '../../../test/world.ts'

describe('paging through numbers', () => {
  let world: World
  let company: TestCompany
  beforeAll(async () => {
    world = await openWorld()
    company = await createCompany(world)
    await fillCompany(world, company.companyId, 1)
  }, 120_000)
  afterAll(() => world.close())

  it.each(['createdAt', '-createdAt', 'e164', '-e164'])('by %s loses and repeats none', async (sort) => {
    const seen = new Set<string>()
    let next = ''
    for (let page = 0; page < 10; page++) {
      const { body } = await company.owner.get(`/v1/numbers?limit=200&sort=${sort}${next}`)
      for (const item of body.items) seen.add(item.numberId)
      next = `&cursor=${body.nextCursor}`
    }
    expect(seen.size).toBe(2000)
  })

  it('refuses a cursor of another list', async () => {
    const { body } = await company.owner.get('/v1/numbers?limit=1&sort=e164')
    const refused = await company.owner.get(`/v1/numbers?cursor=${body.nextCursor}`)
    expect(refused.body.code).toBe('page.cursor_invalid')
  })
})
