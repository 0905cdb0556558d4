import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { codesOf, doneItems, handOver } from '../../../test/builders/handed.ts'
import { hire } from '../../../test/builders/numbers.ts'
import { ledgerOf } from '../../../test/builders/people.ts'
import { bodyOf, createCompany, type TestCompany, tokenFor } from '../../../test/builders.ts'
import { openWorld, type World } from '../../../test/world.ts'

let world: World
let company: TestCompany

beforeAll(async () => {
  world = await openWorld()
  company = await createCompany(world)
})
afterAll(() => world.close())

describe("a leaver's API tokens", () => {
  it('are holdings while they work, named with their last use, and end for good', async () => {
    const anna = await hire(company, 'Anna')
    const client = await tokenFor(world, company, anna)
    await tokenFor(world, company, anna)
    const handed = handOver(world, company, { leaverId: anna })
    const items = await handed.items('api_token')
    expect(items.map(({ way }) => way)).toEqual(['end', 'end'])
    expect((await handed.plan('api_token', items))[0]).toMatchObject({
      isReversible: false,
      warnings: [{ rule: { code: 'token.never_used' }, values: { name: 'Test' } }],
      lostForEver: [{ rule: { code: 'token.lost' } }],
    })
    await world.tamper('update api_tokens set last_used_at = created_at where member_id = $1', [anna])
    expect((await handed.plan('api_token', items))[0]?.warnings[0]?.rule.code).toBe('token.in_use')
    const results = await handed.carryOut('api_token', items)
    expect((await client.get('/v1/company')).status).toBe(401)
    expect(await handed.carryOut('api_token', items), 'HAN-4 nothing twice').toEqual(results)
    expect(await ledgerOf(company, items[0]?.holdingId ?? '')).toEqual(['token.revoked', 'token.created'])
    const done = doneItems(items, results)
    expect((await handed.observe('api_token', done)).map(({ isThere }) => isThere)).toEqual([true, true])
    expect(await handed.holdings('api_token')).toEqual([])
    expect(codesOf(await handed.undo('api_token', done))).toEqual(['token.lost', 'token.lost'])
  })

  it('stay where somebody only moves, and what was revoked by hand is no more theirs (holding.passed_on)', async () => {
    const anna = await hire(company, 'Anna')
    await tokenFor(world, company, anna)
    const moving = handOver(world, company, { leaverId: anna, kind: 'move' })
    const stays = await moving.run('api_token')
    expect(codesOf(await moving.undo('api_token', stays))).toEqual([null])
    const handed = handOver(world, company, { leaverId: anna })
    const items = await handed.items('api_token')
    expect(items).toHaveLength(1)
    bodyOf(await company.owner.delete(`/v1/api-tokens/${items[0]?.holdingId}`), 204)
    expect(codesOf(await handed.carryOut('api_token', items))).toEqual(['holding.passed_on'])
  })
})
