import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { bodyOf, createCompany, type TestCompany } from '../../../test/builders.ts'
import { newestTo } from '../../../test/messages.ts'
import { type Answer, type Client, openWorld, type World } from '../../../test/world.ts'

const password = 'seven green lamps 41'

let world: World
let company: TestCompany
beforeAll(async () => {
  world = await openWorld()
  company = await createCompany(world, { ownerEmail: 'olivia@one.example', password })
})
afterAll(() => world.close())

function cookieOf(answer: Answer): string {
  const header = answer.headers['set-cookie']
  return String(Array.isArray(header) ? header[0] : header)
}

function browserOf(answer: Answer): Client {
  return world.client({ cookie: cookieOf(answer).split(';')[0] ?? '' })
}

async function signIn(email: string, given = password): Promise<Answer> {
  return world.anonymous.post('/v1/sessions', { email, password: given })
}

let people = 0

/** A person with an account and a company of their own. */
async function person(): Promise<{ email: string; company: TestCompany }> {
  people += 1
  const email = `person${people}@example.com`
  return { email, company: await createCompany(world, { ownerEmail: email, password }) }
}

describe('a session', () => {
  it('names its company by short name or id, and works without one', async () => {
    const { email, company: own } = await person()
    const browser = browserOf(await signIn(email))
    expect((await browser.get('/v1/me')).body).toMatchObject({
      kind: 'account',
      company: null,
      permissions: [],
    })
    for (const name of [own.slug, own.companyId]) {
      const me = await browser.with({ 'baton-company': name }).get('/v1/me')
      expect(me.body).toMatchObject({
        kind: 'member',
        company: { companyId: own.companyId },
        account: { emails: [email] },
      })
    }
    expect(await browser.get('/v1/company')).toMatchObject({
      status: 400,
      body: { code: 'company.not_named' },
    })
  })

  it('ALL-1 does not tell another company from one that does not exist', async () => {
    const browser = browserOf(await signIn((await person()).email))
    const others = [
      company.companyId,
      company.slug,
      'no-such-company',
      '00000000-0000-7000-8000-000000000000',
      'Ü',
    ]
    for (const other of others) {
      const refused = await browser.with({ 'baton-company': encodeURIComponent(other) }).get('/v1/company')
      expect(refused, other).toMatchObject({
        status: 404,
        body: { code: 'thing.not_found', thing: 'company' },
      })
    }
    for (const other of others) {
      const stranger = await world.anonymous
        .with({ 'baton-company': encodeURIComponent(other) })
        .get('/v1/company')
      expect(stranger, other).toMatchObject({ status: 401, body: { code: 'session.required' } })
    }
  })

  it('ends when its person signs out, at the very next request', async () => {
    const browser = browserOf(await signIn((await person()).email))
    const out = await browser.delete('/v1/sessions/current')
    expect(out.status).toBe(204)
    expect(cookieOf(out)).toMatch(/^__Host-baton=; Max-Age=0/)
    expect(await browser.get('/v1/me')).toMatchObject({ status: 401, body: { code: 'session.required' } })
  })

  it('ends after two idle hours, and after a day in any case', async () => {
    const { email } = await person()
    const idle = browserOf(await signIn(email))
    world.clock.advance({ hours: 2, minutes: 1 })
    expect((await idle.get('/v1/me')).status).toBe(401)
    const busy = browserOf(await signIn(email))
    for (let hour = 1; hour < 24; hour++) {
      world.clock.advance({ hours: 1 })
      expect((await busy.get('/v1/me')).status).toBe(200)
      await waitForLastUse()
    }
    world.clock.advance({ hours: 1 })
    expect((await busy.get('/v1/me')).status).toBe(401)
  })

  it('is not ended by a token, which is no session', async () => {
    expect(await company.owner.delete('/v1/sessions/current')).toMatchObject({
      status: 409,
      body: { code: 'session.none' },
    })
  })

  it('is in the ledger of the company, opened and ended', async () => {
    const { email, company: own } = await person()
    await browserOf(await signIn(email)).delete('/v1/sessions/current')
    const entries = await own.owner.get('/v1/audit')
    const actions = entries.body.items.map((entry: { action: string }) => entry.action)
    expect(actions).toEqual(expect.arrayContaining(['session.opened', 'session.ended']))
  })
})

// The last use is written beside the request; it is there a moment later.
async function waitForLastUse(): Promise<void> {
  const since = new Date(world.clock.now().getTime() - 60_000)
  const noted = async () =>
    (await world.tamper('select 1 from sessions where last_used_at > $1', [since])).rows.length > 0
  while (!(await noted())) await new Promise((resolve) => setTimeout(resolve, 5))
}

describe('a request from another site', () => {
  it.each([
    { 'sec-fetch-site': 'cross-site' },
    { 'sec-fetch-site': 'same-site' },
    { origin: 'https://evil.example' },
    { origin: 'null' },
  ])('is refused although the browser sends the cookie: %j', async (headers) => {
    const browser = browserOf(await signIn('olivia@one.example'))
    const forged = browser.with({ ...headers, 'baton-company': company.slug } as Record<string, string>)
    expect(await forged.patch('/v1/company', { name: 'Owned' })).toMatchObject({
      status: 403,
      body: { code: 'request.cross_site' },
    })
    expect((await forged.delete('/v1/sessions/current')).status).toBe(403)
    expect((await browser.get('/v1/me')).status).toBe(200)
  })

  it('is told from one of our own pages', async () => {
    const browser = browserOf(await signIn('olivia@one.example'))
    const own = browser.with({ 'sec-fetch-site': 'same-origin', 'baton-company': company.slug })
    expect((await own.patch('/v1/company', { timeZone: 'Asia/Shanghai' })).status).toBe(200)
  })
})

describe('an Owner who cannot sign in', () => {
  it('gets a new password from the operator of the machine, and every session ends', async () => {
    const { email, company: own } = await person()
    const browser = browserOf(await signIn(email))
    const fresh = 'nine purple boats 17'
    const reset = await world.operator.post('/v1/owner-reset', {
      companyId: own.companyId,
      email,
      password: fresh,
    })
    expect(reset.body.endedSessions).toBe(1)
    expect((await browser.get('/v1/me')).status).toBe(401)
    expect((await signIn(email)).status).toBe(401)
    expect((await signIn(email, fresh)).status).toBe(201)
  })

  it('is told on all channels, with a link to object, and finds it in the own security log', async () => {
    const { email, company: own } = await person()
    const password = 'nine purple boats 17'
    bodyOf(await world.operator.post('/v1/owner-reset', { companyId: own.companyId, email, password }), 200)
    expect(await newestTo(world, email)).toMatch(/password.*\/objection#|密码.*\/objection#/s)
    const browser = browserOf(await signIn(email, password))
    const { items } = bodyOf(await browser.get('/v1/account/security-log'), 200)
    expect(items).toContainEqual(
      expect.objectContaining({ kind: 'password_reset', facts: { by: 'operator' } }),
    )
  })

  it('gets in at once although they had guessed too often before', async () => {
    const { email, company: own } = await person()
    for (let guess = 1; guess <= 6; guess++) await signIn(email, 'wrong wrong')
    const fresh = 'nine purple boats 17'
    await world.operator.post('/v1/owner-reset', { companyId: own.companyId, email, password: fresh })
    expect((await signIn(email, fresh)).status).toBe(201)
  })

  it('is helped by nobody else, and only in a company of theirs', async () => {
    const { email, company: own } = await person()
    const body = { companyId: own.companyId, email, password: 'nine purple boats 17' }
    expect((await own.owner.post('/v1/owner-reset', body)).body.code).toBe('permission.missing')
    expect((await world.anonymous.post('/v1/owner-reset', body)).body.code).toBe('session.required')
    const elsewhere = await world.operator.post('/v1/owner-reset', { ...body, companyId: company.companyId })
    expect(elsewhere).toMatchObject({ status: 404, body: { thing: 'owner' } })
    const weak = await world.operator.post('/v1/owner-reset', { ...body, password: 'password1234' })
    expect(weak.body.code).toBe('password.weak')
  })
})
