import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { bodyOf, createCompany, type TestCompany } from '../../../test/builders.ts'
import { type Answer, openWorld, type World } from '../../../test/world.ts'
import { createApp } from '../../app.ts'

let world: World
let company: TestCompany
beforeAll(async () => {
  world = await openWorld()
  company = await createCompany(world)
})
afterAll(() => world.close())

async function membersNamed(name: string): Promise<number> {
  const { items } = bodyOf(await company.owner.get('/v1/members?limit=200'), 200)
  return items.filter((member: { name: string }) => member.name === name).length
}

function hire(key: string, name: string): Promise<Answer> {
  const staffCode = name.replaceAll(' ', '-')
  return company.owner.with({ 'idempotency-key': key }).post('/v1/members', { staffCode, name })
}

describe('an Idempotency-Key', () => {
  it('ALL-4 counts to its 255th character', async () => {
    const stem = 'k'.repeat(254)
    expect((await hire(`${stem}a`, 'Anna')).status).toBe(201)
    expect(await hire(`${stem}b`, 'Anna')).toMatchObject({ status: 409 })
    expect((await hire(`${stem}b`, 'Bert')).status).toBe(201)
  })

  it.each([
    ['is empty', ''],
    ['is longer than 255 characters', 'k'.repeat(256)],
  ])('ALL-4 that %s is refused, and nothing is done', async (what, key) => {
    const name = `Nobody ${what}`
    const refused = await hire(key, name)
    expect(refused).toMatchObject({
      status: 400,
      body: { code: 'request.malformed', errors: [{ path: 'headers/idempotency-key' }] },
    })
    expect(await membersNamed(name)).toBe(0)
  })
})

describe('If-Match', () => {
  it.each(['3', '""', '"abc"', '"1", "99"', '"1"x', `"${'9'.repeat(22)}"`])(
    'that is not understood stops the change: %s',
    async (condition) => {
      const refused = await company.owner
        .with({ 'if-match': condition })
        .patch('/v1/company', { name: 'Unseen' })
      expect(refused).toMatchObject({
        status: 400,
        body: { code: 'request.malformed', errors: [{ path: 'headers/if-match' }] },
      })
      expect((await company.owner.get('/v1/company')).body.name).not.toBe('Unseen')
    },
  )

  it('takes the version that the ETag showed, and * for any', async () => {
    const etag = String((await company.owner.get('/v1/company')).headers['etag'])
    const first = company.owner.with({ 'if-match': etag })
    expect((await first.patch('/v1/company', { name: 'Seen' })).status).toBe(200)
    expect((await first.patch('/v1/company', { name: 'Seen twice' })).status).toBe(412)
    const any = company.owner.with({ 'if-match': '*' })
    expect((await any.patch('/v1/company', { name: 'Any' })).status).toBe(200)
  })
})

describe('an address that cannot be read', () => {
  it.each(['/v1/members/%zz', '/%c0%ae', `/v1/members/${'a'.repeat(300)}`])(
    'is a problem like any other, with the headers for safety: %s',
    async (url) => {
      const answer = await company.owner.get(url)
      expect(answer).toMatchObject({ status: 404, body: { code: 'request.no_such_route' } })
      expect(answer.headers).toMatchObject({
        'content-type': 'application/problem+json',
        'x-content-type-options': 'nosniff',
        'x-request-id': answer.body.requestId,
      })
      expect(answer.headers['content-security-policy']).toContain("default-src 'none'")
    },
  )
})

describe('a body', () => {
  it.each(['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x'])(
    'that a form of another site could send is not read: %s',
    async (type) => {
      const answer = await world.app.http.inject({
        method: 'POST',
        url: '/v1/sessions',
        headers: { 'content-type': type },
        payload: '{"email":"a@example.com","password":"x"}',
      })
      expect(answer.statusCode).toBe(415)
      expect(answer.json()).toMatchObject({ code: 'request.media_type' })
    },
  )

  it('has a minute to arrive', () => {
    expect(world.app.http.server).toMatchObject({ requestTimeout: 60_000 })
    expect(world.app.localHttp.server).toMatchObject({ requestTimeout: 60_000 })
  })
})

describe('the limit per address', () => {
  async function statusesFrom(requests: readonly { remoteAddress: string; headers?: object }[]) {
    const strict = await createApp({ ...world.parts, requestsPerMinute: 2 })
    const statuses: number[] = []
    for (const request of requests) {
      const answer = await strict.http.inject({ url: '/v1/me', ...request } as never)
      statuses.push(answer.statusCode)
    }
    await Promise.all([strict.http.close(), strict.localHttp.close()])
    return statuses
  }

  it('is not escaped by headers that claim another one', async () => {
    const claims = ['x-forwarded-for', 'forwarded', 'x-real-ip'].map((name) => ({
      remoteAddress: '192.0.2.1',
      headers: { [name]: '198.51.100.7' },
    }))
    expect(await statusesFrom(claims)).toEqual([401, 401, 429])
  })

  it('is not escaped by the many addresses of one IPv6 connection', async () => {
    const hosts = ['2001:db8:0:1::1', '2001:db8:0:1::2', '2001:db8:0:1:ffff::3', '2001:db8:0:2::1']
    expect(await statusesFrom(hosts.map((remoteAddress) => ({ remoteAddress })))).toEqual([
      401, 401, 429, 401,
    ])
  })

  it('is a twentieth for signing in, which costs most', async () => {
    const strict = await createApp({ ...world.parts, requestsPerMinute: 40 })
    const payload = { email: 'nobody@example.com', password: 'wrong wrong' }
    const statuses: number[] = []
    for (let count = 0; count < 3; count++) {
      statuses.push((await strict.http.inject({ method: 'POST', url: '/v1/sessions', payload })).statusCode)
    }
    expect(statuses).toEqual([401, 401, 429])
    expect((await strict.http.inject({ url: '/v1/me' })).statusCode).toBe(401)
    await Promise.all([strict.http.close(), strict.localHttp.close()])
  })

  it('does not hold back the operator on the local socket', async () => {
    const strict = await createApp({ ...world.parts, requestsPerMinute: 1 })
    for (let count = 0; count < 3; count++) {
      expect((await strict.localHttp.inject({ url: '/v1/companies' })).statusCode).toBe(200)
    }
    await Promise.all([strict.http.close(), strict.localHttp.close()])
  })
})
