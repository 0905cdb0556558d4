import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { sipProxy } from '../../../test/builders/installation.ts'
import { addNumber, heldNumber, hire } from '../../../test/builders/numbers.ts'
import { bodyOf, createCompany, type TestCompany, tokenFor } from '../../../test/builders.ts'
import { type Answer, type Client, openWorld, type World } from '../../../test/world.ts'

let world: World
let company: TestCompany
let proxy: Client
beforeAll(async () => {
  world = await openWorld()
  company = await createCompany(world, { policies: { cooldownMinutes: 0 } })
  proxy = await sipProxy(world)
})
afterAll(() => world.close())

const announcement = { kind: 'announcement', target: 'announcement:unavailable' }
const sip = 'sip:li@pbx.example.com'

async function route(client: Client, e164: string): Promise<Answer['body']> {
  return bodyOf(await client.get(`/v1/routes/${e164}`), 200)
}

async function heldBy(wish: object): Promise<{ memberId: string; numberId: string; e164: string }> {
  const memberId = await hire(company, 'Li Lei', wish)
  return { memberId, ...(await heldNumber(company, memberId)) }
}

describe('the route of a number', () => {
  it("leads to its holder's destination", async () => {
    const { memberId, e164 } = await heldBy({ staffCode: 'li.lei', destination: sip })
    const answer = await company.owner.get(`/v1/routes/${e164}`)
    expect(bodyOf(answer, 200)).toEqual({
      e164,
      state: 'held',
      holder: { memberId, name: 'Li Lei', staffCode: 'li.lei' },
      rings: { kind: 'sip', target: sip },
      since: expect.any(String),
      version: 2,
    })
    expect(answer.headers['cache-control']).toBe('no-store')
    expect(answer.headers['etag']).toBe('"2"')
  })

  it('leads to a telephone where the destination is one', async () => {
    const { e164 } = await heldBy({ destination: '138 0000 1000' })
    expect((await route(company.owner, e164)).rings).toEqual({ kind: 'phone', target: '+8613800001000' })
  })

  it("leads to the company's announcement while nobody holds the number, and while the holder has no destination", async () => {
    const { e164 } = await addNumber(company)
    expect(await route(company.owner, e164)).toMatchObject({
      state: 'parked',
      holder: null,
      rings: announcement,
      version: 1,
    })
    const held = await heldBy({})
    expect(await route(company.owner, held.e164)).toMatchObject({ state: 'held', rings: announcement })
  })

  it.each(['suspended', 'leaving'])(
    'HAN-3 leads to the announcement while the holder is %s, and back to them afterwards',
    async (status) => {
      const { memberId, e164 } = await heldBy({ destination: sip })
      bodyOf(await company.owner.patch(`/v1/members/${memberId}`, { status }), 200)
      for (const client of [company.owner, proxy]) {
        expect(await route(client, e164)).toMatchObject({
          state: 'held',
          holder: { memberId },
          rings: announcement,
        })
      }
      bodyOf(await company.owner.patch(`/v1/members/${memberId}`, { status: 'active' }), 200)
      expect((await route(proxy, e164)).rings).toEqual({ kind: 'sip', target: sip })
    },
  )

  it('NUM-6 leads to the new holder from the answer of a move on, and to the old one again after an undo', async () => {
    const { memberId, numberId, e164 } = await heldBy({ destination: sip })
    const other = await hire(company, 'Han Mei', { destination: '+4930998877' })
    const before = await route(company.owner, e164)
    bodyOf(await company.owner.post(`/v1/numbers/${numberId}/reassign`, { toMemberId: other }), 200)
    const after = await route(company.owner, e164)
    expect(after).toMatchObject({ holder: { memberId: other }, rings: { kind: 'phone' } })
    expect(after.since > before.since).toBe(true)
    expect(after.version).toBe(before.version + 1)
    bodyOf(await company.owner.post(`/v1/numbers/${numberId}/undo`), 200)
    expect(await route(company.owner, e164)).toMatchObject({ holder: { memberId }, rings: before.rings })
  })

  it('follows what the company wants callers of its parked numbers to hear', async () => {
    const own = await createCompany(world, {
      policies: { parkAnnouncement: 'sip:closed@media.example.com' },
    })
    const { e164 } = await addNumber(own)
    const rings = { kind: 'announcement', target: 'sip:closed@media.example.com' }
    expect((await route(own.owner, e164)).rings).toEqual(rings)
    expect((await route(proxy, e164)).rings).toEqual(rings)
  })
})

describe('a number that is asked for', () => {
  it('may be written with a plus, an encoded plus, or none', async () => {
    const { e164 } = await addNumber(company)
    for (const spelling of [e164, encodeURIComponent(e164), e164.slice(1)]) {
      expect((await route(company.owner, spelling)).e164, spelling).toBe(e164)
    }
  })

  it.each([
    '13800138000x',
    'abc',
    '%2B0491234567',
    '+49%2030%201234567',
    '+49301234567890123',
    '0049301234567',
    '+',
    '+49;drop',
  ])('is refused as %s, saying how it is written', async (written) => {
    const refused = await company.owner.get(`/v1/routes/${written}`)
    expect(refused).toMatchObject({ status: 400, body: { code: 'request.malformed' } })
    expect(refused.body.errors[0].path).toBe('params/e164')
    expect(refused.body.errors.map((error: { message: string }) => error.message).join()).toMatch(
      /E\.164|characters/,
    )
  })

  it('ALL-1 is answered alike when nobody has it, another company has it, or it was released', async () => {
    const other = await createCompany(world)
    const foreign = await addNumber(other)
    const released = await addNumber(company)
    const release = { confirm: released.e164, reason: 'contract ended' }
    bodyOf(await company.owner.post(`/v1/numbers/${released.numberId}/release`, release), 200)
    const answers = await Promise.all(
      ['+4930123999', foreign.e164, released.e164].map((e164) => company.owner.get(`/v1/routes/${e164}`)),
    )
    const shown = answers.map(({ status, body }) => {
      const { requestId: _, ...rest } = body
      return { status, body: JSON.parse(JSON.stringify(rest).replaceAll(body.e164, '…')) }
    })
    expect(shown[0]).toMatchObject({ status: 404, body: { code: 'route.unknown' } })
    expect(shown[1]).toEqual(shown[0])
    expect(shown[2]).toEqual(shown[0])
    expect((await proxy.get('/v1/routes/+4930123999')).body.code).toBe('route.unknown')
    expect((await proxy.get(`/v1/routes/${released.e164}`)).body.code).toBe('route.unknown')
  })

  it('belongs to whoever added it again after a release', async () => {
    const [one, two] = [await createCompany(world), await createCompany(world)]
    const { numberId, e164 } = await addNumber(one)
    bodyOf(await one.owner.post(`/v1/numbers/${numberId}/release`, { confirm: e164, reason: 'sold' }), 200)
    await addNumber(two, e164)
    expect((await route(proxy, e164)).companyId).toBe(two.companyId)
    expect((await route(two.owner, e164)).state).toBe('parked')
    expect((await one.owner.get(`/v1/routes/${e164}`)).body.code).toBe('route.unknown')
  })
})

describe('a caller who asks for routes', () => {
  it('needs the permission routes:read', async () => {
    const { e164 } = await addNumber(company)
    const narrow = await tokenFor(world, company, company.ownerMemberId, ['numbers:read'])
    expect((await narrow.get(`/v1/routes/${e164}`)).body.code).toBe('token.scope_missing')
    const member = await tokenFor(world, company, await hire(company, 'Mia'))
    expect((await member.get(`/v1/routes/${e164}`)).body.code).toBe('permission.missing')
    const scoped = await tokenFor(world, company, company.ownerMemberId, ['routes:read'])
    expect((await scoped.get(`/v1/routes/${e164}`)).status).toBe(200)
  })

  it('with a token of the installation is told the company and ids, and no names', async () => {
    const { memberId, e164 } = await heldBy({ destination: sip })
    const parked = await addNumber(await createCompany(world))
    expect(await route(proxy, e164)).toEqual({
      e164,
      companyId: company.companyId,
      state: 'held',
      holder: { memberId },
      rings: { kind: 'sip', target: sip },
      since: expect.any(String),
      version: 2,
    })
    expect(await route(proxy, parked.e164)).toMatchObject({ holder: null, rings: announcement })
  })

  it('with a token of the installation is not confined by a company that the request names', async () => {
    const { e164 } = await addNumber(company)
    const other = await createCompany(world)
    const named = proxy.with({ 'baton-company': other.companyId })
    expect((await route(named, e164)).companyId).toBe(company.companyId)
  })
})
