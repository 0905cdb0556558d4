import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { addNumber, heldNumber, hire } from '../../../test/builders/numbers.ts'
import { ledgerOf } from '../../../test/builders/people.ts'
import { bodyOf, createCompany, tokenFor } from '../../../test/builders.ts'
import { openWorld, type World } from '../../../test/world.ts'
import { capOf, differencesOf, policiesFrom, slugFrom } from './rules.ts'

let world: World
beforeAll(async () => {
  world = await openWorld()
})
afterAll(() => world.close())

describe('a company', () => {
  it('starts with the policies that ship, and keeps only what differs', async () => {
    const company = await createCompany(world)
    const { policies, version } = bodyOf(await company.owner.get('/v1/company'), 200)
    expect(version).toBe(1)
    expect(policies).toMatchObject({
      cooldownMinutes: 30,
      undoWindowHours: 72,
      countryChecks: { CN: 'real_name' },
    })
    const changed = await company.owner.patch('/v1/company', {
      policies: { cooldownMinutes: 0, countryChecks: {} },
    })
    expect(changed.body.policies).toEqual({ ...policies, cooldownMinutes: 0, countryChecks: {} })
    expect((await company.owner.get('/v1/company')).body).toEqual(changed.body)
    const stored = await world.tamper('select policies from companies where company_id = $1', [
      company.companyId,
    ])
    expect(stored.rows[0].policies).toEqual({ cooldownMinutes: 0, countryChecks: {} })
    expect(await ledgerOf(company, company.companyId)).toContain('company.changed')
  })

  it("is not changed over someone else's change", async () => {
    const company = await createCompany(world)
    const { headers } = await company.owner.get('/v1/company')
    const careful = company.owner.with({ 'if-match': String(headers['etag']) })
    expect((await careful.patch('/v1/company', { name: 'First' })).headers['etag']).toBe('"2"')
    expect(await careful.patch('/v1/company', { name: 'Second' })).toMatchObject({
      status: 412,
      body: { code: 'version.changed', version: 2 },
    })
    expect((await company.owner.get('/v1/company')).body.name).toBe('First')
  })

  it.each([
    [{ policies: { cooldownMinutes: 1441 } }],
    [{ policies: { undoWindowHours: 0 } }],
    [{ policies: { countryChecks: { Germany: 'address' } } }],
    [{ policies: { surprise: 1 } }],
    [{ timeZone: 'Mars/Olympus' }],
    [{ slug: 'other' }],
    [{ name: '' }],
  ])('refuses a change to %j', async (change) => {
    const company = await createCompany(world)
    expect(await company.owner.patch('/v1/company', change)).toMatchObject({
      status: 400,
      body: { code: 'request.malformed' },
    })
  })

  it('has a short name of its own', async () => {
    const body = { companyName: 'Same Name', ownerName: 'Olivia', ownerEmail: 'same@example.com' }
    const one = bodyOf(await world.operator.post('/v1/companies', body), 201)
    const two = bodyOf(await world.operator.post('/v1/companies', body), 201)
    expect(one.slug).toBe('same-name')
    expect(two.slug).toBe(`same-name-${two.companyId.slice(-6)}`)
    const taken = await world.operator.post('/v1/companies', { ...body, slug: 'same-name' })
    expect(taken).toMatchObject({ status: 409, body: { code: 'company.slug_taken', slug: 'same-name' } })
    for (const slug of ['Ab', '-a', 'a', one.companyId]) {
      expect((await world.operator.post('/v1/companies', { ...body, slug })).status, slug).toBe(400)
    }
  })

  it('is made by the operator only; an Owner with an account keeps the password they have', async () => {
    const body = { companyName: 'Further', ownerName: 'Olivia', ownerEmail: 'known@example.com' }
    const company = await createCompany(world)
    expect((await company.owner.post('/v1/companies', body)).body.code).toBe('permission.missing')
    expect((await world.anonymous.post('/v1/companies', body)).body.code).toBe('session.required')
    const password = 'seven green lamps 41'
    bodyOf(await world.operator.post('/v1/companies', { ...body, password }), 201)
    const again = await world.operator.post('/v1/companies', { ...body, password: 'nine purple boats 17' })
    expect(again).toMatchObject({ status: 409, body: { code: 'account.exists' } })
    const made = bodyOf(await world.operator.post('/v1/companies', body), 201)
    const session = await world.anonymous.post('/v1/sessions', { email: body.ownerEmail, password })
    expect(session.body.companies).toHaveLength(1)
    const operator = world.operator.with({ 'baton-company': made.companyId })
    const { token: link } = bodyOf(await operator.post(`/v1/members/${made.memberId}/sign-in-link`), 201)
    expect((await world.anonymous.post('/v1/sessions', { link, password })).body.companies).toHaveLength(2)
  })

  it('is listed for the operator page by page, by name', async () => {
    const own = await openWorld()
    try {
      for (const name of ['Delta', 'Alpha', 'Charlie', 'Bravo']) await createCompany(own, { name })
      const first = bodyOf(await own.operator.get('/v1/companies?limit=3'), 200)
      const second = bodyOf(await own.operator.get(`/v1/companies?limit=3&cursor=${first.nextCursor}`), 200)
      const names = [...first.items, ...second.items].map((item: { name: string }) => item.name)
      expect(names).toEqual(['Alpha', 'Bravo', 'Charlie', 'Delta'])
      expect(second.nextCursor).toBeNull()
    } finally {
      await own.close()
    }
  })
})

describe('the subscription', () => {
  it('NUM-3 sets how many numbers a member may hold', async () => {
    const company = await createCompany(world, { tier: 'advanced' })
    expect((await company.owner.get('/v1/company/subscription')).body).toMatchObject({
      tier: 'advanced',
      cap: 10,
    })
    const max = await company.owner.patch('/v1/company/subscription', { tier: 'max' })
    expect(max.body).toMatchObject({ tier: 'max', cap: 20, version: 2 })
    const own = await company.owner.patch('/v1/company/subscription', { capOverride: 33 })
    expect(own.body).toMatchObject({ tier: 'max', capOverride: 33, cap: 33 })
    const most = await company.owner.patch('/v1/company/subscription', { capOverride: 100_000 })
    expect(most.body).toMatchObject({ cap: 100_000 })
    expect((await company.owner.patch('/v1/company/subscription', { capOverride: 100_001 })).status).toBe(400)
    expect(await ledgerOf(company, company.companyId)).toContain('subscription.changed')
  })

  it('NUM-3 is changed by the Owner only', async () => {
    const company = await createCompany(world)
    const admin = await tokenFor(world, company, await hire(company, 'Ada Admin', { role: 'admin' }))
    expect((await admin.get('/v1/company/subscription')).status).toBe(200)
    for (const change of [
      await admin.patch('/v1/company/subscription', { tier: 'max' }),
      await admin.post('/v1/company/licences', { change: 5 }),
    ]) {
      expect(change).toMatchObject({ status: 403, body: { code: 'permission.missing' } })
    }
  })

  it('NUM-3 is not lowered below what members hold or await, and the refusal lists them', async () => {
    const company = await createCompany(world, { tier: 'advanced', policies: { cooldownMinutes: 0 } })
    const full = await hire(company, 'Fay Full')
    const light = await hire(company, 'Lee Light')
    for (let count = 0; count < 5; count++) await heldNumber(company, full)
    const sixth = await heldNumber(company, light)
    const at = new Date(world.clock.now().getTime() + 86_400_000).toISOString()
    const scheduled = await company.owner.post(`/v1/numbers/${sixth.numberId}/reassign`, {
      toMemberId: full,
      history: 'keep',
      at,
    })
    expect(scheduled.status).toBe(202)
    const refused = await company.owner.patch('/v1/company/subscription', { tier: 'connect' })
    expect(refused).toMatchObject({
      status: 409,
      body: {
        code: 'subscription.below_held',
        cap: 5,
        count: 1,
        members: [{ memberId: full, name: 'Fay Full', held: 5, waiting: 1 }],
      },
    })
    expect((await company.owner.get('/v1/company/subscription')).body.tier).toBe('advanced')
    expect(
      (await company.owner.patch('/v1/company/subscription', { tier: 'connect', capOverride: 6 })).status,
    ).toBe(200)
  })
})

describe('licences', () => {
  it('NUM-10 are added and taken away, never below those in use', async () => {
    const company = await createCompany(world, { licences: 3 })
    const member = await hire(company, 'Hana')
    await heldNumber(company, member)
    await heldNumber(company, member)
    expect((await company.owner.get('/v1/company/licences')).body).toEqual({ total: 3, used: 2, free: 1 })
    const refused = await company.owner.post('/v1/company/licences', { change: -2 })
    expect(refused).toMatchObject({
      status: 409,
      body: { code: 'licences.in_use', used: 2, total: 3, free: 1 },
    })
    const fewer = await company.owner.post('/v1/company/licences', { change: -1, reason: 'Contract 7 ended' })
    expect(fewer.body).toEqual({ total: 2, used: 2, free: 0 })
    expect((await company.owner.post('/v1/company/licences', { change: 8 })).body.total).toBe(10)
    expect((await company.owner.post('/v1/company/licences', { change: 0 })).status).toBe(400)
    const flood = await company.owner.post('/v1/company/licences', { change: 10_000_000 })
    expect(flood).toMatchObject({ status: 422, body: { code: 'licences.too_many' } })
    expect(await ledgerOf(company, company.companyId)).toContain('licences.changed')
  })

  it('ALL-4 are not added twice by a repeated request', async () => {
    const company = await createCompany(world, { licences: 1 })
    const keyed = company.owner.with({ 'idempotency-key': 'more' })
    const answers = await Promise.all(
      Array.from({ length: 8 }, () => keyed.post('/v1/company/licences', { change: 4 })),
    )
    expect(answers.map((answer) => answer.body)).toEqual(answers.map(() => ({ total: 5, used: 0, free: 5 })))
  })

  it('NUM-10 are never oversold by taking them away while numbers are assigned', async () => {
    const company = await createCompany(world, { licences: 6 })
    const members = await Promise.all(['A', 'B', 'C'].map((name) => hire(company, name)))
    const numbers = await Promise.all(Array.from({ length: 6 }, () => addNumber(company)))
    await Promise.all([
      ...numbers.map(({ numberId }, index) =>
        company.owner.post(`/v1/numbers/${numberId}/assign`, { toMemberId: members[index % 3] }),
      ),
      ...Array.from({ length: 6 }, () => company.owner.post('/v1/company/licences', { change: -1 })),
    ])
    const { total, used } = bodyOf(await company.owner.get('/v1/company/licences'), 200)
    expect(used).toBe(total)
  })
})

describe('policies and caps as rules', () => {
  it('fill in the defaults and survive what an older Baton stored', () => {
    expect(policiesFrom({ cooldownMinutes: 7, forgotten: true })).toEqual({
      ...policiesFrom({}),
      cooldownMinutes: 7,
    })
    expect(differencesOf(policiesFrom({ cooldownMinutes: 7 }))).toEqual({ cooldownMinutes: 7 })
    expect(differencesOf(policiesFrom({}))).toEqual({})
  })

  it.each([
    ['connect', null, 5],
    ['advanced', null, 10],
    ['max', null, 20],
    ['max', 3, 3],
  ] as const)('NUM-3 %s with override %s allows %i', (tier, override, cap) => {
    expect(capOf(tier, override)).toBe(cap)
  })

  it.each([
    ['Müller & Söhne GmbH', 'muller-sohne-gmbh'],
    ['星河科技', 'company-abcdef'],
    ['A', 'company-abcdef'],
    ['--ok--', 'ok'],
    [`${'long '.repeat(20)}`, 'long-long-long-long-long-long-lo'],
  ])('makes a short name of %s', (name, slug) => {
    expect(slugFrom(name, '00000000-0000-7000-8000-000000abcdef')).toBe(slug)
  })
})
