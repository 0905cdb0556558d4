import { createHash } from 'node:crypto'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { addAuthenticator, appCode, signedInPerson } from '../../../test/builders/factors.ts'
import { bindPhone, personsPassword as password } from '../../../test/builders/persons.ts'
import { bodyOf, createCompany } from '../../../test/builders.ts'
import { codeTo, newestTo } from '../../../test/messages.ts'
import { newMobile, type Visitor, visitorOf } from '../../../test/visitor.ts'
import { openWorld, type World } from '../../../test/world.ts'
import {
  deviceDays,
  mostFailuresKnown,
  mostFailuresOfBrowser,
  mostFailuresOfStrangers,
} from '../accounts/rules.ts'

let world: World
beforeAll(async () => {
  world = await openWorld()
})
afterAll(() => world.close())

let people = 0

/** Somebody with a browser that they used before, an e-mail address and a phone. */
async function person() {
  people += 1
  const email = `guessed${people}@example.com`
  await createCompany(world, { ownerEmail: email, password })
  const { rows } = await world.tamper('select account_id from identifiers where value = $1', [email])
  const phone = newMobile()
  await bindPhone(world, rows[0].account_id, phone)
  const own = visitorOf(world)
  bodyOf(await own.signInByPassword(email, password), 201)
  return { email, phone, own }
}

/** Guesses at the password from a new network each; counts what was looked at and what was not. */
async function guess(email: string, times: number): Promise<Record<string, number>> {
  const codes: Record<string, number> = {}
  for (let made = 0; made < times; made++) {
    const { body } = await visitorOf(world).signInByPassword(email, 'wrong wrong')
    codes[body.code] = (codes[body.code] ?? 0) + 1
  }
  return codes
}

describe('guesses at an account from everywhere (ASVS 6.3.1)', () => {
  it('by the hundred, however slowly, are looked at sixty times; then new browsers wait and the known one does not', async () => {
    const { email, phone, own } = await person()
    for (let day = 0; day < 10; day++) {
      await guess(email, 6)
      world.clock.advance({ days: 2 })
    }
    expect(await guess(email, 50)).toEqual({ 'sign_in.paused': 50 })
    world.clock.advance({ days: 30 })
    expect((await visitorOf(world).signInByPassword(email, password)).body.code).toBe('sign_in.paused')
    expect((await own.signInByPassword(email, password)).status).toBe(201)
    expect((await own.signInByCode('phone', phone)).status).toBe(200)
  })

  it('are counted over all ways and addresses together, and are then wrong whatever they are', async () => {
    const { email, phone, own } = await person()
    expect(await guess(email, mostFailuresOfStrangers)).toEqual({
      'session.refused': mostFailuresOfStrangers,
    })
    const browser = visitorOf(world)
    const { signInId } = bodyOf(await browser.post('/v1/sign-in', { by: 'phone', value: phone }), 201)
    const code = await codeTo(world, phone)
    const refused = await browser.post(`/v1/sign-in/${signInId}/verify`, { code })
    expect(refused.body.code).toBe('code.wrong')
    const { resetId } = bodyOf(await browser.post('/v1/password/forgot', { phone }), 201)
    const reset = { resetId, code: await codeTo(world, phone), password: 'nine purple boats 17' }
    expect((await browser.post('/v1/password/reset', reset)).body.code).toBe('code.wrong')
    expect((await own.signInByCode('phone', phone)).status).toBe(200)
  })

  it('at an address that no account has end alike', async () => {
    const statuses = await guess('nobody@guessed.example', mostFailuresOfStrangers + 5)
    expect(statuses).toEqual({ 'session.refused': mostFailuresOfStrangers, 'sign_in.paused': 5 })
  })

  it('at once count one by one, the first ones too', async () => {
    const email = 'nobody@at-once.example'
    const all = await Promise.all(
      Array.from({ length: 120 }, () => visitorOf(world).signInByPassword(email, 'wrong wrong')),
    )
    const looked = all.filter(({ body }) => body.code === 'session.refused')
    expect(looked).toHaveLength(mostFailuresOfStrangers)
  })

  it('start again at nothing when the person has signed in', async () => {
    const { email, own } = await person()
    await guess(email, mostFailuresOfStrangers - 1)
    expect((await own.signInByPassword(email, password)).status).toBe(201)
    expect(await guess(email, 3)).toEqual({ 'session.refused': 3 })
  })

  it('at a second factor are counted for the account, sign-in after sign-in', async () => {
    const { email, client } = await signedInPerson(world)
    const { secret } = await addAuthenticator(world, client)
    let looked = 0
    for (let begun = 0; begun < 40; begun++) {
      const { body } = await visitorOf(world).signInByPassword(email, password)
      if (body.code !== 'sign_in.second_factor') break
      for (let made = 0; made < 5; made++) {
        const given = { authenticatorCode: '000000' }
        const answer = await visitorOf(world).post(`/v1/sign-in/${body.signInId}/verify`, given)
        if (answer.body.code === 'authenticator.code_wrong') looked++
        else expect(answer.body.code).toBe('sign_in.paused')
      }
    }
    expect(looked).toBeGreaterThan(40)
    expect(looked).toBeLessThanOrEqual(mostFailuresOfStrangers)
    const late = await visitorOf(world).signInByPassword(email, password)
    expect(late.body.code).toBe('session.refused')
    expect(await newestTo(world, email)).toContain('/sign-in#browser=')
    const known = await browserByLink(email)
    const { signInId } = (await known.signInByPassword(email, password)).body
    const given = { authenticatorCode: await appCode(world, secret) }
    expect((await known.post(`/v1/sign-in/${signInId}/verify`, given)).status).toBe(200)
  })
})

/** A new browser that was let in by the link of the newest message. */
async function browserByLink(email: string): Promise<Visitor> {
  const token = /#browser=([\w.-]+)/.exec(await newestTo(world, email))?.[1] ?? ''
  const browser = visitorOf(world)
  expect((await browser.post('/v1/sign-in/browser', { token })).status).toBe(204)
  return browser
}

describe('guesses in a browser that the person used before', () => {
  it('wait, and end after ten; the link begins them anew, and all together are a hundred at most', async () => {
    const { email, own } = await person()
    expect(await guessSlowly(own, email)).toBe(mostFailuresOfBrowser)
    expect((await own.signInByPassword(email, password)).body.code).toBe('sign_in.paused')
    let looked = mostFailuresOfBrowser
    for (let linked = 0; linked < 5; linked++) {
      world.clock.advance({ days: 1 })
      expect((await own.signInByPassword(email, 'wrong wrong')).body.code).toBe('sign_in.paused')
      await allow(own, email)
      looked += await guessSlowly(own, email)
    }
    expect(looked).toBe(mostFailuresKnown)
    expect(looked + mostFailuresOfStrangers).toBeLessThanOrEqual(100)
  })

  it('end for that browser alone: a shared one locks no other, and the link lets it in again', async () => {
    const { email, own } = await person()
    const shared = visitorOf(world)
    expect((await shared.signInByPassword(email, password)).status).toBe(201)
    expect(await guessSlowly(shared, email)).toBe(mostFailuresOfBrowser)
    expect((await shared.signInByPassword(email, password)).body.code).toBe('sign_in.paused')
    expect((await own.signInByPassword(email, password)).status).toBe(201)
    expect((await shared.signInByPassword(email, password)).body.code).toBe('sign_in.paused')
    await allow(shared, email)
    expect((await shared.signInByPassword(email, password)).status).toBe(201)
  })

  it('are those of a stranger when it was not used for half a year', async () => {
    const { phone, own } = await person()
    bodyOf(await own.signInByCode('phone', phone), 200)
    world.clock.advance({ days: deviceDays - 1 })
    expect(bodyOf(await own.signInByCode('phone', phone), 200).outcome).toBe('signed_in')
    world.clock.advance({ days: deviceDays + 1 })
    expect(bodyOf(await own.signInByCode('phone', phone), 200).outcome).toBe('another_proof')
  })
})

/** Guesses past each wait until no more are looked at; says how many were. */
async function guessSlowly(browser: Visitor, email: string): Promise<number> {
  let looked = 0
  for (let made = 0; made < mostFailuresOfBrowser + 3; made++) {
    const { body } = await browser.signInByPassword(email, 'wrong wrong')
    if (body.code === 'session.refused') looked++
    world.clock.advance({ minutes: 61 })
  }
  return looked
}

async function allow(browser: Visitor, email: string): Promise<void> {
  const token = /#browser=([\w.-]+)/.exec(await newestTo(world, email))?.[1] ?? ''
  expect((await browser.post('/v1/sign-in/browser', { token })).status).toBe(204)
}

/** Guesses at the second factor after the right password; says how many were looked at. */
async function guessFactor(email: string, known: string): Promise<number> {
  const { signInId } = (await visitorOf(world).signInByPassword(email, known)).body
  if (signInId === undefined) return 0
  const codes: string[] = []
  for (let made = 0; made < 5; made++) {
    const wrong = { authenticatorCode: '000000' }
    codes.push((await visitorOf(world).post(`/v1/sign-in/${signInId}/verify`, wrong)).body.code)
  }
  return codes.filter((code) => code === 'authenticator.code_wrong').length
}

describe('what is counted', () => {
  it('goes on after a new password: guesses at the second factor are as many as ever', async () => {
    const { email, client } = await signedInPerson(world)
    await addAuthenticator(world, client)
    let known = password
    let looked = 0
    for (let round = 0; round < 3; round++) {
      for (let begun = 0; begun < 6; begun++) looked += await guessFactor(email, known)
      const browser = visitorOf(world)
      const { resetId } = bodyOf(await browser.post('/v1/password/forgot', { email }), 201)
      const given = { resetId, code: await codeTo(world, email), password: `nine purple boats ${round}7` }
      const { status } = await browser.post('/v1/password/reset', given)
      if (status === 200) known = given.password
    }
    expect(known).not.toBe(password)
    expect(looked).toBeLessThan(mostFailuresOfStrangers)
  })

  it('costs as much where nobody is to be told', async () => {
    const { email } = await person()
    const nobody = 'nobody@as-slow.example'
    const statements: number[] = []
    for (const address of [email, nobody]) {
      await guess(address, mostFailuresOfStrangers + 1)
      const query = vi.spyOn(pg.Client.prototype, 'query')
      expect((await visitorOf(world).signInByPassword(address, 'wrong wrong')).body.code).toBe(
        'sign_in.paused',
      )
      statements.push(query.mock.calls.length)
      query.mockRestore()
    }
    expect(statements[0]).toBeGreaterThan(5)
    expect(statements[1]).toBe(statements[0])
  })

  it('tells nobody who has the database which addresses were tried', async () => {
    const email = 'tried@digests.example'
    await guess(email, 1)
    const plain = ['sign-in account', 'sign-in address'].map((purpose) =>
      createHash('sha256').update(`${purpose}\0email\0${email}`).digest(),
    )
    const sql = 'select 1 from sign_in_failures where subject_hash = any($1::bytea[])'
    expect((await world.tamper(sql, [plain])).rows).toEqual([])
    const keyed = [world.parts.vault.digest('sign-in address', `email\0${email}`)]
    expect((await world.tamper(sql, [keyed])).rows).toHaveLength(1)
  })
})

describe('the link for a new browser', () => {
  it('comes once a day to all channels, lets that browser alone sign in, and works once', async () => {
    const { email, phone } = await person()
    await guess(email, mostFailuresOfStrangers + 3)
    for (const address of [email, phone]) {
      expect(await newestTo(world, address)).toContain('/sign-in#browser=')
    }
    const paused = world.sent.filter(({ to, template }) => to === email && template === 'sign_in.paused')
    expect(paused).toHaveLength(1)
    const token = /#browser=([\w.-]+)/.exec(await newestTo(world, email))?.[1] ?? ''
    const browser = visitorOf(world)
    expect((await browser.signInByPassword(email, password)).body.code).toBe('sign_in.paused')
    expect((await browser.post('/v1/sign-in/browser', { token })).status).toBe(204)
    expect(browser.cookies.has('__Host-baton')).toBe(false)
    expect((await browser.signInByPassword(email, 'wrong wrong')).body.code).toBe('session.refused')
    expect((await visitorOf(world).signInByPassword(email, password)).body.code).toBe('sign_in.paused')
    expect((await browser.signInByPassword(email, password)).status).toBe(201)
    for (const used of [token, `${token}x`, 'nothing', '00000000-0000-7000-8000-000000000000.x']) {
      const refused = await visitorOf(world).post('/v1/sign-in/browser', { token: used })
      expect(refused).toMatchObject({ status: 410, body: { code: 'sign_in.browser_link_invalid' } })
    }
  })
})
