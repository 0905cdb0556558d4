import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { addAuthenticator, addPasskey, factorsIn, signedInPerson } from '../../../test/builders/factors.ts'
import { bodyOf } from '../../../test/builders.ts'
import { newestTo } from '../../../test/messages.ts'
import { type Circumstances, createDevice, type Device } from '../../../test/passkeys.ts'
import { type Client, openWorld, type World } from '../../../test/world.ts'
import { addMinutes } from '../../kernel/instant.ts'
import { Refusal } from '../../kernel/refusal.ts'
import { type ChallengePurpose, insertChallenge, useChallenge as takeChallenge } from '../accounts/index.ts'
import { provePasskeyOptions, verifyPasskey } from './index.ts'
import type { PasskeyAnswer, PasskeyQuestion } from './model.ts'

const anonymous = { kind: 'anonymous', id: 'anonymous' } as const

let world: World
beforeAll(async () => {
  world = await openWorld()
})
afterAll(() => world.close())

function passkeyParts() {
  return { vault: world.parts.vault, publicUrl: world.parts.publicUrl, origin: 'http://localhost' }
}

async function begin(client: Client) {
  return bodyOf(await client.post('/v1/account/passkeys'), 201)
}

interface Asked {
  readonly challengeId: string
  readonly question: PasskeyQuestion
}

/** A sign-in by passkey, begun by a stranger; or a second step for an account. */
function ask(purpose: ChallengePurpose = 'sign_in', accountId: string | null = null): Promise<Asked> {
  return world.parts.database.inRealmOf(anonymous, async (tx) => {
    const challengeId = tx.newId()
    insertChallenge(tx, {
      challengeId,
      purpose,
      accountId,
      sessionId: null,
      kind: null,
      value: null,
      codeHash: null,
      given: {},
      expiresAt: addMinutes(tx.now, 10),
    })
    const question = await (accountId === null
      ? provePasskeyOptions(tx, passkeyParts(), { challengeId, purpose })
      : tx.inAccount(accountId, (inside) =>
          provePasskeyOptions(inside, passkeyParts(), { challengeId, purpose }),
        ))
    return { challengeId, question }
  })
}

interface Given {
  readonly challengeId: string
  readonly answer: PasskeyAnswer
  readonly purpose?: ChallengePurpose
  /** In whose realm it is checked; null before that is known. */
  readonly accountId?: string | null
}

/** Whose the passkey is, or the code of the refusal. */
async function prove({ challengeId, answer, purpose = 'sign_in', accountId = null }: Given): Promise<string> {
  try {
    return await world.parts.database.inRealmOf(anonymous, async (tx) => {
      if (!(await takeChallenge(tx, challengeId, purpose))) return 'the challenge has ended'
      const check = { challengeId, purpose, answer }
      const proven = await (accountId === null
        ? verifyPasskey(tx, passkeyParts(), check)
        : tx.inAccount(accountId, (inside) => verifyPasskey(inside, passkeyParts(), check)))
      return proven.accountId
    })
  } catch (error) {
    if (error instanceof Refusal) return error.code
    throw error
  }
}

async function signIn(device: Device, circumstances?: Circumstances): Promise<string> {
  const { challengeId, question } = await ask()
  return prove({ challengeId, answer: device.answer(question, circumstances) })
}

describe('ACC-8 adding a passkey', () => {
  it('stores it under its name, shows it, gives recovery codes with the first factor, and tells every channel', async () => {
    const { client, email } = await signedInPerson(world)
    const first = await addPasskey(client, { name: 'Phone' })
    expect(first.recoveryCodes).toHaveLength(10)
    world.clock.advance({ seconds: 1 })
    const second = await addPasskey(client, { name: '钥匙' })
    expect(second.recoveryCodes).toBeUndefined()
    expect(await factorsIn(client)).toMatchObject({
      passkeys: [
        { name: '钥匙', lastUsedAt: null, isSynced: false, isFrozen: false },
        { name: 'Phone', passkeyId: first.passkeyId },
      ],
      authenticator: null,
      recoveryCodes: { left: 10, isLow: false },
    })
    expect(await newestTo(world, email)).toContain('https://baton.test/objection#')
  })

  it('asks the device to verify its person, to keep the account, and leaves out passkeys that are there', async () => {
    const { client, accountId, email } = await signedInPerson(world)
    const { device } = await addPasskey(client)
    const { options } = await begin(client)
    expect(options).toMatchObject({
      rp: { id: 'baton.test', name: 'Baton' },
      user: { id: Buffer.from(accountId.replaceAll('-', ''), 'hex').toString('base64url'), name: email },
      excludeCredentials: [{ id: device.credentialId, type: 'public-key', transports: ['internal'] }],
      authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
      attestation: 'none',
    })
  })

  it.each<[string, Circumstances]>([
    ['another origin', { origin: 'https://evil.example' }],
    ['plain HTTP', { origin: 'http://baton.test' }],
    ['another port', { origin: 'https://baton.test:8443' }],
    ['another site', { rpId: 'evil.example' }],
    ['another question', { challenge: Buffer.alloc(32).toString('base64url') }],
    ['a device that did not verify its person', { isVerified: false }],
  ])('passkey.refused: an answer from %s', async (_, circumstances) => {
    const { client } = await signedInPerson(world)
    const { challengeId, options } = await begin(client)
    const path = `/v1/account/passkeys/${challengeId}/verify`
    const answer = await client.post(path, {
      name: 'Phone',
      response: createDevice().make(options, circumstances),
    })
    expect(answer).toMatchObject({ status: 403, body: { code: 'passkey.refused' } })
    expect(await factorsIn(client)).toMatchObject({ passkeys: [], recoveryCodes: null })
  })

  it('passkey.refused: what is no credential at all', async () => {
    const { client } = await signedInPerson(world)
    const { challengeId, options } = await begin(client)
    const made = createDevice().make(options)
    const broken = { ...made, response: { ...made.response, attestationObject: 'oA' } }
    const answer = await client.post(`/v1/account/passkeys/${challengeId}/verify`, {
      name: 'x',
      response: broken,
    })
    expect(answer).toMatchObject({ status: 403, body: { code: 'passkey.refused' } })
  })

  it('takes a question once, in its own session, before it ends', async () => {
    const { client, signIn: again } = await signedInPerson(world)
    const other = await signedInPerson(world)
    const { challengeId, options } = await begin(client)
    const body = { name: 'Phone', response: createDevice().make(options) }
    const path = `/v1/account/passkeys/${challengeId}/verify`
    const gone = { status: 404, body: { code: 'thing.not_found' } }
    expect(await other.client.post(path, body)).toMatchObject(gone)
    expect(await (await again()).post(path, body)).toMatchObject(gone)
    expect((await client.post(path, body)).status).toBe(201)
    expect(await client.post(path, { ...body, response: createDevice().make(options) })).toMatchObject(gone)
    const late = await begin(client)
    await world.tamper('update challenges set expires_at = created_at where challenge_id = $1', [
      late.challengeId,
    ])
    const lateBody = { name: 'Late', response: createDevice().make(late.options) }
    expect(await client.post(`/v1/account/passkeys/${late.challengeId}/verify`, lateBody)).toMatchObject(gone)
  })

  it('asks for a fresh proof at each step', async () => {
    const { client } = await signedInPerson(world)
    const { passkeyId } = await addPasskey(client)
    world.clock.advance({ minutes: 11 })
    const stale = { status: 401, body: { code: 'session.not_fresh' } }
    expect(await client.post('/v1/account/passkeys')).toMatchObject(stale)
    expect(await client.delete(`/v1/account/passkeys/${passkeyId}`)).toMatchObject(stale)
    expect(await client.post('/v1/account/authenticator')).toMatchObject(stale)
    expect(await client.post('/v1/account/authenticator/verify', { code: '123456' })).toMatchObject(stale)
    expect(await client.delete('/v1/account/authenticator')).toMatchObject(stale)
    expect(await client.post('/v1/account/recovery-codes')).toMatchObject(stale)
    expect((await client.get('/v1/account/factors')).status).toBe(200)
  })

  it('passkey.taken: a credential belongs to one account, over all of them', async () => {
    const one = await signedInPerson(world)
    const two = await signedInPerson(world)
    const { device } = await addPasskey(one.client)
    const { challengeId, options } = await begin(two.client)
    const answer = await two.client.post(`/v1/account/passkeys/${challengeId}/verify`, {
      name: 'The same',
      response: device.make(options),
    })
    expect(answer).toMatchObject({ status: 409, body: { code: 'passkey.taken' } })
    expect(await factorsIn(two.client)).toMatchObject({ passkeys: [], recoveryCodes: null })
  })

  it('64 answers to one question at once: one passkey', async () => {
    const { client } = await signedInPerson(world)
    const { challengeId, options } = await begin(client)
    const answers = await Promise.all(
      Array.from({ length: 64 }, (_, index) =>
        client.post(`/v1/account/passkeys/${challengeId}/verify`, {
          name: `Device ${index}`,
          response: createDevice().make(options),
        }),
      ),
    )
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(1)
    expect(answers.filter(({ status }) => status === 404)).toHaveLength(63)
    expect((await factorsIn(client)).passkeys).toHaveLength(1)
  })

  it('passkey.too_many: twenty are enough', async () => {
    const { client } = await signedInPerson(world)
    for (let made = 0; made < 20; made++) await addPasskey(client)
    expect(await client.post('/v1/account/passkeys')).toMatchObject({
      status: 409,
      body: { code: 'passkey.too_many' },
    })
  })
})

describe('ACC-8 signing in by passkey alone', () => {
  it('needs no name: the passkey says whose it is', async () => {
    const { client, accountId } = await signedInPerson(world)
    const { device } = await addPasskey(client)
    const { question } = await ask()
    expect(question).toMatchObject({ rpId: 'baton.test', userVerification: 'required' })
    expect(question.allowCredentials).toBeUndefined()
    expect(await signIn(device)).toBe(accountId)
    expect((await factorsIn(client)).passkeys[0].lastUsedAt).not.toBeNull()
  })

  it.each<[string, Circumstances]>([
    ['another origin', { origin: 'https://evil.example' }],
    ['another site', { rpId: 'evil.example' }],
    ['another question', { challenge: Buffer.alloc(32).toString('base64url') }],
    ['a device that did not verify its person', { isVerified: false }],
    ['a device that names no account', { isNameless: true }],
  ])('passkey.refused: %s', async (_, circumstances) => {
    const { client } = await signedInPerson(world)
    const { device } = await addPasskey(client)
    expect(await signIn(device, circumstances)).toBe('passkey.refused')
  })

  it('passkey.refused: a device that is not known, one that names another account, and a forged signature', async () => {
    const one = await signedInPerson(world)
    const two = await signedInPerson(world)
    const { device } = await addPasskey(one.client)
    const stranger = createDevice()
    stranger.make((await begin(two.client)).options)
    expect(await signIn(stranger)).toBe('passkey.refused')
    const { challengeId, question } = await ask()
    const answer = device.answer(question)
    const handle = Buffer.from(two.accountId.replaceAll('-', ''), 'hex').toString('base64url')
    const named = { ...answer, response: { ...answer.response, userHandle: handle } }
    expect(await prove({ challengeId, answer: named })).toBe('passkey.refused')
    const forged = { ...stranger.answer(question), id: device.credentialId, rawId: device.credentialId }
    const asOne = { ...forged, response: { ...forged.response, userHandle: answer.response.userHandle } }
    expect(await prove({ challengeId, answer: asOne })).toBe('passkey.refused')
    expect(await prove({ challengeId, answer })).toBe(one.accountId)
  })

  it('takes an answer once, and no answer to a question of another purpose', async () => {
    const { client, accountId } = await signedInPerson(world)
    const { device } = await addPasskey(client)
    const { challengeId, question } = await ask()
    const answer = device.answer(question)
    const elsewhere = await ask('confirmation', accountId)
    expect(
      await prove({ challengeId: elsewhere.challengeId, purpose: 'confirmation', accountId, answer }),
    ).toBe('passkey.refused')
    expect(await prove({ challengeId, answer })).toBe(accountId)
    expect(await prove({ challengeId, answer })).toBe('the challenge has ended')
    const next = await ask()
    expect(await prove({ challengeId: next.challengeId, answer })).toBe('passkey.refused')
  })

  it('64 uses of one answer at once: one', async () => {
    const { client, accountId } = await signedInPerson(world)
    const { device } = await addPasskey(client)
    const { challengeId, question } = await ask()
    const answer = device.answer(question)
    const results = await Promise.all(Array.from({ length: 64 }, () => prove({ challengeId, answer })))
    expect(results.filter((result) => result === accountId)).toHaveLength(1)
    expect(results.filter((result) => result === 'the challenge has ended')).toHaveLength(63)
  })

  it('passkey.counter_back: a device that counts back may be a copy; one that never counts is none', async () => {
    const { client, accountId } = await signedInPerson(world)
    const counting = (await addPasskey(client, { name: 'Key' })).device
    const phone = (await addPasskey(client, { device: createDevice({ counts: false }) })).device
    expect(await signIn(counting, { uses: 7 })).toBe(accountId)
    expect(await signIn(counting, { uses: 7 })).toBe('passkey.counter_back')
    expect(await signIn(counting, { uses: 3 })).toBe('passkey.counter_back')
    expect(await signIn(counting, { uses: 0 })).toBe('passkey.counter_back')
    expect(await signIn(counting, { uses: 8 })).toBe(accountId)
    expect(await signIn(phone)).toBe(accountId)
    expect(await signIn(phone)).toBe(accountId)
  })

  it('says nothing of a counter to whoever has no right signature', async () => {
    const { client } = await signedInPerson(world)
    const { device } = await addPasskey(client)
    expect(await signIn(device, { uses: 0, origin: 'https://evil.example' })).toBe('passkey.refused')
  })
})

describe('ACC-8 a passkey as second factor', () => {
  it('is one of the own account, and may leave its person unverified, since something else was proved before', async () => {
    const one = await signedInPerson(world)
    const two = await signedInPerson(world)
    const { device } = await addPasskey(one.client)
    const { device: other } = await addPasskey(two.client)
    const { accountId } = one
    const first = await ask('second_factor', accountId)
    expect(first.question).toMatchObject({
      userVerification: 'preferred',
      allowCredentials: [{ id: device.credentialId }],
    })
    const second = { purpose: 'second_factor', accountId, challengeId: first.challengeId } as const
    expect(await prove({ ...second, answer: other.answer(first.question) })).toBe('passkey.refused')
    const answer = device.answer(first.question, { isVerified: false, isNameless: true })
    expect(await prove({ ...second, answer })).toBe(accountId)
  })
})

describe('ACC-7 removing a passkey', () => {
  it('ends it at once, tells every channel, and takes the recovery codes with the last factor', async () => {
    const { client, email } = await signedInPerson(world)
    const { device, passkeyId } = await addPasskey(client)
    expect((await client.delete(`/v1/account/passkeys/${passkeyId}`)).status).toBe(204)
    expect(await signIn(device)).toBe('passkey.refused')
    expect(await factorsIn(client)).toEqual({ passkeys: [], authenticator: null, recoveryCodes: null })
    expect(await newestTo(world, email)).toContain('https://baton.test/objection#')
    expect(await client.delete(`/v1/account/passkeys/${passkeyId}`)).toMatchObject({
      status: 404,
      body: { code: 'thing.not_found' },
    })
  })

  it('keeps the recovery codes while another factor is there', async () => {
    const { client } = await signedInPerson(world)
    const { passkeyId } = await addPasskey(client)
    await addAuthenticator(world, client)
    expect((await client.delete(`/v1/account/passkeys/${passkeyId}`)).status).toBe(204)
    expect(await factorsIn(client)).toMatchObject({ passkeys: [], recoveryCodes: { left: 10 } })
  })

  it('finds no passkey of another account', async () => {
    const one = await signedInPerson(world)
    const two = await signedInPerson(world)
    const { passkeyId } = await addPasskey(one.client)
    expect((await two.client.delete(`/v1/account/passkeys/${passkeyId}`)).status).toBe(404)
    expect((await factorsIn(one.client)).passkeys).toHaveLength(1)
  })

  it('passkey.last_way_in: the last way into the account stays', async () => {
    const { client, accountId } = await signedInPerson(world)
    const { passkeyId } = await addPasskey(client)
    await world.tamper('update identifiers set can_login = false where account_id = $1', [accountId])
    const refused = await client.delete(`/v1/account/passkeys/${passkeyId}`)
    expect(refused).toMatchObject({ status: 409, body: { code: 'passkey.last_way_in' } })
    const { passkeyId: another } = await addPasskey(client)
    expect((await client.delete(`/v1/account/passkeys/${passkeyId}`)).status).toBe(204)
    expect((await client.delete(`/v1/account/passkeys/${another}`)).status).toBe(409)
  })

  it('of two last passkeys removed at once one stays', async () => {
    const { client, accountId } = await signedInPerson(world)
    const ids = [(await addPasskey(client)).passkeyId, (await addPasskey(client)).passkeyId]
    await world.tamper('update identifiers set can_login = false where account_id = $1', [accountId])
    const answers = await Promise.all(ids.map((id) => client.delete(`/v1/account/passkeys/${id}`)))
    expect(answers.map(({ status }) => status).sort()).toEqual([204, 409])
  })

  it('factor.last_verification: what the account is verified with stays', async () => {
    const { client, accountId } = await signedInPerson(world)
    const { passkeyId } = await addPasskey(client)
    await world.tamper('update identifiers set can_verify = false where account_id = $1', [accountId])
    expect(await client.delete(`/v1/account/passkeys/${passkeyId}`)).toMatchObject({
      status: 409,
      body: { code: 'factor.last_verification' },
    })
  })
})

describe('passkey.address_needed', () => {
  it('is said where Baton knows no host name that a browser would take', async () => {
    const nameless = await openWorld(undefined, { publicUrl: 'http://127.0.0.1:4400' })
    try {
      const { client } = await signedInPerson(nameless)
      expect(await client.with({ host: '127.0.0.1:4400' }).post('/v1/account/passkeys')).toMatchObject({
        status: 409,
        body: { code: 'passkey.address_needed' },
      })
      const { options } = bodyOf(
        await client.with({ host: 'localhost:4400' }).post('/v1/account/passkeys'),
        201,
      )
      expect(options.rp.id).toBe('localhost')
    } finally {
      await nameless.close()
    }
  })
})
