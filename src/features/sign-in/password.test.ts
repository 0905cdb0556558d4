import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { bodyOf, createCompany, type TestCompany } from '../../../test/builders.ts'
import { type Answer, type Client, openWorld, type World } from '../../../test/world.ts'
import { createApp } from '../../app.ts'

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

describe('signing in', () => {
  it('gives a cookie that scripts and other sites cannot use, and the companies to work in', async () => {
    const answer = await signIn('Olivia@One.example ')
    expect(answer.status).toBe(201)
    expect(answer.body.companies).toEqual([
      {
        companyId: company.companyId,
        slug: company.slug,
        name: expect.any(String),
        role: 'owner',
        isSample: false,
      },
    ])
    const cookie = cookieOf(answer)
    expect(cookie).toMatch(/^__Host-baton=[\w-]{43};/)
    for (const flag of ['HttpOnly', 'Secure', 'SameSite=Lax', 'Path=/']) expect(cookie).toContain(flag)
    expect(cookie).not.toContain('Domain')
  })

  it('opens a new session each time', async () => {
    const { email } = await person()
    const [one, two] = [await signIn(email), await signIn(email)]
    expect(cookieOf(one)).not.toBe(cookieOf(two))
    expect((await browserOf(one).get('/v1/me')).status).toBe(200)
  })

  it('answers alike whether the e-mail address or the password is wrong', async () => {
    const { email } = await person()
    const wrong = await signIn(email, 'not the password')
    const unknown = await signIn('nobody@nowhere.example', 'not the password')
    expect(wrong.status).toBe(401)
    const { requestId: _one, ...first } = wrong.body
    const { requestId: _two, ...second } = unknown.body
    expect(first).toEqual(second)
    expect(wrong.headers['set-cookie']).toBeUndefined()
  })

  it('ALL-4 repeats the answer to a repeated sign-in without a second session', async () => {
    const { email } = await person()
    const keyed = world.anonymous.with({ 'idempotency-key': `sign-in-${email}` })
    bodyOf(await keyed.post('/v1/sessions', { email, password }), 201)
    const again = await keyed.post('/v1/sessions', { email, password })
    expect(again.status).toBe(201)
    expect(again.headers['set-cookie']).toBeUndefined()
    expect((await keyed.post('/v1/sessions', { email, password: 'not the password' })).status).toBe(401)
  })
})

describe('guessing a password', () => {
  it('costs growing waits after five failures, up to an hour, for known and unknown e-mail addresses', async () => {
    for (const email of [(await person()).email, 'stranger@nowhere.example']) {
      for (let guess = 1; guess <= 5; guess++) expect((await signIn(email, 'wrong wrong')).status).toBe(401)
      const refused = await signIn(email)
      expect(refused).toMatchObject({ status: 429, body: { code: 'session.too_many_attempts' } })
      expect(refused.body.seconds).toBeGreaterThan(25)
      expect(refused.body.seconds).toBeLessThanOrEqual(30)
      expect(refused.headers['retry-after']).toBe(String(refused.body.seconds))
      world.clock.advance({ seconds: 31 })
      expect((await signIn(email, 'wrong wrong')).status).toBe(401)
      expect((await signIn(email)).body.seconds).toBeGreaterThan(55)
    }
  })

  it('keeps nobody out for more than an hour', async () => {
    const { email } = await person()
    for (let guess = 1; guess <= 14; guess++) {
      await signIn(email, 'wrong wrong')
      world.clock.advance({ minutes: 61 })
    }
    expect((await signIn(email)).status).toBe(201)
  })

  it('counts many guesses at once one by one', async () => {
    const { email } = await person()
    await signIn(email, 'wrong wrong')
    const all = await Promise.all(Array.from({ length: 40 }, () => signIn(email, 'wrong wrong')))
    expect(all.filter((answer) => answer.status === 401)).toHaveLength(4)
    expect(all.filter((answer) => answer.status === 429)).toHaveLength(36)
  })

  it('is counted on after a restart', async () => {
    const { email } = await person()
    for (let guess = 1; guess <= 5; guess++) await signIn(email, 'wrong wrong')
    const restarted = await createApp(world.parts)
    const answer = await restarted.http.inject({
      method: 'POST',
      url: '/v1/sessions',
      payload: { email, password },
    })
    expect(answer.json()).toMatchObject({ status: 429, code: 'session.too_many_attempts' })
    await Promise.all([restarted.http.close(), restarted.localHttp.close()])
  })

  it('starts again at nothing after the right password', async () => {
    const { email } = await person()
    for (let guess = 1; guess <= 4; guess++) await signIn(email, 'wrong wrong')
    expect((await signIn(email)).status).toBe(201)
    for (let guess = 1; guess <= 4; guess++) expect((await signIn(email, 'wrong wrong')).status).toBe(401)
    expect((await signIn(email)).status).toBe(201)
  })
})

describe('guesses from elsewhere', () => {
  async function signInFrom(remoteAddress: string, email: string, given: string): Promise<number> {
    const payload = { email, password: given }
    const request = { method: 'POST', url: '/v1/sessions', remoteAddress, payload } as const
    return (await world.app.http.inject(request)).statusCode
  }

  it('keep nobody from their own account', async () => {
    const { email } = await person()
    for (let guess = 1; guess <= 5; guess++) {
      expect(await signInFrom('198.51.100.1', email, 'wrong wrong')).toBe(401)
    }
    expect(await signInFrom('198.51.100.1', email, password)).toBe(429)
    expect(await signInFrom('192.0.2.7', email, password)).toBe(201)
    expect(await signInFrom('198.51.100.1', email, password)).toBe(429)
  })

  it('count as one from all addresses of an IPv6 connection', async () => {
    const { email } = await person()
    for (let host = 1; host <= 5; host++) await signInFrom(`2001:db8:0:1::${host}`, email, 'wrong wrong')
    expect(await signInFrom('2001:db8:0:1:ffff::1', email, password)).toBe(429)
  })

  it('are checked sixty times at most, from however many networks they come', async () => {
    const { email } = await person()
    const statuses: number[] = []
    for (let guess = 0; guess < 130; guess++) {
      statuses.push(await signInFrom(`198.51.100.${Math.floor(guess / 5)}`, email, 'wrong wrong'))
    }
    expect(statuses.filter((status) => status === 401)).toHaveLength(60)
    expect(statuses.slice(60).every((status) => status === 403)).toBe(true)
  })
})
