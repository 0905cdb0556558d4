import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { bodyOf, createCompany, type TestCompany } from '../../../test/builders.ts'
import { openWorld, type World } from '../../../test/world.ts'

const password = 'seven green lamps 41'

let world: World
let company: TestCompany
beforeAll(async () => {
  world = await openWorld()
  company = await createCompany(world, { ownerEmail: 'olivia@one.example', password })
})
afterAll(() => world.close())

async function counts(): Promise<Record<string, number>> {
  const { rows } = await world.tamper(`select (select count(*)::int from idempotency_keys) as keys,
    (select count(*)::int from sessions) as sessions, (select count(*)::int from sign_in_links) as links,
    (select count(*)::int from sign_in_failures) as failures`)
  return rows[0]
}

describe('what nobody can use any more', () => {
  it('ALL-4 stays for a day and is forgotten then, with the personal data in it', async () => {
    const wish = { staffCode: 'E1', name: 'Erasmus', email: 'erasmus@one.example' }
    const keyed = company.owner.with({ 'idempotency-key': 'hire-erasmus' })
    const { memberId } = bodyOf(await keyed.post('/v1/members', wish), 201)
    bodyOf(await company.owner.post(`/v1/members/${memberId}/sign-in-link`), 201)
    bodyOf(await world.anonymous.post('/v1/sessions', { email: 'olivia@one.example', password }), 201)
    await world.anonymous.post('/v1/sessions', { email: 'nobody@one.example', password })
    const before = await counts()
    expect(before).toEqual({ keys: 1, sessions: 1, links: 1, failures: 3 })

    world.clock.advance({ hours: 23, minutes: 59 })
    await world.runDueWork()
    expect(await counts()).toEqual(before)
    expect((await keyed.post('/v1/members', wish)).headers['idempotency-replayed']).toBe('true')

    world.clock.advance({ days: 14 })
    await world.runDueWork()
    // What waiting must not help against is kept for half a year.
    expect(await counts()).toEqual({ keys: 0, sessions: 0, links: 0, failures: 2 })
    expect((await keyed.post('/v1/members', wish)).status).toBe(409)
    world.clock.advance({ days: 180 })
    await world.runDueWork()
    expect((await counts())['failures']).toBe(0)
  })

  it('codes that were asked for and given or not go, and so do the addresses that they were sent to', async () => {
    const asked = await world.anonymous.post('/v1/sign-in', { by: 'email', value: 'stranger@one.example' })
    bodyOf(asked, 201)
    const left = async () =>
      (await world.tamper("select 1 from challenges where value = 'stranger@one.example'")).rows.length
    world.clock.advance({ hours: 24 })
    await world.runDueWork()
    expect(await left()).toBe(1)
    world.clock.advance({ hours: 1 })
    await world.runDueWork()
    expect(await left()).toBe(0)
  })
})
