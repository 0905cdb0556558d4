import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { addAuthenticator } from '../../../test/builders/factors.ts'
import { accountState } from '../../../test/builders/takeovers.ts'
import { bodyOf, createCompany, type TestCompany, tokenFor } from '../../../test/builders.ts'
import { codeTo, newestTo } from '../../../test/messages.ts'
import { newMobile, type Visitor, visitorOf } from '../../../test/visitor.ts'
import { type Answer, type Client, openWorld, type World } from '../../../test/world.ts'

const password = 'seven green lamps 41'

let world: World
let company: TestCompany
beforeAll(async () => {
  world = await openWorld()
  company = await createCompany(world)
})
afterAll(() => world.close())

let people = 0

async function addMember(details: object = {}, place: TestCompany = company) {
  people += 1
  const email = `joiner${people}@example.com`
  const body = { staffCode: `j-${people}`, name: 'Mara Lind', email, ...details }
  const { memberId } = bodyOf(await place.owner.post('/v1/members', body), 201)
  return { memberId: String(memberId), email }
}

async function linkFor(memberId: string, maker: Client = company.owner): Promise<string> {
  return bodyOf(await maker.post(`/v1/members/${memberId}/sign-in-link`), 201).token
}

function join(link: string, given: string | undefined = password): Promise<Answer> {
  return world.anonymous.post('/v1/sessions', { link, ...(given === '' ? {} : { password: given }) })
}

function browserOf(answer: Answer): Client {
  return world.client({ cookie: String(answer.headers['set-cookie']).split(';')[0] ?? '' })
}

describe('a sign-in link', () => {
  it('ACC-1 gives a member an account with a password that nobody else has seen', async () => {
    const { memberId, email } = await addMember()
    const made = bodyOf(await company.owner.post(`/v1/members/${memberId}/sign-in-link`), 201)
    expect(made.path).toBe(`/sign-in#link=${made.token}`)
    const joined = await join(made.token)
    expect(joined).toMatchObject({
      status: 201,
      body: { companies: [{ companyId: company.companyId, role: 'member' }] },
    })
    const me = await browserOf(joined).with({ 'baton-company': company.slug }).get('/v1/me')
    expect(me.body).toMatchObject({ account: { emails: [email] }, company: { memberId } })
    expect((await world.anonymous.post('/v1/sessions', { email, password })).status).toBe(201)
  })

  it('ACC-1 that an Admin uses up for a stranger opens no company to them', async () => {
    const { memberId, email } = await addMember()
    expect((await join(await linkFor(memberId))).status).toBe(201)
    const wish = { companyName: 'Elsewhere', ownerName: 'Stranger', ownerEmail: email }
    const made = bodyOf(await world.operator.post('/v1/companies', wish), 201)
    const intruder = await world.anonymous.post('/v1/sessions', { email, password })
    expect(intruder.body.companies.map((one: { slug: string }) => one.slug)).toEqual([company.slug])
    const refused = await browserOf(intruder).with({ 'baton-company': made.slug }).get('/v1/company')
    expect(refused).toMatchObject({ status: 404, body: { thing: 'company' } })
  })

  it('works once', async () => {
    const { memberId } = await addMember()
    const link = await linkFor(memberId)
    expect((await join(link)).status).toBe(201)
    expect(await join(link)).toMatchObject({ status: 410, body: { code: 'sign_in_link.invalid' } })
  })

  it('lets one of 64 redemptions at once win', async () => {
    const { memberId, email } = await addMember()
    const link = await linkFor(memberId)
    const all = await Promise.all(
      Array.from({ length: 64 }, (_, index) => join(link, `${password} try ${index}`)),
    )
    const won = all.filter((answer) => answer.status === 201)
    expect(won).toHaveLength(1)
    expect(new Set(all.filter((answer) => answer !== won[0]).map((answer) => answer.body.code))).toEqual(
      new Set(['sign_in_link.invalid']),
    )
    const mine = `${password} try ${all.findIndex((answer) => answer.status === 201)}`
    expect((await world.anonymous.post('/v1/sessions', { email, password: mine })).status).toBe(201)
  })

  it("ends after the company's hours, and when a newer one is made", async () => {
    const { memberId } = await addMember()
    const old = await linkFor(memberId)
    const link = await linkFor(memberId)
    expect((await join(old)).body.code).toBe('sign_in_link.invalid')
    world.clock.advance({ hours: 24, minutes: 1 })
    expect((await join(link)).body.code).toBe('sign_in_link.invalid')
  })

  it('needs a password, and a good one for a new account, and is not used up by a bad one', async () => {
    const { memberId, email } = await addMember()
    const link = await linkFor(memberId)
    expect(await join(link, '')).toMatchObject({
      status: 422,
      body: { code: 'sign_in_link.password_needed', email },
    })
    expect((await join(link, 'short')).body.code).toBe('password.weak')
    expect((await join(link, 'passwordpassword')).body.code).toBe('password.weak')
    expect((await join(link)).status).toBe(201)
  })

  it('ACC-1 opens no way into an account that exists: the maker is refused and the attempt recorded', async () => {
    const { memberId } = await addMember()
    await join(await linkFor(memberId))
    const refused = await company.owner.post(`/v1/members/${memberId}/sign-in-link`)
    expect(refused).toMatchObject({ status: 409, body: { code: 'sign_in_link.has_account' } })
    const entries = await company.owner.get('/v1/audit')
    const actions = entries.body.items.map((entry: { action: string }) => entry.action)
    expect(actions).toContain('sign_in_link.refused')
  })

  it("ACC-1 joins an account of another company only with that account's own password", async () => {
    const { memberId, email } = await addMember()
    await join(await linkFor(memberId))
    const other = await createCompany(world)
    const there = await addMember({ email }, other)
    const link = await linkFor(there.memberId, other.owner)
    expect(await join(link, 'a password of the admin')).toMatchObject({
      status: 401,
      body: { code: 'session.refused' },
    })
    const joined = await join(link)
    expect(joined.body.companies.map((one: { slug: string }) => one.slug).sort()).toEqual(
      [company.slug, other.slug].sort(),
    )
    const browser = browserOf(joined)
    for (const [place, expected] of [
      [company, memberId],
      [other, there.memberId],
    ] as const) {
      const me = await browser.with({ 'baton-company': place.slug }).get('/v1/me')
      expect(me.body.company).toMatchObject({ companyId: place.companyId, memberId: expected })
    }
    expect((await browser.get('/v1/companies')).body.items).toHaveLength(2)
  })

  it('for an Owner is made by an Owner only', async () => {
    const own = await createCompany(world)
    const admin = await tokenFor(world, own, (await addMember({ role: 'admin' }, own)).memberId)
    const refused = await admin.post(`/v1/members/${own.ownerMemberId}/sign-in-link`)
    expect(refused).toMatchObject({ status: 403, body: { code: 'sign_in_link.owner_only' } })
    expect((await join(await linkFor(own.ownerMemberId, own.owner))).body.companies[0].role).toBe('owner')
  })

  it('needs a member of this company who is here and has an e-mail address', async () => {
    const silent = await addMember({ email: undefined })
    const gone = await addMember()
    bodyOf(await company.owner.patch(`/v1/members/${gone.memberId}`, { status: 'suspended' }), 200)
    const other = await createCompany(world)
    for (const [memberId, code] of [
      [silent.memberId, 'sign_in_link.no_email'],
      [gone.memberId, 'sign_in_link.not_active'],
      [other.ownerMemberId, 'thing.not_found'],
    ]) {
      expect((await company.owner.post(`/v1/members/${memberId}/sign-in-link`)).body.code).toBe(code)
    }
  })

  it('does not make one account two members of a company', async () => {
    const { memberId, email } = await addMember()
    await join(await linkFor(memberId))
    const twin = await addMember({ email })
    const refused = await join(await linkFor(twin.memberId))
    expect(refused).toMatchObject({ status: 409, body: { code: 'sign_in_link.other_member' } })
  })

  it('stops working when the member is suspended meanwhile, and so does the session', async () => {
    const { memberId } = await addMember()
    const link = await linkFor(memberId)
    bodyOf(await company.owner.patch(`/v1/members/${memberId}`, { status: 'suspended' }), 200)
    expect((await join(link)).body.code).toBe('sign_in_link.invalid')
    bodyOf(await company.owner.patch(`/v1/members/${memberId}`, { status: 'active' }), 200)
    const browser = browserOf(await join(link)).with({ 'baton-company': company.slug })
    expect((await browser.get('/v1/company')).status).toBe(200)
    bodyOf(await company.owner.patch(`/v1/members/${memberId}`, { status: 'suspended' }), 200)
    expect(await browser.get('/v1/company')).toMatchObject({
      status: 401,
      body: { code: 'member.suspended' },
    })
  })
})

describe('an address that only a sign-in link named', () => {
  /** An Admin who kept the link joins in the member's place. */
  async function hijacked() {
    const { memberId, email } = await addMember({ name: 'Victim' })
    const admin = visitorOf(world)
    const opened = await admin.post('/v1/sessions', { link: await linkFor(memberId), password })
    const { accountId } = bodyOf(opened, 201)
    return { admin, email, accountId: String(accountId) }
  }

  function clientOf({ cookies }: Visitor): Client {
    return world.client({ cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; ') })
  }

  async function bindPhone(browser: Visitor): Promise<string> {
    const phone = newMobile()
    const asked = bodyOf(await browser.post('/v1/account/identifiers', { kind: 'phone', value: phone }), 201)
    const code = await codeTo(world, phone)
    bodyOf(await browser.post(`/v1/account/identifiers/${asked.challengeId}/verify`, { code }), 201)
    return phone
  }

  async function reset(email: string): Promise<Answer> {
    const { resetId } = bodyOf(await world.anonymous.post('/v1/password/forgot', { email }), 201)
    const code = await codeTo(world, email)
    return world.anonymous.post('/v1/password/reset', { resetId, code, password: 'other blue lamps 77' })
  }

  it('is a name beside the password and proves nothing', async () => {
    const { admin } = await hijacked()
    expect((await admin.get('/v1/account')).body.identifiers).toMatchObject([
      { kind: 'email', canLogin: true, canVerify: false, provenHow: 'unproven' },
    ])
  })

  it('opens by code only with the password too, and is proved from then on', async () => {
    const { email, accountId } = await hijacked()
    const browser = visitorOf(world)
    const asked = bodyOf(await browser.signInByCode('email', email), 200)
    expect(asked).toMatchObject({ outcome: 'another_proof', ways: ['password'], waysOut: [] })
    const wrong = await browser.post(`/v1/sign-in/${asked.signInId}/verify`, { password: 'no such words 12' })
    expect(wrong.body.code).toBe('session.refused')
    const done = await browser.post(`/v1/sign-in/${asked.signInId}/verify`, { password })
    expect(bodyOf(done, 200)).toMatchObject({ outcome: 'signed_in', accountId })
    expect((await browser.get('/v1/account')).body.identifiers).toMatchObject([
      { canVerify: true, provenHow: 'code' },
    ])
    expect((await visitorOf(world).signInByCode('email', email)).body.outcome).toBe('signed_in')
  })

  it('is proved by adding it once more', async () => {
    const { admin, email } = await hijacked()
    const asked = bodyOf(await admin.post('/v1/account/identifiers', { kind: 'email', value: email }), 201)
    const code = await codeTo(world, email)
    const proved = await admin.post(`/v1/account/identifiers/${asked.challengeId}/verify`, { code })
    expect(bodyOf(proved, 201)).toMatchObject({ value: email, canVerify: true, provenHow: 'code' })
  })

  it('gives its owner the account by a reset while there is nothing else in it', async () => {
    const { admin, email, accountId } = await hijacked()
    bodyOf(await reset(email), 200)
    expect((await admin.get('/v1/account')).status).toBe(401)
    expect((await world.anonymous.post('/v1/sessions', { email, password })).status).toBe(401)
    const own = await visitorOf(world).signInByCode('email', email)
    expect(own.body).toMatchObject({ outcome: 'signed_in', accountId })
  })

  it('is taken from an account that somebody waits in, which never opens to its owner', async () => {
    const { admin, email, accountId } = await hijacked()
    const phone = await bindPhone(admin)
    expect((await visitorOf(world).signInByCode('email', email)).body.outcome).toBe('another_proof')
    expect(await reset(email)).toMatchObject({ status: 409, body: { code: 'identifier.never_proved' } })
    expect((await admin.get('/v1/account')).status).toBe(401)
    expect(await newestTo(world, phone)).toContain(
      'was removed from your Baton account, because it was never proven',
    )
    expect((await visitorOf(world).signInByCode('email', email)).body.outcome).toBe('no_account')
    const back = visitorOf(world)
    expect((await back.signInByCode('phone', phone)).body).toMatchObject({ outcome: 'signed_in', accountId })
    const kinds = (await back.get('/v1/account')).body.identifiers.map((one: { kind: string }) => one.kind)
    expect(kinds).toEqual(['phone'])
  })

  it('is got by a reset where its maker put a second factor before it, which its owner has not', async () => {
    const { admin, email } = await hijacked()
    await addAuthenticator(world, clientOf(admin))
    expect((await visitorOf(world).signInByCode('email', email)).body.outcome).toBe('second_factor')
    expect((await reset(email)).body.code).toBe('identifier.never_proved')
    expect((await visitorOf(world).signInByCode('email', email)).body.outcome).toBe('no_account')
  })

  it('leaves no known browser of whoever made the account, once its owner has it', async () => {
    const { email, accountId } = await hijacked()
    bodyOf(await reset(email), 200)
    const { rows } = await world.tamper('select 1 from known_devices where account_id = $1', [accountId])
    expect(rows).toHaveLength(0)
  })

  it('ACC-7 seals an account that it was the last way into, when somebody else proves it', async () => {
    const { email, accountId } = await hijacked()
    const owner = await hijacked()
    const asked = { kind: 'email', value: email }
    const { challengeId } = bodyOf(await owner.admin.post('/v1/account/identifiers', asked), 201)
    const code = await codeTo(world, email)
    bodyOf(await owner.admin.post(`/v1/account/identifiers/${challengeId}/verify`, { code }), 201)
    expect(await accountState(world, accountId)).toEqual({ state: 'sealed', kinds: [], sessions: 0 })
    const { rows } = await world.tamper('select cause, state from account_deletions where account_id = $1', [
      accountId,
    ])
    expect(rows).toEqual([{ cause: 'sealed', state: 'waiting' }])
  })

  it('goes to whoever proves it in an account of their own', async () => {
    const { admin, email } = await hijacked()
    await bindPhone(admin)
    const owner = await hijacked()
    const asked = { kind: 'email', value: email }
    const { challengeId } = bodyOf(await owner.admin.post('/v1/account/identifiers', asked), 201)
    const code = await codeTo(world, email)
    bodyOf(await owner.admin.post(`/v1/account/identifiers/${challengeId}/verify`, { code }), 201)
    expect((await visitorOf(world).signInByCode('email', email)).body).toMatchObject({
      outcome: 'signed_in',
      accountId: owner.accountId,
    })
  })
})

describe('a link that was kept back', () => {
  it('tells its maker nothing of the address: a bad password is refused alike', async () => {
    const { memberId, email } = await addMember()
    await join(await linkFor(memberId))
    const other = await createCompany(world)
    for (const details of [{ email }, {}]) {
      const { memberId: there } = await addMember(details, other)
      expect((await join(await linkFor(there, other.owner), 'a')).body.code).toBe('password.weak')
    }
  })

  it('lets nobody in as more than the member was, or once its maker may not invite', async () => {
    const own = await createCompany(world)
    const adminId = (await addMember({ role: 'admin' }, own)).memberId
    const admin = await tokenFor(world, own, adminId)
    const [future, later] = [await addMember({}, own), await addMember({}, own)]
    const [kept, other] = [await linkFor(future.memberId, admin), await linkFor(later.memberId, admin)]
    bodyOf(await own.owner.patch(`/v1/members/${future.memberId}`, { role: 'owner' }), 200)
    expect((await join(kept)).body.code).toBe('sign_in_link.invalid')
    bodyOf(await own.owner.patch(`/v1/members/${adminId}`, { role: 'member' }), 200)
    expect((await join(other)).body.code).toBe('sign_in_link.invalid')
  })

  it('is not made by a token for a member who may do more than the token', async () => {
    const own = await createCompany(world)
    const maker = (await addMember({ role: 'admin' }, own)).memberId
    const token = await tokenFor(world, own, maker, ['members:write'])
    const { memberId } = await addMember({ role: 'admin' }, own)
    const refused = await token.post(`/v1/members/${memberId}/sign-in-link`)
    expect(refused).toMatchObject({ status: 403, body: { code: 'sign_in_link.beyond_scopes' } })
  })
})
