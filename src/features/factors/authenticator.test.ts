import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  addAuthenticator,
  addPasskey,
  appCode,
  factorsIn,
  signedInPerson,
} from '../../../test/builders/factors.ts'
import { bodyOf } from '../../../test/builders.ts'
import { newestTo } from '../../../test/messages.ts'
import { type Client, openWorld, type World } from '../../../test/world.ts'
import { Refusal } from '../../kernel/refusal.ts'
import { secondFactorsOf, takeSecondFactor } from './index.ts'
import type { GivenFactor } from './model.ts'

const anonymous = { kind: 'anonymous', id: 'anonymous' } as const
const nowhere = '0190a000-0000-7000-8000-00000000dead'

let world: World
beforeAll(async () => {
  world = await openWorld()
})
afterAll(() => world.close())

/** Gives a second factor as a sign-in does; resolves to `taken` or the code of the refusal. */
async function give(accountId: string, given: GivenFactor): Promise<string> {
  const parts = { vault: world.parts.vault, publicUrl: world.parts.publicUrl, origin: 'http://localhost' }
  const challenge = { challengeId: nowhere, purpose: 'second_factor', accountId } as const
  try {
    await world.parts.database.inRealmOf(anonymous, (tx) =>
      tx.inAccount(accountId, (inside) => takeSecondFactor(inside, parts, { challenge, given })),
    )
    return 'taken'
  } catch (error) {
    if (error instanceof Refusal) return error.code
    throw error
  }
}

function waysOf(accountId: string): Promise<string[]> {
  return world.parts.database.inRealmOf(anonymous, (tx) => tx.inAccount(accountId, secondFactorsOf))
}

async function begin(client: Client) {
  return bodyOf(await client.post('/v1/account/authenticator'), 201)
}

describe('ACC-8 turning an authenticator app on', () => {
  it('shows key, address and picture once, and counts only when one of its codes is given', async () => {
    const { client, accountId, email } = await signedInPerson(world)
    const begun = await begin(client)
    expect(begun.secret).toMatch(/^[A-Z2-7]{32}$/)
    expect(begun.uri).toContain(`secret=${begun.secret}`)
    expect(decodeURIComponent(begun.uri)).toContain(`otpauth://totp/Baton:${email}`)
    expect(begun.qrSvg).toMatch(/^<svg [\s\S]*<\/svg>\s*$/)
    expect(await factorsIn(client)).toEqual({ passkeys: [], authenticator: null, recoveryCodes: null })
    expect(await waysOf(accountId)).toEqual([])
    const code = await appCode(world, begun.secret)
    const on = bodyOf(await client.post('/v1/account/authenticator/verify', { code }), 200)
    expect(new Set(on.recoveryCodes).size).toBe(10)
    for (const one of on.recoveryCodes)
      expect(one).toMatch(/^([0-9a-hjkmnp-tv-z]{4}-){3}[0-9a-hjkmnp-tv-z]{4}$/)
    expect(await factorsIn(client)).toMatchObject({
      authenticator: { lastUsedAt: null, isFrozen: false },
      recoveryCodes: { left: 10, isLow: false },
    })
    expect(await waysOf(accountId)).toEqual(['authenticator', 'recovery_code'])
    expect(await newestTo(world, email)).toContain('https://baton.test/objection#')
  })

  it('keeps no key in the database that can be read there', async () => {
    const { client, accountId } = await signedInPerson(world)
    const { secret } = await begin(client)
    const { rows } = await world.tamper('select sealed from authenticators where account_id = $1', [
      accountId,
    ])
    expect(rows).toHaveLength(1)
    expect(rows[0].sealed.toString('latin1')).not.toContain(secret)
    expect(world.parts.vault.open('authenticator', rows[0].sealed)).toBe(secret)
  })

  it('authenticator.code_wrong: another code does not', async () => {
    const { client } = await signedInPerson(world)
    const { secret } = await begin(client)
    const code = String((Number(await appCode(world, secret)) + 1) % 1_000_000).padStart(6, '0')
    expect(await client.post('/v1/account/authenticator/verify', { code })).toMatchObject({
      status: 403,
      body: { code: 'authenticator.code_wrong' },
    })
    expect((await factorsIn(client)).authenticator).toBeNull()
  })

  it('authenticator.not_begun: nothing waits, or it waited too long; the newest key counts', async () => {
    const { client } = await signedInPerson(world)
    const confirm = async (secret: string) =>
      client.post('/v1/account/authenticator/verify', { code: await appCode(world, secret) })
    const none = { status: 409, body: { code: 'authenticator.not_begun' } }
    expect(await confirm('JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP')).toMatchObject(none)
    const first = await begin(client)
    const second = await begin(client)
    expect(await confirm(first.secret)).toMatchObject({ status: 403 })
    await world.tamper("update authenticators set created_at = created_at - interval '11 minutes'")
    expect(await confirm(second.secret)).toMatchObject(none)
    const third = await begin(client)
    expect((await confirm(third.secret)).status).toBe(200)
    expect(await confirm(third.secret)).toMatchObject(none)
  })

  it('lets an earlier app work until a new one is confirmed, which ends it and its recovery codes', async () => {
    const { client, accountId } = await signedInPerson(world)
    const old = await addAuthenticator(world, client)
    const { secret } = await begin(client)
    expect(await give(accountId, { authenticatorCode: await appCode(world, old.secret) })).toBe('taken')
    world.clock.advance({ minutes: 1 })
    const code = await appCode(world, secret)
    const { recoveryCodes } = bodyOf(await client.post('/v1/account/authenticator/verify', { code }), 200)
    world.clock.advance({ minutes: 1 })
    expect(await give(accountId, { authenticatorCode: await appCode(world, old.secret) })).toBe(
      'authenticator.code_wrong',
    )
    expect(await give(accountId, { recoveryCode: old.recoveryCodes[0] ?? '' })).toBe('recovery_code.wrong')
    expect(await give(accountId, { recoveryCode: recoveryCodes[0] })).toBe('taken')
  })
})

describe('ACC-8 a code of the authenticator app', () => {
  it('works one step early and one late, no further, each step once', async () => {
    const { client, accountId } = await signedInPerson(world)
    const { secret } = await addAuthenticator(world, client)
    const giveStep = async (steps: number) =>
      give(accountId, { authenticatorCode: await appCode(world, secret, steps) })
    expect(await giveStep(-2)).toBe('authenticator.code_wrong')
    expect(await giveStep(2)).toBe('authenticator.code_wrong')
    expect(await giveStep(-1)).toBe('taken')
    expect(await giveStep(-1)).toBe('authenticator.code_wrong')
    expect(await giveStep(0)).toBe('taken')
    expect(await giveStep(1)).toBe('taken')
    expect(await giveStep(0)).toBe('authenticator.code_wrong')
    expect(await giveStep(1)).toBe('authenticator.code_wrong')
    world.clock.advance({ minutes: 1, seconds: 30 })
    expect(await giveStep(0)).toBe('taken')
  })

  it('the one that turned the app on works no second time', async () => {
    const { client, accountId } = await signedInPerson(world)
    const { secret } = await begin(client)
    const code = await appCode(world, secret)
    bodyOf(await client.post('/v1/account/authenticator/verify', { code }), 200)
    expect(await give(accountId, { authenticatorCode: code })).toBe('authenticator.code_wrong')
  })

  it('64 at once with the same code: one', async () => {
    const { client, accountId } = await signedInPerson(world)
    const { secret } = await addAuthenticator(world, client)
    const authenticatorCode = await appCode(world, secret)
    const results = await Promise.all(
      Array.from({ length: 64 }, () => give(accountId, { authenticatorCode })),
    )
    expect(results.filter((result) => result === 'taken')).toHaveLength(1)
    expect(results.filter((result) => result === 'authenticator.code_wrong')).toHaveLength(63)
  })

  it('is the own account’s', async () => {
    const one = await signedInPerson(world)
    const two = await signedInPerson(world)
    const { secret } = await addAuthenticator(world, one.client)
    await addAuthenticator(world, two.client)
    expect(await give(two.accountId, { authenticatorCode: await appCode(world, secret) })).toBe(
      'authenticator.code_wrong',
    )
  })
})

describe('ACC-8 recovery codes', () => {
  it('work once each, however they are typed; the person is told, and warned when three are left', async () => {
    const { client, accountId, email } = await signedInPerson(world)
    const { recoveryCodes } = await addAuthenticator(world, client)
    const [first = '', ...others] = recoveryCodes
    expect(await give(accountId, { recoveryCode: ` ${first.toUpperCase().replaceAll('-', ' ')}` })).toBe(
      'taken',
    )
    expect(await give(accountId, { recoveryCode: first })).toBe('recovery_code.wrong')
    expect(await newestTo(world, email)).toMatch(/9/)
    for (const recoveryCode of others.slice(0, 5))
      expect(await give(accountId, { recoveryCode })).toBe('taken')
    expect((await factorsIn(client)).recoveryCodes).toMatchObject({ left: 4, isLow: false })
    expect(await give(accountId, { recoveryCode: others[5] ?? '' })).toBe('taken')
    expect((await factorsIn(client)).recoveryCodes).toMatchObject({ left: 3, isLow: true })
    for (const recoveryCode of others.slice(6)) expect(await give(accountId, { recoveryCode })).toBe('taken')
    expect(await waysOf(accountId)).toEqual(['authenticator'])
  })

  it('64 at once with the same code: one', async () => {
    const { client, accountId } = await signedInPerson(world)
    const { recoveryCodes } = await addAuthenticator(world, client)
    const recoveryCode = recoveryCodes[0] ?? ''
    const results = await Promise.all(Array.from({ length: 64 }, () => give(accountId, { recoveryCode })))
    expect(results.filter((result) => result === 'taken')).toHaveLength(1)
    expect(results.filter((result) => result === 'recovery_code.wrong')).toHaveLength(63)
    expect((await factorsIn(client)).recoveryCodes.left).toBe(9)
  })

  it('of another account do nothing, and none is kept as it was shown', async () => {
    const one = await signedInPerson(world)
    const two = await signedInPerson(world)
    const { recoveryCodes } = await addAuthenticator(world, one.client)
    await addAuthenticator(world, two.client)
    expect(await give(two.accountId, { recoveryCode: recoveryCodes[0] ?? '' })).toBe('recovery_code.wrong')
    const { rows } = await world.tamper('select code_digest from recovery_codes where account_id = $1', [
      one.accountId,
    ])
    expect(rows).toHaveLength(10)
    for (const row of rows) expect(row.code_digest).toHaveLength(32)
  })

  it('are made anew at will; earlier ones end', async () => {
    const { client, accountId } = await signedInPerson(world)
    const { recoveryCodes } = await addAuthenticator(world, client)
    const renewed = bodyOf(await client.post('/v1/account/recovery-codes'), 201).recoveryCodes
    expect(await give(accountId, { recoveryCode: recoveryCodes[0] ?? '' })).toBe('recovery_code.wrong')
    expect(await give(accountId, { recoveryCode: renewed[0] })).toBe('taken')
  })

  it('recovery_code.no_factor: they stand in for something', async () => {
    const { client } = await signedInPerson(world)
    expect(await client.post('/v1/account/recovery-codes')).toMatchObject({
      status: 409,
      body: { code: 'recovery_code.no_factor' },
    })
  })

  it('are left out when a request is repeated, as is the key of an app', async () => {
    const { client } = await signedInPerson(world)
    const key = client.with({ 'idempotency-key': 'app-1' })
    expect(bodyOf(await key.post('/v1/account/authenticator'), 201).secret).toBeDefined()
    const again = bodyOf(await key.post('/v1/account/authenticator'), 201)
    expect([again.secret, again.uri, again.qrSvg]).toEqual([undefined, undefined, undefined])
    await addAuthenticator(world, client)
    const codes = client.with({ 'idempotency-key': 'codes-1' })
    expect(bodyOf(await codes.post('/v1/account/recovery-codes'), 201).recoveryCodes).toHaveLength(10)
    expect(bodyOf(await codes.post('/v1/account/recovery-codes'), 201).recoveryCodes).toBeUndefined()
  })
})

describe('ACC-7 ACC-8 removing the authenticator app', () => {
  it('ends its codes and, with the last factor, the recovery codes', async () => {
    const { client, accountId, email } = await signedInPerson(world)
    const { secret, recoveryCodes } = await addAuthenticator(world, client)
    expect((await client.delete('/v1/account/authenticator')).status).toBe(204)
    expect(await give(accountId, { authenticatorCode: await appCode(world, secret) })).toBe(
      'authenticator.code_wrong',
    )
    expect(await give(accountId, { recoveryCode: recoveryCodes[0] ?? '' })).toBe('recovery_code.wrong')
    expect(await waysOf(accountId)).toEqual([])
    expect(await newestTo(world, email)).toContain('https://baton.test/objection#')
    expect(await client.delete('/v1/account/authenticator')).toMatchObject({
      status: 404,
      body: { code: 'thing.not_found' },
    })
  })

  it('leaves the recovery codes to a passkey', async () => {
    const { client, accountId } = await signedInPerson(world)
    await addAuthenticator(world, client)
    await addPasskey(client)
    expect((await client.delete('/v1/account/authenticator')).status).toBe(204)
    expect(await waysOf(accountId)).toEqual(['passkey', 'recovery_code'])
  })

  it('factor.last_verification: what the account is verified with stays', async () => {
    const { client, accountId } = await signedInPerson(world)
    await addAuthenticator(world, client)
    await world.tamper('update identifiers set can_verify = false where account_id = $1', [accountId])
    expect(await client.delete('/v1/account/authenticator')).toMatchObject({
      status: 409,
      body: { code: 'factor.last_verification' },
    })
  })
})
