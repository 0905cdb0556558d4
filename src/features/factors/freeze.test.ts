import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { addAuthenticator, addPasskey, factorsIn, signedInPerson } from '../../../test/builders/factors.ts'
import { bodyOf } from '../../../test/builders.ts'
import { createDevice } from '../../../test/passkeys.ts'
import { openWorld, type World } from '../../../test/world.ts'
import type { Tx } from '../../platform/db/tx.ts'
import { tellAccountGone } from '../custody-ports/index.ts'
import { factorsOf, freezeFactor, keepFactor, secondFactorsOf, undoFactor } from './index.ts'

const anonymous = { kind: 'anonymous', id: 'anonymous' } as const

let world: World
beforeAll(async () => {
  world = await openWorld()
})
afterAll(() => world.close())

function inAccount<T>(accountId: string, work: (tx: Tx) => Promise<T>): Promise<T> {
  return world.parts.database.inRealmOf(anonymous, (tx) => tx.inAccount(accountId, work))
}

async function authenticatorId(accountId: string): Promise<string> {
  const { rows } = await world.tamper(
    'select authenticator_id as id from authenticators where account_id = $1',
    [accountId],
  )
  return rows[0].id
}

describe('ACC-9 a factor whose adding is objected to', () => {
  it('counts for nothing until it is settled: kept, it works again', async () => {
    const { client, accountId } = await signedInPerson(world)
    const { passkeyId } = await addPasskey(client)
    const change = { kind: 'passkey_added', subjectId: passkeyId }
    await inAccount(accountId, async (tx) => freezeFactor(tx, change))
    expect(await inAccount(accountId, secondFactorsOf)).toEqual([])
    expect(await inAccount(accountId, factorsOf)).toEqual({ passkeys: 0, hasAuthenticator: false })
    expect((await factorsIn(client)).passkeys).toMatchObject([{ passkeyId, isFrozen: true }])
    await inAccount(accountId, async (tx) => keepFactor(tx, change))
    expect(await inAccount(accountId, secondFactorsOf)).toEqual(['passkey', 'recovery_code'])
    expect((await factorsIn(client)).passkeys).toMatchObject([{ passkeyId, isFrozen: false }])
  })

  it('goes when it is undone, and the recovery codes with the last of them', async () => {
    const { client, accountId } = await signedInPerson(world)
    const { passkeyId } = await addPasskey(client)
    await addAuthenticator(world, client)
    const app = { kind: 'authenticator_added', subjectId: await authenticatorId(accountId) }
    await inAccount(accountId, async (tx) => freezeFactor(tx, app))
    expect((await factorsIn(client)).authenticator).toMatchObject({ isFrozen: true })
    expect(await inAccount(accountId, secondFactorsOf)).toEqual(['passkey', 'recovery_code'])
    await inAccount(accountId, (tx) => undoFactor(tx, app))
    expect(await factorsIn(client)).toMatchObject({ authenticator: null, recoveryCodes: { left: 10 } })
    await inAccount(accountId, (tx) => undoFactor(tx, { kind: 'passkey_added', subjectId: passkeyId }))
    expect(await factorsIn(client)).toEqual({ passkeys: [], authenticator: null, recoveryCodes: null })
  })

  it('new recovery codes end at once; what was removed does not come back', async () => {
    const { client, accountId } = await signedInPerson(world)
    const { passkeyId } = await addPasskey(client)
    await inAccount(accountId, async (tx) =>
      freezeFactor(tx, { kind: 'recovery_codes_made', subjectId: null }),
    )
    expect(await inAccount(accountId, secondFactorsOf)).toEqual(['passkey'])
    await inAccount(accountId, (tx) => undoFactor(tx, { kind: 'recovery_codes_made', subjectId: null }))
    await inAccount(accountId, (tx) => undoFactor(tx, { kind: 'passkey_removed', subjectId: passkeyId }))
    expect((await factorsIn(client)).passkeys).toMatchObject([{ passkeyId }])
  })
})

describe('ACC-9 account.frozen', () => {
  it('while an objection waits, no factor changes', async () => {
    const { client, accountId } = await signedInPerson(world)
    const { passkeyId } = await addPasskey(client)
    await addAuthenticator(world, client)
    const begun = bodyOf(await client.post('/v1/account/passkeys'), 201)
    await world.tamper(
      'update account_changes set objected_at = changed_at, objection_id = change_id where account_id = $1 and kind = $2',
      [accountId, 'passkey_added'],
    )
    const frozen = { status: 409, body: { code: 'account.frozen' } }
    expect(await client.post('/v1/account/passkeys')).toMatchObject(frozen)
    const body = { name: 'x', response: createDevice().make(begun.options) }
    expect(await client.post(`/v1/account/passkeys/${begun.challengeId}/verify`, body)).toMatchObject(frozen)
    expect(await client.delete(`/v1/account/passkeys/${passkeyId}`)).toMatchObject(frozen)
    expect(await client.post('/v1/account/authenticator')).toMatchObject(frozen)
    expect(await client.post('/v1/account/authenticator/verify', { code: '123456' })).toMatchObject(frozen)
    expect(await client.delete('/v1/account/authenticator')).toMatchObject(frozen)
    expect(await client.post('/v1/account/recovery-codes')).toMatchObject(frozen)
  })
})

describe('ACC-3 the erasure of an account', () => {
  it('takes all its factors, and nobody else’s', async () => {
    const one = await signedInPerson(world)
    const two = await signedInPerson(world)
    for (const { client } of [one, two]) {
      await addPasskey(client)
      await addAuthenticator(world, client)
    }
    await inAccount(one.accountId, tellAccountGone)
    for (const table of ['passkeys', 'authenticators', 'recovery_codes']) {
      const { rows } = await world.tamper(`select distinct account_id from ${table}`)
      const accounts = rows.map((row) => row.account_id)
      expect(accounts).toContain(two.accountId)
      expect(accounts).not.toContain(one.accountId)
    }
    await inAccount(one.accountId, tellAccountGone)
  })
})
