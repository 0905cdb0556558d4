import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { addAuthenticator, addPasskey, appCode, signedInPerson } from '../../../test/builders/factors.ts'
import { hire } from '../../../test/builders/numbers.ts'
import { bindPhone, personsPassword } from '../../../test/builders/persons.ts'
import { bodyOf, createCompany } from '../../../test/builders.ts'
import { codeTo } from '../../../test/messages.ts'
import { newMobile, type Visitor, visitorOf } from '../../../test/visitor.ts'
import { type Answer, openWorld, type World } from '../../../test/world.ts'
import { codesPerHour } from '../accounts/rules.ts'

const password = personsPassword

let world: World
beforeAll(async () => {
  world = await openWorld()
})
afterAll(() => world.close())

/** Somebody with an authenticator app, recovery codes and a phone. */
async function secured() {
  const person = await signedInPerson(world)
  const { secret, recoveryCodes } = await addAuthenticator(world, person.client)
  const phone = newMobile()
  await bindPhone(world, person.accountId, phone)
  return { ...person, secret, recoveryCodes, phone }
}

function verify(browser: Visitor, signInId: string, given: object): Promise<Answer> {
  return browser.post(`/v1/sign-in/${signInId}/verify`, given)
}

describe('a second factor', () => {
  it('is asked for after a password, and the sign-in goes on with it', async () => {
    const { email, secret, accountId } = await secured()
    const browser = visitorOf(world)
    const asked = await browser.signInByPassword(email, password)
    expect(asked).toMatchObject({ status: 401, body: { code: 'sign_in.second_factor', passkey: null } })
    expect(asked.body.ways).toEqual(['authenticator', 'recovery_code'])
    expect(browser.cookies.size).toBe(0)
    const { signInId } = asked.body
    const done = await verify(browser, signInId, { authenticatorCode: await appCode(world, secret) })
    expect(bodyOf(done, 200)).toMatchObject({ outcome: 'signed_in', accountId })
    expect((await browser.get('/v1/me')).status).toBe(200)
    const log = await browser.get('/v1/account/security-log')
    expect(log.body.items[0]).toMatchObject({ kind: 'signed_in', facts: { proof: 'password+authenticator' } })
  })

  it('is asked for after a code, and each of its codes works once', async () => {
    const { phone, secret, recoveryCodes } = await secured()
    const browser = visitorOf(world)
    const first = bodyOf(await browser.signInByCode('phone', phone), 200)
    expect(first).toMatchObject({ outcome: 'second_factor', ways: ['authenticator', 'recovery_code'] })
    const authenticatorCode = await appCode(world, secret)
    expect((await verify(browser, first.signInId, { authenticatorCode })).status).toBe(200)
    expect((await verify(browser, first.signInId, { authenticatorCode })).body.code).toBe('sign_in.ended')
    const second = bodyOf(await visitorOf(world).signInByCode('phone', phone), 200)
    expect((await verify(visitorOf(world), second.signInId, { authenticatorCode })).body.code).toBe(
      'authenticator.code_wrong',
    )
    const recoveryCode = String(recoveryCodes[0])
    expect((await verify(visitorOf(world), second.signInId, { recoveryCode })).status).toBe(200)
    const third = bodyOf(await visitorOf(world).signInByCode('phone', phone), 200)
    expect((await verify(visitorOf(world), third.signInId, { recoveryCode })).body.code).toBe(
      'recovery_code.wrong',
    )
  })

  it('lets one of 64 at once in with the same code', async () => {
    const { phone, secret } = await secured()
    const { signInId } = bodyOf(await visitorOf(world).signInByCode('phone', phone), 200)
    const authenticatorCode = await appCode(world, secret)
    const all = await Promise.all(
      Array.from({ length: 64 }, () => verify(visitorOf(world), signInId, { authenticatorCode })),
    )
    expect(all.filter(({ status }) => status === 200)).toHaveLength(1)
  })

  it('is guessed at five times in one sign-in at most, and takes no other proof', async () => {
    const { phone, secret } = await secured()
    const { signInId } = bodyOf(await visitorOf(world).signInByCode('phone', phone), 200)
    for (const given of [{ password }, { code: '123456' }]) {
      expect((await verify(visitorOf(world), signInId, given)).body.code).toBe('sign_in.way_unfit')
    }
    for (let guess = 0; guess < 5; guess++) {
      const refused = await verify(visitorOf(world), signInId, { authenticatorCode: '000000' })
      expect(refused.body.code).toBe('authenticator.code_wrong')
    }
    const right = { authenticatorCode: await appCode(world, secret) }
    expect((await verify(visitorOf(world), signInId, right)).body.code).toBe('sign_in.ended')
  })

  it('is asked for by a sign-in link into an account that exists, which joins at the end', async () => {
    const { email, secret } = await secured()
    const elsewhere = await createCompany(world)
    const memberId = await hire(elsewhere, 'Second Job', { email })
    const { token } = bodyOf(await elsewhere.owner.post(`/v1/members/${memberId}/sign-in-link`), 201)
    const browser = visitorOf(world)
    const asked = await browser.post('/v1/sessions', { link: token, password })
    expect(asked.body.code).toBe('sign_in.second_factor')
    const given = { authenticatorCode: await appCode(world, secret) }
    const done = bodyOf(await verify(browser, asked.body.signInId, given), 200)
    expect(done.companies.map(({ companyId }: { companyId: string }) => companyId)).toContain(
      elsewhere.companyId,
    )
    expect((await browser.post('/v1/sessions', { link: token, password })).body.code).toBe(
      'sign_in_link.invalid',
    )
  })
})

describe('a passkey', () => {
  it('signs in alone, also in a browser that somebody else is signed in with', async () => {
    const one = await signedInPerson(world)
    const other = await signedInPerson(world)
    const { device } = await addPasskey(one.client)
    const browser = visitorOf(world)
    bodyOf(await browser.signInByPassword(other.email, password), 201)
    const begun = bodyOf(await browser.post('/v1/sign-in', { by: 'passkey' }), 201)
    const done = await verify(browser, begun.signInId, { passkey: device.answer(begun.options) })
    expect(bodyOf(done, 200)).toMatchObject({ outcome: 'signed_in', accountId: one.accountId })
    const again = await verify(browser, begun.signInId, { passkey: device.answer(begun.options) })
    expect(again.body.code).toBe('sign_in.ended')
  })

  it('is a second factor as well, for its own account only', async () => {
    const one = await signedInPerson(world)
    const other = await signedInPerson(world)
    const own = await addPasskey(one.client)
    const foreign = await addPasskey(other.client)
    const browser = visitorOf(world)
    const { signInId, ways, passkey } = (await browser.signInByPassword(one.email, password)).body
    expect(ways).toContain('passkey')
    const wrong = await verify(browser, signInId, { passkey: foreign.device.answer(passkey) })
    expect(wrong.body.code).toBe('passkey.refused')
    expect((await verify(browser, signInId, { passkey: own.device.answer(passkey) })).status).toBe(200)
  })

  it('of a sealed account opens nothing', async () => {
    const person = await signedInPerson(world)
    const { device } = await addPasskey(person.client)
    await world.tamper(`update accounts set state = 'sealed', sealed_at = now() where account_id = $1`, [
      person.accountId,
    ])
    const browser = visitorOf(world)
    const begun = bodyOf(await browser.post('/v1/sign-in', { by: 'passkey' }), 201)
    const done = await verify(browser, begun.signInId, { passkey: device.answer(begun.options) })
    expect(done.body.code).toBe('account.sealed')
    expect(browser.cookies.size).toBe(0)
  })
})

describe('a phone that nobody signed in with for 90 days', () => {
  /** Somebody whose phone lies idle. */
  async function idle(changes: { readonly email?: boolean; readonly password?: boolean } = {}) {
    const person = await signedInPerson(world)
    const phone = newMobile()
    await bindPhone(world, person.accountId, phone)
    const known = visitorOf(world)
    await known.signInByCode('phone', phone)
    if (changes.email === false)
      await world.tamper('delete from identifiers where value = $1', [person.email])
    if (changes.password === false) {
      await world.tamper('update accounts set password_hash = null where account_id = $1', [person.accountId])
    }
    world.clock.advance({ days: 91 })
    return { ...person, phone, known }
  }

  it('asks in a new browser for another proof: a code by e-mail, which alone signs nobody in', async () => {
    const { phone, email, accountId } = await idle()
    const browser = visitorOf(world)
    const asked = bodyOf(await browser.signInByCode('phone', phone), 200)
    expect(asked).toMatchObject({ outcome: 'another_proof', ways: ['email', 'password'] })
    const code = await codeTo(world, email)
    const wrong = await verify(browser, asked.signInId, { code: code === '000000' ? '111111' : '000000' })
    expect(wrong.body.code).toBe('code.wrong')
    expect(bodyOf(await verify(browser, asked.signInId, { code }), 200)).toMatchObject({
      outcome: 'signed_in',
      accountId,
    })
    expect((await verify(browser, asked.signInId, { code })).body.code).toBe('code.wrong')
  })

  it('takes no codes by e-mail from its person', async () => {
    const { phone, email, known } = await idle()
    for (let asked = 0; asked < codesPerHour; asked++) {
      const step = await visitorOf(world).signInByCode('phone', phone)
      expect(bodyOf(step, 200).outcome).toBe('another_proof')
      world.clock.advance({ minutes: 5 })
    }
    expect((await known.signInByCode('email', email)).status).toBe(200)
  })

  it('ACC-4 says the same of every account, and what whoever got the phone anew can do', async () => {
    const answers: string[] = []
    for (const has of [{}, { email: false }, { password: false }, { email: false, password: false }]) {
      const { phone, email } = await idle(has)
      const { signInId: _signInId, ...asked } = bodyOf(
        await visitorOf(world).signInByCode('phone', phone),
        200,
      )
      expect(asked.ways).toEqual(['email', 'password'])
      expect(asked.waysOut.map(({ way }: { way: string }) => way)).toEqual([
        'ask_former',
        'change_mobile',
        'recycled',
      ])
      expect(JSON.stringify(asked)).not.toContain(email.slice(email.indexOf('@')))
      answers.push(JSON.stringify(asked))
    }
    expect(new Set(answers).size).toBe(1)
  })

  it('ACC-4 takes as many guesses at a code that nobody was sent', async () => {
    const answers: string[] = []
    for (const has of [{}, { email: false }]) {
      const { phone } = await idle(has)
      const browser = visitorOf(world)
      const { signInId } = bodyOf(await browser.signInByCode('phone', phone), 200)
      const codes: string[] = []
      for (let guess = 0; guess < 5; guess++) {
        codes.push((await verify(browser, signInId, { code: '000000' })).body.code)
      }
      codes.push((await verify(browser, signInId, { password: 'not the password' })).body.code)
      answers.push(codes.join(' '))
    }
    expect(new Set(answers).size).toBe(1)
  })

  it('says the same when the account was sent too many codes', async () => {
    const { phone, email } = await idle()
    for (let asked = 0; asked < 10; asked++) {
      bodyOf(await visitorOf(world).post('/v1/sign-in', { by: 'email', value: email }), 201)
    }
    const asked = bodyOf(await visitorOf(world).signInByCode('phone', phone), 200)
    expect(asked).toMatchObject({ outcome: 'another_proof', ways: ['email', 'password'] })
  })

  it('takes the password instead', async () => {
    const { phone } = await idle()
    const browser = visitorOf(world)
    const asked = bodyOf(await browser.signInByCode('phone', phone), 200)
    const wrong = await verify(browser, asked.signInId, { password: 'not the password' })
    expect(wrong.body.code).toBe('session.refused')
    expect((await verify(browser, asked.signInId, { password })).status).toBe(200)
  })

  it('is enough in a browser that was used before', async () => {
    const { phone, known } = await idle()
    expect(bodyOf(await known.signInByCode('phone', phone), 200).outcome).toBe('signed_in')
  })

  it('is not enough where nothing else proves the account, and sets no new password', async () => {
    const { phone } = await idle({ email: false, password: false })
    const browser = visitorOf(world)
    const asked = bodyOf(await browser.signInByCode('phone', phone), 200)
    expect(asked.outcome).toBe('another_proof')
    expect((await verify(browser, asked.signInId, { code: '000000' })).body.code).toBe('code.wrong')
    expect((await verify(browser, asked.signInId, { password })).body.code).toBe('session.refused')
    const { resetId } = bodyOf(await browser.post('/v1/password/forgot', { phone }), 201)
    const body = { resetId, code: await codeTo(world, phone), password: 'nine purple boats 17' }
    expect((await browser.post('/v1/password/reset', body)).body.code).toBe('password.reset_elsewhere')
  })
})
