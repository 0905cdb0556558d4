import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { bindPhone, personsPassword as password } from '../builders/persons.ts'
import { bodyOf, createCompany } from '../builders.ts'
import { codeTo } from '../messages.ts'
import { newMobile, visitorOf } from '../visitor.ts'
import { openWorld, type World } from '../world.ts'
import { compare, type Probe, plantAddresses, timesOf } from './timing.ts'

let world: World
beforeAll(async () => {
  world = await openWorld()
})
afterAll(() => world.close())

async function person(email: string): Promise<string> {
  await createCompany(world, { ownerEmail: email, password })
  const { rows } = await world.tamper('select account_id from identifiers where value = $1', [email])
  return rows[0].account_id
}

describe('2×1,000 answers in turns do not tell whether an address has an account', () => {
  it.each<[string, Probe]>([
    ['beginning to sign in', (value) => ({ url: '/v1/sign-in', payload: { by: 'email', value } })],
    ['a forgotten password', (email) => ({ url: '/v1/password/forgot', payload: { email } })],
    ['a wrong password', (email) => ({ url: '/v1/sessions', payload: { email, password: 'wrong wrong' } })],
  ])('%s', { timeout: 300_000 }, async (what, probe) => {
    await person(`${what.replace(/\W/g, '')}@long.example`)
    const addresses = await freshAddresses()
    await timesOf(world, { pairs: 100, probe, ...addresses })
    world.clock.advance({ minutes: 61 })
    const { medianDifferenceMs, auc } = compare(await timesOf(world, { pairs: 1000, probe, ...addresses }))
    expect(medianDifferenceMs).toBeLessThanOrEqual(1)
    expect(auc).toBeGreaterThanOrEqual(0.45)
    expect(auc).toBeLessThanOrEqual(0.55)
  })
})

describe('2×1,000 wrong codes in turns', () => {
  it('do not tell either', { timeout: 300_000 }, async () => {
    await person('codes@long.example')
    const addresses = await freshAddresses()
    world.clock.advance({ minutes: 61 })
    const begun = new Map<string, string>()
    for (const value of [...addresses.known, ...addresses.unknown]) {
      const { signInId } = bodyOf(await visitorOf(world).post('/v1/sign-in', { by: 'email', value }), 201)
      begun.set(value, signInId)
    }
    const probe: Probe = (value) => ({
      url: `/v1/sign-in/${begun.get(value)}/verify`,
      payload: { code: '000000' },
    })
    const plan = { pairs: 1000, probe, ...addresses, isSpread: false }
    const { medianDifferenceMs, auc } = compare(await timesOf(world, plan))
    expect(medianDifferenceMs).toBeLessThanOrEqual(1)
    expect(auc).toBeGreaterThanOrEqual(0.45)
    expect(auc).toBeLessThanOrEqual(0.55)
  })
})

let planted: Promise<{ known: string[]; unknown: string[] }> | undefined
function freshAddresses() {
  planted ??= plantAddresses(world, 200)
  return planted
}

describe('10,000 guesses from as many networks', () => {
  it('are looked at a hundred times at most, and keep the person from nothing', {
    timeout: 900_000,
  }, async () => {
    const email = 'victim@long.example'
    const phone = newMobile()
    await bindPhone(world, await person(email), phone)
    const own = visitorOf(world)
    bodyOf(await own.signInByPassword(email, password), 201)
    let looked = 0
    for (let guess = 0; guess < 10_000; guess++) {
      const browser = visitorOf(world)
      const { body } = await browser.signInByPassword(email, `wrong ${guess}`)
      if (body.code === 'session.refused') looked++
      else expect(['sign_in.paused', 'session.too_many_attempts']).toContain(body.code)
      if (guess % 10 === 0) world.clock.advance({ minutes: 30 })
    }
    expect(looked).toBeLessThanOrEqual(100)
    expect((await own.signInByPassword(email, password)).status).toBe(201)
    expect((await own.signInByCode('phone', phone)).status).toBe(200)
  })
})

describe('1,000 codes that were used or have expired', () => {
  it('sign nobody in', { timeout: 600_000 }, async () => {
    const { known } = await freshAddresses()
    const begun: { signInId: string; code: string; isUsed: boolean }[] = []
    for (let count = 0; count < 1000; count++) {
      if (count > 0 && count % 200 === 0) world.clock.advance({ minutes: 61 })
      const value = String(known[count % known.length])
      const browser = visitorOf(world)
      const { signInId } = bodyOf(await browser.post('/v1/sign-in', { by: 'email', value }), 201)
      const code = await codeTo(world, value)
      const isUsed = count % 2 === 0
      if (isUsed) bodyOf(await browser.post(`/v1/sign-in/${signInId}/verify`, { code }), 200)
      begun.push({ signInId, code, isUsed })
    }
    const verify = ({ signInId, code }: { signInId: string; code: string }) =>
      visitorOf(world).post(`/v1/sign-in/${signInId}/verify`, { code })
    for (const one of begun.filter(({ isUsed }) => isUsed)) {
      expect((await verify(one)).body.code).toBe('code.wrong')
    }
    world.clock.advance({ minutes: 11 })
    for (const one of begun.filter(({ isUsed }) => !isUsed)) {
      expect((await verify(one)).body.code).toBe('code.wrong')
    }
  })
})
