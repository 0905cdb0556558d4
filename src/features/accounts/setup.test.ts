import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { withToken } from '../../../test/builders.ts'
import { openWorld, type World } from '../../../test/world.ts'

const plan = {
  companyName: 'Nordstern Telekom',
  ownerName: 'Olivia Berg',
  ownerEmail: 'olivia@nordstern.example',
  password: 'seven green lamps 41',
}

describe('a new installation', () => {
  let world: World
  beforeEach(async () => {
    world = await openWorld()
  })
  afterEach(() => world.close())

  it('is set up once: company, Owner and a token that works', async () => {
    const made = await world.anonymous.post('/v1/setup', plan)
    expect(made.status).toBe(201)
    expect(made.body).toMatchObject({
      slug: 'nordstern-telekom',
      token: expect.stringMatching(/^baton_[0-9a-f]{32}_/),
    })
    const me = await withToken(world, made.body.token).get('/v1/me')
    expect(me.body).toMatchObject({
      kind: 'token',
      account: null,
      company: { companyId: made.body.companyId, role: 'owner', memberId: made.body.memberId },
      memberships: [{ slug: 'nordstern-telekom' }],
    })
    const again = await world.anonymous.post('/v1/setup', { ...plan, ownerEmail: 'other@nordstern.example' })
    expect(again).toMatchObject({ status: 409, body: { code: 'setup.done' } })
    expect((await world.operator.get('/v1/companies')).body.items).toHaveLength(1)
  })

  it('lets one of many set-ups at once win', async () => {
    const all = await Promise.all(
      Array.from({ length: 16 }, (_, index) =>
        world.anonymous.post('/v1/setup', { ...plan, ownerEmail: `olivia${index}@nordstern.example` }),
      ),
    )
    expect(all.map((answer) => answer.status).sort()).toEqual([201, ...Array.from({ length: 15 }, () => 409)])
    expect((await world.operator.get('/v1/companies')).body.items).toHaveLength(1)
  })

  it('ALL-4 repeats the answer to a repeated set-up, without the token', async () => {
    const keyed = world.anonymous.with({ 'idempotency-key': 'first-set-up' })
    const first = await keyed.post('/v1/setup', plan)
    const second = await keyed.post('/v1/setup', plan)
    expect(first.body.token).toBeDefined()
    expect(second.status).toBe(201)
    expect(second.headers['idempotency-replayed']).toBe('true')
    const { token: _, ...withoutToken } = first.body
    expect(second.body).toEqual(withoutToken)
    const other = await keyed.post('/v1/setup', { ...plan, companyName: 'Other' })
    expect(other).toMatchObject({ status: 422, body: { code: 'idempotency.key_reused' } })
  })
})

describe('the password of a set-up', () => {
  let world: World
  beforeAll(async () => {
    world = await openWorld()
  })
  afterAll(() => world.close())

  it.each([
    ['a short one', 'kort 12', 'request.malformed', 400],
    ['a common one', 'Password2024!', 'password.weak', 422],
    ['a row of digits', '123456789012', 'password.weak', 422],
    ['the company and the year', 'nordstern2026', 'password.weak', 422],
    ['the e-mail address', 'olivia@nordstern.example', 'password.weak', 422],
  ])('is not %s', async (_, password, code, status) => {
    const refused = await world.anonymous.post('/v1/setup', { ...plan, password })
    expect(refused).toMatchObject({ status, body: { code } })
    expect(refused.body.next.length).toBeGreaterThan(10)
  })
})
