import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  addAuthenticator,
  addPasskey,
  appCode,
  personPassword,
  type SignedInPerson,
  signedInPerson,
} from '../../../test/builders/factors.ts'
import { addNumber, heldNumber, hire } from '../../../test/builders/numbers.ts'
import { bodyOf } from '../../../test/builders.ts'
import { codeTo, newestTo } from '../../../test/messages.ts'
import { createDevice } from '../../../test/passkeys.ts'
import { type Answer, type Client, openWorld, type World } from '../../../test/world.ts'

let world: World
beforeAll(async () => {
  world = await openWorld()
})
afterAll(() => world.close())

const stale = { status: 401, body: { code: 'session.not_fresh' } }

/** A person whose sign-in is too long ago for what is delicate. */
async function stalePerson(): Promise<SignedInPerson> {
  const person = await signedInPerson(world)
  world.clock.advance({ minutes: 11 })
  return person
}

/** Something that asks for a fresh proof. */
function delicate(client: Client): Promise<Answer> {
  return client.post('/v1/account/authenticator')
}

async function waysOf(client: Client): Promise<Answer['body'][]> {
  return bodyOf(await client.get('/v1/account/confirmation'), 200).ways
}

async function begin(client: Client, by: string, more: object = {}): Promise<Answer['body']> {
  return bodyOf(await client.post('/v1/account/confirmation', { by, ...more }), 201)
}

async function beginCode({
  client,
  email,
}: SignedInPerson): Promise<{ confirmationId: string; code: string }> {
  const way = (await waysOf(client)).find(({ by }) => by === 'code')
  const { confirmationId } = await begin(client, 'code', { identifierId: way.identifierId })
  return { confirmationId, code: await codeTo(world, email) }
}

function verify(client: Client, confirmationId: string, body: object): Promise<Answer> {
  return client.post(`/v1/account/confirmation/${confirmationId}/verify`, body)
}

function otherThan(code: string): string {
  return String((Number(code) + 1) % 1_000_000).padStart(6, '0')
}

async function byPassword(client: Client, password: string): Promise<Answer> {
  const { confirmationId } = await begin(client, 'password')
  return verify(client, confirmationId, { password })
}

describe('a fresh proof (ASVS 7.5.1)', () => {
  it('is asked for ten minutes after the last one', async () => {
    const { client } = await signedInPerson(world)
    world.clock.advance({ minutes: 9 })
    expect((await delicate(client)).status).toBe(201)
    world.clock.advance({ minutes: 1 })
    expect(await delicate(client)).toMatchObject(stale)
  })

  it('by password opens what is delicate, in this session alone', async () => {
    const { client, signIn } = await signedInPerson(world)
    const elsewhere = await signIn()
    world.clock.advance({ minutes: 11 })
    expect(await delicate(client)).toMatchObject(stale)
    expect(bodyOf(await byPassword(client, personPassword), 200).provedAt).toBeDefined()
    expect((await delicate(client)).status).toBe(201)
    expect(await delicate(elsewhere)).toMatchObject(stale)
    world.clock.advance({ minutes: 10 })
    expect(await delicate(client)).toMatchObject(stale)
  })

  it('keeps the session as it is, and is in the security log of the person', async () => {
    const { client, accountId } = await stalePerson()
    const answer = await byPassword(client, personPassword)
    expect(answer.headers['set-cookie']).toBeUndefined()
    const { rows } = await world.tamper(
      "select facts, network from security_events where account_id = $1 and kind = 'confirmed'",
      [accountId],
    )
    expect(rows).toEqual([{ facts: { by: 'password' }, network: '127.0.0.1' }])
  })

  it('by a code to an address that may verify', async () => {
    const person = await stalePerson()
    const { client, email } = person
    expect(await waysOf(client)).toMatchObject([
      { by: 'password' },
      { by: 'code', kind: 'email', sentTo: `${email[0]}***${email.slice(email.indexOf('@'))}` },
    ])
    const { confirmationId, code } = await beginCode(person)
    expect((await verify(client, confirmationId, { code })).status).toBe(200)
    expect((await delicate(client)).status).toBe(201)
    const { rows } = await world.tamper('select last_used_at from identifiers where account_id = $1', [
      person.accountId,
    ])
    expect(world.clock.now().getTime() - new Date(rows[0].last_used_at).getTime()).toBeLessThan(60_000)
  })

  it('by authenticator app, recovery code or passkey, and then by nothing weaker (ASVS 6.3.4)', async () => {
    const { client } = await signedInPerson(world)
    const { secret, recoveryCodes } = await addAuthenticator(world, client)
    const { device } = await addPasskey(client)
    world.clock.advance({ minutes: 11 })
    expect((await waysOf(client)).map(({ by }) => by)).toEqual(['authenticator', 'passkey', 'recovery_code'])
    for (const by of ['password', 'code']) {
      const refused = await client.post('/v1/account/confirmation', {
        by,
        ...(by === 'code' ? { identifierId: '0190a000-0000-7000-8000-00000000dead' } : {}),
      })
      expect(refused).toMatchObject({ status: 409, body: { code: 'confirmation.way_missing' } })
    }
    const app = await begin(client, 'authenticator')
    const authenticatorCode = await appCode(world, secret)
    expect((await verify(client, app.confirmationId, { authenticatorCode })).status).toBe(200)
    const again = await begin(client, 'authenticator')
    expect(await verify(client, again.confirmationId, { authenticatorCode })).toMatchObject({
      status: 403,
      body: { code: 'authenticator.code_wrong' },
    })
    world.clock.advance({ minutes: 11 })
    const key = await begin(client, 'passkey')
    expect(key.options).toMatchObject({
      rpId: 'baton.test',
      userVerification: 'required',
      allowCredentials: [{ id: device.credentialId }],
    })
    const passkey = device.answer(key.options)
    expect((await verify(client, key.confirmationId, { passkey })).status).toBe(200)
    expect((await delicate(client)).status).toBe(201)
    const saved = await begin(client, 'recovery_code')
    const recoveryCode = recoveryCodes[0]
    expect((await verify(client, saved.confirmationId, { recoveryCode })).status).toBe(200)
  })

  it('a passkey has to verify its person, on this site, for this question', async () => {
    const { client } = await signedInPerson(world)
    const { device } = await addPasskey(client)
    const refused = { status: 403, body: { code: 'passkey.refused' } }
    const { confirmationId, options } = await begin(client, 'passkey')
    const answers = [
      device.answer(options, { isVerified: false }),
      device.answer(options, { origin: 'https://evil.example' }),
      device.answer((await begin(client, 'passkey')).options),
      createDevice().answer(options, { isNameless: true }),
    ]
    for (const passkey of answers)
      expect(await verify(client, confirmationId, { passkey })).toMatchObject(refused)
    expect((await verify(client, confirmationId, { passkey: device.answer(options) })).status).toBe(200)
  })
})

describe('confirmation.password_wrong, code.wrong, recovery_code.wrong', () => {
  it('leave everything closed', async () => {
    const person = await stalePerson()
    const { client } = person
    expect(await byPassword(client, 'seven green lamps 42')).toMatchObject({
      status: 403,
      body: { code: 'confirmation.password_wrong' },
    })
    const { confirmationId, code } = await beginCode(person)
    expect(await verify(client, confirmationId, { code: otherThan(code) })).toMatchObject({
      status: 403,
      body: { code: 'code.wrong' },
    })
    expect(await delicate(client)).toMatchObject(stale)
    expect((await verify(client, confirmationId, { code })).status).toBe(200)
  })

  it('a wrong recovery code is refused', async () => {
    const { client } = await signedInPerson(world)
    await addAuthenticator(world, client)
    const { confirmationId } = await begin(client, 'recovery_code')
    expect(await verify(client, confirmationId, { recoveryCode: 'aaaa-bbbb-cccc-dddd' })).toMatchObject({
      status: 403,
      body: { code: 'recovery_code.wrong' },
    })
  })

  it('a code that was sent to sign in confirms nothing, and the other way round (ASVS 6.6.2)', async () => {
    const person = await stalePerson()
    const { client, email } = person
    const begun = bodyOf(await world.anonymous.post('/v1/sign-in', { by: 'email', value: email }), 201)
    const signInCode = await codeTo(world, email)
    expect(await verify(client, begun.signInId, { code: signInCode })).toMatchObject({
      status: 410,
      body: { code: 'confirmation.ended' },
    })
    const { confirmationId, code } = await beginCode(person)
    expect(code).not.toBe(signInCode)
    expect((await verify(client, confirmationId, { code: signInCode })).status).toBe(403)
    const turned = await world.anonymous.post(`/v1/sign-in/${confirmationId}/verify`, { code })
    expect(turned.status).toBeGreaterThanOrEqual(400)
    expect(turned.headers['set-cookie']).toBeUndefined()
  })
})

describe('confirmation.ended', () => {
  const ended = { status: 410, body: { code: 'confirmation.ended' } }

  it('a confirmation works once, of 64 at once one', async () => {
    const person = await stalePerson()
    const { client } = person
    const { confirmationId, code } = await beginCode(person)
    const answers = await Promise.all(
      Array.from({ length: 64 }, () => verify(client, confirmationId, { code })),
    )
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1)
    expect(answers.filter(({ status }) => status >= 500)).toEqual([])
    expect(await verify(client, confirmationId, { code })).toMatchObject(ended)
  })

  it('of 64 right passwords at once for one confirmation one confirms', async () => {
    const { client } = await stalePerson()
    const { confirmationId } = await begin(client, 'password')
    const answers = await Promise.all(
      Array.from({ length: 64 }, () => verify(client, confirmationId, { password: personPassword })),
    )
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1)
    expect(answers.filter(({ status }) => status >= 500)).toEqual([])
  })

  it('it ends after ten minutes', async () => {
    const person = await stalePerson()
    const { confirmationId, code } = await beginCode(person)
    world.clock.advance({ minutes: 10, seconds: 1 })
    expect(await verify(person.client, confirmationId, { code })).toMatchObject(ended)
  })

  it('it belongs to its session', async () => {
    const person = await signedInPerson(world)
    const other = await signedInPerson(world)
    const elsewhere = await person.signIn()
    const { confirmationId, code } = await beginCode(person)
    expect(await verify(elsewhere, confirmationId, { code })).toMatchObject(ended)
    expect(await verify(other.client, confirmationId, { code })).toMatchObject(ended)
    expect((await verify(person.client, confirmationId, { code })).status).toBe(200)
  })

  it('it takes five tries, and no sixth with the right code', async () => {
    const person = await stalePerson()
    const { client } = person
    const { confirmationId, code } = await beginCode(person)
    for (let tried = 0; tried < 5; tried++) {
      expect((await verify(client, confirmationId, { code: otherThan(code) })).status).toBe(403)
    }
    expect(await verify(client, confirmationId, { code })).toMatchObject(ended)
  })
})

describe('confirmation.way_missing', () => {
  const missing = { status: 409, body: { code: 'confirmation.way_missing' } }

  it('what was begun one way does not end another', async () => {
    const person = await stalePerson()
    const { client } = person
    const { confirmationId } = await begin(client, 'password')
    expect(await verify(client, confirmationId, { code: '123456' })).toMatchObject(missing)
    const { confirmationId: coded } = await beginCode(person)
    expect(await verify(client, coded, { password: personPassword })).toMatchObject(missing)
  })

  it('an identifier of another person, a frozen one and one that may not verify gets no code', async () => {
    const person = await stalePerson()
    const other = await stalePerson()
    const theirs = (await waysOf(other.client)).find(({ by }) => by === 'code')
    const ask = () =>
      person.client.post('/v1/account/confirmation', { by: 'code', identifierId: theirs.identifierId })
    expect(await ask()).toMatchObject(missing)
    for (const change of ['can_verify = false', 'can_verify = true, frozen_at = bound_at']) {
      await world.tamper(`update identifiers set ${change} where account_id = $1`, [other.accountId])
      expect((await waysOf(other.client)).map(({ by }) => by)).toEqual(['password'])
    }
  })

  it('without a second factor there is none to give', async () => {
    const { client } = await stalePerson()
    for (const by of ['passkey', 'authenticator', 'recovery_code']) {
      expect(await client.post('/v1/account/confirmation', { by })).toMatchObject(missing)
    }
  })

  it('ACC-12: a company’s number confirms its present holder only', async () => {
    const person = await stalePerson()
    const { company, accountId, client } = person
    const bind = (e164: string) =>
      world.tamper(
        `insert into identifiers (kind, value, account_id, can_login, can_verify, bound_at, proven_how)
          values ('phone', $1, $2, true, true, $3, 'test')`,
        [e164, accountId, world.clock.now().toISOString()],
      )
    const own = await heldNumber(company, company.ownerMemberId)
    const colleague = await heldNumber(company, await hire(company, 'A colleague'))
    const parked = await addNumber(company)
    for (const { e164 } of [own, colleague, parked]) await bind(e164)
    await bind('+8613911112222')
    const phones = (await waysOf(client)).filter(({ kind }) => kind === 'phone')
    expect(phones).toHaveLength(2)
    for (const { identifierId } of phones) await begin(client, 'code', { identifierId })
    for (const phone of [own.e164, '+8613911112222']) expect(await codeTo(world, phone)).toMatch(/^\d{6}$/)
    for (const { e164 } of [colleague, parked]) await expect(codeTo(world, e164)).rejects.toThrow()
  })

  it('an installation that sends nothing offers no code', async () => {
    const mute = await openWorld(undefined, { senders: {} })
    try {
      const { client } = await signedInPerson(mute)
      expect((await waysOf(client)).map(({ by }) => by)).toEqual(['password'])
    } finally {
      await mute.close()
    }
  })
})

describe('guesses at a confirmation', () => {
  it('session.too_many_attempts: wait longer and longer, over all ways; a right one lets them be forgotten', async () => {
    const person = await stalePerson()
    const { client } = person
    for (let tried = 0; tried < 5; tried++) {
      expect((await byPassword(client, `wrong password ${tried}`)).status).toBe(403)
    }
    const waits = { status: 429, body: { code: 'session.too_many_attempts' } }
    expect(await byPassword(client, personPassword)).toMatchObject(waits)
    const { confirmationId, code } = await beginCode(person)
    expect(await verify(client, confirmationId, { code })).toMatchObject(waits)
    world.clock.advance({ seconds: 31 })
    expect((await byPassword(client, 'wrong password 5')).status).toBe(403)
    world.clock.advance({ seconds: 31 })
    expect(await byPassword(client, personPassword)).toMatchObject(waits)
    world.clock.advance({ seconds: 30 })
    expect((await byPassword(client, personPassword)).status).toBe(200)
    for (let tried = 0; tried < 5; tried++) {
      expect((await byPassword(client, `wrong password ${tried}`)).status).toBe(403)
    }
  })

  it('sign_in.paused: after so many no further one is looked at; a passkey works still', async () => {
    const { client, email } = await signedInPerson(world)
    const { secret } = await addAuthenticator(world, client)
    const { device } = await addPasskey(client)
    let refused = 0
    for (let hour = 0; hour < 30; hour++) {
      world.clock.advance({ minutes: 61 })
      // The last use is written down beside the request; the session must not end of idleness here.
      await world.tamper('update sessions set last_used_at = $1', [world.clock.now()])
      const { confirmationId } = await begin(client, 'authenticator')
      const answer = await verify(client, confirmationId, {
        authenticatorCode: otherThan(await appCode(world, secret)),
      })
      if (answer.body.code === 'authenticator.code_wrong') refused += 1
      else {
        expect(answer.body.code).toBe('sign_in.paused')
        break
      }
    }
    expect(refused).toBeLessThanOrEqual(20)
    expect(refused).toBeGreaterThan(5)
    expect(await newestTo(world, email)).toContain('https://baton.test/sign-in#browser=')
    const late = await begin(client, 'authenticator')
    const authenticatorCode = await appCode(world, secret)
    expect(await verify(client, late.confirmationId, { authenticatorCode })).toMatchObject({
      body: { code: 'sign_in.paused' },
    })
    const { confirmationId, options } = await begin(client, 'passkey')
    expect((await verify(client, confirmationId, { passkey: device.answer(options) })).status).toBe(200)
  })

  it('64 at once count as 64', async () => {
    const { client } = await stalePerson()
    const ids: string[] = []
    for (let made = 0; made < 64; made++) ids.push((await begin(client, 'password')).confirmationId)
    const answers = await Promise.all(ids.map((id) => verify(client, id, { password: 'wrong password' })))
    expect(answers.filter(({ status }) => status === 403)).toHaveLength(5)
    expect(answers.filter(({ status }) => status === 429)).toHaveLength(59)
  })
})
