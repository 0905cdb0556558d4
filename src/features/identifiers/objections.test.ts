import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  addAuthenticator,
  addPasskey,
  factorsIn,
  personPassword,
  signedInPerson,
} from '../../../test/builders/factors.ts'
import {
  bindAddress,
  identifierIdOf,
  objectionTo,
  signInBy,
  trySignIn,
} from '../../../test/builders/identifiers.ts'
import { addNumber, heldNumber, hire } from '../../../test/builders/numbers.ts'
import { bodyOf, createCompany } from '../../../test/builders.ts'
import { codeTo } from '../../../test/messages.ts'
import { type Answer, type Client, openWorld, type World } from '../../../test/world.ts'

let world: World
beforeAll(async () => {
  world = await openWorld()
})
afterAll(() => world.close())

let addresses = 0

function newAddress(): { kind: 'email'; value: string } {
  addresses += 1
  return { kind: 'email', value: `attacker${addresses}@example.com` }
}

const frozen = { status: 409, body: { code: 'account.frozen' } }

/** A person whose session somebody else uses: they bound an address of their own just now. */
async function attacked() {
  const person = await signedInPerson(world)
  const own = { kind: 'email', value: person.email } as const
  world.clock.advance({ minutes: 1 })
  const attacker = newAddress()
  const attackerId = await bindAddress(world, person.client, attacker)
  const token = await objectionTo(world, person.email)
  return { ...person, own, attacker, attackerId, token }
}

function object(token: string): Promise<Answer> {
  return world.anonymous.post('/v1/objections', { token })
}

async function changesOf(client: Client, state: string) {
  const { items } = bodyOf(await client.get('/v1/account/changes'), 200)
  return items.filter((one: { state: string }) => one.state === state)
}

async function settle(client: Client, decision: 'keep' | 'undo', kind?: string): Promise<Answer> {
  const objected = await changesOf(client, 'objected')
  const change =
    kind === undefined ? objected[0] : objected.find((one: { kind: string }) => one.kind === kind)
  return client.post(`/v1/account/changes/${change.changeId}/settle`, { decision })
}

describe('ACC-9 the link in the message', () => {
  it('goes to old and new, freezes what was bound and ends every session, once', async () => {
    const { client, own, attacker, token, company } = await attacked()
    expect(await objectionTo(world, attacker.value)).toBe(token)
    const done = await object(token)
    expect(bodyOf(done, 201)).toEqual({ kind: 'identifier_bound', frozenChanges: 1, endedSessions: 1 })
    expect((await client.get('/v1/account')).status).toBe(401)
    expect(await trySignIn(world, attacker)).toMatchObject({ body: { code: 'identifier.frozen' } })
    expect(await object(token)).toMatchObject({ status: 410, body: { code: 'objection.invalid' } })
    const owner = await signInBy(world, own)
    expect(bodyOf(await owner.get('/v1/account'), 200)).toMatchObject({
      isFrozen: true,
      hasPassword: false,
      openChanges: [{ kind: 'identifier_bound', state: 'objected', value: attacker.value, maySettle: true }],
    })
    const ledger = bodyOf(await company.owner.get('/v1/audit?action=account.sessions_revoked'), 200)
    expect(ledger.items).toMatchObject([{ effect: { because: 'objection', changed: 'identifier_bound' } }])
  })

  it('ends the API tokens that were made since, and none from before', async () => {
    const person = await signedInPerson(world)
    const { client, company, email } = person
    const makeToken = async (name: string) => {
      const acting = client.with({ 'baton-company': company.slug })
      const made = bodyOf(await acting.post('/v1/api-tokens', { name, scopes: ['numbers:read'] }), 201)
      return world.client({ authorization: `Bearer ${made.token}` })
    }
    const before = await makeToken('before')
    world.clock.advance({ minutes: 1 })
    await bindAddress(world, client, newAddress())
    const since = await makeToken('since')
    bodyOf(await object(await objectionTo(world, email)), 201)
    expect((await before.get('/v1/numbers')).status).toBe(200)
    expect((await since.get('/v1/numbers')).status).toBe(401)
    const ledger = bodyOf(await company.owner.get('/v1/audit?action=token.revoked'), 200)
    expect(ledger.items).toMatchObject([{ effect: { because: 'objection' } }])
  })

  it('works for seven days', async () => {
    const { token } = await attacked()
    world.clock.advance({ days: 7, seconds: 1 })
    expect(await object(token)).toMatchObject({ status: 410, body: { code: 'objection.invalid' } })
    const late = await attacked()
    world.clock.advance({ days: 7, seconds: -60 })
    bodyOf(await object(late.token), 201)
  })

  it('of 32 at once with the same link, one objects', async () => {
    const { token } = await attacked()
    const answers = await Promise.all(Array.from({ length: 32 }, () => object(token)))
    expect(answers.map(({ status }) => status).sort()).toEqual([
      201,
      ...Array.from({ length: 31 }, () => 410),
    ])
  })

  it('is of no use for an account that is sealed', async () => {
    const { token, accountId } = await attacked()
    await world.tamper("update accounts set state = 'sealed', sealed_at = now() where account_id = $1", [
      accountId,
    ])
    expect(await object(token)).toMatchObject({ status: 410, body: { code: 'objection.invalid' } })
  })

  it('brings back a private phone that a company has entered since; a number that others hold it does not', async () => {
    const { client, company, email } = await signedInPerson(world)
    const phone = { kind: 'phone', value: '+4915140000901' } as const
    const { numberId, e164 } = await heldNumber(company, company.ownerMemberId)
    for (const address of [phone, { kind: 'phone', value: e164 } as const]) {
      await bindAddress(world, client, address)
    }
    const before = await objectionTo(world, phone.value)
    for (const value of [phone.value, e164]) {
      bodyOf(await client.delete(`/v1/account/identifiers/${await identifierIdOf(client, value)}`), 204)
    }
    await addNumber(await createCompany(world), phone.value)
    const order = { toMemberId: await hire(company, 'Nora New'), overrideCooldown: { reason: 'today' } }
    bodyOf(await company.owner.post(`/v1/numbers/${numberId}/reassign`, order), 200)
    const token = await objectionTo(world, phone.value)
    expect(token).not.toBe(before)
    bodyOf(await object(token), 201)
    const owner = await signInBy(world, { kind: 'email', value: email })
    const { items } = bodyOf(await owner.get('/v1/account/identifiers'), 200)
    expect(items.map(({ value }: { value: string }) => value).sort()).toEqual([phone.value, email].sort())
  })

  it('with a made-up token is refused alike', async () => {
    expect(await object('x'.repeat(43))).toMatchObject({ status: 410, body: { code: 'objection.invalid' } })
  })
})

describe('ACC-9 while an objection waits', () => {
  it('whoever made the account by a link comes in by a code and the password that is set aside', async () => {
    const { own, token } = await attacked()
    await world.tamper(
      "update identifiers set proven_how = 'unproven', can_verify = false where value = $1",
      [own.value],
    )
    bodyOf(await object(token), 201)
    const alone = { email: own.value, password: personPassword }
    expect(await world.anonymous.post('/v1/sessions', alone)).toMatchObject({ status: 401 })
    const began = bodyOf(await world.anonymous.post('/v1/sign-in', { by: 'email', value: own.value }), 201)
    const code = await codeTo(world, own.value)
    const verify = (signInId: string, given: object) =>
      world.anonymous.post(`/v1/sign-in/${signInId}/verify`, given)
    const asked = bodyOf(await verify(began.signInId, { code }), 200)
    expect(asked).toMatchObject({ outcome: 'another_proof' })
    expect(await verify(asked.signInId, { password: 'wrong wrong wrong' })).toMatchObject({ status: 401 })
    const done = bodyOf(await verify(asked.signInId, { password: personPassword }), 200)
    expect(done).toMatchObject({ outcome: 'signed_in' })
  })

  it('nothing about getting in changes', async () => {
    const { own, token, attackerId } = await attacked()
    await object(token)
    const owner = await signInBy(world, own)
    const ownId = await identifierIdOf(owner, own.value)
    const uses = { canLogin: true, canVerify: false }
    expect(await owner.post('/v1/account/identifiers', newAddress())).toMatchObject(frozen)
    expect(await owner.patch(`/v1/account/identifiers/${ownId}`, uses)).toMatchObject(frozen)
    expect(await owner.delete(`/v1/account/identifiers/${attackerId}`)).toMatchObject(frozen)
    expect(await owner.post('/v1/account/password', { password: 'nine yellow boats 52' })).toMatchObject(
      frozen,
    )
    expect(await owner.post('/v1/account/authenticator')).toMatchObject(frozen)
    const plan = bodyOf(await owner.get(`/v1/account/identifiers/${ownId}/plan`), 200)
    expect(plan).toMatchObject({ isPossibleNow: false, steps: [{ step: 'settle_change' }] })
  })

  it('a code that was asked for before binds nothing', async () => {
    const { client, own, token } = await attacked()
    const later = newAddress()
    const { challengeId } = bodyOf(await client.post('/v1/account/identifiers', later), 201)
    await object(token)
    const owner = await signInBy(world, own)
    const path = `/v1/account/identifiers/${challengeId}/verify`
    expect((await client.post(path, { code: '000000' })).status).toBe(401)
    expect((await owner.post(path, { code: '000000' })).status).toBe(403)
  })

  it('the password does not open the account, since the attacker may know it', async () => {
    const { own, token, email } = await attacked()
    await object(token)
    const byPassword = { email, password: 'seven green lamps 41' }
    expect((await world.anonymous.post('/v1/sessions', byPassword)).status).toBe(401)
    bodyOf(await settle(await signInBy(world, own), 'keep'), 200)
    bodyOf(await world.anonymous.post('/v1/sessions', byPassword), 201)
  })
})

describe('ACC-9 settling', () => {
  it('undone: what was bound is gone, the password with it', async () => {
    const { own, token, attacker } = await attacked()
    await object(token)
    const owner = await signInBy(world, own)
    expect(bodyOf(await settle(owner, 'undo'), 200).items).toMatchObject([
      { state: 'undone', maySettle: false },
    ])
    expect(bodyOf(await owner.get('/v1/account'), 200)).toMatchObject({
      isFrozen: false,
      hasPassword: false,
      identifiers: [{ value: own.value }],
    })
    expect(await trySignIn(world, attacker)).toMatchObject({ body: { outcome: 'no_account' } })
    bodyOf(await owner.post('/v1/account/password', { password: 'nine yellow boats 52' }), 200)
  })

  it('kept: it works again', async () => {
    const { own, token, attacker } = await attacked()
    await object(token)
    const owner = await signInBy(world, own)
    expect(bodyOf(await settle(owner, 'keep'), 200).items).toMatchObject([{ state: 'kept' }])
    expect(await trySignIn(world, attacker)).toMatchObject({ body: { outcome: 'signed_in' } })
    bodyOf(await owner.delete(`/v1/account/identifiers/${await identifierIdOf(owner, attacker.value)}`), 204)
  })

  it('is not for a change that nobody objected to, nor twice, nor for another’s', async () => {
    const { client, own, token } = await attacked()
    const [open] = await changesOf(client, 'open')
    const path = `/v1/account/changes/${open.changeId}/settle`
    const refused = { status: 409, body: { code: 'change.not_objected' } }
    expect(await client.post(path, { decision: 'keep' })).toMatchObject(refused)
    const stranger = await signedInPerson(world)
    expect((await stranger.client.post(path, { decision: 'keep' })).status).toBe(404)
    await object(token)
    const owner = await signInBy(world, own)
    bodyOf(await owner.post(path, { decision: 'undo' }), 200)
    expect(await owner.post(path, { decision: 'keep' })).toMatchObject(refused)
  })
})

describe('ACC-9 an attacker', () => {
  it('who removed the person’s own address: it is back as it was, and only it settles', async () => {
    const { client, own, attacker } = await attacked()
    bodyOf(await client.delete(`/v1/account/identifiers/${await identifierIdOf(client, own.value)}`), 204)
    const byAttacker = await signInBy(world, attacker)
    bodyOf(await object(await objectionTo(world, own.value)), 201)
    expect((await byAttacker.get('/v1/account')).status).toBe(401)
    const again = await signInBy(world, attacker)
    const refused = await settle(again, 'keep')
    expect(refused).toMatchObject({ status: 403, body: { code: 'change.needs_older_proof' } })
    expect(await again.post('/v1/account/identifiers', newAddress())).toMatchObject(frozen)
    const owner = await signInBy(world, own)
    bodyOf(await settle(owner, 'undo'), 200)
    expect(bodyOf(await owner.get('/v1/account/identifiers'), 200).items).toMatchObject([
      { value: own.value, canLogin: true, canVerify: true, provenHow: 'created with the account' },
      { value: attacker.value, frozenAt: null },
    ])
    bodyOf(await owner.delete(`/v1/account/identifiers/${await identifierIdOf(owner, attacker.value)}`), 204)
  })

  it('whose binding is objected to loses what came after it, too', async () => {
    const { client, own, token, attacker } = await attacked()
    const ownId = await identifierIdOf(client, own.value)
    bodyOf(await client.patch(`/v1/account/identifiers/${ownId}`, { canLogin: false, canVerify: true }), 200)
    bodyOf(await client.delete(`/v1/account/identifiers/${ownId}`), 204)
    expect(bodyOf(await object(token), 201)).toMatchObject({ frozenChanges: 3 })
    expect(await trySignIn(world, attacker)).toMatchObject({ body: { code: 'identifier.frozen' } })
    const owner = await signInBy(world, own)
    bodyOf(await settle(owner, 'undo', 'identifier_unbound'), 200)
    expect(bodyOf(await owner.get('/v1/account/identifiers'), 200).items).toMatchObject([
      { value: own.value, canLogin: true, canVerify: true },
    ])
    expect(
      bodyOf(await owner.get('/v1/account/history'), 200).items.map((one: { value: string }) => one.value),
    ).toContain(attacker.value)
  })

  it('who objects to the owner’s own undo gets in by nothing, and the owner has the last word', async () => {
    const { own, attacker, client } = await attacked()
    bodyOf(
      await client.delete(`/v1/account/identifiers/${await identifierIdOf(client, attacker.value)}`),
      204,
    )
    const tokenOfAttacker = await objectionTo(world, attacker.value)
    bodyOf(await object(tokenOfAttacker), 201)
    expect(await trySignIn(world, attacker)).toMatchObject({ body: { code: 'identifier.frozen' } })
    const owner = await signInBy(world, own)
    bodyOf(await settle(owner, 'keep'), 200)
    expect(await trySignIn(world, attacker)).toMatchObject({ body: { outcome: 'no_account' } })
    await world.runDueWork()
    const sent = world.sent.filter(({ to }) => to === attacker.value).map(({ template }) => template)
    expect(sent).not.toContain('identifier.change_kept')
    expect(await changesOf(owner, 'open')).toEqual([])
    expect((await owner.get('/v1/account')).status).toBe(200)
  })

  it('who has the old address by now cannot bring it back once another account has it', async () => {
    const { client, own, attacker } = await attacked()
    const other = await signedInPerson(world)
    bodyOf(await client.delete(`/v1/account/identifiers/${await identifierIdOf(client, own.value)}`), 204)
    const token = await objectionTo(world, own.value)
    await bindAddress(world, other.client, own)
    bodyOf(await object(token), 201)
    const person = await signInBy(world, attacker)
    expect(bodyOf(await person.get('/v1/account'), 200)).toMatchObject({
      isFrozen: true,
      identifiers: [{ value: attacker.value, frozenAt: null }],
      openChanges: [{ maySettle: true }, { kind: 'identifier_bound' }],
    })
    expect(await identifierIdOf(other.client, own.value)).toBeDefined()
    bodyOf(await settle(person, 'undo'), 200)
  })

  it('whose address is all that is left by now keeps it: nobody is locked out by an objection', async () => {
    const { client, own, attacker, token } = await attacked()
    const other = await signedInPerson(world)
    bodyOf(await client.delete(`/v1/account/identifiers/${await identifierIdOf(client, own.value)}`), 204)
    await bindAddress(world, other.client, own)
    bodyOf(await object(token), 201)
    const person = await signInBy(world, attacker)
    expect(await settle(person, 'undo')).toMatchObject({
      status: 409,
      body: { code: 'identifier.last_login' },
    })
    bodyOf(await settle(person, 'keep'), 200)
  })

  it('who added a passkey and an authenticator app: neither works, nor is it asked for', async () => {
    const { client, own } = await attacked()
    await addPasskey(client, { name: 'Foreign' })
    const tokenOfPasskey = await objectionTo(world, own.value)
    await addAuthenticator(world, client)
    expect(bodyOf(await object(tokenOfPasskey), 201)).toMatchObject({
      kind: 'passkey_added',
      frozenChanges: 2,
    })
    const owner = await signInBy(world, own)
    expect(await factorsIn(owner)).toMatchObject({
      passkeys: [{ name: 'Foreign', isFrozen: true }],
      authenticator: { isFrozen: true },
    })
    bodyOf(await settle(owner, 'undo'), 200)
    expect(await factorsIn(owner)).toMatchObject({ passkeys: [], authenticator: null })
  })

  it('who set the password: it does not work, and undoing leaves none', async () => {
    const { client, own, email } = await attacked()
    const password = 'nine yellow boats 52'
    bodyOf(await client.post('/v1/account/password', { password }), 200)
    bodyOf(await object(await objectionTo(world, own.value)), 201)
    expect((await world.anonymous.post('/v1/sessions', { email, password })).status).toBe(401)
    const owner = await signInBy(world, own)
    bodyOf(await settle(owner, 'undo'), 200)
    expect((await world.anonymous.post('/v1/sessions', { email, password })).status).toBe(401)
  })
})

describe('ACC-9 an earlier change that is objected to after a later one', () => {
  it('takes the later one along, and settling it settles both', async () => {
    const { client, own, token, attacker } = await attacked()
    bodyOf(await client.post('/v1/account/password', { password: 'nine yellow boats 52' }), 200)
    bodyOf(await object(await objectionTo(world, own.value)), 201)
    bodyOf(await object(token), 201)
    const owner = await signInBy(world, own)
    expect(await changesOf(owner, 'objected')).toHaveLength(2)
    expect(bodyOf(await settle(owner, 'keep'), 200).items).toHaveLength(2)
    const password = { email: own.value, password: 'nine yellow boats 52' }
    bodyOf(await world.anonymous.post('/v1/sessions', password), 201)
    expect(await trySignIn(world, attacker)).toMatchObject({ body: { outcome: 'signed_in' } })
  })
})
