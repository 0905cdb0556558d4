import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { signedInPerson } from '../../../test/builders/factors.ts'
import { bindPhone, personsPassword } from '../../../test/builders/persons.ts'
import { bodyOf, createCompany } from '../../../test/builders.ts'
import { codeTo, newestTo } from '../../../test/messages.ts'
import { newMobile, type Visitor, visitorOf } from '../../../test/visitor.ts'
import { openWorld, type World } from '../../../test/world.ts'
import { codesPerHour, codesPerHourNearby } from '../accounts/rules.ts'
import { useProvedIdentifier } from './index.ts'

const password = personsPassword

let world: World
beforeAll(async () => {
  world = await openWorld()
})
afterAll(() => world.close())

let people = 0

/** Somebody with an account, an e-mail address and a phone of their own. */
async function person(): Promise<{ email: string; phone: string; accountId: string }> {
  people += 1
  const email = `code${people}@example.com`
  await createCompany(world, { ownerEmail: email, password })
  const { rows } = await world.tamper('select account_id from identifiers where value = $1', [email])
  const accountId = String(rows[0].account_id)
  const phone = newMobile()
  await bindPhone(world, accountId, phone)
  return { email, phone, accountId }
}

async function start(browser: Visitor, by: 'phone' | 'email', value: string): Promise<string> {
  return bodyOf(await browser.post('/v1/sign-in', { by, value }), 201).signInId
}

function wrongFor(code: string): string {
  return code === '000000' ? '111111' : '000000'
}

describe('signing in by code', () => {
  it('works by phone and by e-mail address, with a session of its own each time', async () => {
    const { email, phone, accountId } = await person()
    const browser = visitorOf(world)
    const byPhone = bodyOf(await browser.signInByCode('phone', phone), 200)
    expect(byPhone).toMatchObject({ outcome: 'signed_in', accountId, companies: [{ role: 'owner' }] })
    const first = browser.cookies.get('__Host-baton')
    expect((await browser.get('/v1/me')).body).toMatchObject({ account: { accountId } })
    bodyOf(await browser.signInByCode('email', email), 200)
    expect(browser.cookies.get('__Host-baton')).not.toBe(first)
  })

  it('ends the session that the browser had before', async () => {
    const { phone } = await person()
    const browser = visitorOf(world)
    await browser.signInByCode('phone', phone)
    const old = world.client({ cookie: `__Host-baton=${browser.cookies.get('__Host-baton')}` })
    expect((await old.get('/v1/me')).status).toBe(200)
    await browser.signInByCode('phone', phone)
    expect((await old.get('/v1/me')).status).toBe(401)
    expect((await browser.get('/v1/me')).status).toBe(200)
  })

  it('takes a phone in any usual spelling, and refuses what is none', async () => {
    const { phone } = await person()
    const browser = visitorOf(world)
    const spelled = `${phone.slice(3, 6)} ${phone.slice(6, 10)}-${phone.slice(10)}`
    const { signInId } = bodyOf(await browser.post('/v1/sign-in', { by: 'phone', value: spelled }), 201)
    const code = await codeTo(world, phone)
    expect((await browser.post(`/v1/sign-in/${signInId}/verify`, { code })).body.outcome).toBe('signed_in')
    const refused = await browser.post('/v1/sign-in', { by: 'phone', value: '12345' })
    expect(refused).toMatchObject({ status: 422, body: { code: 'phone.unknown_form' } })
  })

  it('answers an address that no account has with the same bytes, and says so to whoever proves it', async () => {
    const { phone, email } = await person()
    const browser = visitorOf(world)
    for (const [by, known, unknown] of [
      ['phone', phone, newMobile()],
      ['email', email, email.replace('code', 'none')],
    ] as const) {
      const one = bodyOf(await browser.post('/v1/sign-in', { by, value: known }), 201)
      const other = bodyOf(await browser.post('/v1/sign-in', { by, value: unknown }), 201)
      expect(shapeOf(one)).toEqual(shapeOf(other))
      const texts = [await newestTo(world, known), await newestTo(world, unknown)]
      expect(texts[0]?.replace(/\d{6}/, '')).toBe(texts[1]?.replace(/\d{6}/, ''))
      const wrong = await Promise.all(
        [one, other].map(({ signInId }) =>
          browser.post(`/v1/sign-in/${signInId}/verify`, { code: '999999' }),
        ),
      )
      expect(withoutRequest(wrong[0]?.body)).toEqual(withoutRequest(wrong[1]?.body))
      const code = await codeTo(world, unknown)
      const proved = bodyOf(await browser.post(`/v1/sign-in/${other.signInId}/verify`, { code }), 200)
      expect(proved).toMatchObject({ outcome: 'no_account', kind: by })
      expect(browser.cookies.size).toBe(0)
    }
  })

  it('leaves a proof of an address without account that is used up once', async () => {
    const phone = newMobile()
    const proved = bodyOf(await visitorOf(world).signInByCode('phone', phone), 200)
    const anonymous = { kind: 'anonymous', id: 'anonymous' } as const
    const { database } = world.parts
    const use = () => database.inRealmOf(anonymous, (tx) => useProvedIdentifier(tx, proved.signInId))
    const all = await Promise.all(Array.from({ length: 16 }, use))
    expect(all.filter((one) => one !== null)).toEqual([{ kind: 'phone', value: phone }])
  })

  it('tells which ways there are, and refuses those that there are not', async () => {
    const browser = visitorOf(world)
    expect((await browser.get('/v1/sign-in/ways')).body).toEqual({
      password: true,
      passkey: true,
      email: true,
      phone: true,
      oauth: [],
    })
    expect(await browser.post('/v1/sign-in', { by: 'wechat' })).toMatchObject({
      status: 409,
      body: { code: 'sign_in.way_missing' },
    })
  })
})

function shapeOf(body: Record<string, unknown>): object {
  const { signInId: _id, expiresAt, sentTo, ...rest } = body
  const masked = String(sentTo).replace(/[^*@]/g, 'x')
  return { ...rest, expiresAt: String(expiresAt).length, masked, keys: Object.keys(body) }
}

function withoutRequest(body: Record<string, unknown>): object {
  const { requestId: _requestId, ...rest } = body
  return rest
}

describe('a code', () => {
  it('works once: of 64 redemptions at once one signs in', async () => {
    const { phone } = await person()
    const signInId = await start(visitorOf(world), 'phone', phone)
    const code = await codeTo(world, phone)
    const all = await Promise.all(
      Array.from({ length: 64 }, () => visitorOf(world).post(`/v1/sign-in/${signInId}/verify`, { code })),
    )
    expect(all.filter(({ status }) => status === 200)).toHaveLength(1)
    const refusals = all.filter(({ status }) => status !== 200)
    expect(new Set(refusals.map(({ body }) => body.code))).toEqual(new Set(['code.wrong']))
  })

  it('works for ten minutes', async () => {
    const { phone } = await person()
    const browser = visitorOf(world)
    const signInId = await start(browser, 'phone', phone)
    const code = await codeTo(world, phone)
    world.clock.advance({ minutes: 10, seconds: 1 })
    expect(await browser.post(`/v1/sign-in/${signInId}/verify`, { code })).toMatchObject({
      status: 403,
      body: { code: 'code.wrong' },
    })
  })

  it('is tried five times at most', async () => {
    const { phone } = await person()
    const signInId = await start(visitorOf(world), 'phone', phone)
    const code = await codeTo(world, phone)
    const tries = Array.from({ length: 5 }, () =>
      visitorOf(world).post(`/v1/sign-in/${signInId}/verify`, { code: wrongFor(code) }),
    )
    for (const { status } of await Promise.all(tries)) expect(status).toBe(403)
    expect((await visitorOf(world).post(`/v1/sign-in/${signInId}/verify`, { code })).status).toBe(403)
  })

  it('of another sign-in, of another address or of a new password does not sign in, nor the other way', async () => {
    const one = await person()
    const other = await person()
    const browser = visitorOf(world)
    const first = await start(browser, 'phone', one.phone)
    const firstCode = await codeTo(world, one.phone)
    const second = await start(browser, 'phone', other.phone)
    const reset = bodyOf(await browser.post('/v1/password/forgot', { phone: one.phone }), 201)
    const resetCode = await codeTo(world, one.phone)
    const foreign: [string, string][] = [
      [second, firstCode],
      [first, resetCode],
      [reset.resetId, resetCode],
      [reset.resetId, firstCode],
    ]
    for (const [id, code] of foreign) {
      const refused = await visitorOf(world).post(`/v1/sign-in/${id}/verify`, { code })
      expect(refused.body.code).toBe('code.wrong')
    }
    for (const resetId of [first, second]) {
      const body = { resetId, code: firstCode, password: 'nine purple boats 17' }
      expect((await visitorOf(world).post('/v1/password/reset', body)).body.code).toBe('code.wrong')
    }
  })

  it('is sent ten times an hour to one address, and the tenth stranger takes none from the person', async () => {
    const { phone } = await person()
    const own = visitorOf(world)
    await own.signInByCode('phone', phone)
    for (let asked = 1; asked < codesPerHour; asked++) await start(visitorOf(world), 'phone', phone)
    expect(await visitorOf(world).post('/v1/sign-in', { by: 'phone', value: phone })).toMatchObject({
      status: 429,
      body: { code: 'code.too_many' },
    })
    expect((await own.signInByCode('phone', phone)).status).toBe(200)
    world.clock.advance({ minutes: 61 })
    expect((await visitorOf(world).signInByCode('phone', phone)).status).toBe(200)
  })

  it('that accounts ask for to bind the address themselves is not taken from its person either', async () => {
    const { phone } = await person()
    const own = visitorOf(world)
    await own.signInByCode('phone', phone)
    const { client } = await signedInPerson(world)
    for (let asked = 0; asked < codesPerHour; asked++) {
      const path = asked % 2 === 0 ? '/v1/account/identifiers' : '/v1/account/change-mobile'
      const body = asked % 2 === 0 ? { kind: 'phone', value: phone } : { phone }
      bodyOf(await client.post(path, body), 201)
    }
    const more = await client.post('/v1/account/identifiers', { kind: 'phone', value: phone })
    expect(more).toMatchObject({ status: 429, body: { code: 'code.too_many' } })
    expect((await own.signInByCode('phone', phone)).status).toBe(200)
    expect((await visitorOf(world).signInByCode('phone', phone)).status).toBe(200)
  })

  it('is asked for a hundred times an hour from one network, known browsers apart', async () => {
    const { email } = await person()
    const network = '203.0.113.77'
    const own = visitorOf(world, network)
    await own.signInByCode('email', email)
    for (let asked = 1; asked < codesPerHourNearby; asked++) {
      await start(visitorOf(world, network), 'email', `nobody${asked}@nowhere.example`)
    }
    const body = { by: 'email', value: 'one-more@nowhere.example' }
    expect(await visitorOf(world, network).post('/v1/sign-in', body)).toMatchObject({
      status: 429,
      body: { code: 'code.too_many_nearby' },
    })
    expect((await visitorOf(world).post('/v1/sign-in', body)).status).toBe(201)
    expect((await own.signInByCode('email', email)).status).toBe(200)
  })
})

describe('a sign-in from a new browser', () => {
  it('is told to the other channels, once a browser', async () => {
    const { email, phone } = await person()
    await visitorOf(world).signInByCode('phone', phone)
    const told = () =>
      world.sent.filter(({ to, template }) => to === email && template === 'sign_in.new_browser').length
    const browser = visitorOf(world, undefined, { 'user-agent': 'Firefox/143.0 (Windows) call 12345' })
    await browser.signInByCode('phone', phone)
    expect(await newestTo(world, email)).toContain('：Firefox, Windows。')
    expect(await newestTo(world, email)).not.toContain('12345')
    expect(told()).toBe(1)
    expect(world.sent.some(({ to, template }) => to === phone && template === 'sign_in.new_browser')).toBe(
      false,
    )
    await browser.signInByCode('phone', phone)
    await newestTo(world, phone)
    expect(told()).toBe(1)
  })

  it('by password is told to all channels', async () => {
    const { email, phone } = await person()
    await visitorOf(world).signInByCode('phone', phone)
    bodyOf(await visitorOf(world).signInByPassword(email, password), 201)
    expect(await newestTo(world, email)).toContain('此前未使用过的浏览器')
    expect(await newestTo(world, phone)).toContain('此前未使用过的浏览器')
  })
})

describe('an identifier that may not sign in', () => {
  it.each([
    ['can_login = false', 'identifier.no_login'],
    ['frozen_at = now()', 'identifier.frozen'],
  ])('with %s is refused as %s, and its code is used up', async (change, code) => {
    const { phone } = await person()
    await world.tamper(`update identifiers set ${change} where value = $1`, [phone])
    const browser = visitorOf(world)
    const signInId = await start(browser, 'phone', phone)
    const given = { code: await codeTo(world, phone) }
    expect((await browser.post(`/v1/sign-in/${signInId}/verify`, given)).body.code).toBe(code)
    expect((await browser.post(`/v1/sign-in/${signInId}/verify`, given)).body.code).toBe('code.wrong')
    expect(browser.cookies.size).toBe(0)
  })

  it('of a sealed account says how to recover it', async () => {
    const { phone, accountId } = await person()
    await world.tamper(`update accounts set state = 'sealed', sealed_at = now() where account_id = $1`, [
      accountId,
    ])
    expect((await visitorOf(world).signInByCode('phone', phone)).body.code).toBe('account.sealed')
  })
})
