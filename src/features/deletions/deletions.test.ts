import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { addNumber, heldNumber } from '../../../test/builders/numbers.ts'
import { ledgerOf } from '../../../test/builders/people.ts'
import { accountOf, bindPhone, joinAsPerson, signIn } from '../../../test/builders/persons.ts'
import { bodyOf, createCompany, type TestCompany } from '../../../test/builders.ts'
import { openWorld, type World } from '../../../test/world.ts'
import { phrases } from './model.ts'
import { askAgainDays, mostRequests } from './rules.ts'

let world: World
beforeAll(async () => {
  world = await openWorld()
})
afterAll(() => world.close())

const typed = phrases.en
let companies = 0

function company(policies: object = {}): Promise<TestCompany> {
  companies += 1
  return createCompany(world, {
    policies: { cooldownMinutes: 0, ...policies },
    name: `Deleting ${companies}`,
  })
}

async function stateOf(accountId: string): Promise<string> {
  const { rows } = await world.tamper('select state from accounts where account_id = $1', [accountId])
  return rows[0].state
}

describe('ACC-2: what deleting the own account would mean', () => {
  it('names what is lost, what stays with the company, and when it ends', async () => {
    const own = await company({ deletionCoolingDays: 4 })
    const person = await joinAsPerson(world, own, { name: 'Ming' })
    const client = await person.signIn()
    await own.operator.post('/v1/api-tokens', {
      name: 'Robot',
      scopes: ['numbers:read'],
      memberId: person.memberId,
    })
    const shown = bodyOf(await client.get('/v1/account/deletion'), 200)
    expect(shown).toMatchObject({ waiting: null, conditions: [], coolingDays: 4, phrase: phrases })
    expect(shown.losses.map((loss: { code: string }) => loss.code)).toEqual([
      'loss.identifier',
      'loss.profile',
      'loss.membership',
      'loss.api_tokens',
    ])
    expect(shown.stays).toMatchObject([{ code: 'stays.company', company: { companyId: own.companyId } }])
    expect(Date.parse(shown.endsAt) - world.clock.now().getTime()).toBeGreaterThan(3.9 * 86_400_000)
  })

  it('counts the ways to sign in in words that fit one and several', async () => {
    const person = await joinAsPerson(world, await company(), { name: 'Wei' })
    const client = await person.signIn()
    const first = async () => bodyOf(await client.get('/v1/account/deletion'), 200).losses[0]
    expect(await first()).toMatchObject({
      code: 'loss.identifier',
      title: 'Your one way to sign in and be verified: it becomes free for a new account.',
    })
    await bindPhone(world, await accountOf(world, person.memberId), '+8613911110009')
    expect(await first()).toMatchObject({
      code: 'loss.identifiers',
      title: 'Your 2 ways to sign in and be verified: each of them becomes free for a new account.',
    })
  })

  it('is said in Chinese, too', async () => {
    const person = await joinAsPerson(world, await company(), { name: '小明' })
    const client = (await person.signIn()).with({ 'accept-language': 'zh-CN' })
    const { losses } = bodyOf(await client.get('/v1/account/deletion'), 200)
    expect(losses[0].title).toMatch(/登录与验证方式/)
  })

  it('takes the longest cooling-off of all companies in which the person may act', async () => {
    const [short, long] = [
      await company({ deletionCoolingDays: 0 }),
      await company({ deletionCoolingDays: 9 }),
    ]
    const person = await joinAsPerson(world, short, { name: 'In two' })
    const second = await long.owner.post('/v1/members', {
      staffCode: 'second',
      name: 'In two',
      email: person.email,
    })
    const { memberId } = bodyOf(second, 201)
    const { token } = bodyOf(await long.owner.post(`/v1/members/${memberId}/sign-in-link`), 201)
    bodyOf(await world.anonymous.post('/v1/sessions', { link: token, password: 'seven green lamps 41' }), 201)
    const client = await person.signIn()
    const days = async () => bodyOf(await client.get('/v1/account/deletion'), 200).coolingDays
    expect(await days()).toBe(9)
    bodyOf(await long.owner.patch(`/v1/members/${memberId}`, { status: 'suspended' }), 200)
    expect(await days()).toBe(0)
  })
})

describe('ACC-2: asking for it', () => {
  it('needs the typed words: deletion.not_confirmed', async () => {
    const person = await joinAsPerson(world, await company(), { name: 'Hasty' })
    const client = await person.signIn()
    const refused = await client.post('/v1/account/deletion', { typed: 'yes' })
    expect(refused).toMatchObject({ status: 422, body: { code: 'deletion.not_confirmed' } })
    expect(await stateOf(await accountOf(world, person.memberId))).toBe('active')
  })

  it('needs a fresh proof of who is there', async () => {
    const person = await joinAsPerson(world, await company(), { name: 'Stale' })
    const client = await person.signIn()
    world.clock.advance({ minutes: 11 })
    expect(await client.post('/v1/account/deletion', { typed })).toMatchObject({
      status: 401,
      body: { code: 'session.not_fresh' },
    })
  })

  it('is refused to the last Owner of a company, with the way out: deletion.last_owner', async () => {
    const email = 'last.owner@example.com'
    const own = await createCompany(world, { ownerEmail: email, password: 'seven green lamps 41' })
    const client = await signIn(world, email)
    const refused = await client.post('/v1/account/deletion', { typed })
    expect(refused).toMatchObject({ status: 409, body: { code: 'deletion.last_owner' } })
    expect(refused.body.conditions).toMatchObject([{ data: { companyId: own.companyId } }])
    const other = await joinAsPerson(world, own, { name: 'Second Owner', role: 'owner' })
    expect(other.memberId).toBeTruthy()
    bodyOf(await client.post('/v1/account/deletion', { typed }), 201)
  })

  it('ends all sessions, tells the person everywhere, the Admins and the ledger', async () => {
    const own = await company()
    const person = await joinAsPerson(world, own, { name: 'Leaver' })
    const accountId = await accountOf(world, person.memberId)
    await bindPhone(world, accountId, '+8613911110001')
    const [laptop, phone] = [await person.signIn(), await person.signIn()]
    const answer = bodyOf(await laptop.post('/v1/account/deletion', { typed: phrases.zh }), 201)
    expect(answer.waiting.endsAt > answer.waiting.askedAt).toBe(true)
    expect((await laptop.get('/v1/account/deletion')).status).toBe(401)
    expect((await phone.get('/v1/account/deletion')).status).toBe(401)
    expect(await ledgerOf(own, person.memberId)).toEqual(
      expect.arrayContaining(['account.deletion_asked', 'account.sessions_revoked']),
    )
    const notices = bodyOf(await own.owner.get('/v1/notices'), 200).items
    expect(notices[0]).toMatchObject({
      kind: 'account.deletion_asked',
      memberId: person.memberId,
      memberName: 'Leaver',
    })
    await world.runDueWork()
    const told = world.sent
      .filter(({ template }) => template === 'account_deletion_asked')
      .map(({ to }) => to)
    expect(told).toEqual(expect.arrayContaining([person.email, '+8613911110001']))
  })

  it('twice is once: deletion.waiting', async () => {
    const person = await joinAsPerson(world, await company(), { name: 'Twice' })
    const client = await person.signIn()
    const both = await Promise.all([
      client.post('/v1/account/deletion', { typed }),
      client.post('/v1/account/deletion', { typed }),
    ])
    // The second finds the first, or its session gone.
    expect(both.filter(({ status }) => status === 201)).toHaveLength(1)
    const accountId = await accountOf(world, person.memberId)
    const { rows } = await world.tamper('select * from account_deletions where account_id = $1', [accountId])
    expect(rows).toHaveLength(1)
    await world.tamper('update sessions set ended_at = null where account_id = $1', [accountId])
    expect(await client.post('/v1/account/deletion', { typed })).toMatchObject({
      status: 409,
      body: { code: 'deletion.waiting' },
    })
  })
})

describe('ACC-2: keeping the account', () => {
  it('takes a sign-in within the cooling-off; the person and the companies hear of it', async () => {
    const own = await company()
    const person = await joinAsPerson(world, own, { name: 'Back again' })
    bodyOf(await (await person.signIn()).post('/v1/account/deletion', { typed }), 201)
    world.clock.advance({ days: 14, hours: 23 })
    await world.runDueWork()
    const client = await person.signIn()
    expect(bodyOf(await client.get('/v1/account/deletion'), 200).waiting).toBeNull()
    world.clock.advance({ days: 30 })
    await world.runDueWork()
    expect(await stateOf(await accountOf(world, person.memberId))).toBe('active')
    expect(await ledgerOf(own, person.memberId)).toContain('account.deletion_cancelled')
    const told = world.sent.filter(
      ({ template, to }) => template === 'account_deletion_cancelled' && to === person.email,
    )
    expect(told).toHaveLength(1)
  })

  it('by hand is refused where nothing is on its way: deletion.none', async () => {
    const person = await joinAsPerson(world, await company(), { name: 'Content' })
    expect(await (await person.signIn()).delete('/v1/account/deletion')).toMatchObject({
      status: 409,
      body: { code: 'deletion.none' },
    })
  })

  it('by hand works for a session that came through', async () => {
    const person = await joinAsPerson(world, await company(), { name: 'Undecided' })
    const client = await person.signIn()
    bodyOf(await client.post('/v1/account/deletion', { typed }), 201)
    const accountId = await accountOf(world, person.memberId)
    await world.tamper('update sessions set ended_at = null where account_id = $1', [accountId])
    expect((await client.delete('/v1/account/deletion')).status).toBe(204)
    expect(bodyOf(await client.get('/v1/account/deletion'), 200).waiting).toBeNull()
  })

  it('by hand works once of 64 at once, and once for the company', async () => {
    const own = await company()
    const person = await joinAsPerson(world, own, { name: 'Manifold' })
    const client = await person.signIn()
    bodyOf(await client.post('/v1/account/deletion', { typed }), 201)
    const accountId = await accountOf(world, person.memberId)
    await world.tamper('update sessions set ended_at = null where account_id = $1', [accountId])
    const answers = await Promise.all(Array.from({ length: 64 }, () => client.delete('/v1/account/deletion')))
    expect(answers.filter(({ status }) => status === 204)).toHaveLength(1)
    expect(new Set(answers.map(({ body }) => body?.code ?? ''))).toEqual(new Set(['', 'deletion.none']))
    const ledger = await ledgerOf(own, person.memberId)
    expect(ledger.filter((action) => action === 'account.deletion_cancelled')).toHaveLength(1)
  })

  it('takes many sign-ins at once as one', async () => {
    const own = await company()
    const person = await joinAsPerson(world, own, { name: 'Hurried' })
    bodyOf(await (await person.signIn()).post('/v1/account/deletion', { typed }), 201)
    await Promise.all(Array.from({ length: 5 }, () => person.signIn()))
    const ledger = await ledgerOf(own, person.memberId)
    expect(ledger.filter((action) => action === 'account.deletion_cancelled')).toHaveLength(1)
  })

  it('never leaves a session beside a waiting deletion, whatever comes first', async () => {
    for (let round = 0; round < 12; round++) {
      const person = await joinAsPerson(world, await company(), { name: `Racer ${round}` })
      const client = await person.signIn()
      const accountId = await accountOf(world, person.memberId)
      await Promise.all([client.post('/v1/account/deletion', { typed }), person.signIn(), person.signIn()])
      const { rows } = await world.tamper(
        `select (select count(*)::integer from account_deletions where account_id = $1 and state = 'waiting') as waiting,
          (select count(*)::integer from sessions where account_id = $1 and ended_at is null) as open`,
        [accountId],
      )
      expect(rows[0].waiting * rows[0].open).toBe(0)
    }
  })
})

describe('ACC-1: an Admin asks, the person answers', () => {
  it('is shown to the person and can be declined; the company waits before it asks again', async () => {
    const own = await company()
    const person = await joinAsPerson(world, own, { name: 'Asked' })
    const path = `/v1/members/${person.memberId}/deletion-requests`
    const made = bodyOf(await own.owner.post(path, { reason: 'You have left us' }), 201)
    expect(made).toMatchObject({ state: 'open', reason: 'You have left us' })
    expect(await own.owner.post(path)).toMatchObject({
      status: 409,
      body: { code: 'deletion_request.open' },
    })
    const client = await person.signIn()
    const { items } = bodyOf(await client.get('/v1/account/requests'), 200)
    expect(items).toMatchObject([{ requestId: made.requestId, company: { companyId: own.companyId } }])
    expect((await client.post(`/v1/account/requests/${made.requestId}/decline`)).status).toBe(204)
    expect(await client.post(`/v1/account/requests/${made.requestId}/decline`)).toMatchObject({
      status: 409,
      body: { code: 'deletion_request.ended' },
    })
    expect(bodyOf(await client.get('/v1/account/requests'), 200).items).toEqual([])
    expect(await own.owner.post(path)).toMatchObject({
      status: 409,
      body: { code: 'deletion_request.declined' },
    })
    world.clock.advance({ days: 8 })
    bodyOf(await own.owner.post(path), 201)
    expect(bodyOf(await own.owner.get(path), 200).items).toHaveLength(2)
    expect(await ledgerOf(own, person.memberId)).toEqual(
      expect.arrayContaining(['deletion_request.made', 'deletion_request.declined']),
    )
    await world.runDueWork()
    expect(
      world.sent.some(({ template, to }) => template === 'account_deletion_requested' && to === person.email),
    ).toBe(true)
  })

  it('can be withdrawn, and is another person’s business', async () => {
    const own = await company()
    const [asked, other] = [
      await joinAsPerson(world, own, { name: 'Asked too' }),
      await joinAsPerson(world, own, { name: 'Somebody else' }),
    ]
    const path = `/v1/members/${asked.memberId}/deletion-requests`
    const { requestId } = bodyOf(await own.owner.post(path), 201)
    const stranger = await other.signIn()
    expect((await stranger.post(`/v1/account/requests/${requestId}/decline`)).status).toBe(404)
    expect((await own.owner.delete(`${path}/${requestId}`)).status).toBe(204)
    expect(await own.owner.delete(`${path}/${requestId}`)).toMatchObject({
      body: { code: 'deletion_request.ended' },
    })
  })

  it('is made three times a week at most, also where it is withdrawn: deletion_request.too_many', async () => {
    const own = await company()
    const person = await joinAsPerson(world, own, { name: 'Asked often' })
    const path = `/v1/members/${person.memberId}/deletion-requests`
    for (let asked = 0; asked < mostRequests; asked++) {
      const { requestId } = bodyOf(await own.owner.post(path), 201)
      expect((await own.owner.delete(`${path}/${requestId}`)).status).toBe(204)
      world.clock.advance({ minutes: 1 })
    }
    expect(await own.owner.post(path)).toMatchObject({
      status: 409,
      body: { code: 'deletion_request.too_many' },
    })
    await world.runDueWork()
    const told = world.sent.filter(({ to, template }) => to === person.email && template.includes('request'))
    expect(told).toHaveLength(mostRequests)
    world.clock.advance({ days: askAgainDays })
    bodyOf(await own.owner.post(path), 201)
  })

  it('needs somebody with an account: deletion_request.no_account', async () => {
    const own = await company()
    const { memberId } = bodyOf(
      await own.owner.post('/v1/members', { staffCode: 'x1', name: 'No account' }),
      201,
    )
    expect(await own.owner.post(`/v1/members/${memberId}/deletion-requests`)).toMatchObject({
      status: 409,
      body: { code: 'deletion_request.no_account' },
    })
  })
})

describe('ACC-1: a company ends the sessions in this company', () => {
  it('until the person proves anew who they are: session.ended_by_company', async () => {
    const [own, elsewhere] = [await company(), await company()]
    const person = await joinAsPerson(world, own, { name: 'Two jobs' })
    const { memberId } = bodyOf(
      await elsewhere.owner.post('/v1/members', { staffCode: 'tj', name: 'Two jobs', email: person.email }),
      201,
    )
    const { token } = bodyOf(await elsewhere.owner.post(`/v1/members/${memberId}/sign-in-link`), 201)
    bodyOf(await world.anonymous.post('/v1/sessions', { link: token, password: 'seven green lamps 41' }), 201)
    const client = await person.signIn()
    const [here, there] = [own, elsewhere].map(({ companyId }) => client.with({ 'baton-company': companyId }))
    bodyOf((await here?.get('/v1/me')) as never, 200)
    world.clock.advance({ seconds: 1 })
    bodyOf(await own.owner.post(`/v1/members/${person.memberId}/end-sessions`), 200)
    expect(await here?.get('/v1/me')).toMatchObject({
      status: 401,
      body: { code: 'session.ended_by_company' },
    })
    expect((await there?.get('/v1/me'))?.status).toBe(200)
    expect((await client.get('/v1/account/deletion')).status).toBe(200)
    world.clock.advance({ seconds: 1 })
    const anew = (await person.signIn()).with({ 'baton-company': own.companyId })
    expect((await anew.get('/v1/me')).status).toBe(200)
    expect(await ledgerOf(own, person.memberId)).toContain('member.sessions_ended')
  })

  it('of an Owner only by an Owner', async () => {
    const own = await company()
    const admin = await joinAsPerson(world, own, { name: 'Admin', role: 'admin' })
    const client = (await admin.signIn()).with({ 'baton-company': own.companyId })
    expect(await client.post(`/v1/members/${own.ownerMemberId}/end-sessions`)).toMatchObject({
      status: 403,
      body: { code: 'member.owner_only' },
    })
  })
})

describe('ACC-3: when the cooling-off is over', () => {
  it('the account is gone and its phone and e-mail are free for a new one', async () => {
    const own = await company({ deletionCoolingDays: 0 })
    const person = await joinAsPerson(world, own, { name: 'Gone Gong', mobile: '+8613911110002' })
    const accountId = await accountOf(world, person.memberId)
    await bindPhone(world, accountId, '+8613911110002')
    bodyOf(await (await person.signIn()).post('/v1/account/deletion', { typed }), 201)
    await world.runDueWork()
    expect(await stateOf(accountId)).toBe('erased')
    expect(
      (await world.anonymous.post('/v1/sessions', { email: person.email, password: 'seven green lamps 41' }))
        .status,
    ).toBe(401)
    const { rows } = await world.tamper(
      'select kind, value, ended_how, octet_length(value_digest) as digest from identifier_history where account_id = $1 order by kind',
      [accountId],
    )
    expect(rows).toEqual([
      { kind: 'email', value: null, ended_how: 'account_erased', digest: 32 },
      { kind: 'phone', value: null, ended_how: 'account_erased', digest: 32 },
    ])
    const successor = await joinAsPerson(world, own, { name: 'New Nan' })
    await bindPhone(world, await accountOf(world, successor.memberId), '+8613911110002')
  })

  it('nothing personal is left in any table of accounts, and the company shows a former member', async () => {
    const own = await company({ deletionCoolingDays: 0 })
    const wish = { name: 'Quirina Unmistakable', alias: 'Quiqui', mobile: '+8613911110003', staffCode: 'Q77' }
    const person = await joinAsPerson(world, own, wish)
    const accountId = await accountOf(world, person.memberId)
    await bindPhone(world, accountId, '+8613911110003')
    const client = await person.signIn()
    bodyOf(await own.owner.patch(`/v1/members/${person.memberId}`, { title: 'Quirina’s title' }), 200)
    bodyOf(await client.post('/v1/account/deletion', { typed }), 201)
    await world.runDueWork()
    const shown = bodyOf(await own.owner.get(`/v1/members/${person.memberId}`), 200)
    expect(shown).toMatchObject({
      name: 'Former member Q77',
      staffCode: 'Q77',
      alias: null,
      email: null,
      mobile: null,
      status: 'left',
      account: 'none',
    })
    expect(bodyOf(await own.owner.get('/v1/members?search=quirina'), 200).items).toEqual([])
    const traces = [person.email, 'Quirina', 'Quiqui', '+8613911110003', '13911110003']
    expect(await tablesWith(traces)).toEqual([])
    const ledger = bodyOf(await own.owner.get('/v1/audit/verify'), 200)
    expect(ledger).toMatchObject({ ok: true })
    expect(ledger.detailsErased).toBeGreaterThan(0)
    expect(await ledgerOf(own, person.memberId)).toEqual(
      expect.arrayContaining(['account.deleted', 'member.left', 'member.erased']),
    )
  })

  it('whoever still holds something is suspended, and the Admins are told to pass it on', async () => {
    const own = await company({ deletionCoolingDays: 0 })
    const person = await joinAsPerson(world, own, { name: 'Holder' })
    const held = await heldNumber(own, person.memberId)
    const next = await addNumber(own, '+4930555001')
    expect(next.numberId).toBeTruthy()
    bodyOf(await (await person.signIn()).post('/v1/account/deletion', { typed }), 201)
    await world.runDueWork()
    expect(bodyOf(await own.owner.get(`/v1/members/${person.memberId}`), 200).status).toBe('suspended')
    const kinds = bodyOf(await own.owner.get('/v1/notices'), 200).items.map(
      ({ kind }: { kind: string }) => kind,
    )
    expect(kinds).toContain('account.deleted_holding')
    bodyOf(await own.owner.post(`/v1/numbers/${held.numberId}/park`, { reason: 'gone' }), 200)
    bodyOf(await own.owner.patch(`/v1/members/${person.memberId}`, { status: 'left' }), 200)
  })

  it('a legal hold keeps what the company has of the member, not the account', async () => {
    const own = await company({ deletionCoolingDays: 0 })
    const person = await joinAsPerson(world, own, { name: 'Held back' })
    const accountId = await accountOf(world, person.memberId)
    const hold = { subjectKind: 'member', subjectId: person.memberId, reason: 'a case' }
    const { holdId } = bodyOf(await own.owner.post('/v1/legal-holds', hold), 201)
    bodyOf(await (await person.signIn()).post('/v1/account/deletion', { typed }), 201)
    await world.runDueWork()
    expect(await stateOf(accountId)).toBe('erased')
    expect(bodyOf(await own.owner.get(`/v1/members/${person.memberId}`), 200)).toMatchObject({
      name: 'Held back',
      status: 'left',
    })
    await world.tamper('update legal_holds set lifted_at = now() where hold_id = $1', [holdId])
    await world.runDueWork()
    expect(bodyOf(await own.owner.get(`/v1/members/${person.memberId}`), 200).name).toMatch(/^Former member/)
  })

  it('whoever has become the last Owner meanwhile is put off, not erased', async () => {
    const own = await company()
    const person = await joinAsPerson(world, own, { name: 'Heir', role: 'owner' })
    const accountId = await accountOf(world, person.memberId)
    bodyOf(await (await person.signIn()).post('/v1/account/deletion', { typed }), 201)
    bodyOf(await own.operator.patch(`/v1/members/${own.ownerMemberId}`, { status: 'suspended' }), 200)
    world.clock.advance({ days: 15, hours: 1 })
    await world.runDueWork()
    expect(await stateOf(accountId)).toBe('active')
    bodyOf(await own.operator.patch(`/v1/members/${own.ownerMemberId}`, { status: 'active' }), 200)
    expect(await ledgerOf(own, person.memberId)).toContain('account.deletion_put_off')
    world.clock.advance({ days: 1, hours: 1 })
    await world.runDueWork()
    expect(await stateOf(accountId)).toBe('erased')
  })
})

/** The tables in which one of these texts stands anywhere. */
async function tablesWith(texts: readonly string[]): Promise<string[]> {
  const { rows } = await world.tamper(
    `select relname from pg_class c join pg_namespace n on n.oid = c.relnamespace
     where n.nspname = 'public' and c.relkind in ('r', 'p') and not c.relispartition order by relname`,
  )
  const found: string[] = []
  for (const { relname } of rows) {
    const hit = await world.tamper(
      `select 1 from ${relname} t where exists (select 1 from unnest($1::text[]) as x where strpos(t::text, x) > 0) limit 1`,
      [texts],
    )
    if (hit.rowCount !== 0) found.push(relname)
  }
  return found
}
