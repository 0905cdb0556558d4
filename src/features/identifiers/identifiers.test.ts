import { setTimeout } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  addAuthenticator,
  addPasskey,
  appCode,
  personPassword,
  signedInPerson,
} from '../../../test/builders/factors.ts'
import {
  type Address,
  bindAddress,
  identifierIdOf,
  proveAddress,
  signInBy,
  trySignIn,
} from '../../../test/builders/identifiers.ts'
import { heldNumber, hire } from '../../../test/builders/numbers.ts'
import { bodyOf } from '../../../test/builders.ts'
import { codeTo } from '../../../test/messages.ts'
import { type Answer, type Client, openWorld, type World } from '../../../test/world.ts'
import { systemCaller } from '../../kernel/caller.ts'
import type { Tx } from '../../platform/db/tx.ts'
import { lockPhone } from '../accounts/index.ts'
import { codesPerHourOfAccount } from '../accounts/rules.ts'

let world: World
beforeAll(async () => {
  world = await openWorld()
})
afterAll(() => world.close())

let addresses = 0

function newEmail(): { kind: 'email'; value: string } {
  addresses += 1
  return { kind: 'email', value: `address${addresses}@example.com` }
}

function newPhone(): { kind: 'phone'; value: string } {
  addresses += 1
  return { kind: 'phone', value: `+8613700${String(addresses).padStart(6, '0')}` }
}

async function logOf(client: Client): Promise<{ kind: string; facts: Record<string, unknown> }[]> {
  return bodyOf(await client.get('/v1/account/security-log'), 200).items
}

/** A proof that is ready to be given. */
async function attemptOf(client: Client, address: Address): Promise<() => Promise<Answer>> {
  const { challengeId } = bodyOf(await client.post('/v1/account/identifiers', address), 201)
  const code = await codeTo(world, address.value)
  return () => client.post(`/v1/account/identifiers/${challengeId}/verify`, { code })
}

describe('the own account', () => {
  it('shows what is bound in full, factors, companies and what is open', async () => {
    const { client, email, company, accountId } = await signedInPerson(world)
    expect(bodyOf(await client.get('/v1/account'), 200)).toMatchObject({
      accountId,
      displayName: 'Olivia Owner',
      language: 'zh',
      hasPassword: true,
      identifiers: [
        {
          kind: 'email',
          value: email,
          canLogin: true,
          canVerify: true,
          provenHow: 'created with the account',
          frozenAt: null,
        },
      ],
      factors: [],
      memberships: [{ companyId: company.companyId, role: 'owner' }],
      deletion: null,
      openChanges: [],
      isFrozen: false,
      deletionRequests: 0,
    })
  })

  it('gets another name and language', async () => {
    const { client } = await signedInPerson(world)
    const changed = await client.patch('/v1/account', { displayName: 'Li Na', language: 'en' })
    expect(bodyOf(changed, 200)).toEqual({ displayName: 'Li Na', language: 'en' })
    expect(bodyOf(await client.patch('/v1/account', {}), 200)).toEqual({
      displayName: 'Li Na',
      language: 'en',
    })
  })

  it('is nobody else’s: a token is refused on every one of its routes', async () => {
    const { company } = await signedInPerson(world)
    for (const path of ['', '/identifiers', '/security-log', '/history', '/changes', '/sessions']) {
      expect(await company.owner.get(`/v1/account${path}`)).toMatchObject({
        status: 403,
        body: { code: 'account.person_only' },
      })
    }
  })
})

describe('binding an address', () => {
  it('sends a code there and binds it by that code, for both uses, in the ledger without its value', async () => {
    const { client, company } = await signedInPerson(world)
    const phone = newPhone()
    const identifierId = await bindAddress(world, client, phone)
    const { items } = bodyOf(await client.get('/v1/account/identifiers'), 200)
    expect(items).toHaveLength(2)
    expect(items[1]).toMatchObject({
      identifierId,
      ...phone,
      canLogin: true,
      canVerify: true,
      provenHow: 'code',
    })
    const ledger = bodyOf(await company.owner.get('/v1/audit?action=account.identifier_bound'), 200)
    expect(ledger.items).toMatchObject([{ effect: { identifierId, identifierKind: 'phone' } }])
    expect(JSON.stringify(ledger)).not.toContain(phone.value)
    expect((await logOf(client))[0]).toMatchObject({
      kind: 'identifier_bound',
      facts: { identifierKind: 'phone', value: phone.value },
    })
    expect((await trySignIn(world, phone)).body).toMatchObject({ outcome: 'signed_in' })
  })

  it('needs a fresh proof of who is there', async () => {
    const { client } = await signedInPerson(world)
    world.clock.advance({ minutes: 11 })
    expect(await client.post('/v1/account/identifiers', newEmail())).toMatchObject({
      status: 401,
      body: { code: 'session.not_fresh' },
    })
  })

  it('takes the code once, from this session, and no other code', async () => {
    const { client, signIn } = await signedInPerson(world)
    const email = newEmail()
    const { challengeId } = bodyOf(await client.post('/v1/account/identifiers', email), 201)
    const code = await codeTo(world, email.value)
    const path = `/v1/account/identifiers/${challengeId}/verify`
    const refused = { status: 403, body: { code: 'code.wrong' } }
    const wrong = String((Number(code) + 1) % 1_000_000).padStart(6, '0')
    expect(await client.post(path, { code: wrong })).toMatchObject(refused)
    expect(await (await signIn()).post(path, { code })).toMatchObject(refused)
    bodyOf(await client.post(path, { code }), 201)
    expect(await client.post(path, { code })).toMatchObject(refused)
  })

  it('of 64 at once with the same code binds it once, and is told once', async () => {
    const { client, email: own } = await signedInPerson(world)
    const email = newEmail()
    const give = await attemptOf(client, email)
    const answers = await Promise.all(Array.from({ length: 64 }, give))
    const refused = answers.filter(({ status }) => status !== 201)
    expect(refused).toHaveLength(63)
    expect(new Set(refused.map(({ body }) => body.code))).toEqual(new Set(['code.wrong']))
    expect(bodyOf(await client.get('/v1/account/identifiers'), 200).items).toHaveLength(2)
    const { rows } = await world.tamper(
      `select 1 from account_changes c join identifiers i using (account_id)
       where i.value = $1 and c.kind = 'identifier_bound'`,
      [own],
    )
    expect(rows).toHaveLength(1)
  })

  it('takes no code that was sent to sign in, and no code of this signs in', async () => {
    const { client } = await signedInPerson(world)
    const email = newEmail()
    const { signInId } = bodyOf(
      await world.anonymous.post('/v1/sign-in', { by: 'email', value: email.value }),
      201,
    )
    const code = await codeTo(world, email.value)
    const asBinding = await client.post(`/v1/account/identifiers/${signInId}/verify`, { code })
    expect(asBinding).toMatchObject({ status: 403, body: { code: 'code.wrong' } })
    const { challengeId } = bodyOf(await client.post('/v1/account/identifiers', email), 201)
    const other = await codeTo(world, email.value)
    const asSignIn = await world.anonymous.post(`/v1/sign-in/${challengeId}/verify`, { code: other })
    expect(asSignIn.status).toBeGreaterThanOrEqual(400)
    expect(bodyOf(await client.get('/v1/account/identifiers'), 200).items).toHaveLength(1)
  })

  it('a code is over after ten minutes', async () => {
    const { client } = await signedInPerson(world)
    const email = newEmail()
    const { challengeId } = bodyOf(await client.post('/v1/account/identifiers', email), 201)
    const code = await codeTo(world, email.value)
    world.clock.advance({ minutes: 10, seconds: 1 })
    expect(await client.post(`/v1/account/identifiers/${challengeId}/verify`, { code })).toMatchObject({
      status: 403,
      body: { code: 'code.wrong' },
    })
  })

  it('is refused for what is bound here already, and for what is no phone', async () => {
    const { client, email } = await signedInPerson(world)
    expect(
      await client.post('/v1/account/identifiers', { kind: 'email', value: email.toUpperCase() }),
    ).toMatchObject({
      status: 409,
      body: { code: 'identifier.own_already' },
    })
    const local = bodyOf(
      await client.post('/v1/account/identifiers', { kind: 'phone', value: '138 0000 7777' }),
      201,
    )
    expect(local.sentTo).toBe('+8613800007777')
    expect(await client.post('/v1/account/identifiers', { kind: 'phone', value: '12' })).toMatchObject({
      status: 422,
      body: { code: 'identifier.phone_invalid' },
    })
    expect(await client.post('/v1/account/identifiers', { kind: 'wechat' })).toMatchObject({
      status: 409,
      body: { code: 'identifier.kind_not_offered' },
    })
  })

  it('tells nothing of another account before the proof, and after it only that there is one', async () => {
    const [one, other] = [await signedInPerson(world), await signedInPerson(world)]
    const phone = newPhone()
    await bindAddress(world, other.client, phone)
    const free = bodyOf(await one.client.post('/v1/account/identifiers', newPhone()), 201)
    const bound = bodyOf(await one.client.post('/v1/account/identifiers', phone), 201)
    expect(Object.keys(bound)).toEqual(Object.keys(free))
    const refused = await proveAddress(world, one.client, phone)
    expect(refused).toMatchObject({ status: 409, body: { code: 'identifier.phone_elsewhere' } })
    expect(JSON.stringify(refused.body)).toContain('Change mobile')
    const email = await proveAddress(world, one.client, { kind: 'email', value: other.email })
    expect(email).toMatchObject({ status: 409, body: { code: 'identifier.elsewhere' } })
    expect(JSON.stringify([refused.body, email.body])).not.toContain(other.accountId)
    expect(await identifierIdOf(other.client, phone.value)).toBeDefined()
  })

  it('ACC-12 refuses a company’s number to anybody but its holder', async () => {
    const { client, company } = await signedInPerson(world)
    const stranger = await signedInPerson(world)
    const { e164 } = await heldNumber(company, company.ownerMemberId)
    const phone = { kind: 'phone', value: e164 } as const
    expect(await proveAddress(world, stranger.client, phone)).toMatchObject({
      status: 409,
      body: { code: 'identifier.company_number' },
    })
    await bindAddress(world, client, phone)
  })

  it('waits while the phone passes elsewhere, or the number moves', async () => {
    const { client, company } = await signedInPerson(world)
    const { numberId, e164 } = await heldNumber(company, company.ownerMemberId)
    const works = [
      (tx: Tx) => lockPhone(tx, e164),
      (tx: Tx) =>
        tx.query({
          text: 'select 1 from numbers where company_id = $1 and number_id = $2 for update',
          values: [tx.companyId, numberId],
        }),
    ]
    for (const work of works) {
      const bind = await attemptOf(client, { kind: 'phone', value: e164 })
      let bound: Promise<Answer> | undefined
      let isBound = false
      await world.parts.database.inRealmOf(systemCaller(company.companyId, 'test'), async (tx) => {
        await work(tx)
        bound = bind().finally(() => {
          isBound = true
        })
        await setTimeout(500)
        expect(isBound).toBe(false)
      })
      expect((await bound)?.status).toBe(201)
      bodyOf(await client.delete(`/v1/account/identifiers/${await identifierIdOf(client, e164)}`), 204)
    }
  })

  it('stops at twenty', async () => {
    const { client, accountId } = await signedInPerson(world)
    await world.tamper(
      `insert into identifiers (kind, value, account_id, can_login, can_verify, bound_at, proven_how)
        select 'email', 'many' || n || '@example.com', $1, true, true, now(), 'code' from generate_series(1, 19) n`,
      [accountId],
    )
    expect(await client.post('/v1/account/identifiers', newEmail())).toMatchObject({
      status: 409,
      body: { code: 'identifier.too_many' },
    })
  })

  it('of two persons at once, one gets it: 32 times', async () => {
    let [one, other] = [await signedInPerson(world), await signedInPerson(world)]
    for (let round = 0; round < 32; round++) {
      // Twenty codes an hour for each account.
      if (round === 16) {
        world.clock.advance({ minutes: 61 })
        ;[one, other] = [await signedInPerson(world), await signedInPerson(world)]
      }
      const address = newPhone()
      const attempts = [await attemptOf(one.client, address), await attemptOf(other.client, address)]
      const answers = await Promise.all(attempts.map((attempt) => attempt()))
      expect(answers.map(({ status }) => status).sort()).toEqual([201, 409])
      const winner = answers[0]?.status === 201 ? one : other
      bodyOf(
        await winner.client.delete(
          `/v1/account/identifiers/${await identifierIdOf(winner.client, address.value)}`,
        ),
        204,
      )
      world.clock.advance({ seconds: 5 })
    }
  }, 60_000)
})

describe('ACC-7, ACC-8 uses and unbinding', () => {
  it('the last one stays, and the refusal says in which order it works', async () => {
    const { client, email } = await signedInPerson(world)
    const own = await identifierIdOf(client, email)
    const refused = await client.delete(`/v1/account/identifiers/${own}`)
    expect(refused).toMatchObject({
      status: 409,
      body: {
        code: 'identifier.last_login',
        plan: {
          login: { isUsed: true, others: [] },
          verification: { isUsed: true, others: [] },
          steps: [{ step: 'add_identifier', reason: 'replaces_both' }, { step: 'remove_identifier' }],
        },
      },
    })
    const phone = newPhone()
    await bindAddress(world, client, phone)
    const plan = bodyOf(await client.get(`/v1/account/identifiers/${own}/plan`), 200)
    expect(plan).toMatchObject({
      isPossibleNow: true,
      steps: [{ step: 'remove_identifier', identifierId: own }],
    })
    bodyOf(await client.delete(`/v1/account/identifiers/${own}`), 204)
    expect(bodyOf(await (await signInBy(world, phone)).get('/v1/account/history'), 200)).toMatchObject({
      items: [{ identifierId: own, kind: 'email', value: email, endedHow: 'removed' }],
    })
    expect(await trySignIn(world, { kind: 'email', value: email })).toMatchObject({
      status: 200,
      body: { outcome: 'no_account' },
    })
  })

  it('both uses are always said; the last for verification stays', async () => {
    const { client, email } = await signedInPerson(world)
    const own = await identifierIdOf(client, email)
    const phone = newPhone()
    const other = await bindAddress(world, client, phone)
    const uses = (identifierId: string, body: object) =>
      client.patch(`/v1/account/identifiers/${identifierId}`, body)
    expect((await uses(own, { canLogin: false })).status).toBe(400)
    bodyOf(await uses(other, { canLogin: true, canVerify: false }), 200)
    const refused = await uses(own, { canLogin: true, canVerify: false })
    expect(refused).toMatchObject({ status: 409, body: { code: 'identifier.last_verification' } })
    expect(await client.delete(`/v1/account/identifiers/${own}`)).toMatchObject({
      status: 409,
      body: {
        code: 'identifier.last_verification',
        plan: {
          steps: [
            { step: 'set_uses', identifierId: other, uses: { canLogin: true, canVerify: true } },
            { step: 'remove_identifier', identifierId: own },
          ],
        },
      },
    })
    expect(await uses(own, { canLogin: false, canVerify: false })).toMatchObject({
      status: 422,
      body: { code: 'identifier.without_use' },
    })
    bodyOf(await uses(own, { canLogin: false, canVerify: true }), 200)
    expect(await trySignIn(world, { kind: 'email', value: email })).toMatchObject({ status: 409 })
    expect((await logOf(client))[0]).toMatchObject({
      kind: 'identifier_uses_changed',
      facts: { canLogin: false, canVerify: true },
    })
  })

  it('ACC-7 a number that somebody else holds by now is no way in that could be the last', async () => {
    const { client, company, email } = await signedInPerson(world)
    const { numberId, e164 } = await heldNumber(company, company.ownerMemberId)
    const phone = { kind: 'phone', value: e164 } as const
    await bindAddress(world, client, phone)
    const { passkeyId } = await addPasskey(client)
    const order = { toMemberId: await hire(company, 'Nora New'), overrideCooldown: { reason: 'today' } }
    bodyOf(await company.owner.post(`/v1/numbers/${numberId}/reassign`, order), 200)
    expect((await trySignIn(world, phone)).body.code).toBe('identifier.still_linked')
    const own = await identifierIdOf(client, email)
    bodyOf(await client.patch(`/v1/account/identifiers/${own}`, { canLogin: false, canVerify: true }), 200)
    expect(await client.delete(`/v1/account/passkeys/${passkeyId}`)).toMatchObject({
      status: 409,
      body: { code: 'passkey.last_way_in' },
    })
    bodyOf(await client.patch(`/v1/account/identifiers/${own}`, { canLogin: true, canVerify: true }), 200)
    bodyOf(await client.delete(`/v1/account/passkeys/${passkeyId}`), 204)
    const refused = await client.delete(`/v1/account/identifiers/${own}`)
    expect(refused).toMatchObject({
      status: 409,
      body: {
        code: 'identifier.last_login',
        plan: { steps: [{ step: 'add_identifier' }, { step: 'remove_identifier' }] },
      },
    })
    const dead = await identifierIdOf(client, e164)
    bodyOf(await client.delete(`/v1/account/identifiers/${dead}`), 204)
  })

  it('ACC-7 an account of a service that is not set up here is no way in that could be the last', async () => {
    const { client, email, accountId } = await signedInPerson(world)
    await world.tamper(
      `insert into identifiers (kind, value, account_id, can_login, can_verify, bound_at, proven_how)
        values ('wechat', 'not-set-up', $1, true, true, now(), 'oauth')`,
      [accountId],
    )
    const own = await identifierIdOf(client, email)
    expect((await client.delete(`/v1/account/identifiers/${own}`)).body.code).toBe('identifier.last_login')
  })

  it('what is for signing in only verifies nothing', async () => {
    const { client, accountId } = await signedInPerson(world)
    await world.tamper(
      `insert into identifiers (kind, value, account_id, can_login, can_verify, bound_at, proven_how)
        values ('wecom', 'zhangsan', $1, true, false, now(), 'oauth')`,
      [accountId],
    )
    const wecom = await identifierIdOf(client, 'zhangsan')
    const uses = { canLogin: true, canVerify: true }
    expect(await client.patch(`/v1/account/identifiers/${wecom}`, uses)).toMatchObject({
      status: 422,
      body: { code: 'identifier.cannot_verify' },
    })
  })

  it('of two sessions that unbind one each at once, one is refused', async () => {
    const { client, email, signIn } = await signedInPerson(world)
    const other = await signIn()
    const phone = newPhone()
    const ids = [await identifierIdOf(client, email), await bindAddress(world, client, phone)]
    const answers = await Promise.all([
      client.delete(`/v1/account/identifiers/${ids[0]}`),
      other.delete(`/v1/account/identifiers/${ids[1]}`),
    ])
    expect(answers.filter(({ status }) => status === 204)).toHaveLength(1)
    expect(answers.find(({ status }) => status !== 204)?.status).toBeOneOf([401, 409])
  })

  it('nobody else’s can be touched', async () => {
    const [one, other] = [await signedInPerson(world), await signedInPerson(world)]
    const theirs = await identifierIdOf(other.client, other.email)
    const missing = { status: 404, body: { code: 'thing.not_found' } }
    expect(await one.client.delete(`/v1/account/identifiers/${theirs}`)).toMatchObject(missing)
    expect(await one.client.get(`/v1/account/identifiers/${theirs}/plan`)).toMatchObject(missing)
    const uses = { canLogin: true, canVerify: true }
    expect(await one.client.patch(`/v1/account/identifiers/${theirs}`, uses)).toMatchObject(missing)
  })

  it('sessions that were opened by it end with it', async () => {
    const { client } = await signedInPerson(world)
    const phone = newPhone()
    const identifierId = await bindAddress(world, client, phone)
    const byPhone = await signInBy(world, phone)
    bodyOf(await client.delete(`/v1/account/identifiers/${identifierId}`), 204)
    expect((await byPhone.get('/v1/account')).status).toBe(401)
    expect((await client.get('/v1/account')).status).toBe(200)
  })
})

describe('the own password', () => {
  it('is set anew, ends the other sessions when asked, and is told to every channel', async () => {
    const { client, email, signIn } = await signedInPerson(world)
    const other = await signIn()
    const password = 'nine yellow boats 52'
    const changed = await client.post('/v1/account/password', { password, endOtherSessions: true })
    expect(bodyOf(changed, 200)).toEqual({ endedSessions: 1 })
    expect((await other.get('/v1/account')).status).toBe(401)
    bodyOf(await world.anonymous.post('/v1/sessions', { email, password }), 201)
    await world.runDueWork()
    const told = world.sent.filter(({ to }) => to === email).map(({ template }) => template)
    expect(told).toContain('account_change_password_set')
    const { items } = bodyOf(await client.get('/v1/account/changes'), 200)
    expect(items).toMatchObject([{ kind: 'password_set', state: 'open', maySettle: false }])
    expect((await logOf(client)).map(({ kind }) => kind)).toContain('password_set')
  })

  it('ends a sign-in that was begun with the old one', async () => {
    const { client, email } = await signedInPerson(world)
    const { secret } = await addAuthenticator(world, client)
    const begun = await world.anonymous.post('/v1/sessions', { email, password: personPassword })
    expect(begun.body.code).toBe('sign_in.second_factor')
    bodyOf(await client.post('/v1/account/password', { password: 'nine yellow boats 52' }), 200)
    const authenticatorCode = await appCode(world, secret)
    const path = `/v1/sign-in/${begun.body.signInId}/verify`
    expect((await world.anonymous.post(path, { authenticatorCode })).body.code).toBe('sign_in.ended')
  })

  it('is refused where it is easy to guess', async () => {
    const { client } = await signedInPerson(world)
    expect(await client.post('/v1/account/password', { password: 'OliviaOwner1' })).toMatchObject({
      status: 422,
      body: { code: 'password.weak' },
    })
  })
})

describe('lists of the own account', () => {
  it('come in pages, each with cursors of its own', async () => {
    const { client } = await signedInPerson(world)
    for (const address of [newEmail(), newEmail(), newEmail()]) {
      const identifierId = await bindAddress(world, client, address)
      world.clock.advance({ seconds: 1 })
      bodyOf(await client.delete(`/v1/account/identifiers/${identifierId}`), 204)
    }
    for (const list of ['security-log', 'history', 'changes']) {
      const all = bodyOf(await client.get(`/v1/account/${list}?limit=200`), 200).items
      const first = bodyOf(await client.get(`/v1/account/${list}?limit=2`), 200)
      const rest = bodyOf(await client.get(`/v1/account/${list}?limit=200&cursor=${first.nextCursor}`), 200)
      expect([...first.items, ...rest.items]).toEqual(all)
      expect(rest.nextCursor).toBeNull()
      expect(await client.get(`/v1/account/${list}?cursor=nonsense`)).toMatchObject({
        status: 400,
        body: { code: 'page.cursor_invalid' },
      })
    }
  })
})

describe('codes to addresses that an account wants to have', () => {
  it('are twenty an hour, by whatever way they are asked for (code.too_many_asked)', async () => {
    const { client, email } = await signedInPerson(world)
    for (let asked = 0; asked < codesPerHourOfAccount; asked++) {
      const phone = newPhone().value
      if (asked % 2 === 0) bodyOf(await client.post('/v1/account/change-mobile', { phone }), 201)
      else bodyOf(await client.post('/v1/account/identifiers', { kind: 'phone', value: phone }), 201)
    }
    const before = world.sent.length
    const refused = { status: 429, body: { code: 'code.too_many_asked' } }
    expect(await client.post('/v1/account/identifiers', newEmail())).toMatchObject(refused)
    const { value: phone } = newPhone()
    expect(await client.post('/v1/account/change-mobile', { phone })).toMatchObject(refused)
    expect(world.sent.slice(before)).toEqual([])
    world.clock.advance({ minutes: 61 })
    const later = await signInBy(world, { kind: 'email', value: email })
    expect(bodyOf(await later.post('/v1/account/identifiers', newEmail()), 201).proof).toBe('code')
  })
})
