import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import {
  acceptAnew,
  browserOf,
  invite,
  invitedAt,
  proveAddress,
  provedAnew,
} from '../../../test/builders/invitations.ts'
import { addNumber, heldNumber, hire } from '../../../test/builders/numbers.ts'
import { ledgerOf } from '../../../test/builders/people.ts'
import { bodyOf, createCompany, type TestCompany } from '../../../test/builders.ts'
import { openWorld, type World } from '../../../test/world.ts'

const password = 'seven green lamps 41'

let world: World
let company: TestCompany
let mara: string
let token: string
let people = 0
beforeAll(async () => {
  world = await openWorld()
})
beforeEach(async () => {
  company = await createCompany(world, { name: 'Acme 有限公司' })
  mara = await hire(company, 'Mara Lind')
  token = (await invite(company, mara)).token
})
afterAll(() => world.close())

function freshEmail(): { by: 'email'; value: string } {
  people += 1
  return { by: 'email', value: `invited${people}@example.com` }
}

function accept(client = world.anonymous, body: object = {}, link = token) {
  return client.post(`/v1/invitations/${link}/accept`, body)
}

async function assign(numberId: string, toMemberId: string): Promise<void> {
  bodyOf(await company.owner.post(`/v1/numbers/${numberId}/assign`, { toMemberId }), 200)
}

async function memberOf(memberId: string) {
  return bodyOf(await company.owner.get(`/v1/members/${memberId}`), 200)
}

describe('somebody without an account', () => {
  it('proves an e-mail, gives a name, and is in the company with an account of their own', async () => {
    const address = freshEmail()
    const joined = await acceptAnew(world, token, { address, name: '林玛拉' })
    expect(joined).toMatchObject({
      status: 200,
      body: {
        companyId: company.companyId,
        slug: company.slug,
        isNewAccount: true,
        companies: [{ companyId: company.companyId, role: 'member' }],
      },
    })
    const browser = browserOf(world, joined)
    const me = bodyOf(await browser.with({ 'baton-company': company.slug }).get('/v1/me'), 200)
    expect(me).toMatchObject({
      account: { displayName: '林玛拉', emails: [address.value] },
      company: { memberId: mara },
    })
    expect(await memberOf(mara)).toMatchObject({ account: 'joined', name: 'Mara Lind' })
    const actions = await ledgerOf(company, mara)
    expect(actions).toEqual(
      expect.arrayContaining(['invitation.accepted', 'member.joined', 'session.opened']),
    )
    const log = bodyOf(await browser.get('/v1/account/security-log'), 200)
    const kinds = log.items.map((entry: { kind: string }) => entry.kind)
    expect(kinds).toEqual(expect.arrayContaining(['signed_in', 'joined_company']))
  })

  it('signs in again by a code, and by a password where one was set', async () => {
    const address = freshEmail()
    bodyOf(await acceptAnew(world, token, { address, password }), 200)
    expect(bodyOf(await proveAddress(world, address), 200).outcome).toBe('signed_in')
    const email = address.value
    expect((await world.anonymous.post('/v1/sessions', { email, password })).status).toBe(201)
  })

  it('has no password where none was set', async () => {
    const address = freshEmail()
    bodyOf(await acceptAnew(world, token, { address }), 200)
    const guess = await world.anonymous.post('/v1/sessions', { email: address.value, password })
    expect(guess.body.code).toBe('session.refused')
  })

  it('is not let in with a password that is easy to guess, and can try again', async () => {
    const signInId = await provedAnew(world, freshEmail())
    const weak = await accept(world.anonymous, { signInId, name: 'Mara Lind', password: 'mara lind 1234' })
    expect(weak.body.code).toBe('password.weak')
    expect((await accept(world.anonymous, { signInId, name: 'Mara Lind', password })).status).toBe(200)
  })

  it('ACC-5 joins with a temporary phone, and with the number of the company once it is theirs and free', async () => {
    const temporary = { by: 'phone', value: '+8613912340001' } as const
    expect((await acceptAnew(world, token, { address: temporary })).status).toBe(200)
    const next = await hire(company, 'Nia')
    const { numberId, e164 } = await addNumber(company)
    await assign(numberId, next)
    const link = (await invite(company, next)).token
    expect((await acceptAnew(world, link, { address: { by: 'phone', value: e164 } })).status).toBe(200)
  })

  it.each([
    ['nobody holds', async () => {}],
    ['a colleague holds', async (numberId: string) => assign(numberId, await hire(company, 'Colleague'))],
    [
      'they held until a moment ago',
      async (numberId: string) => {
        await assign(numberId, mara)
        bodyOf(await company.owner.post(`/v1/numbers/${numberId}/park`), 200)
      },
    ],
  ])('ACC-12 make no account of a number of the company that %s', async (_who, arrange) => {
    const { numberId, e164 } = await addNumber(company)
    const signInId = await provedAnew(world, { by: 'phone', value: e164 })
    await arrange(numberId)
    const refused = await accept(world.anonymous, { signInId, name: 'Mara Lind' })
    expect(refused).toMatchObject({ status: 409, body: { code: 'invitation.number_of_another' } })
    expect(await memberOf(mara)).toMatchObject({ account: 'none' })
    expect((await acceptAnew(world, token, { address: freshEmail() })).status).toBe(200)
  })

  it('ACC-12 make no account of a number that another company gave to somebody', async () => {
    const elsewhere = await createCompany(world)
    const { e164 } = await heldNumber(elsewhere, await hire(elsewhere, 'Stranger'))
    const refused = await acceptAnew(world, token, { address: { by: 'phone', value: e164 } })
    expect(refused).toMatchObject({ status: 409, body: { code: 'invitation.number_of_another' } })
  })

  it('who proved nothing is told what to do', async () => {
    const refused = { status: 409, body: { code: 'invitation.proof_missing' } }
    expect(await accept()).toMatchObject(refused)
    const signInId = world.clock.newId()
    expect(await accept(world.anonymous, { signInId, name: 'Mara Lind' })).toMatchObject(refused)
  })

  it('cannot use a code before it was given, nor a proof twice', async () => {
    const address = freshEmail()
    const { signInId } = bodyOf(await world.anonymous.post('/v1/sign-in', address), 201)
    const early = await accept(world.anonymous, { signInId, name: 'Mara Lind' })
    expect(early.body.code).toBe('invitation.proof_missing')
    const proved = await provedAnew(world, address)
    expect((await accept(world.anonymous, { signInId: proved, name: 'Mara Lind' })).status).toBe(200)
    const other = (await invite(company, await hire(company, 'Other'))).token
    const again = await accept(world.anonymous, { signInId: proved, name: 'Mara Lind' }, other)
    expect(again.body.code).toBe('invitation.proof_missing')
  })
})

describe('somebody with an account', () => {
  async function signedIn() {
    const address = freshEmail()
    const elsewhere = await createCompany(world)
    const first = await invite(elsewhere, await hire(elsewhere, 'Mara Lind'))
    const joined = await acceptAnew(world, first.token, { address, name: 'Mara L.' })
    return { address, browser: browserOf(world, joined), accountId: joined.body.accountId, elsewhere }
  }

  it('sees who they are, joins with that account, and belongs to both companies', async () => {
    const { browser, accountId, elsewhere } = await signedIn()
    expect(bodyOf(await browser.get(`/v1/invitations/${token}`), 200).signedInAs).toBe('Mara L.')
    const joined = await accept(browser)
    expect(joined).toMatchObject({ status: 200, body: { accountId, isNewAccount: false } })
    expect(joined.headers['set-cookie']).toBeUndefined()
    const slugs = joined.body.companies.map((one: { slug: string }) => one.slug)
    expect(slugs.sort()).toEqual([company.slug, elsewhere.slug].sort())
    const me = await browser.with({ 'baton-company': company.slug }).get('/v1/me')
    expect(me.body).toMatchObject({ company: { memberId: mara } })
  })

  it('proves to have one, and is signed in instead of making a second', async () => {
    const { address, accountId } = await signedIn()
    const proof = await proveAddress(world, address)
    expect(proof).toMatchObject({ status: 200, body: { outcome: 'signed_in', accountId } })
    expect((await accept(browserOf(world, proof))).body).toMatchObject({ accountId, isNewAccount: false })
  })

  it('is not two members of one company', async () => {
    const { browser } = await signedIn()
    expect((await accept(browser)).status).toBe(200)
    const second = (await invite(company, await hire(company, 'Second'))).token
    const refused = await accept(browser, {}, second)
    expect(refused).toMatchObject({ status: 409, body: { code: 'invitation.other_member' } })
    expect(
      (await accept(browserOf(world, await acceptAnew(world, second, { address: freshEmail() })))).status,
    ).toBe(404)
  })

  it('who is out of use by a token of a program joins nothing with it', async () => {
    expect((await accept(company.owner)).body.code).toBe('invitation.proof_missing')
    expect((await accept(company.operator)).body.code).toBe('invitation.proof_missing')
    expect((await accept(world.operator)).body.code).toBe('invitation.proof_missing')
  })
})

describe('an invitation', () => {
  const invalid = { status: 404, body: { code: 'invitation.invalid' } }

  it('works once', async () => {
    bodyOf(await acceptAnew(world, token, { address: freshEmail() }), 200)
    expect(await acceptAnew(world, token, { address: freshEmail() })).toMatchObject(invalid)
    expect(await accept()).toMatchObject(invalid)
  })

  it('that expired, was taken back or replaced lets nobody in, and uses no proof up', async () => {
    const signInId = await provedAnew(world, freshEmail())
    const newer = (await invite(company, mara)).token
    expect(await accept(world.anonymous, { signInId, name: 'Mara Lind' })).toMatchObject(invalid)
    expect((await accept(world.anonymous, { signInId, name: 'Mara Lind' }, newer)).status).toBe(200)
  })

  it('lets nobody in as a member who left meanwhile', async () => {
    bodyOf(await company.owner.patch(`/v1/members/${mara}`, { status: 'left' }), 200)
    expect(await acceptAnew(world, token, { address: freshEmail() })).toMatchObject(invalid)
  })

  it('goes with the member who is removed before they came', async () => {
    bodyOf(await company.owner.delete(`/v1/members/${mara}`), 204)
    expect(await world.anonymous.get(`/v1/invitations/${token}`)).toMatchObject(invalid)
    expect(bodyOf(await company.owner.get('/v1/invitations'), 200).items).toEqual([])
  })

  it('is accepted by one of 64 at once, each with a proof of their own', async () => {
    const signIns: string[] = []
    for (let count = 0; count < 64; count += 1) signIns.push(await provedAnew(world, freshEmail()))
    const before = await countAccounts()
    const answers = await Promise.all(
      signIns.map((signInId) => accept(world.anonymous, { signInId, name: 'Mara Lind' })),
    )
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1)
    for (const answer of answers.filter(({ status }) => status !== 200)) expect(answer).toMatchObject(invalid)
    expect(await countAccounts()).toBe(before + 1)
  }, 120_000)

  it('of 64 invitations at once with one proof opens one', async () => {
    const tokens: string[] = []
    for (let count = 0; count < 64; count += 1)
      tokens.push((await invite(company, await hire(company, 'One of many'))).token)
    const signInId = await provedAnew(world, freshEmail())
    const before = await countAccounts()
    const answers = await Promise.all(
      tokens.map((link) => accept(world.anonymous, { signInId, name: 'Mara Lind' }, link)),
    )
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1)
    expect(await countAccounts()).toBe(before + 1)
  }, 120_000)

  it('of one member by a sign-in link and an invitation at once lets one person in', async () => {
    bodyOf(await company.owner.patch(`/v1/members/${mara}`, { email: freshEmail().value }), 200)
    const link = bodyOf(await company.owner.post(`/v1/members/${mara}/sign-in-link`), 201).token
    const signInId = await provedAnew(world, freshEmail())
    const [byLink, byInvitation] = await Promise.all([
      world.anonymous.post('/v1/sessions', { link, password }),
      accept(world.anonymous, { signInId, name: 'Mara Lind' }),
    ])
    const won = [byLink?.status === 201, byInvitation?.status === 200].filter(Boolean)
    expect(won).toHaveLength(1)
  })

  async function countAccounts(): Promise<number> {
    return (await world.tamper('select count(*)::int as count from accounts')).rows[0].count
  }
})

describe('ACC-2 a person whose account is in the cooling-off of its deletion', () => {
  it('cancels it by signing in, which an invitation asks for', async () => {
    const address = freshEmail()
    const elsewhere = await createCompany(world)
    const first = await invite(elsewhere, await hire(elsewhere, 'Mara Lind'))
    const joined = await acceptAnew(world, first.token, { address })
    const browser = browserOf(world, joined)
    const terms = bodyOf(await browser.get('/v1/account/deletion'), 200)
    expect(terms.deletion ?? terms.open ?? null).toBeNull()
    const { accountId } = joined.body
    await world.tamper(
      `insert into account_deletions (account_id, deletion_id, cause, asked_at, due_at)
       values ($1, gen_random_uuid(), 'asked', $2, $2::timestamptz + interval '15 days')`,
      [accountId, world.clock.now().toISOString()],
    )
    const proof = await proveAddress(world, address)
    expect(bodyOf(proof, 200).outcome).toBe('signed_in')
    expect((await accept(browserOf(world, proof))).status).toBe(200)
    const { rows } = await world.tamper('select state from account_deletions where account_id = $1', [
      accountId,
    ])
    expect(rows).toEqual([{ state: 'cancelled' }])
  })
})

describe('ACC-3 when the account of a person is erased', () => {
  it('nothing of where their invitation went is left', async () => {
    const to = { kind: 'email', value: 'mara.at.home@example.com' }
    const invited = await invite(company, mara, { to })
    const sent = await invitedAt(world, to.value)
    const joined = await acceptAnew(world, sent, { address: freshEmail() })
    const masked = () =>
      world.tamper('select to_masked from invitations where invitation_id = $1', [invited.invitationId])
    expect((await masked()).rows).toEqual([{ to_masked: 'm***@example.com' }])
    await world.tamper(
      `insert into account_deletions (account_id, deletion_id, cause, asked_at, due_at)
       values ($1, gen_random_uuid(), 'asked', $2, $2)`,
      [joined.body.accountId, world.clock.now().toISOString()],
    )
    world.clock.advance({ minutes: 1 })
    await world.runDueWork()
    expect((await masked()).rows).toEqual([{ to_masked: null }])
  })
})

describe('ALL-4 an acceptance that is repeated with its key', () => {
  it('by somebody without an account, is answered as before and opens no second session', async () => {
    const signInId = await provedAnew(world, freshEmail())
    const keyed = world.anonymous.with({ 'idempotency-key': `accept-${signInId}` })
    const first = bodyOf(await accept(keyed, { signInId, name: 'Mara Lind' }), 200)
    const again = await accept(keyed, { signInId, name: 'Mara Lind' })
    expect(bodyOf(again, 200)).toEqual(first)
    expect(again.headers['idempotency-replayed']).toBe('true')
    expect(again.headers['set-cookie']).toBeUndefined()
  })

  it('by somebody who is signed in, is answered as before', async () => {
    const joined = await acceptAnew(world, token, { address: freshEmail() })
    const elsewhere = await createCompany(world)
    const link = (await invite(elsewhere, await hire(elsewhere, 'Mara Lind'))).token
    const keyed = browserOf(world, joined).with({ 'idempotency-key': `accept-${link}` })
    const first = bodyOf(await accept(keyed, {}, link), 200)
    const again = await accept(keyed, {}, link)
    expect(bodyOf(again, 200)).toEqual(first)
    expect(again.headers['idempotency-replayed']).toBe('true')
    expect((await accept(keyed, {}, token)).body.code).toBe('idempotency.key_reused')
  })
})
