import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { addAuthenticator, appCode, personPassword, signedInPerson } from '../../../test/builders/factors.ts'
import { bindPhone } from '../../../test/builders/persons.ts'
import { bodyOf } from '../../../test/builders.ts'
import { codeTo, newestTo } from '../../../test/messages.ts'
import { newMobile, visitorOf } from '../../../test/visitor.ts'
import { openWorld, type World } from '../../../test/world.ts'

const fresh = 'nine purple boats 17'

let world: World
beforeAll(async () => {
  world = await openWorld()
})
afterAll(() => world.close())

async function reset(address: { email: string } | { phone: string }, password = fresh) {
  const browser = visitorOf(world)
  const { resetId } = bodyOf(await browser.post('/v1/password/forgot', address), 201)
  const code = await codeTo(world, 'email' in address ? address.email : address.phone)
  return {
    browser,
    resetId,
    code,
    answer: await browser.post('/v1/password/reset', { resetId, code, password }),
  }
}

describe('a forgotten password', () => {
  it('is replaced with a code; every session ends, none is opened, and all channels are told', async () => {
    const { email, accountId, client, company } = await signedInPerson(world)
    const phone = newMobile()
    await bindPhone(world, accountId, phone)
    const { answer, browser } = await reset({ phone })
    expect(bodyOf(answer, 200)).toEqual({ endedSessions: 1 })
    expect(browser.cookies.size).toBe(0)
    expect((await client.get('/v1/me')).status).toBe(401)
    for (const address of [email, phone]) expect(await newestTo(world, address)).toContain('/objection#')
    expect((await visitorOf(world).signInByPassword(email, personPassword)).status).toBe(401)
    expect((await visitorOf(world).signInByPassword(email, fresh)).status).toBe(201)
    const ledger = await company.owner.get('/v1/audit?limit=50')
    expect(JSON.stringify(ledger.body)).toContain('account.sessions_revoked')
    expect(JSON.stringify(ledger.body)).not.toContain(phone)
  })

  it('leaves the second factor where it was', async () => {
    const { email, client } = await signedInPerson(world)
    await addAuthenticator(world, client)
    bodyOf((await reset({ email })).answer, 200)
    expect((await visitorOf(world).signInByPassword(email, fresh)).body.code).toBe('sign_in.second_factor')
  })

  it('ends what was begun with the old one: a second factor that waits opens nothing', async () => {
    const { email, client } = await signedInPerson(world)
    const { secret } = await addAuthenticator(world, client)
    const thief = visitorOf(world)
    const begun = await thief.signInByPassword(email, personPassword)
    expect(begun.body.code).toBe('sign_in.second_factor')
    bodyOf((await reset({ email })).answer, 200)
    const authenticatorCode = await appCode(world, secret)
    const answer = await thief.post(`/v1/sign-in/${begun.body.signInId}/verify`, { authenticatorCode })
    expect(answer).toMatchObject({ status: 410, body: { code: 'sign_in.ended' } })
    expect((await thief.get('/v1/account')).status).toBe(401)
  })

  it('answers alike for an address that no account has, which is told so and gets no code', async () => {
    const { email } = await signedInPerson(world)
    const unknown = 'somebody@nowhere.example'
    const answers = await Promise.all(
      [email, unknown].map((one) => visitorOf(world).post('/v1/password/forgot', { email: one })),
    )
    const [one, other] = answers.map(({ status, body }) => ({
      status,
      keys: Object.keys(body),
      sizes: Object.values(body).map((value) => String(value).replace(/@.*/, '').length),
    }))
    expect(one).toEqual(other)
    expect(await newestTo(world, unknown)).toContain('no account has it')
    expect(await newestTo(world, unknown)).not.toMatch(/\d{6}/)
  })

  it('takes its code once, within ten minutes, and no password that is easy to guess', async () => {
    const { email } = await signedInPerson(world)
    const weak = await reset({ email }, 'password1234')
    expect(weak.answer.body.code).toBe('password.weak')
    const { browser, resetId, code } = await reset({ email })
    const again = await browser.post('/v1/password/reset', { resetId, code, password: fresh })
    expect(again.body.code).toBe('code.wrong')
    const late = bodyOf(await browser.post('/v1/password/forgot', { email }), 201)
    const lateCode = await codeTo(world, email)
    world.clock.advance({ minutes: 10, seconds: 1 })
    const body = { resetId: late.resetId, code: lateCode, password: fresh }
    expect((await browser.post('/v1/password/reset', body)).body.code).toBe('code.wrong')
  })

  it('is replaced by one of 64 at once with the same code', async () => {
    const { email } = await signedInPerson(world)
    const { resetId } = bodyOf(await visitorOf(world).post('/v1/password/forgot', { email }), 201)
    const code = await codeTo(world, email)
    const all = await Promise.all(
      Array.from({ length: 64 }, (_, index) =>
        visitorOf(world).post('/v1/password/reset', { resetId, code, password: `${fresh} ${index}` }),
      ),
    )
    expect(all.filter(({ status }) => status === 200)).toHaveLength(1)
  })
})
